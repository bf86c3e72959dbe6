# outer() by the product is a matrix product: real numbers; so are signs
typeof(outer(1:2, 1:2)); typeof(1:2 %o% 1:2); typeof(outer(1:2, 1:2, "+")); typeof(outer(1:2, 1:2, `*`)); typeof(outer(TRUE, FALSE))
typeof(sign(-1L)); typeof(sign(TRUE)); typeof(kronecker(1:2, 1:2))
str(outer(1:2, 1:2))
said <- function(expr) tryCatch(expr, error = function(e) conditionMessage(e))
said(outer("a", 1)); said(outer(factor("a"), 1)); outer(c(a = 1L, b = NA), c(x = 2L))
said(!NULL); !list(); !character(0)

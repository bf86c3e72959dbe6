# UseMethod looks at the argument that was given, and the method sees what the generic has assigned
g <- function(x = structure(1, class = "a"), y = 2) UseMethod("g")
g.default <- function(x, y) cat("default", missing(x), "\n")
g.a <- function(x, ...) cat("a\n")
g.b <- function(x, ...) cat("b\n")
g.NULL <- function(x, ...) cat("NULL\n")
g()
g(y = 3)
g(y = 3, structure(1, class = "b"))
obj <- structure(1, class = "a")
g2 <- function(x) { class(x) <- "b"; UseMethod("g") }
g2(1)
g2(obj)
g3 <- function(x) { class(x) <- "b"; UseMethod("g", x) }
g3(1)
g5 <- function(...) UseMethod("g")
g5(k = structure(1, class = "b"), 3)
g5()
g7 <- function(xx, ...) UseMethod("g")
g7(z = 1, x = obj)
v <- function(x, ...) { n <- 5; m <- 6; x <- 99; UseMethod("v") }
v.default <- function(x, n = 1, k = m, ...) { print(n); print(x); print(ls()); k }
v.a <- function(x, ...) { print(ls()); m <- 7; NextMethod() }
v(1)
v(1, n = 3)
tryCatch(v(obj), error = function(e) conditionMessage(e))
h <- function(x) { y <- 1; f <- function(z) z * 100; UseMethod("h") }
h.numeric <- function(x) { y <- y + 1; f(y) }
h(3)
l <- function(x) { lazy <- "set"; UseMethod("l") }
l.default <- function(x, lazy) missing(lazy)
l(1)

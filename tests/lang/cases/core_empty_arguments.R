# empty and missing arguments of calls and indices
tryCatch(c(1, ), error = function(e) print(conditionMessage(e)))
tryCatch(list(1, , 2), error = function(e) print(conditionMessage(e)))
f <- function(x, i) x[i, ]; f(matrix(1:4, 2), 1)
g <- function(x, i) x[i]; g(1:3)
df <- data.frame(a = 1:3, b = 4:6); df[2, ]; df[, 1]; df[df$a > 1, "b"]
m <- matrix(1:4, 2); m[, 1]; m[1, , drop = FALSE]
k <- function(n) head(1:10, n); k(3)
quote(x[1, ]); substitute(x[, i], list(i = 2))

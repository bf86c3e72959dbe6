# scoping, dots, lazy eval, misc control
f <- function(...) { g <- function(...) list(...); g(...) }; str(f(1, b = 2))
h <- function(x, ...) { if (...length() > 0) ..1 else x }; h(1); h(1, 2)
outer_var <- 1; ff <- function() { outer_var <- 2; (function() outer_var)() }; ff()
delayed <- function(a, b = a * 2) { a <- a + 1; b }; delayed(1)
lz <- function(x) { cat("before\n"); x; cat("after\n") }; lz(cat("evaluating\n"))
sw <- function(x) switch(class(x)[1], numeric = "num", character = "chr", logical = , integer = "int/lgl", "other"); sw(1); sw("a"); sw(TRUE); sw(NULL)
switch("z", a = 1); is.null(switch("z", a = 1)); switch("c", a = 1, 2)
i <- 0; repeat { i <- i + 1; if (i %% 2 == 0) next; if (i > 5) break; cat(i, " ") }; cat("\n")
for (nm in names(list(a = 1, b = 2))) cat(nm, ""); cat("\n")
for (i in seq_len(0)) cat("never"); for (x in list(1, "a", NULL, TRUE)) cat(class(x), ""); cat("\n")
k <- 0; while (k < 3) k <- k + 1; k
do.call(rbind, lapply(1:3, function(i) c(i, i^2)))
x <- c(5, 3, 8); for (idx in seq_along(x)) x[idx] <- x[idx] * 2; x
res <- vector("list", 3); for (i in 1:3) res[[i]] <- i * 10; str(res)
if (length(x) == 3 && all(x > 0)) cat("ok\n") else cat("no\n")
y <- if (x[1] > 100) "big" else if (x[1] > 5) "mid" else "small"; y
z <- { 10; 20 }; z
fib <- numeric(10); fib[1:2] <- 1; for (i in 3:10) fib[i] <- fib[i - 1] + fib[i - 2]; fib
m <- sapply(1:3, function(i) sapply(1:3, function(j) i * j)); m
vapply(list(a = 1:3, b = 4:6), function(v) sum(v), numeric(1))
tryCatch({ for (i in 1:5) { if (i == 3) stop("at 3"); cat(i, "") } }, error = function(e) cat("\n", conditionMessage(e), "\n"))
sapply(split(mtcars$mpg, mtcars$cyl), mean)
nchar(strrep("ab", 3)); rev(strsplit("a,b,c", ",")[[1]])
mat <- outer(1:3, 1:3); mat[upper.tri(mat)] <- 0; mat
apply(mat, 1, sum); apply(mat, c(1, 2), function(v) v + 1)

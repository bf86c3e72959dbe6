# arguments are evaluated once, when first needed
f <- function(x) { cat("in f\n"); x; x; invisible(NULL) }
f({ cat("evaluated\n"); 1 })
g <- function(a, b) if (a) "no b needed" else b
g(TRUE, stop("never"))
h <- function(x = { cat("default\n"); y }) { y <- 7; x + x }
h()
force_it <- function(x) { force(x); function() x }
k <- list(); for (i in 1:2) k[[i]] <- force_it(i)
k[[1]](); k[[2]]()
m <- function(x) missing(x)
m(); m(1)
n <- function(y) m(y)
n(); n(2)
p <- function(x = 3) missing(x)
p()
q2 <- function(x) { substitute(x) }
q2(a + b * 2)
r <- function(...) { names(list(...)) }
r(a = 1, 2, b = 3)
s <- function(...) ..2
s(1, "two", 3)
t2 <- function(...) ...length()
t2(1, 2, 3)
u <- function(x, x2 = x) x2
tryCatch((function(x = x) x)(), error = function(e) cat(conditionMessage(e), "\n"))

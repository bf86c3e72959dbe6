# what generated code must keep of R; every function is called often enough to be generated
hot <- function(f, ...) { for (k in 1:4) r <- f(...); r }

# integers overflow to NA with a warning
f <- function(n) { x <- n; for (i in 1:3) x <- x + 1L; x }
print(hot(f, 5L))
print(withCallingHandlers(f(.Machine$integer.max - 1L), warning = function(w) { cat("warned:", conditionMessage(w), "in", deparse(conditionCall(w)), "\n"); invokeRestart("muffleWarning") }))
g <- function(a, b) a * b
print(hot(g, 3L, 4L)); print(suppressWarnings(g(100000L, 100000L)))

# NA goes through operators and stops conditions
h <- function(x) if (x > 2) "big" else "small"
print(hot(h, 3)); print(tryCatch(h(NA), error = conditionMessage)); print(tryCatch(h(NaN), error = conditionMessage))
k <- function(x, y) c(x == y, x < y, x + y, x && y, x || y, !x)
print(hot(k, 1, 2)); print(k(NA, 1)); print(k(NaN, 0)); print(k(NA_integer_, 1L)); print(k(TRUE, FALSE))
m <- function(x) { while (x) x <- x - 1; x }
print(hot(m, 5)); print(tryCatch(m("no"), error = conditionMessage)); print(tryCatch(m(c(1, 2)), error = conditionMessage)); print(tryCatch(m(NULL), error = conditionMessage))

# division, rests, powers
d <- function(a, b) c(a / b, a %% b, a %/% b, a^b)
print(hot(d, 7, 2)); print(d(7, 0)); print(d(-7, 2)); print(d(7, -2)); print(d(5L, 0L)); print(d(-5L, 3L)); print(d(0, 0)); print(d(Inf, 2)); print(d(5.5, 2)); print(d(-8, 1/3)); print(d(1, NA))
p <- function(x) { y <- -x; z <- +x; w <- !x; list(y, z, w) }
str(hot(p, 2)); str(p(3L)); str(p(0))

# arguments are evaluated when they are needed, once
lazy <- function(a, b) { cat("in "); if (a > 0) b else a }
print(hot(lazy, { cat("a "); 1 }, { cat("b "); 2 })); print(lazy(-1, stop("never")))
late <- function() { n <- 1; reader <- function(a) { n <<- 10; a }; r <- reader(n + 1); c(n, r) }
print(hot(late))
early <- function() { n <- 1; reader <- function(a) { b <- a * 2; n <<- 10; a + b }; r <- reader(n + 1); c(n, r) }
print(hot(early))
twice <- function(x) { x; x }
for (i in 1:4) { cat("step", i, "\n"); twice({ cat("evaluated\n"); i }) }
swap <- function(a, b) { a <- a + b; b <- a - b; a <- a - b; c(a, b) }
print(hot(swap, 3, 8))

# missing, substitute, match.call, sys.call, defaults
s <- function(x, y = x * 2) { z <- if (missing(y)) "missing" else "given"; list(z, substitute(x), substitute(y), y) }
for (i in 1:4) r <- s(i + 1); str(r); str(s(1, i))
t1 <- function(x) { x <- x + 1; substitute(x) }
print(hot(t1, 1)); for (i in 1:4) r <- t1(i * 2); print(r)
t2 <- function(x, n) { for (j in seq_len(n)) x <- x + 1; substitute(x) }
v <- 5; print(t2(v + 1, 0)); print(t2(v + 1, 2)); print(t2(v + 1, 0))
t3 <- function(x) { if (missing(x)) return("none"); x + 1 }
print(hot(t3, 1)); print(t3())
t4 <- function(...) sys.call()
print(hot(t4, 1)); for (i in 1:4) r <- t4(i, b = 2); print(r)
t5 <- function(x, ...) match.call()
for (i in 1:4) r <- t5(i + 1, z = 3); print(r)
t6 <- function(a, b = a + 1, c = b + 1) a + b + c
print(hot(t6, 1)); print(t6(1, c = 0)); print(t6(c = 1, 2)); print(tryCatch(t6(), error = conditionMessage))
t7 <- function(a = b, b = a) a
print(tryCatch(hot(t7), error = conditionMessage)); print(t7(3))
t8 <- function(first, second) nargs() * 10 + first
print(hot(t8, 1, 2)); print(t8(5))
t9 <- function(x) t3(x)
print(hot(t9, 1)); print(t9())
na <- function(a, b) c(a + b, a - b, a * b)
print(hot(na, NA_integer_, 2L)); str(na(NA, 2L)); str(na(NA, 2)); str(na(2.5, NA_integer_)); str(na(NA, TRUE)); str(na(NA, NaN)); str(na(NA_real_, 1L))
print(suppressWarnings(Reduce(function(a, b) a + b, c(2147483647L, 1L, 5L), accumulate = TRUE)))
cv <- function(x) { y <- as.integer(x); y[1] <- 9L; list(x, y, as.numeric(x), is.na(x), max(x), min(x)) }
str(hot(cv, 1:3)); str(cv(c(TRUE, NA, FALSE))); str(cv(c(1.5, NaN, 2))); str(cv(c(a = 4L, b = NA))); str(suppressWarnings(cv(integer(0))))

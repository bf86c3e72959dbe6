# zeallot's unpacking, recorded with zeallot
library(zeallot)
c(a, b) %<-% list(1, "two"); a; b
c(x, c(y, z)) %<-% list(1, list(2, 3)); x; y; z
c(first, ...rest) %<-% list(1, 2, 3); str(rest)
c(first, ...rest) %<-% 1:4; rest
c(...init, last) %<-% list(1, 2, "z"); last; length(init)
c(p, .) %<-% list("keep", "drop"); p
c(q, ...) %<-% list(5, 6, 7); q
list(7, 8) %->% c(m, n); m + n
c(u, v = 10) %<-% list(1); u; as.numeric(v)
f <- function() list(loss = 0.5, acc = 0.9)
c(loss, acc) %<-% f(); loss; acc
tryCatch(c(a1, b1) %<-% list(1), error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(c(a1, b1) %<-% list(1, 2, 3), error = function(e) cat(conditionMessage(e), "\n"))
c(c(xt, yt), c(xs, ys)) %<-% list(list(1, 2), list(3, 4)); xt + yt + xs + ys
g <- function() { c(i, j) %<-% c(1, 2); i + j }; g()

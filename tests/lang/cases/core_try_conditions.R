r <- try(stop("oops"), silent=TRUE); cat(r); attr(r,"condition"); print(r)
f <- function(x) stop("inner ", x); r <- try(f(1), silent=TRUE); cat(r); attr(r,"condition"); inherits(r,"try-error"); conditionMessage(attr(r,"condition"))
r <- try(log("a"), silent=TRUE); cat(r); r <- try(log(-1)); r
g <- function() try(stop("in g"), silent=TRUE); cat(g()); geterrmessage()
try(stop("no call", call.=FALSE), silent=TRUE) -> r; cat(r); attr(r,"condition"); r <- try(1+1); r
h <- function() { r <- try(stop("a rather long message that goes on and on and on until the line is full of it"), silent = TRUE); cat(r) }; h()
strtoi("0b11", 2); strtoi("0x1F", 16L); strtoi("077", 8); strtoi("zz", 36); strtoi("12abc"); strtoi("  12"); strtoi("-7"); strtoi(""); strtoi("08", 10); strtoi("08"); strtoi("1e3")
library(zeallot); c(u, v = 5) %<-% list(1); v; c(u, v = 5) %<-% list(1, 2); v

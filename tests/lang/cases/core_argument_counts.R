# Primitives count their arguments; forms say what is missing
m <- function(x) tryCatch(x, error = function(e) cat(conditionMessage(e), "\n"))
for (f in c("sqrt", "length", "is.name", "nzchar", "round", "anyNA", "invisible", "nargs", "class<-", "==", "*", "!")) {
  g <- get(f)
  m(g())
  m(g(1, 2, 3))
}
m(sqrt(y = 2)); m(as.integer(2, zz = 1)); m(as.numeric(y = 2)); m(seq_len(length = 3)); m(seq_along(zz = 1))
m(quote(x, y)); m(missing()); m(nargs(1)); m(UseMethod()); m(tryCatch()); m(local()); m(system.time()); m(with())
m(match.arg()); m(`/`(1)); m(sapply(1:2, sqrt, 3))
m(c(1, , 2)); m(paste("a", )); m(cat("a", , "b"))
empty <- new.env(parent = emptyenv())
m(eval(quote(1 + 1), empty))
m(eval(quote(f(1)), list(f = function(z) z + 1), emptyenv()))
restarts <- computeRestarts()
restarts
withRestarts(invokeRestart(computeRestarts()[[1]], 3), a = function(x) x + 1)
findRestart("abort")
f <- function() { on.exit(cat("left\n")); invokeRestart("abort") }
f()
cat("not reached\n")

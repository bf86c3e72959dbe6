# conditions: handlers, restarts, finally, custom classes
tryCatch(stop("a ", 1), error = function(e) print(conditionMessage(e)), finally = cat("finally\n"))
f <- function(x) stop("bad x: ", x)
e <- tryCatch(f(3), error = identity)
class(e); conditionCall(e); print(e)
w <- tryCatch(warning("uh"), warning = function(w) w); class(w); print(w)
r <- withCallingHandlers(
  { warning("W1"); message("M1"); "value" },
  warning = function(w) { cat("warn:", conditionMessage(w), "\n"); invokeRestart("muffleWarning") },
  message = function(m) { cat("msg:", conditionMessage(m)); invokeRestart("muffleMessage") })
r
cond <- structure(class = c("custom", "condition"), list(message = "hello", call = NULL))
tryCatch(signalCondition(cond), custom = function(c) cat("custom:", conditionMessage(c), "\n"))
signalCondition(cond)
myError <- function(msg) structure(class = c("myError", "error", "condition"), list(message = msg, call = sys.call(-1)))
g <- function() stop(myError("mine"))
tryCatch(g(), myError = function(e) cat("got", class(e)[1], conditionMessage(e), "\n"))
out <- try(log(-1:1 + "a"), silent = TRUE); class(out); cat(out)
inherits(try(stop("x"), silent = TRUE), "try-error")
h <- function() { on.exit(cat("bye\n")); on.exit(cat("bye2\n"), add = TRUE); stop("inner") }
tryCatch(h(), error = function(e) cat("caught", conditionMessage(e), "\n"))
res <- tryCatch({ warning("first"); cat("not reached\n") }, warning = function(w) "W", error = function(e) "E"); res
nested <- tryCatch(tryCatch(stop("in"), error = function(e) stop("out")), error = function(e) conditionMessage(e)); nested
withRestarts(invokeRestart("myR", 5), myR = function(x) x * 2)
k <- function(x) { stopifnot(is.numeric(x), x > 0); sqrt(x) }
k(4)
for (bad in list("a", -1, c(1, -1))) cat(tryCatch(k(bad), error = conditionMessage), "\n")
cat(tryCatch(stopifnot("x must be positive" = -1 > 0), error = conditionMessage), "\n")
suppressWarnings({ warning("x"); 5 })
suppressMessages({ message("x"); 6 })
ec <- errorCondition("custom msg", class = "special", data = 42, call = NULL)
tryCatch(stop(ec), special = function(e) cat(conditionMessage(e), e$data, "\n"))
tryCatch(as.integer("x"), warning = function(w) cat(conditionMessage(w), "\n"))
tryCatch(1 + "a", error = function(e) print(e))
tryCatch(undefined_thing, error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(undefined_fun(1), error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(list(1)[[3]], error = function(e) cat(conditionMessage(e), "\n"))
withCallingHandlers(tryCatch({ message("note"); 10 }, error = function(e) -1), message = function(m) { cat("[", conditionMessage(m), "]\n", sep = ""); tryInvokeRestart("muffleMessage") })
warningCondition("wc", class = "cw") -> wc; tryCatch(warning(wc), cw = function(w) "cw caught")
simpleError("E")
tryCatch(stop(), error = function(e) cat("[", conditionMessage(e), "]\n", sep = ""))
tryCatch({ tryCatch(stop("a"), finally = cat("cleanup\n")) }, error = function(e) cat("outer\n"))
f3 <- function() { tryCatch(return("from tryCatch"), finally = cat("f\n")); "after" }
f3()
for (i in 1:3) { r <- tryCatch({ if (i == 2) next; i }, error = function(e) NULL); cat(i, "") }; cat("\n")

# conditions made inside stop(...) see its call; formals with defaults pass on; quit runs no on.exit
condition <- function(subclass, message, call = sys.call(-1), ...) {
  structure(class = c(subclass, "condition"), list(message = message, call = call), ...)
}
custom_stop <- function(subclass, message, call = sys.call(-1), ...) {
  stop(condition(c(subclass, "error"), message, call = call, ...))
}
my_log <- function(x) {
  if (!is.numeric(x)) custom_stop("invalid_class", "needs numbers")
  log(x)
}
tryCatch(my_log("a"), invalid_class = function(e) print(conditionCall(e)))
made <- function(msg) structure(class = c("made", "error", "condition"), list(message = msg, call = sys.call(-1)))
f <- function() stop(made("special"))
tryCatch(f(), error = function(e) print(e))
quiet <- structure(class = c("quiet", "condition"), list(message = "m", call = NULL))
withCallingHandlers(signalCondition(quiet), quiet = function(c) cat("signalled\n"))
leave <- function() {
  on.exit(cat("never\n"))
  tryCatch(quit(status = 0), finally = cat("nor this\n"))
}
leave()

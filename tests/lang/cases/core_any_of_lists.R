# any() and all() make logical values of whatever they get, with a warning
said <- function(expr) withCallingHandlers(tryCatch(expr, error = function(e) conditionMessage(e)),
  warning = function(w) { cat("warning:", conditionMessage(w), "\n"); invokeRestart("muffleWarning") })
said(any(list(TRUE))); said(any(list(FALSE, 1))); said(any(list(1:2))); said(all(list(TRUE, 0))); said(any(list("a")))
said(any(sum)); said(any(list())); said(any(NULL)); said(any(expression(a))); said(any("TRUE"))
said(any(1i)); said(all(as.raw(1))); said(all(2.5, TRUE)); said(any(character(0)))

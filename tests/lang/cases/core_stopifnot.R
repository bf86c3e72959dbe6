# stopifnot: one value 'is not', none and several 'are not all'
said <- function(expr) tryCatch({expr; "fine"}, error = function(e) conditionMessage(e))
said(stopifnot(NULL)); said(stopifnot(character(0))); said(stopifnot(list())); said(stopifnot(logical(0))); said(stopifnot(numeric(0))); said(stopifnot(1)); said(stopifnot(c(1,1))); said(stopifnot(list(TRUE))); said(stopifnot("a msg" = NULL)); said(stopifnot(x = c(TRUE, NA))); said(stopifnot(sum)); said(stopifnot(quote(x))); said(stopifnot(TRUE, NULL)); said(stopifnot(factor("a"))); said(stopifnot(matrix(c(TRUE,FALSE),1)))

# Names that assign, get and exists refuse; conditions made from text; environments named by an attribute
m <- function(x) tryCatch(x, error = function(e) cat(conditionMessage(e), "\n"), warning = function(w) cat(conditionMessage(w), "\n"))
m(assign(1, 2)); m(assign(c("q", "r"), 2)); m(assign("", 2)); m(assign(NULL, 2)); m(get(1)); m(exists(1)); m(get(character(0)))
m(exists("")); m(get0(1)); m(mget(1)); m(list2env(list(1))); m(list2env(1))
tryCatch(signalCondition("sig"), condition = function(c) print(c))
withCallingHandlers(signalCondition("s"), condition = function(c) cat("h:", conditionMessage(c), "\n"))
e <- new.env(); attr(e, "name") <- "mine"; environmentName(e)
m(match.arg("a", "b")); m(match.arg("a", c("b", "c")))
gsub("[^[:ascii:]]", "?", "caf\u00e9 x", perl = TRUE)

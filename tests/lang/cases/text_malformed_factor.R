# factors whose numbers have no level
x <- 1:3; class(x) <- "factor"
tryCatch(print(x), error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(format(x), error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(as.character(x), error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(table(x), error = function(e) cat("E", conditionMessage(e), "\n"))
tryCatch(levels(x), error = function(e) cat(conditionMessage(e), "\n"))
x <- structure(c(1L, 5L), levels = c("a", "b"), class = "factor")
tryCatch(print(x), error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(as.character(x), error = function(e) cat(conditionMessage(e), "\n"))

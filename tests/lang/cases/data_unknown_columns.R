# x[i, j] of one column that is not there is NULL; shQuote's kinds
df <- data.frame(a = 1:2, b = 3:4)
df[1, "z"]
df[1:2, 7]
tryCatch(df[1, c("a", "z")], error = function(e) conditionMessage(e))
tryCatch(df[-1, "z", drop = FALSE], error = function(e) conditionMessage(e))
shQuote(c("a", "it's"))
shQuote("a$b'c")
shQuote("plain")
shQuote("x'y!", type = "csh")
tryCatch(factorial("a"), error = function(e) conditionMessage(e))
setClass("P", representation(v = "numeric"))
setClass("Q", contains = "P")
setMethod("+", signature("P", "P"), function(e1, e2) e1@v + e2@v)
new("P", v = 1) + new("Q", v = 2)
new("Q", v = 1) + new("Q", v = 2)

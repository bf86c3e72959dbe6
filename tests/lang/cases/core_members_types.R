# members of reference classes that are not there; showMethods; types of functions
A <- setRefClass("A", fields = list(x = "numeric"))
a <- A$new(x = 1)
a$show()
for (work in list(quote(a$nope), quote(a$nope <- 3), quote(A$new(y = 3)))) {
  tryCatch(eval(work), error = function(e) cat(conditionMessage(e), "\n"))
}
a[["nope"]]
setClass("Vec", representation(x = "numeric"))
setGeneric("norm2", function(v) standardGeneric("norm2"))
setMethod("norm2", "Vec", function(v) sqrt(sum(v@x^2)))
showMethods("norm2")
typeof(mean); typeof(sum); typeof(`if`); typeof(`+`); typeof(paste); is.primitive(mean); is.primitive(sum); is.primitive(c); mode(mean); typeof(quote); typeof(`[`); typeof(lapply); class(`[[`); storage.mode(sd); typeof(library); typeof(switch); typeof(sapply(1, function(i) i)); is.function(mean)
tryCatch(mean$x, error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(sum[1], error = function(e) cat(conditionMessage(e), "\n"))

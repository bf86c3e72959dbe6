# as(), setAs() and the errors of new() and getMethod()
setClass("Base", representation(x = "numeric"))
setClass("Derived", contains = "Base", representation(y = "character"))
d <- new("Derived", x = 1, y = "a")
as(d, "Base")
as(3L, "numeric"); as(3.7, "integer"); as("5", "numeric"); as(1:2, "character"); as(0:1, "logical")
setClass("Temp", representation(c = "numeric"))
setAs("Temp", "numeric", function(from) from@c)
setAs("character", "Temp", function(from) new("Temp", c = as.numeric(from)))
as(new("Temp", c = 20), "numeric")
as("3.5", "Temp")@c
tryCatch(as(new("Temp", c = 1), "list"), error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(new("nowhere"), error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(new("Temp", 1), error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(getMethod("show", "Temp"), error = function(e) cat(conditionMessage(e), "\n"))
f <- y ~ x
environment(f) <- new.env()
environment(f)$z <- 1
ls(environment(f))
x <- "a"; Encoding(x) <- "UTF-8"; x

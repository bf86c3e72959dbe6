# S4 classes, generics and methods
setClass("Person", representation(name = "character", age = "numeric"))
p <- new("Person", name = "Ann", age = 30)
p@name; p@age <- 31; p@age
isVirtualClass("Person")
p
class(p)
is(p, "Person"); is.object(p); isS4(p)
setGeneric("greet", function(obj, ...) standardGeneric("greet"))
setMethod("greet", "Person", function(obj, ...) cat("Hi,", obj@name, "\n"))
greet(p)
setClass("Student", contains = "Person", slots = c(school = "character"), prototype = list(school = "MIT"))
s <- new("Student", name = "Bob", age = 20)
greet(s); s@school; is(s, "Person"); is(s)
setMethod("greet", "Student", function(obj, ...) { callNextMethod(); cat("from", obj@school, "\n") })
greet(s)
setMethod("show", "Person", function(object) cat("<Person ", object@name, ">\n", sep = ""))
p
s
print(p)
setValidity("Person", function(object) if (length(object@age) == 1 && object@age < 0) "negative age" else TRUE)
tryCatch(new("Person", name = "X", age = -1), error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(new("Person", name = 1), error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(new("Person", foo = 1), error = function(e) cat(conditionMessage(e), "\n"))
setClass("Shape", representation("VIRTUAL"))
tryCatch(new("Shape"), error = function(e) cat(conditionMessage(e), "\n"))
setClass("Circle", contains = "Shape", representation(r = "numeric"))
setClass("Rect", contains = "Shape", representation(w = "numeric", h = "numeric"))
setGeneric("area", function(shape) { standardGeneric("area") })
setMethod("area", "Circle", function(shape) pi * shape@r^2)
setMethod("area", "Rect", function(shape) shape@w * shape@h)
for (x in list(new("Circle", r = 1), new("Rect", w = 2, h = 3))) print(area(x))
setMethod("+", signature("Rect", "Rect"), function(e1, e2) new("Rect", w = e1@w + e2@w, h = e1@h + e2@h))
r <- new("Rect", w = 1, h = 1) + new("Rect", w = 2, h = 2); r@w
r
setMethod("length", "Rect", function(x) 2L); length(r)
setMethod("summary", "Rect", function(object, ...) cat("rect summary\n")); summary(r)
Acc <- setClass("Acc", slots = list(balance = "numeric"))
a <- Acc(balance = 5); a@balance
setMethod("initialize", "Acc", function(.Object, ...) { .Object <- callNextMethod(.Object, ...); if (length(.Object@balance) == 0) .Object@balance <- 100; .Object })
new("Acc")@balance; new("Acc", balance = 7)@balance
isVirtualClass("Shape"); existsMethod("area", "Circle"); hasMethod("area", "Student"); slotNames("Rect"); isGeneric("area")
tryCatch(area(5), error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(p@zzz, error = function(e) cat(conditionMessage(e), "\n"))
identical(new("Rect", w = 1, h = 2), new("Rect", w = 1, h = 2))
slot(r, "w"); slot(r, "w") <- 9; r@w
setGeneric("describe", function(x, y) standardGeneric("describe"))
setMethod("describe", signature("numeric", "character"), function(x, y) cat("num-char\n"))
setMethod("describe", signature("numeric", "missing"), function(x, y) cat("num only\n"))
setMethod("describe", signature("ANY", "ANY"), function(x, y) cat("any\n"))
describe(1, "a"); describe(1); describe("a", 2); describe(1L, "b")
setClassUnion("NumOrChar", c("numeric", "character"))
setClass("Box", representation(v = "NumOrChar")); new("Box", v = 1)@v; new("Box", v = "a")@v
setClass("Temp", contains = "numeric"); t <- new("Temp", c(1, 2)); t@.Data; t + 1; length(t)
setMethod("Arith", signature("Rect", "numeric"), function(e1, e2) new("Rect", w = callGeneric(e1@w, e2), h = callGeneric(e1@h, e2)))
(r * 2)@w
setGeneric("name", function(o) standardGeneric("name")); setGeneric("name<-", function(o, value) standardGeneric("name<-"))
setMethod("name", "Person", function(o) o@name); setReplaceMethod("name", "Person", function(o, value) { o@name <- value; validObject(o); o })
name(p) <- "Zed"; name(p)
isVirtualClass("Person"); validObject(p); tryCatch({p@age <- "x"}, error = function(e) cat(conditionMessage(e), "\n"))
setMethod("[", "Temp", function(x, i, ...) x@.Data[i] * 10); t[2]
setMethod("$", "Person", function(x, name) slot(x, name)); p$name

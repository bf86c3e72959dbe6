# S3: methods by class, inheritance, NextMethod, group generics
speak <- function(x, ...) UseMethod("speak")
speak.default <- function(x, ...) cat("...\n")
speak.animal <- function(x, ...) cat("I am", x$name, "\n")
speak.dog <- function(x, loud = FALSE, ...) { cat(if (loud) "WOOF" else "woof", "\n"); NextMethod() }
d <- structure(list(name = "Rex"), class = c("dog", "animal"))
speak(d); speak(d, loud = TRUE); speak(3)
print.animal <- function(x, ...) { cat("<animal ", x$name, ">\n", sep = ""); invisible(x) }
d
print(d)
list(d)
format.money <- function(x, ...) paste0("$", unclass(x))
print.money <- function(x, ...) print(format(x), quote = FALSE)
Ops.money <- function(e1, e2) {
  v <- get(.Generic)(unclass(e1), unclass(e2))
  if (.Generic %in% c("+", "-")) structure(v, class = "money") else v
}
a <- structure(5, class = "money"); b <- structure(7, class = "money")
a + b
a < b
a + 1
length.stack <- function(x) length(unclass(x)$items)
s <- structure(list(items = 1:4), class = "stack")
length(s)
"[.myvec" <- function(x, i) structure(unclass(x)[i], class = "myvec")
"$.rec" <- function(x, name) paste("field", name)
v <- structure(1:5, class = "myvec"); unclass(v[2:3])
r <- structure(list(), class = "rec"); r$foo
"[<-.myvec" <- function(x, i, value) { y <- unclass(x); y[i] <- value * 10L; structure(y, class = "myvec") }
v[1] <- 3L; unclass(v)
summary.animal <- function(object, ...) structure(list(n = object$name), class = "summary.animal")
print.summary.animal <- function(x, ...) cat("summary of", x$n, "\n")
summary(d)
inherits(d, "animal"); inherits(d, c("cat", "animal"), which = TRUE); inherits(1, "numeric")
class(matrix(1:4, 2)); class(1L); class(sum); class(quote(x)); class(quote(x + 1)); class(NULL)
area <- function(s) UseMethod("area")
tryCatch(area(1L), error = function(e) cat(conditionMessage(e), "\n"))
area.numeric <- function(s) "numeric"; area(1L)
area.matrix <- function(s) "matrix"; area(matrix(1, 1, 1))
area.function <- function(s) "function"; area(sum)
toString.animal <- function(x, ...) paste("animal", x$name); toString(d)
Math.money <- function(x, ...) { cat("Math:", .Generic, "\n"); structure(NextMethod(), class = "money") }
sqrt(structure(16, class = "money"))
Summary.money <- function(..., na.rm = FALSE) { cat("Summary:", .Generic, "\n"); NextMethod() }
max(structure(c(1, 9), class = "money"))
as.character.animal <- function(x, ...) "as animal"; as.character(d)
"==.animal" <- function(e1, e2) e1$name == e2$name; d == d
unclass(structure(list(1), class = "z"))

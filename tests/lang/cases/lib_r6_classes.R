# R6: fields, methods, active bindings, private members, inheritance, clone(), printing
library(R6)
Person <- R6Class("Person",
  public = list(name = NULL, tags = character(0), m = matrix(1:4,2), d = data.frame(a=1:2), l = list(1,2),
    initialize = function(name = "x") { self$name <- name },
    greet = function(greeting = "Hello", ...) { cat(greeting, self$name, "\n"); invisible(self) }),
  private = list(secret = 42, hidden = function() private$secret),
  active = list(
    double = function(value) { if (missing(value)) private$secret * 2 else private$secret <- value / 2 },
    ro = function() private$hidden()))
p <- Person$new("Ann")
p
p$greet()$greet("Bye")
p$double
p$double <- 10
p$ro
Student <- R6Class("Student", inherit = Person,
  public = list(school = "MIT",
    greet = function(...) { cat("Student: "); super$greet(...) },
    initialize = function(name, school = "ETH") { super$initialize(name); self$school <- school }),
  active = list(double = function(v) { super$double + 1 }),
  private = list(hidden = function() super$hidden() + 100))
s <- Student$new("Bob")
s$greet("Hi")
s$double
s$ro
class(s); inherits(s, "Person"); is.environment(s)
s
ls(s)
Grad <- R6Class("Grad", inherit = Student, public = list(greet = function() { cat("Grad "); super$greet("Yo") }))
g <- Grad$new("Cy"); g$greet()
class(g)
a <- p
a$name <- "changed"
p$name
b <- p$clone()
b$name <- "copy"
p$name; b$name; b$double <- 2; p$double
r <- tryCatch(p$zzz <- 1, error = function(e) conditionMessage(e)); r
r <- tryCatch(p$greet <- 1, error = function(e) conditionMessage(e)); r
Pr <- R6Class("Pr", public = list(x = 1, print = function(...) { cat("<Pr ", self$x, ">\n", sep = ""); invisible(self) }))
Pr$new()
x <- Pr$new(); print(x)
Stack <- R6Class("Stack", public = list(items = list(), push = function(x) { self$items[[length(self$items) + 1]] <- x; invisible(self) },
 pop = function() { it <- self$items[[length(self$items)]]; self$items[[length(self$items)]] <- NULL; it }, size = function() length(self$items)))
st <- Stack$new(); st$push(1)$push("a")$push(TRUE); st$size(); st$pop(); st$size()
Deep <- R6Class("Deep", public = list(s = NULL, initialize = function() self$s <- Stack$new()))
d1 <- Deep$new(); d2 <- d1$clone(); d3 <- d1$clone(deep = TRUE)
d1$s$push(5); d2$s$size(); d3$s$size()
r <- tryCatch(Pr$new(3), error = function(e) conditionMessage(e)); r
is.R6(x); is.R6Class(Pr); is.R6(1)
Pr$classname
Pr$set("public", "y", 5); Pr$new()$y
Person
Student
r <- tryCatch(R6Class("A", public = list(x = 1), private = list(x = 2)), error = function(e) conditionMessage(e)); r
NC <- R6Class("NC", public = list(x = 1), cloneable = FALSE, lock_objects = FALSE)
n <- NC$new(); n$z <- 3; n
format(p)
identical(p, a)
as.list(n)$x
R6Class("Q")$new()

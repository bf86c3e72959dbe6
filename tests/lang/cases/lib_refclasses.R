# Reference classes
Person <- setRefClass("Person", fields = list(name = "character", age = "numeric"),
  methods = list(
    greet = function() { cat("Hi,", name, "\n") },
    birthday = function(by = 1) { age <<- age + by; invisible(.self) },
    toString = function() paste0(name, " (", age, ")")))
p <- Person$new(name = "Ann", age = 30)
p$greet(); p$birthday(); p$age; p$birthday(2)$birthday(); p$age; p$toString()
p
q <- p; q$name <- "Changed"; p$name
r <- p$copy(); r$name <- "Copy"; p$name
class(p)
is(p, "Person")
Student <- setRefClass("Student", contains = "Person", fields = list(school = "character"),
  methods = list(greet = function() { callSuper(); cat("at", school, "\n") },
   initialize = function(...) { initFields(...); if (length(school) == 0) school <<- "MIT"; .self }))
s <- Student$new(name = "Bob", age = 20); s$greet(); s$school
is(s, "Person"); class(s)[1]
Stack <- setRefClass("Stack", fields = list(items = "list"), methods = list(
  push = function(x) { items[[length(items) + 1]] <<- x }, pop = function() { v <- items[[length(items)]]; items[[length(items)]] <<- NULL; v },
  size = function() length(items), show = function() cat("<Stack of", length(items), ">\n")))
st <- Stack$new(); st$push(1); st$push("a"); st$size(); st$pop(); st$size(); st; print(st)
Counter <- setRefClass("Counter", fields = c("n"), methods = list(initialize = function(...) { n <<- 0; callSuper(...) }, inc = function() { n <<- n + 1; invisible(.self) }))
cc <- Counter$new(); cc$inc()$inc(); cc$n; Counter$new(n = 5)$n
Person$methods(shout = function() cat(toupper(name), "\n")); Person$new(name = "zed", age = 1)$shout()
tryCatch(p$age <- "x", error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(Person$new(foo = 1), error = function(e) cat(conditionMessage(e), "\n"))
Acc <- setRefClass("Acc", fields = list(total = "numeric", double = function(v) { if (missing(v)) total * 2 else total <<- v / 2 }))
a <- Acc$new(total = 5); a$double; a$double <- 30; a$total
p$field("name"); p$field("name", "New"); p$name
invisible(Person)
f <- function(o) { o$age <- 99; invisible() }; f(p); p$age
Person$className; 
identical(p, q)

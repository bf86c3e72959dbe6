add_it <- function(m, u) UseMethod("add_it")
add_it.a <- function(m, u) { m$u <- u; u <- u + 1; NextMethod() }
add_it.default <- function(m, u) list(m, u)
str(add_it(structure(list(), class = "a"), 3))
"[.zz" <- function(x, i) { i <- i + 1; x <- unclass(x); r <- NextMethod(); r }
structure(1:5, class="zz")[2]
print.zz <- function(x, ...) { x <- unclass(x) * 2; NextMethod() }
structure(1:5, class="zz")
print(structure(1:5, class="zz"))
f <- function(x, ...) UseMethod("f")
f.a <- function(x, n = 2, ...) { n <- n * 10; x <- paste(unclass(x), "mod"); NextMethod() }
f.default <- function(x, n = 1, ...) cat(x, n, "\n")
f(structure("q", class = "a"))
f(structure("q", class = "a"), 3)
f(structure("q", class = "a"), n = 3)
f.b <- function(x, ..., k = 5) { k <- k + 1; NextMethod(k = k) }
f.default <- function(x, ...) print(list(...))
f(structure("q", class = "b"), 3)
f(structure("q", class = "b"), k = 3, 8)
"$.rec" <- function(x, name) { name <- toupper(name); NextMethod() }
r <- structure(list(A = 1, a = 2), class = "rec")
tryCatch(r$a, error = function(e) print("err"))
"[[.rec" <- function(x, i) { i <- toupper(i); NextMethod() }
r[["a"]]
"[<-.rec" <- function(x, i, value) { value <- value * 100; NextMethod() }
r["A"] <- 5
unclass(r)
format.foo <- function(x, ...) { x <- unclass(x) + 1; NextMethod() }
format(structure(1, class = "foo"))
summary.foo <- function(object, ...) { object <- 1:10; NextMethod() }
summary(structure(1, class = "foo"))
Math.foo <- function(x, ...) { x <- unclass(x) + 1; NextMethod() }
sqrt(structure(3, class = "foo"))
Ops.foo <- function(e1, e2) { e1 <- unclass(e1) + 100; NextMethod() }
structure(3, class = "foo") + 1
length.foo <- function(x) { x <- 1:7; NextMethod() }
length(structure(3, class = "foo"))
g <- function(x, y) UseMethod("g"); g.a <- function(x, yy) { yy <- 9; NextMethod() }; g.default <- function(x, y) y
tryCatch(g(structure(1, class = "a"), 2), error = function(e) print(conditionMessage(e)))
tryCatch(g(structure(1, class = "a"), y = 2), error = function(e) print(conditionMessage(e)))
as.character.foo <- function(x, ...) { x <- unclass(x) * 3; NextMethod() }
as.character(structure(3, class = "foo"))
mean.foo <- function(x, trim = 0, ...) { x <- c(1, 3); NextMethod() }
mean(structure(3, class = "foo"))

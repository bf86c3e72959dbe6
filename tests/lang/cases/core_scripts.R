# functions, methods and lists together
x <- c(b = 2, a = 1)
f <- function(x, ...) UseMethod("f")
f.default <- function(x, ...) { cat("default", ...length(), "\n"); invisible(x) }
f.a <- function(x, extra = 1, ...) { cat("a", extra, "\n"); NextMethod(extra = extra + 1) }
f.b <- function(x, extra = 10, ...) { cat("b", extra, "\n"); NextMethod() }
o <- structure(1, class = c("a", "b"))
f(o)
f(o, 5)
f(o, extra = 7, z = 1)
g <- function(n) { if (n > 0) { on.exit(cat("exit", n, "\n")); g(n - 1) } else cat("bottom\n") }
g(2)
h <- function(a, b) { if (missing(b)) "no b" else b }
h(1); h(1, 2)
k <- function(...) h(...)
k(1)
wrapper <- function(x, y) h(x, y)
wrapper(1)
tryCatch(wrapper(), error = function(e) print(conditionMessage(e)))
p <- function(x) { x <- x * 2; g2 <- function() x <<- x + 1; g2(); x }
p(5)
m <- function(x) { force(x); function(y) x + y }
m(2)(3)
sapply(1:3, function(i) i^2)
Map(function(k, v) paste(k, v), c("a", "b"), c(1, 2))
mapply(function(a, b) a + b, 1:3, 4:6)
outer(1:2, 1:3, function(a, b) a * 10 + b)
vapply(list(1:3, 4:6), sum, numeric(1))
Reduce(function(a, b) a * b, 1:5)
local({ zz <- 3; zz^2 })
exists("zz")
nchar("abc")
if (length(x) > 1 && x[["a"]] == 1) "yes" else "no"
repeat { break }
z <- NULL; z$a <- 1; z[["b"]] <- "q"; str(z)
is.null(z$zzz)
do.call("paste", list("a", "b", sep = "+"))
x[["c"]] <- 3; x
invisible(5)
v <- 1:10; v[v > 5] <- 0L; v
l <- list(a = 1, b = list(c = 2)); l$b$c <- 99; l[["b"]][["d"]] <- "new"; str(l)
f <- function(x, y) { x + y }; body(f); formals(f); args(f); f
(function() { x <- 1; g <- function() parent.frame(); identical(g(), environment()) })()
tryCatch({ warning("ww"); 1 }, warning = function(w) conditionMessage(w), finally = cat("done\n"))
seq(2, 10, length.out = 5)

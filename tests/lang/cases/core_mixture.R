# short programs as scripts have them
f <- function(x, ...) { args <- list(...); length(args) }
f(1, 2, 3)
g <- function(...) { dots <- match.call(expand.dots = FALSE)$...; sapply(dots, deparse) }
g(a + b, c)
h <- function(first, ...) { extras <- list(...); if (length(extras)) names(extras) else "none" }
h(1, z = 2); h(1)
sapply(list(sum, mean), function(fn) fn(c(1, 2, 3)))
(function(x) { x$a <- 5; x })(list(a = 1))
compose2 <- function(f, g) function(...) f(g(...))
compose2(sqrt, abs)(-16)
make <- function() { x <- 0; list(inc = function() { x <<- x + 1; invisible(x) }, get = function() x) }
m <- make(); m$inc(); m$inc(); m$get()
print(m$inc())
ff <- function(n) { if (n == 0) return("done"); ff(n - 1) }
ff(100)
x <- 1:10
x[x > 5 & x %% 2 == 0]
while (TRUE) { if (length(x) < 5) break; x <- x[-1] }
x
mat <- matrix(0, 2, 2); for (i in 1:2) for (j in 1:2) mat[i, j] <- i * j; mat
mat[mat > 1] <- -1; mat
l <- list(1, 2); l[[3]] <- function(x) x + 1; l[[3]](2)
e <- quote(x + y); eval(e, list(x = 1, y = 2))
s <- "global"; fs <- function() { s <- "local"; gs <- function() s; gs() }; fs()
args <- list(1:10); do.call(mean, args)
do.call("f", list(1, 2, 3, 4))
nm <- c("a", "b"); setNames(1:2, nm)
is.function(print); class(print)
tryCatch(stop("custom"), error = function(e) cat("Error caught:", conditionMessage(e), "\n"), finally = cat("Finally\n"))
result <- withCallingHandlers(
  { x <- 10; warning("careful"); x * 2 },
  warning = function(w) { cat("Handling:", conditionMessage(w), "\n"); invokeRestart("muffleWarning") })
result
res <- try(sqrt("a"), silent = TRUE); cat(class(res), "\n"); cat(geterrmessage())
inherits(res, "try-error"); attr(res, "condition")
z <- tryCatch({ as.integer("12x") }, warning = function(w) NA); z
repeat_fn <- function(f, n) { for (i in seq_len(n)) f(i) }
repeat_fn(function(i) cat("i =", i, "\n"), 2)
switch("b", a = "A", b = , c = "C")
switch(4, "a", "b")
vapply(split(1:6, c(1, 1, 2, 2, 3, 3)), sum, numeric(1))
`my var` <- 3; `my var` + 1
"%+%" <- function(a, b) paste0(a, b); "x" %+% "y"
x <- c(1, 2, 3); x[[2]]; x[5] <- 9; x
names(x) <- letters[1:5]; x["b"]; x[c("a", "e")]
y <- x; y["a"] <- 100; x["a"]
if (is.na(NA)) cat("na\n")
f2 <- function(x) { stopifnot(is.numeric(x)); x }
tryCatch(f2("a"), error = function(e) print(e))
f3 <- function(a, b = a * 2) { a <- 100; b }; f3(1)
f4 <- function() { x <- 1; h <- function() { x <<- 2; x <- 3; x }; c(h(), x) }; f4()
Reduce(`+`, list(1, 2, 3), accumulate = TRUE)
Position(function(v) v > 2, c(1, 3, 5)); Find(function(v) v > 2, c(1, 3, 5))
rapply(list(1, "a"), function(x) x * 2, classes = "numeric", how = "replace")
environmentName(environment(sum)); environment()
seq_along(c("a", "b")); rev(list(1, "a"))
mapply(rep, 1:3, 3:1)
array(1:24, c(2, 3, 4))[2, 3, 4]
f6 <- function(x) { x; function() x }; f6(5)()
print(function(x, y = 2) { x + y })
invisible(print("p"))

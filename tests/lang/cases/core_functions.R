# environments and functions deeper
counter_env <- new.env()
assign("n", 0, envir = counter_env)
incr <- function(env) env$n <- env$n + 1
for (i in 1:3) incr(counter_env)
counter_env$n; get("n", counter_env); exists("zz", envir = counter_env, inherits = FALSE)
ls(counter_env); is.null(counter_env$missing_thing)
e1 <- new.env(parent = emptyenv()); tryCatch(eval(quote(x), e1), error = function(e) cat(conditionMessage(e), "\n"))
local({ a <- 1; b <- 2; a + b })
f <- function() { x <- "inner"; g <- function() { x <<- "changed"; x }; g(); x }; f()
acc <- function() { total <- 0; list(add = function(v) { total <<- total + v; invisible(total) }, get = function() total) }
a <- acc(); a$add(5); a$add(10); a$get(); b <- a$add(1); b
eapply(list2env(list(p = 1, q = 2)), function(v) v * 2)[c("p", "q")]
as.list(list2env(list(z = 1)))
environmentName(parent.env(globalenv())) != ""
h <- function(x, ...) { dots <- list(...); if ("verbose" %in% names(dots)) cat("verbose\n"); x }
h(1, verbose = TRUE)
k <- function(a, b) { if (missing(b)) a else a + b }; k(1); k(1, 2)
do.call(k, list(b = 5, a = 1)); do.call("k", list(3))
m <- function(x) { x$val <- 100; x }; orig <- list(val = 1); new <- m(orig); orig$val; new$val
outer_f <- function() { helper <- function(n) if (n <= 1) 1 else n * helper(n - 1); helper(5) }; outer_f()
apply_twice <- function(f, x) f(f(x)); apply_twice(function(z) z^2, 3)
sapply(c(1, 4, 9), sqrt); Map(`+`, 1:2, 3:4); Filter(Negate(is.na), c(1, NA, 2))
(function(n) { if (n > 3) return("big"); "small" })(5)
args <- list(1:5, na.rm = TRUE); do.call(mean, args)
p <- function(n = 5, verbose = n > 3) { if (verbose) "loud" else "quiet" }; p(); p(2); p(2, TRUE)
q <- function(x) { x <- x + 1; environment() }; ev <- q(1); ev$x; get("x", envir = ev)
sys_f <- function() sys.call(); sys_f()
nm <- function(x) deparse(substitute(x)); nm(a$b[[1]]); nm(1 + 2)
wrapper <- function(y) nm(y); wrapper(foo)
match_it <- function(x, type = c("one", "two")) { type <- match.arg(type); paste(x, type) }; match_it(1); match_it(1, "two")
vf <- function(...) { n <- ...length(); if (n) ..1 else "none" }; vf(); vf(9)
nargs_f <- function(a, b, c) nargs(); nargs_f(1, 2)
arg_names <- function(...) names(list(...)); arg_names(a = 1, 2); is.null(arg_names(1))
u <- function(x) { force(x); function() x }; fs <- lapply(1:3, u); fs[[2]]()
body(function(x) x + 1); formals(function(a, b = 3) NULL)$b; arity <- length(formals(function(a, b, c) 1)); arity
compose <- function(...) { fns <- list(...); function(x) Reduce(function(acc, fn) fn(acc), fns, x) }; compose(sqrt, abs, function(v) v + 1)(16)
identity(3) |> (\(x) x * 2)()
invisible(print("shown"))
f_default <- function(x = stop("needed!")) 1; f_default()
tryCatch((function(x) x)(), error = function(e) cat(conditionMessage(e), "\n"))
Reduce(function(a, b) paste0(a, b), c("a", "b", "c"), accumulate = TRUE)
mapply(function(x, y) x + y, c(a = 1, b = 2), c(3, 4))
rapply(list(1, 2, list(3)), function(x) x + 1, how = "unlist")
x <- 5; modify <- function() { x <- 10; assign("x", 20, envir = globalenv()); x }; modify(); x
print(environment())
ff <- function(x, y) { z <- x + y; z }
ff
print(ff)
g2 <- function(a, ...) UseMethod("g2"); g2
cat(class(ff), is.function(ff), is.primitive(sum), "\n")
deparse(args(ff)); 
is.environment(globalenv()); emptyenv()
identical(parent.frame(), globalenv())
with(data.frame(a = 1:3, b = 4:6), sum(a * b))
f7 <- function(n) { sq <- numeric(n); for (i in seq_len(n)) sq[i] <- i^2; sq }; f7(4)
`%+%` <- function(a, b) paste(a, b); "x" %+% "y" %+% "z"
"my fun" <- function() "called"; `my fun`()
sq <- function(x) x^2; cube <- function(x) x^3; fl <- list(sq = sq, cube = cube); fl$sq(3); fl[["cube"]](2); sapply(fl, function(f) f(2))

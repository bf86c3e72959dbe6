# code as data
e <- quote(f(x, y = 2)); e[[1]]; as.list(e); e$y
e[[1]] <- as.name("g"); e
eval(quote(a + b), list(a = 1, b = 2))
ex <- expression(a * 2, b); ex[[1]]; length(ex)
a <- 4; eval(ex[[1]])
eval(parse(text = "1 + 2; a^2"))
call("sum", 1, 2); eval(call("sum", 1, 2))
as.call(list(as.name("max"), 5, 9))
bquote(x + .(a)); bquote(f(..(list(1, 2))), splice = TRUE)
substitute(x + y, list(x = 1, y = quote(z)))
f <- function(x) deparse(substitute(x)); f(mean(1:10) + 2)
g <- function(...) sapply(substitute(list(...))[-1], deparse); g(a + b, c * d)
h <- function(x, n = 2) x^n; formals(h); body(h); args(sum); arity <- length(formals(h)); arity
deparse(h)
deparse(quote(if (x > 1) y else z))
is.call(e); is.name(e[[1]]); is.function(h); is.primitive(sum)
all.vars(y ~ x + log(z)); all.names(quote(a + b * a))
fo <- y ~ x + 1; fo; class(fo); length(fo); fo[[2]]
env <- new.env(); local({ v <- 3; w <- v * 2 }, envir = env); get("w", env); exists("w"); exists("w", envir = env)
sort(ls(env)); rm("v", envir = env); ls(env); mget(c("w"), envir = env)
assign("dyn", 11); dyn; get0("nope", ifnotfound = "dflt")
environmentName(globalenv()); environmentName(baseenv()); is.environment(env)
outer_fn <- function() { v <- "outer"; inner <- function() parent.frame(); identical(inner(), environment()) }; outer_fn()
with(list(p = 2, q = 3), p * q)
within(list(p = 2), { q <- p + 1 })
identity(5); Negate(is.null)(1); invisible(7)
withVisible(invisible(3))$visible
Recall_test <- function(n) if (n <= 1) 1 else n * Recall(n - 1); Recall_test(5)
vf <- Vectorize(function(a, b) a + b); vf(1:3, 2)
do.call(paste, list("a", "b", sep = "-"))
Reduce(`+`, 1:4, accumulate = TRUE); Filter(function(x) x > 2, 1:4); Map(function(x, y) x * y, 1:2, 3:4)
(\(x) x + 1)(2)
sapply(c(a = 1, b = 2), function(v) v * 10)
c(1, 4) |> sum()
f5 <- function() sys.call(); f5()
f6 <- function(...) sys.function(); f6
nchar(deparse(args(lapply)))[1]
as.function(alist(x = , y = 2, x + y))(1)
str2lang("a + b"); eval(str2lang("1 + 1"))
quote(x[1]$b); quote(-x^2); quote(!a || b); quote((a + b) * c); quote(function(x, y = 2) x + y)
e2 <- quote({ a; b }); length(e2); e2
identical(quote(a + b), quote(a + b))

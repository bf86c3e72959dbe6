# Programs of one to five lines that grow, nest, loop or reach out without end. The line above each says how it ends:
# "#> runs", "#> prints TEXT" (blanks and line ends as one blank) or "#> error REGEX" of the error's first line.
# test_hostile.py runs each in a process of its own.

# Doubled sixty times

#> error cannot allocate vector
x <- 1; for (i in 1:60) x <- do.call(c, list(x, x))
#> error cannot allocate vector
x <- 1:2; for (i in 1:60) x <- outer(x, 1:2)
#> error 2\^31-1 bytes|takes too long
s <- "a"; for (i in 1:60) s <- gsub("a", "aa", s)
#> error 2\^31-1 bytes|takes too long
s <- "ab"; for (i in 1:60) s <- sub("(.*)", "\\1\\1", s)
#> error 2\^31-1 bytes|takes too long
s <- "a"; for (i in 1:60) s <- sprintf("%s%s", s, s)
#> error 2\^31-1 bytes|takes too long
s <- "a"; for (i in 1:60) s <- paste0(s, s)
#> error 2\^31-1 bytes|takes too long
s <- "a"; for (i in 1:60) s <- paste(s, s)
#> error 2\^31-1 bytes|takes too long
s <- "a"; for (i in 1:60) s <- paste(c(s, s), collapse = "")
#> error 2\^31-1 bytes|takes too long
s <- "a"; for (i in 1:60) s <- strrep(s, 2)
#> error 2\^31-1 bytes|takes too long
s <- "a"; for (i in 1:60) s <- chartr("ab", "ba", toString(c(s, s)))
#> error 2\^31-1 bytes|takes too long
s <- "a"; for (i in 1:60) s <- stringr::str_c(s, s)
#> error 2\^31-1 bytes|takes too long
s <- "a"; for (i in 1:60) s <- glue::glue("{s}{s}")
#> error cannot allocate vector of size
x <- 1; for (i in 1:60) x <- c(x, x)
#> error cannot allocate vector of size
x <- "a"; for (i in 1:60) x <- c(x, x)
#> error cannot allocate vector of size
x <- TRUE; for (i in 1:60) x <- append(x, x)
#> error cannot allocate vector of size
x <- matrix("a", 1, 1); for (i in 1:60) x <- cbind(x, x)
#> error cannot allocate vector of size
x <- list(1); for (i in 1:60) x <- c(x, x)
#> error cannot allocate vector of size
x <- list(1); for (i in 1:60) x <- unlist(list(x, x), recursive = FALSE)
#> error cannot allocate vector of size
x <- 1; for (i in 1:60) x <- unlist(list(x, x))
#> error cannot allocate vector of size
x <- letters; for (i in 1:60) x <- rep(x, each = 2)
#> error cannot allocate vector of size
x <- 1:2; for (i in 1:60) x <- outer(x, x)
#> error cannot allocate vector of size
x <- matrix(1, 2, 2); for (i in 1:60) x <- kronecker(x, x)
#> error cannot allocate vector of size
x <- matrix(1, 2, 1); for (i in 1:60) x <- x %o% x
#> error 2\^31-1 bytes
x <- "a"; for (i in 1:60) x <- as.vector(outer(x, x, paste0))
#> error cannot allocate vector of size
x <- Sys.Date(); for (i in 1:60) x <- c(x, x)
#> error cannot allocate vector of size
x <- as.raw(1); for (i in 1:60) x <- c(x, x)
#> error cannot allocate vector of size
x <- data.frame(a = 1); for (i in 1:60) x <- dplyr::bind_rows(x, x)
#> error cannot allocate vector of size
x <- Reduce(function(a, b) c(a, a), 1:60, 1)
#> error cannot allocate vector of size
e <- quote(a); for (i in 1:60) e <- call("+", e, e); a <- 1; eval(e)
#> error cannot allocate vector of size
e <- quote(a); for (i in 1:60) e <- bquote(.(e) * .(e)); print(e)
#> error cannot allocate vector of size
f <- function(x) x; for (i in 1:60) body(f) <- call("c", body(f), body(f)); f(1)
#> error 2\^31-1 bytes
s <- "1"; for (i in 1:60) s <- paste(s, s, sep = "+"); eval(parse(text = s))
#> error cannot allocate vector of size
x <- list(a = 1); for (i in 1:60) x <- list(a = x, b = x); identical(x, rapply(x, identity, how = "list"))
#> error cannot allocate vector of size
x <- list(a = 1); for (i in 1:60) x <- list(a = x, b = x); y <- x; y$a$b$a$b <- 2; str(y)
#> error cannot allocate vector of size
x <- c(); for (i in 1:1e5) x[i * 1e6] <- i
#> error cannot allocate vector of size
x <- list(); for (i in 1:1e5) x[[i * 1e6]] <- i

# Sizes that no machine has

#> error cannot allocate vector of size 7450.6 Gb
rep(1, 1e12)
#> error cannot allocate vector of size
rep_len(1:10, 1e12)
#> error cannot allocate vector of size 7450.6 Gb
matrix(0, 1e6, 1e6)
#> error cannot allocate vector of size
array(0, c(1e4, 1e4, 1e4))
#> error cannot allocate vector of size
outer(1:1e6, 1:1e6)
#> error cannot allocate vector of size
expand.grid(1:1e5, 1:1e5, 1:1e5)
#> error cannot allocate vector of size
combn(60, 30)
#> error 'by' argument is much too small
x <- seq(1, 1e12, by = 1); x[3] + x
#> error cannot allocate vector of size
vector("list", 1e11)
#> error cannot allocate vector of size
numeric(1e11)
#> error cannot allocate vector of size
logical(1e11) & TRUE
#> error cannot allocate vector of size 7450.6 Gb
diag(1e6)
#> error cannot allocate vector of size
bitwAnd(1:2e9, 1L)
#> error cannot allocate vector of size
crossprod(matrix(1, 1, 1e6))
#> error cannot allocate vector of size
dist(matrix(1, 1e6, 1))
#> error cannot allocate vector of size
model.matrix(~ factor(1:1e5))
#> error cannot allocate vector of size
table(1:1e5, 1:1e5)
#> error invalid 'ncol' value
lower.tri(matrix(0, 1, 1e11))
#> error cannot allocate vector of size
x <- 1:10; x[1e12] <- 1
#> error cannot allocate vector of size
x <- list(); x[["a"]][[1e12]] <- 1
#> error cannot allocate vector of size
x <- 1; length(x) <- 1e12
#> error cannot allocate vector of size
x <- matrix(1:4, 2); x[, rep(1, 1e12)]
#> error cannot allocate vector of size
rnorm(1e12)
#> error cannot allocate vector of size
sample(1e15)
#> error cannot allocate vector of size
sample(10, 1e12, replace = TRUE)
#> error cannot allocate vector of size
rmultinom(1e10, 5, c(0.5, 0.5))
#> error cannot allocate vector of size
tabulate(1L, 2e9)
#> error 2\^31-1 bytes
strsplit(strrep("a", 3e8), "")
#> error 2\^31-1 bytes
utf8ToInt(strrep("a", 1e9))
#> error cannot allocate vector of size
bin <- raw(1e12)
#> error cannot allocate vector of size
complex(1e12)
#> error cannot allocate vector of size
replicate(1e12, 1)
#> error cannot allocate vector of size
lapply(1:1e10, identity)
#> error cannot allocate vector of size
vapply(1:1e10, identity, 1)
#> error cannot allocate vector of size
mapply(function(a, b) a, 1:1e10, 1)
#> error cannot allocate vector of size
seq(as.Date("2020-01-01"), by = "day", length.out = 1e12)
#> error 'degree' must be less than number of unique points
poly(1:10, 1e9)
#> error cannot allocate vector of size
cut(1:10, 1e12)
#> error cannot allocate vector of size
hist(1:10, breaks = 1e12, plot = FALSE)
#> error cannot allocate vector of size
purrr::map(1:1e10, identity)
#> error cannot allocate memory
stringr::str_dup("a", 1e12)
#> error R character strings are limited to 2\^31-1 bytes
strrep("a", 1e12)
#> error 2\^31-1 bytes
formatC(1, width = 1e9)
#> error 2\^31-1 bytes
format(1, width = 1e9)
#> error 2\^31-1 bytes
formatC("a", width = 1e9, flag = "0")
#> error invalid 'nsmall' argument
cat(format(pi, nsmall = 1e9))
#> error greater than maximal 8192
sprintf("%2000000000d", 1L)
#> error greater than maximal 8192
sprintf("%.100000000f", pi)
#> runs
cat(formatC(pi, digits = 1e8, format = "f"))
#> error invalid 'digits' parameter, allowed .*22
options(digits = 1e9); print(pi)
#> error invalid 'width' parameter, allowed 10...10000
options(width = 1e9); print(1)
#> error .
round(pi, 1e9) == signif(pi, 1e9); bitwShiftL(1L, 1e9); factorial(1e9); choose(1e9, 5e8) + gamma(1e300); stop("end")
#> prints Inf Inf Inf 0 NA
cat(1e400, 10^1e9, 2^2^2^2^2^2, 1e-400, suppressWarnings(.Machine$integer.max + 1L))
#> prints 7 5e+17
x <- 1:1e12; cat(x[7], sum(1:1e9))

# Recursion

#> error evaluation nested too deeply
f <- function() { on.exit(f()); stop("x") }; f()
#> error nested too deeply|infinite recursion
f <- function(x) sapply(x, f); f(1)
#> error nested too deeply|infinite recursion
f <- function(a, b) Reduce(f, 1:3, a); f(1, 2)
#> error nested too deeply|infinite recursion
f <- function() tryCatch(f(), warning = identity); f()
#> error nested too deeply|infinite recursion
f <- function() tryCatch(f(), finally = f()); f()
#> error nested too deeply|infinite recursion
f <- function() { on.exit(f()); NULL }; f()
#> error nested too deeply|infinite recursion
makeActiveBinding("x", function() x, environment()); x
#> error nested too deeply|infinite recursion
f <- function(x) UseMethod("f"); f.default <- function(x) f(x); f(1)
#> error nested too deeply|infinite recursion
print.a <- function(x, ...) print(x); structure(1, class = "a")
#> error nested too deeply|infinite recursion
"[.a" <- function(x, i) x[i]; structure(1, class = "a")[1]
#> error nested too deeply|infinite recursion
C <- R6::R6Class("C", public = list(f = function() self$f())); C$new()$f()
#> error nested too deeply|infinite recursion
C <- setRefClass("C", methods = list(f = function() f())); C$new()$f()
#> error nested too deeply|infinite recursion
f <- function(n, x) f(n - 1, x + 1); f(1e9, 0)
#> error nested too deeply|infinite recursion|promise already under evaluation
delayedAssign("x", y); delayedAssign("y", x); x
#> error promise already under evaluation
f <- function(x = y, y = x) x; f()
#> error promise already under evaluation
delayedAssign("x", x + 1); x
#> error nested too deeply|infinite recursion
f <- function(n) Recall(n + 1); f(1)
#> error nested too deeply|infinite recursion
f <- function() sys.function()(); f()
#> error nested too deeply|infinite recursion
`f<-` <- function(x, value) { f(x) <- value; x }; y <- 1; f(y) <- 2
#> error nested too deeply|infinite recursion
`+` <- function(a, b) a + b; 1 + 2
#> error nested too deeply|infinite recursion
`if` <- function(a, b, c) if (a) b else c; if (TRUE) 1 else 2
#> error nested too deeply|infinite recursion
(function(f) f(f))(function(f) f(f))
#> error nested too deeply|infinite recursion
withCallingHandlers(warning("a"), warning = function(w) { f <- function() f(); f() })
#> error nested too deeply|infinite recursion
f <- function(c) withCallingHandlers(message("a"), message = f); f(1)
#> error a
withCallingHandlers(stop("a"), error = function(e) stop(e))
#> error nested too deeply|infinite recursion
f <- function(e) withCallingHandlers(signalCondition(e), condition = f); f(simpleCondition("a"))
#> error nested too deeply|infinite recursion|x
options(error = quote(stop("y"))); stop("x")
#> runs
options(expressions = 5e5); f <- function(n) if (n) f(n - 1) else 0; f(4000)
#> error expressions
options(expressions = 1e9)

# Nested without end

#> error nested too deeply
parse(text = strrep("(", 1e6))
#> error nested too deeply
eval(parse(text = paste0(strrep("f(", 1e5), strrep(")", 1e5))))
#> error nested too deeply
parse(text = strrep("-", 1e5))
#> error nested too deeply
str2lang(strrep("{", 1e5))
#> error nested too deeply
as.formula(paste0("y ~ ", strrep("(", 1e5)))
#> error nested too deeply
x <- list(); for (i in 1:6e3) x <- list(x); print(x)
#> error nested too deeply
x <- list(); for (i in 1:6e3) x <- list(x); str(x)
#> error nested too deeply
x <- list(); for (i in 1:6e3) x <- list(x); deparse(x)
#> error nested too deeply
x <- list(); for (i in 1:6e3) x <- list(x); identical(x, list(x))
#> error nested too deeply
x <- list(); for (i in 1:6e3) x <- list(x); all.equal(x, list(x))
#> error nested too deeply
x <- 1; for (i in 1:6e3) x <- list(x); unlist(x)
#> error nested too deeply
x <- 1; for (i in 1:6e3) x <- list(x); rapply(x, function(v) v + 1, how = "unlist")
#> error nested too deeply
x <- 1; for (i in 1:6e3) x <- list(x); format(x)
#> error nested too deeply
x <- 1; for (i in 1:6e3) x <- list(x); as.character(x)
#> error nested too deeply
x <- 1; for (i in 1:6e3) x <- list(x); duplicated(list(x, x))
#> runs
x <- 1; for (i in 1:6e3) x <- list(x); match(list(x), list(x))
#> error nested too deeply
x <- 1; for (i in 1:6e3) x <- list(x); jsonlite::toJSON(x)
#> error nested too deeply|[Nn]est
jsonlite::fromJSON(strrep("[", 1e6))
#> error nested too deeply
x <- 1; for (i in 1:6e3) x <- list(x); data.frame(x)
#> error nested too deeply
x <- 1; for (i in 1:6e3) x <- list(x); relist(x, x); as.environment(x); stack(x); summary(x); modifyList(x, x); dput(x)
#> error nested too deeply
x <- 1; for (i in 1:6e3) x <- list(x); saveRDS(x, tempfile())
#> error nested too deeply
x <- 1; for (i in 1:6e3) x <- list(x); purrr::list_flatten(x); serialize(x, NULL)
#> runs
e <- emptyenv(); for (i in 1:1e5) e <- new.env(parent = e); exists("x", envir = e)
#> runs
x <- list(); for (i in 1:1e5) x <- list(x); rm(x)
#> runs
e <- NULL; for (i in 1:1e5) { n <- new.env(); n$e <- e; e <- n }; rm(e, n)
#> error .
e <- new.env(); attr(e, "a") <- list(e); print(e); stop("end")
#> runs
e <- new.env(); e$e <- e; ls(e); ls.str(e); as.list(e); eapply(e, class); mget("e", envir = e); all.equal(e, e); invisible(print(e))
#> error .
e <- new.env(); parent.env(e) <- e; get("nosuch", envir = e)
#> error .
a <- new.env(); b <- new.env(parent = a); parent.env(a) <- b; x <- eval(quote(nosuch), a)

# Loops

#> error takes too long
gsub("(a|aa)+$", "x", paste0(strrep("a", 60), "b"))
#> runs
grepl("^(a+)+$", paste0(strrep("a", 60), "b"), perl = TRUE)
#> runs
regmatches(strrep("x", 60), regexpr("(x+x+)+y", strrep("x", 60), perl = TRUE))
#> runs
strsplit(paste0(strrep("a", 60), "b"), "(a*)*c", perl = TRUE); regexpr("(a*)*c", paste0(strrep("a", 60), "b"), perl = TRUE)
#> runs
stringr::str_detect(paste0(strrep("a", 60), "b"), "^(a+)+$")
#> runs
stringr::str_replace_all(strrep("a", 5e4), "(a*a*a*)*b", "")
#> runs
gsub("(.*)(.*)(.*)(.*)(.*)x", "", strrep("a", 1e5))
#> error .
grepl(strrep("(", 1e5), "a")
#> prints 5
for (i in 1:2e9) if (i == 5) break; cat(i)
#> error 'by' argument is much too small
for (i in seq(1, 1e12, by = 2)) break
#> error .
uniroot(function(x) x, c(1, 2), maxiter = 1e9)
#> error .
optim(c(1, 1), function(p) NaN)

# Literals and names

#> prints Inf Inf Inf 100000
eval(parse(text = paste0("cat(", strrep("9", 5000), ", 1e400, 0x1p99999, nchar('", strrep("a", 1e5), "'))")))
#> prints NA
cat(suppressWarnings(strtoi(strrep("9", 1e5), 10)))
#> error .
assign(strrep("x", 20000), 1); get(strrep("y", 20000))
#> error .
as.numeric(strrep("1", 1e6)); as.hexmode(strrep("f", 1e6)); stop("end")
#> error .
as.Date("99999999999-01-01"); as.Date(1e300); format(as.POSIXct(1e300)); ISOdate(1e9, 1, 1); stop("end")
#> error .
factor(1)[[1e300]]
#> error .
x <- 1:3; x[[-1e300]]
#> error .
substr("abc", -1e300, 1e300); substring("abc", 1:3, 1e9); rev(strsplit("abc", "")[[1]])[1e300]; stop("end")

# Files, programs, the network

#> error system\(\) is not allowed
system("true")
#> error not allowed
system2("true")
#> error not allowed
pipe("true")
#> error not allowed
file("|true")
#> error not allowed
readLines(pipe("cat /etc/passwd"))
#> error not allowed
Sys.setenv("LD_PRELOAD" = "x.so")
#> runs
Sys.setenv(PATH = "/tmp")
#> error not allowed
do.call("Sys.setenv", list(PYTHONPATH = "/tmp"))
#> error not allowed
source("http://localhost/x.R")
#> error not allowed
source(url("http://localhost/x.R"))
#> error not allowed
download.file("http://localhost/", "x")
#> error not allowed
readLines("ftp://localhost/")
#> error not allowed
jsonlite::fromJSON("https://localhost/a.json")
#> error not allowed
magick::image_read("http://localhost/a.png")
#> error not allowed
unlink("~", TRUE)
#> error not allowed
dir.create("d"); setwd(tempdir()); unlink(file.path("..", basename(getwd()), "..", "..", "etc", "passwd"))
#> error not allowed
unlink(file.path(tempdir(), "..", "..", "etc", "hostname"))
#> error not allowed
unlink("/*", recursive = TRUE)
#> error cannot open
writeLines("a", "/proc/nosuch")
#> error .
writeLines("a", "/etc")
#> error .
setwd("/nosuch")
#> error cannot allocate|too|large
readLines("/dev/zero")
#> error .
readBin("/dev/zero", "raw", 1e12)
#> error .
scan("/dev/zero", quiet = TRUE)
#> error .
read.csv("/dev/zero")
#> error .
source("/dev/zero")
#> error .
readRDS("/dev/zero")
#> error .
jsonlite::fromJSON("/dev/zero")
#> error .
file.copy("/dev/zero", tempfile()); stop("end")
#> prints 0
cat(length(readLines(file("/dev/stdin"))))
#> prints ? []
cat("[", readline("? "), "]", sep = "")
#> prints 0
cat(length(readLines(file("stdin"))))
#> prints 0
cat(length(scan(file("stdin"), quiet = TRUE)))
#> error .
Sys.sleep(-1); Sys.sleep(NA); stop("end")

# Python out of reach

#> error .
get("__import__")
#> error .
do.call("__import__", list("os"))
#> error .
`__builtins__`
#> error .
x <- 1; x@__class__
#> error .
f <- function() 1; f$`__globals__`
#> error .
sum$`__self__`
#> error .
slot(1, "__class__")
#> error .
getElement(sum, "__call__")
#> error .
glue::glue("{x.__class__}", x = 1)
#> error .
reticulate::py_run_string("import os")
#> error .
os::system("true")
#> error .
m <- keras_model_sequential(); m$`__class__`
#> error .
l <- layer_dense(units = 1); l$`__init__`$`__globals__`
#> error .
t <- layer_input(2); t$`__class__`$`__mro__`
#> error .
l <- layer_dense(units = 1); l$`_apply`; stop("end")
#> error .
o <- optimizer_adam(); o$`__dict__`
#> error .
layer_dense(layer_input(2), 1, activation = "__class__")
#> error .
layer_activation(layer_input(2), "system")
#> error .
layer_dense(layer_input(2), 1, kernel_initializer = "__init__")
#> error .
layer_dense(layer_input(2), 1, dtype = "__loader__")
#> error .
layer_lambda(layer_input(2), "import os")
#> error .
k_cast(1, "load")
#> error .
k_constant(1, dtype = "os")
#> error .
k_zeros(c(1e6, 1e6))
#> error .
layer_dense(layer_input(10), 1e12)
#> error .
layer_embedding(layer_input(10), 1e12, 1e12)
#> error .
layer_input(c(1e12, 1e12)) %>% layer_flatten() %>% layer_dense(1)
#> error .
magick::image_resize(magick::image_blank(10, 10), "5x5", filter = "__class__")
#> error .
magick::image_blank(1e6, 1e6)
#> error .
sprintf("%(os)s", "a")
#> error .
format(Sys.time(), strrep("%Y", 1e9))
#> error .
as.environment("__main__")
#> error .
pipekeras::errors
#> error cannot allocate vector of size
to_categorical(1e9)

# withr: what is changed comes back
library(withr)
with_options(list(digits = 3), print(pi))
print(pi)
f <- function() {
  local_options(digits = 4, scipen = 10)
  print(pi)
  print(1e8)
}
f()
print(pi)
g <- function() {
  local_options(list(digits = 5))
  h <- function() { local_options(digits = 2); pi }
  print(h())
  print(pi)
  invisible(1)
}
g()
with_envvar(c(MY_VAR = "here"), Sys.getenv("MY_VAR"))
Sys.getenv("MY_VAR")
e <- function() { local_envvar(MY_VAR = "there", OTHER_VAR = "x"); paste(Sys.getenv("MY_VAR"), Sys.getenv("OTHER_VAR")) }
e()
Sys.getenv("MY_VAR", unset = NA)
set.seed(1)
a <- runif(1)
b <- with_seed(42, runif(2))
b
d <- runif(1)
set.seed(1)
identical(c(a, d), runif(2))
s <- function() { local_seed(7); rnorm(2) }
s()
x <- with_preserve_seed(runif(1))
identical(x, runif(1))
where <- with_dir(tempdir(), getwd())
identical(normalizePath(where), normalizePath(tempdir()))
k <- function() { p <- local_tempfile(lines = c("a", "b"), fileext = ".txt"); print(readLines(p)); p }
file.exists(k())
with_tempfile("tf", { writeLines("in a file", tf); print(readLines(tf)); kept <- tf })
with_tempdir({ writeLines("x", "a.txt"); list.files() })
m <- function() { p <- local_tempdir(); print(dir.exists(p)); p }
dir.exists(m())
order_of <- function() {
  defer(cat("first set\n"))
  defer(cat("second set\n"))
  defer(cat("at the very end\n"), priority = "last")
  cat("body\n")
}
order_of()
outer <- function() { inner(); cat("outer goes on\n") }
inner <- function() { defer(cat("outer ends\n"), envir = parent.frame()); cat("inner\n") }
outer()
r <- tryCatch(with_options(list(digits = 3), stop("oops")), error = function(e) conditionMessage(e))
r
getOption("digits")
with_timezone("UTC", format(as.POSIXct(0, origin = "1970-01-01"), "%H:%M"))
old <- setwd(tempdir())
with_file("made.txt", { writeLines("hi", "made.txt"); cat(file.exists("made.txt"), "\n") })
file.exists("made.txt")
setwd(old)
with_output_sink(tempfile(), print("hidden"))

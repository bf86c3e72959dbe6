# Modelled on vignettes/examples/vq_vae.R (v2.16.1): functions with changed defaults, partial application
set_defaults <- function(f, args) {
  formals(f)[names(args)] <- args
  f
}
conv <- function(filters, kernel_size, strides = 1, padding = "valid", activation = NULL, ...) {
  extra <- list(...)
  cat("conv", filters, kernel_size, strides, padding, if (is.null(activation)) "linear" else activation,
      if (length(extra)) paste(names(extra), unlist(extra), sep = "=", collapse = " "), "\n")
  invisible(match.call())
}
default_conv <- set_defaults(conv, list(padding = "same", activation = "elu"))
default_conv(32, 5)
default_conv(filters = 64, 3, strides = 2, name = "c2")
conv(8, 1)
partial <- function(f, ...) { fixed <- list(...); function(...) do.call(f, c(fixed, list(...))) }
same <- partial(conv, padding = "same")
print(same(16, kernel_size = 3))
call <- conv(4, k = 2, use_bias = FALSE)
call
as.list(call)[-1]
call$filters <- 99
eval(call)
args(set_defaults)
str(as.list(formals(default_conv))[3:5])
names(formals(conv))
f <- function(x, ...) UseMethod("f"); f.default <- function(x, n = 2, ...) rep(x, n); f("a"); f("b", n = 3)
(function(a, b = a * 2) { a <- 10; b })(1)
g <- function(...) { dots <- substitute(list(...)); sapply(as.list(dots)[-1], deparse) }
g(x + y, mean(z), "s")
h <- function(first, ...) { if (...length()) ..1 else first }; h(1); h(1, 2)
nargs_of <- function(...) nargs(); nargs_of(1, , 3)
Reduce(function(f, g) function(x) g(f(x)), list(sqrt, abs, function(v) -v))(16)

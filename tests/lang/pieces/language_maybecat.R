# Modelled on eager_image_captioning.R and python_subclasses.Rmd (v2.16.1): names of arguments, calls built and inspected
debugshapes <- TRUE
maybecat <- function(context, x) {
  if (debugshapes) {
    name <- substitute(x)
    dims <- paste0(dim(x), collapse = " ")
    cat(context, ": shape of ", deparse(name), ": ", dims, "\n", sep = "")
  }
}
features <- array(0, c(2, 8, 3))
maybecat("encoder input", features)
maybecat("attention", features[, 1, ])
maybecat("decoder", aperm(features, c(3, 1, 2)))
capture <- function(...) { exprs <- as.list(substitute(list(...)))[-1]; names(exprs) <- vapply(exprs, function(e) paste(deparse(e), collapse = " "), ""); lapply(exprs, eval, parent.frame(2)) }
capture(1 + 1, sum(1:4))
chain <- quote(layer_dense(units = 64, activation = "relu"))
chain$units <- 128L
chain
as.list(chain)
models <- lapply(c(16, 32), function(u) bquote(inputs |> layer_dense(units = .(u))))
models
eval(parse(text = "a <- 3; a^2"))
expr <- expression(x + 1, x * 2)
sapply(expr, eval, list(x = 5))
f <- loss ~ units + I(units^2)
all.vars(f); length(f); f[[3]]
update(f, . ~ . - units)
build <- function(op, a, b) as.call(list(as.name(op), a, b))
build("+", 1, quote(y))
eval(build("*", 3, 4))
is.call(chain); class(quote(x)); class(quote(if (a) b)); class(quote(x <- 1))
body(function(x) { y <- x; y })[[2]]
do.call(paste, list("a", "b", sep = "-"))
identical(quote(a + b), call("+", as.name("a"), as.name("b")))
substitute(a + b, list(a = 1, b = quote(z)))
match.fun("sum")(1:3); Reduce(`%in%`, list(2, 1:3))
invisible(sapply(c("mean", "sd"), function(fn) cat(fn, get(fn)(c(1, 3)), "\n")))

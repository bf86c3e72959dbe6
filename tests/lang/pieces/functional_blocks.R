# Modelled on cifar10_densenet.R, vq_vae.R and functional_api.Rmd (v2.16.1): networks put together by Reduce, Map and recursion
dense_block <- function(shape, growth) c(shape[1:2], shape[3] + growth)
transition <- function(shape, compression = 0.5) c(shape[1:2] / 2, floor(shape[3] * compression))
shape <- c(32, 32, 16)
trace <- Reduce(function(s, i) transition(Reduce(dense_block, rep(12, 4), s)), 1:3, shape, accumulate = TRUE)
trace
do.call(rbind, trace)
conv_out <- function(n, kernel, stride = 1, padding = c("valid", "same")) {
  switch(match.arg(padding), valid = floor((n - kernel) / stride) + 1, same = ceiling(n / stride))
}
conv_out(28, 3); conv_out(28, 3, 2, "same")
mapply(conv_out, n = c(28, 26, 13), kernel = c(3, 2, 3), stride = c(1, 2, 1))
specs <- list(list("conv", 32, 3), list("pool", 2), list("flatten"), list("dense", 10))
size <- c(28, 28, 1); total <- 0
for (s in specs) {
  before <- size
  size <- switch(s[[1]],
    conv = c(conv_out(size[1:2], s[[3]]), s[[2]]),
    pool = c(size[1:2] %/% s[[2]], size[3]),
    flatten = prod(size),
    dense = s[[2]])
  params <- switch(s[[1]], conv = (s[[3]]^2 * before[3] + 1) * s[[2]], dense = (before + 1) * s[[2]], 0)
  total <- total + params
  cat(sprintf("%-10s (None, %s)%*s%8d\n", s[[1]], paste(size, collapse = ", "), 20 - nchar(paste(size, collapse = ", ")), "", as.integer(params)))
}
format(total, big.mark = ",")
flat <- function(l) if (!is.list(l)) list(l) else do.call(c, lapply(l, flat))
str(flat(list(1, list("a", list(TRUE, NULL)), 2L)))
rapply(list(1.5, "a", list(2.25)), function(v) v * 2, classes = "numeric", how = "replace")
Map(`+`, 1:2, c(a = 3, b = 4))
Filter(Negate(is.null), list(1, NULL, 3)) |> length()
vapply(split(1:6, c(1, 1, 2, 2, 3, 3)), function(v) sum(v), FUN.VALUE = numeric(1))
array(sapply(1:2, function(i) diag(2) * i), c(2, 2, 2))[, , 2]
outer(1:3, 1:3, Vectorize(function(i, j) if (i >= j) 1 else 0))
Reduce(`+`, 1:4, accumulate = TRUE, right = TRUE)

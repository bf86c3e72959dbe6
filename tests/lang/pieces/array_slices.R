# Modelled on vignettes/backend.Rmd and examples/mnist_hierarchical_rnn.R (cran/v2.1.5): slices, drops and permutations
x <- array(1:24, dim = c(2, 3, 4))
x[1, , ]
x[, 2, , drop = FALSE]
x[1:2, 2:3, 4]
x[, , 1] %*% t(x[, , 2])
aperm(x, c(3, 1, 2))[, , 3]
apply(x, 3, sum)
apply(x, c(1, 3), function(v) paste(v, collapse = "."))
dim(x[, , -1])
x[x %% 7 == 0]
x[cbind(1:2, 2:3, c(1, 4))]
y <- x
y[, , 4] <- 0L
y[, 1, ] <- y[, 1, ] * 10L
y
rowSums(x); colSums(x)
rowSums(x, dims = 2)
row_hidden <- 2; col_hidden <- 3
array(seq_len(row_hidden * col_hidden), c(row_hidden, col_hidden, 1))
c(dim(x)[1], prod(dim(x)[-1]))
matrix(x, nrow = dim(x)[1])
identical(as.vector(x), 1:24)
length(dim(as.array(1:3)))
outer(1:2, outer(1:2, 1:2))
z <- x; dim(z) <- NULL; z[20:24]
mapply(function(i) sum(x[, , i]), 1:4)
Recall <- function(d) if (length(d) > 1) d[1] * Recall(d[-1]) else d
Recall(dim(x))

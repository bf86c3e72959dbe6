# Modelled on vignettes/examples/mnist_mlp.R and mnist_cnn.R (v2.16.1): images flattened row by row and rescaled
array_reshape <- function(x, dim) aperm(array(aperm(x, rev(seq_along(dim(x)))), rev(dim)), rev(seq_along(dim)))
mnist <- list(train = list(x = array(0:23 * 11L, c(3, 2, 4)), y = c(5L, 0L, 4L)),
              test = list(x = array(255:240, c(2, 2, 4)), y = c(7L, 2L)))
dim <- base::dim
x_train <- mnist$train$x
dim(x_train) 
x <- aperm(x_train, 3:1)
dim(x) <- c(8, 3)
x_train <- t(x) / 255
x_train[1, ]
cat(nrow(x_train), 'train samples\n')
cat('x_train_shape:', dim(x_train), '\n')
str(mnist)
range(x_train)
x_train[, colSums(x_train) > 1]
noisy <- pmin(pmax(x_train + 0.4 * c(-1, 1, 0), 0), 1)
noisy
data <- lapply(mnist, function(m) {
  array(m$x / 255, dim = c(dim(m$x)[1], 8))
})
lapply(data, dim)
sapply(mnist, function(m) length(m$y))
mnist$train$x[2, , ]
rapply(mnist, function(v) sum(v), how = "unlist")

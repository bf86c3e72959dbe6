# Modelled on vignettes/examples/deep_dream.R, neural_style_transfer.R (v2.16.1): images clipped, flipped, scaled by octaves
original_shape <- c(350, 500)
octave_scale <- 1.4
num_octave <- 3
successive_shapes <- list(original_shape)
for (i in 1:num_octave) {
  shape <- as.integer(original_shape / (octave_scale ^ i))
  successive_shapes[[length(successive_shapes) + 1]] <- shape
}
successive_shapes <- rev(successive_shapes[1:3])
for (i in 1:length(successive_shapes)) {
  shape = successive_shapes[[i]]
  cat("Processing octave", i, "with shape", shape, "\n")
}
deprocess_image <- function(x){
  x[,,1] <- x[,,1] + 103.939
  x[,,2] <- x[,,2] + 116.779
  x[,,3] <- x[,,3] + 123.68
  x <- x[,,c(3,2,1)]
  x[x > 255] <- 255
  x[x < 0] <- 0
  x[] <- as.integer(x)/255
  x
}
set.seed(6)
img <- array(rnorm(12, sd = 120), c(2, 2, 3))
round(deprocess_image(img), 3)
rotate <- function(m) t(apply(m, 2, rev))
rotate(matrix(1:6, 2))
m <- matrix(1:9, 3)
m[, ncol(m):1]; m[nrow(m):1, ]
gram_matrix <- function(x) {
  features <- matrix(aperm(x, c(3, 1, 2)), nrow = dim(x)[3])
  tcrossprod(features)
}
gram_matrix(array(1:8, c(2, 2, 2)))
layer_settings <- list(mixed4 = 1.0, mixed5 = 1.5, mixed6 = 2)
for (name in names(layer_settings)) cat(name, layer_settings[[name]], sep = " = ", fill = TRUE)

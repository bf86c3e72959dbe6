# Modelled on vignettes/examples/variational_autoencoder_deconv.R (v2.16.1): a grid over the latent space
library(magrittr)
n <- 3
digit_size <- 2
grid_x <- seq(-4, 4, length.out = n)
grid_y <- qnorm(seq(0.05, 0.95, length.out = n))
generator <- function(z) plogis(z[1] + z[2] * c(0, 1, 2, 3) / 2)
rows <- NULL
for(i in 1:length(grid_x)){
  column <- NULL
  for(j in 1:length(grid_y)){
    z_sample <- matrix(c(grid_x[i], grid_y[j]), ncol = 2)
    column <- rbind(column, generator(z_sample) %>% matrix(ncol = digit_size))
  }
  rows <- cbind(rows, column)
}
dim(rows)
round(rows, 3)
r <- rows %>% as.raster()
dim(r)
r[1, 1:3]
latent <- expand.grid(V1 = grid_x, V2 = round(grid_y, 3))
latent
z_mean <- c(.5, -.2); z_log_var <- c(-1, .3)
-0.5 * mean(1 + z_log_var - z_mean^2 - exp(z_log_var))
set.seed(10)
z <- z_mean + exp(z_log_var/2) * rnorm(2)
z
encoded <- matrix(rnorm(8), 4) %>% as.data.frame()
encoded$class <- as.factor(c(7, 2, 1, 7))
encoded
by(encoded$V1, encoded$class, mean)

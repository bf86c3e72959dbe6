# Modelled on vignettes/examples/mnist_acgan.R (v2.16.1): batches, mixed real and fake, an epoch's report
library(abind)
library(magrittr)
set.seed(64)
num_train <- 12; batch_size <- 4; latent_size <- 2
images <- array(runif(num_train * 4), c(num_train, 1, 2, 2))
labels <- sample(0:9, num_train, TRUE)
possible_indexes <- 1:num_train
num_batches <- trunc(num_train/batch_size)
epoch_disc_loss <- NULL
for(index in 1:num_batches){
  noise <- runif(n = batch_size*latent_size, min = -1, max = 1) %>%
    matrix(nrow = batch_size, ncol = latent_size)
  batch <- sample(possible_indexes, size = batch_size)
  possible_indexes <- possible_indexes[!possible_indexes %in% batch]
  image_batch <- images[batch,,,,drop = FALSE]
  fake <- array(noise[, 1], dim(image_batch))
  X <- abind(image_batch, fake, along = 1)
  y <- c(rep(1L, batch_size), rep(0L, batch_size)) %>% matrix(ncol = 1)
  disc_loss <- list(total = mean(X), generation = mean(y), auxiliary = sd(X))
  epoch_disc_loss <- rbind(epoch_disc_loss, unlist(disc_loss))
}
dim(X)
epoch_disc_loss
t(y)
discriminator_train_loss <- apply(epoch_disc_loss, 2, mean)
row_fmt <- "\n%22s : loss %4.2f | %5.2f | %5.2f"
cat(sprintf("\nTesting for epoch %02d:", 3))
for (name in c("generator (train)", "discriminator (test)"))
  cat(sprintf(row_fmt, name, discriminator_train_loss[1], discriminator_train_loss[2], discriminator_train_loss[3]))
cat("\n")
possible_indexes
img <- NULL
for(i in 1:3){
  img <- cbind(img, images[i,,,])
}
round((img + 1)/2, 3)

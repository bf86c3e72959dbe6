# Modelled on vignettes/examples/unet_linux.R (v2.16.1): files drawn without replacement, arrays bound along the first axis
library(abind)
train_generator <- function(images, masks, batch_size) {
  images_iter <- images
  images_all <- images
  masks_iter <- masks
  masks_all <- masks
  function() {
    if (length(images_iter) < batch_size) {
      images_iter <<- images_all
      masks_iter <<- masks_all
    }
    batch_ind <- sample(1:length(images_iter), batch_size)
    batch_images_list <- images_iter[batch_ind]
    images_iter <<- images_iter[-batch_ind]
    batch_masks_list <- masks_iter[batch_ind]
    masks_iter <<- masks_iter[-batch_ind]
    x_y_batch <- lapply(1:batch_size, function(i) {
      list(x = array(nchar(batch_images_list[i]) + i, c(1, 2, 2, 1)), y = array(i, c(1, 2, 2, 1)),
           from = c(batch_images_list[i], batch_masks_list[i]))
    })
    x_y_batch <- purrr::transpose(x_y_batch)
    x_batch <- do.call(abind, c(x_y_batch$x, list(along = 1)))
    y_batch <- do.call(abind, c(x_y_batch$y, list(along = 1)))
    list(x_batch, y_batch, unlist(x_y_batch$from))
  }
}
train_samples <- 10
set.seed(4)
train_index <- sample(1:train_samples, round(train_samples * 0.8))
val_index <- c(1:train_samples)[-train_index]
val_index
files <- sprintf("input/train/%03d.jpg", train_index)
masks <- sub("\\.jpg$", "_mask.gif", sub("train", "train_masks", files))
gen <- train_generator(files, masks, 3)
for (i in 1:3) print(gen()[[3]])
b <- gen()
dim(b[[1]]); b[[1]][, 1, 1, 1]
as.integer(length(train_index) / 3)
basename(masks[1:2]); dirname(masks[1])

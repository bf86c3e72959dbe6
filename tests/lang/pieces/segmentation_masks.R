# Modelled on unet.R and vignettes-src/examples/vision/oxford_pets_image_segmentation.Rmd (v1.5.1): masks and overlaps
dice_coef <- function(y_true, y_pred, smooth = 1.0) {
  y_true_f <- as.vector(y_true)
  y_pred_f <- as.vector(y_pred)
  intersection <- sum(y_true_f * y_pred_f)
  result <- (2 * intersection + smooth) /
    (sum(y_true_f) + sum(y_pred_f) + smooth)
  return(result)
}
truth <- matrix(c(0, 0, 1, 1, 1, 0, 0, 1, 0), 3)
pred <- matrix(c(.1, .6, .9, .8, .4, .2, 0, .7, .3), 3)
dice_coef(truth, pred)
mask <- (pred > 0.5) * 1L
mask
iou <- sum(mask & truth) / sum(mask | truth)
iou
table(truth = truth, mask = mask)
which(mask == 1, arr.ind = TRUE)
apply(which(mask == 1, arr.ind = TRUE), 2, range)
rle_encode <- function(m) { r <- rle(c(m)); ends <- cumsum(r$lengths); starts <- ends - r$lengths + 1; paste(starts[r$values == 1], r$lengths[r$values == 1], collapse = " ") }
rle_encode(mask)
val_preds <- array(c(.1, .8, .3, .2, .6, .1, .1, .1, .3, .1, .6, .7), c(2, 2, 3))
cls <- apply(val_preds, c(1,2), which.max)
cls
three <- abind::abind(cls, cls, cls, along = 3)
dim(three)
bce <- -mean(truth * log(pmax(pred, 1e-7)) + (1 - truth) * log(1 - pred))
bce
input_img_paths <- sort(c("images/cat_2.jpg", "images/Abyssinian_10.jpg", "images/cat_10.jpg"))
target <- file.path("annotations", sub("jpg$", "png", basename(input_img_paths)))
for (i in 1:2) {
  cat(input_img_paths[i], "|", target[i], "\n")
}
set.seed(3); val_samples <- sample.int(length(input_img_paths), 1)
input_img_paths[-val_samples]; rowsum(c(1, 2, 3), c("a", "b", "a"))
inverse.rle(rle(c(1, 1, 0)))

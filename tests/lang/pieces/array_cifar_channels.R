# Modelled on vignettes/examples/cifar10_cnn.R and cifar10_densenet.R (v2.16.1): statistics of channels
set.seed(31)
cifar10 <- list(train = list(x = array(sample(0:255, 2 * 3 * 3 * 3, TRUE), c(2, 3, 3, 3)), y = matrix(c(6L, 9L))))
x_train <- cifar10$train$x/255
dim(x_train)
channel_mean <- apply(x_train, 4, mean)
channel_sd <- apply(x_train, 4, sd)
signif(channel_mean, 4)
normalised <- sweep(x_train, 4, channel_mean)
normalised <- sweep(normalised, 4, channel_sd, "/")
round(apply(normalised, 4, mean), 10)
for(i in 1:3){
  x_train[,,,i] <- (x_train[,,,i] - channel_mean[i]) / channel_sd[i]
}
all.equal(x_train, normalised)
round(x_train[1, , , 3], 3)
grey <- 0.299 * cifar10$train$x[,,,1] + 0.587 * cifar10$train$x[,,,2] + 0.114 * cifar10$train$x[,,,3]
grey[2, , ]
channels_first <- aperm(cifar10$train$x, c(1, 4, 2, 3))
dim(channels_first)
channels_first[1, , , 1]
flip <- cifar10$train$x[1, , 3:1, ]
flip[, , 2]
dimnames(flip) <- list(NULL, letters[1:3], c("r", "g", "b"))
flip["2" == 2, , "b"]
flip
labels <- c("airplane", "auto", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
labels[cifar10$train$y + 1]

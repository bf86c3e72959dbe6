# Modelled on the regression guide on Boston housing (cran/v2.1.5, website): features scaled by training statistics
set.seed(77)
train_data <- matrix(round(runif(24, 0, 50), 2), 6)
test_data <- matrix(round(runif(8, 0, 50), 2), 2)
train_targets <- c(15.2, 42.3, 50, 21.1, 17.7, 18.5)
paste0("Training entries: ", length(train_data), ", labels: ", length(train_targets))
column_names <- c('CRIM', 'ZN', 'RM', 'AGE')
train_df <- as.data.frame(train_data)
names(train_df) <- column_names
train_df
mean <- apply(train_data, 2, mean)
std <- apply(train_data, 2, sd)
train_data <- scale(train_data, center = mean, scale = std)
test_data <- scale(test_data, center = mean, scale = std)
test_data
train_data[1, ]
col_means_train <- attr(train_data, "scaled:center")
col_stddevs_train <- attr(train_data, "scaled:scale")
rbind(col_means_train, col_stddevs_train)
again <- scale(as.matrix(train_df))
all.equal(again, train_data, check.attributes = FALSE)
dimnames(again)
round(colMeans(train_data), 8)
cov(train_df)[1:2, ]
sapply(train_df, function(col) c(min = min(col), median = median(col)))
predictions <- train_targets + c(-1, 2, .5, 0, 1, -3)
mae <- mean(abs(predictions - train_targets))
paste0("Mean absolute error on test set: $", sprintf("%.2f", mae * 1000))

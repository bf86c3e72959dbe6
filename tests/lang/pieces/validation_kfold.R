# Modelled on the regression chapter's k-fold loop (cran/v2.1.5 times): folds by cut, scores in vectors and rows
set.seed(21)
train_data <- cbind(rnorm(16), runif(16))
train_targets <- 3 * train_data[, 1] - train_data[, 2] + rnorm(16, sd = .1)
k <- 4
indices <- sample(1:nrow(train_data))
folds <- cut(1:length(indices), breaks = k, labels = FALSE)
folds
num_epochs <- 3
all_scores <- c()
all_mae_histories <- NULL
for (i in 1:k) {
  cat("processing fold #", i, "\n")
  val_indices <- indices[which(folds == i, arr.ind = TRUE)]
  val_data <- train_data[val_indices,]
  val_targets <- train_targets[val_indices]
  partial_train_data <- train_data[-val_indices,]
  partial_train_targets <- train_targets[-val_indices]
  fit <- lm.fit(cbind(1, partial_train_data), partial_train_targets)
  preds <- cbind(1, val_data) %*% fit$coefficients
  results <- list(loss = mean((preds - val_targets)^2), mae = mean(abs(preds - val_targets)))
  all_scores <- c(all_scores, results$mae)
  all_mae_histories <- rbind(all_mae_histories, results$mae * (num_epochs:1))
}
all_scores
mean(all_scores)
average_mae_history <- data.frame(
  epoch = seq(1:ncol(all_mae_histories)),
  validation_mae = apply(all_mae_histories, 2, mean)
)
average_mae_history
average_mae_history[which.min(average_mae_history$validation_mae), ]
table(sample(rep(1:k, length.out = 10)))
sapply(split(indices, folds), range)
unsplit(split(train_targets, folds), folds)[1:3] == train_targets[1:3]

# Modelled on the guide of text classification (cran/v2.1.5, website/articles): sequences as multi-hot rows
vectorize_sequences <- function(sequences, dimension = 8) {
  results <- matrix(0, nrow = length(sequences), ncol = dimension)
  for (i in 1:length(sequences))
    results[i, sequences[[i]]] <- 1
  results
}
multi_hot_sequences <- function(sequences, dimension) {
  multi_hot <- matrix(0, nrow = length(sequences), ncol = dimension)
  for (i in 1:length(sequences)) {
    multi_hot[i, sequences[[i]]] <- 1
  }
  multi_hot
}
train_data <- list(c(1, 2, 5, 5), c(8, 3), integer(0), c(7, 7, 7))
x_train <- vectorize_sequences(train_data)
str(x_train)
x_train
str(train_data[[1]])
identical(x_train, multi_hot_sequences(train_data, 8))
max(sapply(train_data, function(s) if (length(s)) max(s) else NA), na.rm = TRUE)
y_train <- as.numeric(c(1L, 0L, 0L, 1L))
val_indices <- 1:2
x_val <- x_train[val_indices, ]
partial_x_train <- x_train[-val_indices, ]
dim(partial_x_train)
rowSums(partial_x_train)
cat("Training entries:", length(train_data), ", labels:", length(y_train), "\n")

# Modelled on tests/testthat/test-model.R and faq.Rmd (v2.16.1): dummy data shuffled and split together
random_array <- function(..., dim = unlist(c(...))) {
  array(round(runif(prod(dim)), 3), dim = dim)
}
set.seed(2024)
data <- random_array(6, 2)
targets <- matrix(sample(0:1, 6, TRUE))
random_array(c(2, 2), 2)
idx <- sample(nrow(data))
data <- data[idx, , drop = FALSE]
targets <- targets[idx, , drop = FALSE]
cbind(data, targets)
validation_split <- 0.3
n_val <- floor(nrow(data) * validation_split)
val <- list(x = tail(data, n_val), y = tail(targets, n_val))
train <- list(x = head(data, -n_val), y = head(targets, -n_val))
str(list(train = train, val = val))
val
batches <- split(seq_len(nrow(train$x)), ceiling(seq_len(nrow(train$x)) / 2))
batches
for (b in batches) cat(length(b), "rows, sum", sum(train$x[b, ]), "\n")
vapply(batches, function(b) mean(train$x[b, 1]), numeric(1))
sum(sapply(batches, length)) == nrow(train$x)
sample_weight <- rep(1.0, 6)
sample_weight[targets == 1] <- 2.0
sample_weight
ceiling(nrow(data) / 4); nrow(data) %/% 4; 7 %% -3; -7 %/% 2
array(1:3)
head(letters, -22)

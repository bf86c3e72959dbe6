# Modelled on vignettes-src/examples/timeseries/timeseries_classification_from_scratch.Rmd (v1.5.1): labels and series of a file
library(zeallot)
path <- tempfile(fileext = ".tsv")
set.seed(12)
write.table(cbind(c(-1, 1, 1, -1), round(matrix(rnorm(20), 4), 3)), path, sep = "\t", row.names = FALSE, col.names = FALSE)
get_data <- function(path) {
  data <- suppressMessages(readr::read_tsv(
    path, col_names = FALSE,
    col_types = paste0("i", strrep("d", 5))
  ))
  y <- as.matrix(data[[1]])
  x <- as.matrix(data[,-1])
  dimnames(x) <- dimnames(y) <- NULL
  list(x, y)
}
c(x_train, y_train) %<-% get_data(path)
named_list <- function(...) {
  l <- list(...)
  names(l) <- sapply(substitute(list(...))[-1], deparse)
  l
}
str(named_list(x_train, y_train))
x_train[match(-1, y_train), ]
dim(x_train) <- c(dim(x_train), 1)
num_classes <- length(unique(y_train))
idx <- sample.int(nrow(x_train))
library(magrittr)
x_train %<>% .[idx,, ,drop = FALSE]
y_train %<>% .[idx,  ,drop = FALSE]
y_train[y_train == -1L] <- 0L
y_train
dim(x_train)[-1]
results <- list(loss = 0.41237, sparse_categorical_accuracy = 0.96)
str(results)
cat(
  "Test accuracy: ", results$sparse_categorical_accuracy, "\n",
  "Test loss: ", results$loss, "\n",
  sep = ""
)

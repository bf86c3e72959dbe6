# Modelled on vignettes/examples/reuters_mlp.R (v2.16.1): topics counted and one-hot encoded
set.seed(3)
topics <- c("cocoa", "grain", "earn", "acq", "gold")
y_train <- sample(0:4, 30, replace = TRUE, prob = c(.1, .2, .4, .2, .1))
num_classes <- max(y_train) + 1
cat(num_classes, '\n')
to_one_hot <- function(labels, dimension = 5) {
  results <- matrix(0, nrow = length(labels), ncol = dimension)
  for (i in 1:length(labels))
    results[i, labels[[i]] + 1] <- 1
  results
}
one_hot <- to_one_hot(y_train)
cat('y_train shape:', dim(one_hot), '\n')
cat('Convert class vector to binary class matrix',
    '(for use with categorical_crossentropy)\n')
colnames(one_hot) <- topics
head(one_hot)
colSums(one_hot)
counts <- table(topics[y_train + 1])
counts
sort(counts, decreasing = TRUE)
round(prop.table(counts), 3)
names(which.max(counts))
test_labels_copy <- sample(y_train)
sum(y_train == test_labels_copy) / length(y_train)
barplot_names <- paste0(names(counts), " (", counts, ")")
barplot_names

# Modelled on tests/testthat/test-utils.R (v2.16.1): class vectors to matrices in several ways
to_categorical <- function(y, num_classes = NULL) {
  y <- as.integer(y)
  if (is.null(num_classes)) num_classes <- max(y) + 1L
  m <- matrix(0, length(y), num_classes)
  m[cbind(seq_along(y), y + 1L)] <- 1
  m
}
labels <- c(2, 0, 1, 1)
to_categorical(labels)
diag(3)[labels + 1, ]
outer(labels, 0:2, `==`) * 1
outer(labels, 0:3, "==") + 0L
one_hot <- to_categorical(labels, 4)
max.col(one_hot) - 1
apply(one_hot, 1, which.max) - 1L
col(one_hot)[one_hot == 1]
stopifnot(identical(rowSums(one_hot), rep(1, 4)))
f <- factor(c("cat", "dog", "cat", "bird"), levels = c("dog", "cat", "bird"))
model.matrix(~ f - 1)
unclass(f)
as.integer(f) - 1
levels(f)[max.col(to_categorical(as.integer(f) - 1))]
table(f, useNA = "ifany")
sapply(levels(f), function(l) as.integer(f == l))
res <- try(to_categorical(c(0, 5), 3), silent = TRUE)
cat(class(res), "\n")
cat(res)
nlevels(droplevels(f[f != "dog"]))

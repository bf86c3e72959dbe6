# Modelled on R/history.R and tests/testthat/test-history.R (v2.16.1): a training history as an S3 object
history <- structure(list(
  params = list(epochs = 4L, batch_size = 32L, samples = 1000L),
  metrics = list(loss = c(.9, .6, .45, .4), accuracy = c(.5, .7, .8, .82), val_loss = c(.95, .7, .6, .65), val_accuracy = c(.48, .66, .75, .74))
), class = "keras_training_history")
print.keras_training_history <- function(x, ...) {
  last <- vapply(x$metrics, function(m) m[[length(m)]], numeric(1))
  cat("Trained on", prettyNum(x$params$samples, big.mark = ","), "samples (batch_size=", x$params$batch_size, ", epochs=", x$params$epochs, ")\n", sep = " ")
  cat("Final epoch:\n")
  labels <- format(names(last), justify = "right")
  cat(paste0(labels, ": ", formatC(last, digits = 4, format = "g")), sep = "\n")
  invisible(x)
}
as.data.frame.keras_training_history <- function(x, ...) {
  values <- x$metrics
  pad <- x$params$epochs - length(values$loss)
  metrics <- sub("^val_", "", names(values))
  data <- ifelse(grepl("^val_", names(values)), "validation", "training")
  do.call(rbind, lapply(seq_along(values), function(i)
    data.frame(epoch = seq_along(values[[i]]), value = values[[i]], metric = metrics[i], data = data[i])))
}
history
df <- as.data.frame(history)
str(df)
df[df$metric == "loss" & df$epoch > 2, ]
subset(df, metric == "loss" & epoch == 4, -metric)
xtabs(value ~ epoch + metric, df, subset = data == "training")
summary.keras_training_history <- function(object, ...) structure(list(best = which.min(object$metrics$val_loss)), class = "summary.kth")
print.summary.kth <- function(x, ...) cat("best epoch", x$best, "\n")
summary(history)
smooth_curve <- function(points, factor = 0.9) Reduce(function(prev, p) prev * factor + p * (1 - factor), points, accumulate = TRUE)
smooth_curve(history$metrics$val_loss, .5)
cummin(history$metrics$val_loss)
sapply(history$metrics, range)
length(history); inherits(history, "keras_training_history"); is.list(unclass(history))

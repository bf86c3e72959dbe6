# Modelled on vignettes-src/writing_your_own_callbacks.Rmd (v1.5.1): early stopping at the least loss, on lists of functions
library(magrittr)
early_stopping <- function(patience = 0) {
  self <- new.env()
  self$patience <- patience
  self$on_train_begin <- function(logs = NULL) {
    self$wait <- 0
    self$stopped_epoch <- 0
    self$best <- Inf
  }
  self$on_epoch_end <- function(epoch, logs = NULL) {
    current <- logs$loss
    if (current < self$best) {
      self$best <- current
      self$wait <- 0
      self$best_epoch <- epoch
    } else {
      self$wait %<>% `+`(1)
      if (self$wait >= self$patience) {
        self$stopped_epoch <- epoch
        self$stop_training <- TRUE
        cat("Restoring model weights from the end of the best epoch.\n")
      }
    }
  }
  self$on_train_end <- function(logs = NULL)
    if (self$stopped_epoch > 0)
      cat(sprintf("Epoch %05d: early stopping\n", self$stopped_epoch + 1))
  self
}
cb <- early_stopping(patience = 2)
cb$on_train_begin()
losses <- c(.9, .5, .52, .49, .6, .7, .8)
for (epoch in seq_along(losses)) {
  cat(sprintf("The average loss for epoch %2i is %9.2f and mean absolute error is %7.2f.\n", epoch, losses[epoch], sqrt(losses[epoch])))
  cb$on_epoch_end(epoch, list(loss = losses[epoch]))
  if (isTRUE(cb$stop_training)) break
}
cb$on_train_end()
c(cb$best, cb$best_epoch); sort(ls(cb)); body(cb$on_train_end)[[1]]

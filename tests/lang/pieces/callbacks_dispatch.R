# Modelled on vignettes/new-guides/writing_your_own_callbacks.Rmd (v2.16.1): callbacks called in order, with messages glued
show <- function(msg, logs) {
  cat(glue::glue(msg, .envir = parent.frame()),
      "got logs: ", sep = "; ")
  str(logs); cat("\n")
}
callback <- list(
  on_train_begin = function(logs = NULL) show("Starting training", logs),
  on_epoch_begin = function(epoch, logs = NULL) show("Start epoch {epoch} of training", logs),
  on_batch_end = function(batch, logs = NULL) show("...Training: end of batch {batch}", logs),
  on_epoch_end = function(epoch, logs = NULL) show("End epoch {epoch} of training", logs)
)
run <- function(hook, ...) {
  f <- callback[[hook]]
  if (is.function(f)) f(...) else invisible(NULL)
}
run("on_train_begin")
for (epoch in 0:1) {
  run("on_epoch_begin", epoch)
  for (batch in 0:1) run("on_batch_end", batch, logs = list(loss = 1 / (1 + batch + epoch), mae = 0.5))
  run("on_epoch_end", epoch, list(loss = 0.25))
}
run("on_nothing")
names(Filter(function(f) "epoch" %in% names(formals(f)), callback))
args <- list(batch = 9, logs = list(a = 1L, b = "x"))
do.call(callback$on_batch_end, args)
sapply(callback, function(f) length(formals(f)))
body(callback$on_train_begin)
formals(callback$on_epoch_end)$logs

# Modelled on vignettes/new-guides/writing_your_own_callbacks.Rmd (v2.16.1): learning rates by epoch
LR_SCHEDULE <- tibble::tribble(~ start_epoch, ~ learning_rate,
                               0, .1,
                               3, 0.05,
                               6, 0.01,
                               9, 0.005,
                               12, 0.001)
LR_SCHEDULE
last <- function(x) x[[length(x)]]
lr_schedule <- function(epoch, learning_rate) {
  "Helper function to retrieve the scheduled learning rate based on epoch."
  if (epoch <= last(LR_SCHEDULE$start_epoch))
    with(LR_SCHEDULE, learning_rate[which.min(epoch > start_epoch)])
  else
    learning_rate
}
lr <- 0.1
for (epoch in 0:5) {
  lr <- lr_schedule(epoch, lr)
  cat(sprintf("\nEpoch %05d: Learning rate is %6.4f.\n", epoch, lr))
}
schedules <- list(
  step = function(e) 0.1 * 0.5^floor(e / 2),
  exponential = function(e) 0.1 * exp(-0.3 * e),
  cosine = function(e) 0.05 * (1 + cos(pi * e / 6)),
  inverse = function(e) 0.1 / (1 + 0.01 * e)
)
sapply(schedules, function(f) f(0:6))
vapply(schedules, function(f) format(f(3), digits = 3), "")
sprintf("%.2e", schedules$exponential(c(1, 20)))
format(c(1e-3, 1e-4, 0.05)); format(1e-5); 1e5; 100000L; 1e-04
signif(schedules$cosine(1:3), 3)
deparse(body(schedules$step))
formals(lr_schedule)
body(lr_schedule)[[2]]

# Modelled on vignettes-src/examples/timeseries/timeseries_anomaly_detection.Rmd (v1.5.1): threshold on errors
library(dplyr, warn.conflicts = FALSE)
df_small_noise <- tibble(
  timestamp = as.POSIXct("2014-04-01 00:00:00", tz = "UTC") + 300 * (0:11),
  value = c(18.3, 21.9, 18.6, 21.3, 19.2, 20.1, 19.9, 20.5, 18.8, 21.0, 20.2, 19.5)
)
df_small_noise
df_train <- df_small_noise |>
  mutate(value = (value - mean(value)) / sd(value))
cat("Number of training samples:", nrow(df_train), "\n")
TIME_STEPS <- 4
x <- as.matrix(df_train$value)
x_train <- array(t(sapply(1:(nrow(x) - TIME_STEPS + 1), function(i) x[i:(i + TIME_STEPS - 1), ])), c(9, TIME_STEPS, 1))
writeLines(sprintf("Training input shape: (%s)", toString(dim(x_train))))
x_train_pred <- x_train * 0.5
train_mae_loss <- apply(abs(x_train_pred - x_train), 1, mean)
threshold <- max(train_mae_loss)
cat("Reconstruction error threshold: ", threshold, "\n")
test_mae_loss <- c(.2, .9, 1.1, .95, 1.2, .3, .1, .99, .2)
anomalies <- test_mae_loss > threshold
cat("Number of anomaly samples:", sum(anomalies), "\n")
cat("Indices of anomaly samples:", which(anomalies), "\n", fill = TRUE)
rollsum <- function(v, k) c(rep(NA, k - 1), embed(as.integer(v), k) %*% rep(1, k))
rollsum(anomalies, 3)
is_anomaly <- anomalies & rollsum(anomalies, 3) >= 3
is_anomaly
r <- rle(anomalies)
r
max(r$lengths[r$values])
df_train |> head(2)
with(df_small_noise[which(is_anomaly),], print(format(timestamp, "%b-%d %H:%M")))
range(df_small_noise$timestamp)

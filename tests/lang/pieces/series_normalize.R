# Modelled on the jena climate preparation of the R book: training rows normalised, a naive forecast
set.seed(8)
df <- data.frame(Date = sprintf("%02d.01.2009 00:%02d:00", rep(1:2, each = 6), seq(0, 50, 10)),
                 p = 990 + round(rnorm(12), 2), T = round(-8 + cumsum(runif(12)), 2), rh = sample(80:99, 12))
str(df)
head(df, 3)
data <- data.matrix(df[,-1])
train_data <- data[1:8,]
mean <- apply(train_data, 2, mean)
std <- apply(train_data, 2, sd)
mean; std
data <- scale(data, center = mean, scale = std)
data
summary(data)
evaluate_naive_method <- function(steps = 4, delay = 2) {
  batch_maes <- c()
  for (step in 1:steps) {
    preds <- data[step:(step + 3), "T"]
    targets <- data[(step:(step + 3)) + delay, "T"]
    mae <- mean(abs(preds - targets))
    batch_maes <- c(batch_maes, mae)
  }
  print(mean(batch_maes))
  invisible(batch_maes)
}
maes <- evaluate_naive_method()
celsius_mae <- maes * std[["T"]]
celsius_mae
as.POSIXct(df$Date[c(1, 12)], format = "%d.%m.%Y %H:%M:%S", tz = "UTC")
diff(strptime(df$Date[c(1, 7)], "%d.%m.%Y %H:%M:%S", tz = "UTC"))

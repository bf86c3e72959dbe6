# Modelled on the posts on sunspots and LSTMs (tensorflow for R), cran/v2.1.5 times: lagged windows of a series
series <- c(5, 7, 11, 9, 14, 18, 17, 21, 25, 24)
embed(series, 3)
build_matrix <- function(tseries, overall_timesteps) {
  t(sapply(1:(length(tseries) - overall_timesteps + 1), function(x)
    tseries[x:(x + overall_timesteps - 1)]))
}
reshape_X_3d <- function(X) {
  dim(X) <- c(dim(X)[1], dim(X)[2], 1)
  X
}
m <- build_matrix(series, 4)
m
X <- m[, 1:3]; Y <- m[, 4, drop = FALSE]
dim(reshape_X_3d(X))
dim(Y)
lag_transform <- function(x, k= 1){
  lagged =  c(rep(NA, k), x[1:(length(x)-k)])
  DF = as.data.frame(cbind(lagged, x))
  colnames(DF) <- c( paste0('x-', k), 'x')
  DF[is.na(DF)] <- 0
  return(DF)
}
supervised <- lag_transform(diff(series), 1)
head(supervised)
n <- nrow(supervised)
n_train <- round(n * 0.7, digits = 0)
supervised[(n_train+1):n, ]
inverted <- Reduce(`+`, supervised$x, accumulate = TRUE, series[1])
identical(inverted, series)
stats::filter(series, rep(1/3, 3), sides = 1)
rbind(lag = c(NA, head(series, -1)), now = series)

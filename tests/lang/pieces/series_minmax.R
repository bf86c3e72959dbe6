# Modelled on the LSTM posts on univariate series (tensorflow for R): scaling to a range and back
scale_data = function(train, test, feature_range = c(0, 1)) {
  x = train
  fr_min = feature_range[1]
  fr_max = feature_range[2]
  std_train = ((x - min(x) ) / (max(x) - min(x)  ))
  std_test  = ((test - min(x) ) / (max(x) - min(x)  ))
  scaled_train = std_train *(fr_max -fr_min) + fr_min
  scaled_test = std_test *(fr_max -fr_min) + fr_min
  return( list(scaled_train = as.vector(scaled_train), scaled_test = as.vector(scaled_test) ,scaler= c(min =min(x), max = max(x))) )
}
invert_scaling = function(scaled, scaler, feature_range = c(0, 1)){
  min = scaler[1]
  max = scaler[2]
  inverted_dfs = numeric(length(scaled))
  for( i in seq_along(scaled)){
    X = (scaled[i]- feature_range[1])/(feature_range[2] - feature_range[1])
    rawValues = X *(max - min) + min
    inverted_dfs[i] <- rawValues
  }
  return(inverted_dfs)
}
Series <- c(266, 145.9, 183.1, 119.3, 180.3, 168.5, 231.8, 224.5)
Scaled <- scale_data(Series[1:6], Series[7:8], c(-1, 1))
Scaled
invert_scaling(Scaled$scaled_test, Scaled$scaler, c(-1, 1))
rmse <- sqrt(mean((Series[-1] - Series[-8])^2)); rmse
predictions <- numeric(3)
for (i in seq_along(predictions)) {
  yhat <- mean(Scaled$scaled_train[i:(i + 2)])
  predictions[i] <- invert_scaling(yhat, Scaled$scaler, c(-1, 1))
}
predictions
cat("Expected:", Series[4:6], "\nPredicted:", format(predictions, nsmall = 2, digits = 5), "\n")

# time series: printing, windows, times
AirPassengers
str(AirPassengers)
start(AirPassengers); end(AirPassengers); frequency(AirPassengers); time(AirPassengers)[1:3]
window(AirPassengers, start = c(1960, 1))
window(AirPassengers, 1960, c(1960, 6))
head(AirPassengers); as.numeric(AirPassengers)[1:5]; class(AirPassengers)
x <- ts(c(3, 1, 4, 1, 5, 9, 2, 6), start = c(2000, 2), frequency = 4); x
ts(1:5); ts(1:10, start = 1990)
head(EuStockMarkets); dim(EuStockMarkets); class(EuStockMarkets); EuStockMarkets[1:3, "DAX"]
summary(AirPassengers); length(AirPassengers); mean(AirPassengers); max(AirPassengers)
log(ts(c(1, 2, 4), start = 2001)); ts(1:3) + ts(4:6); diff(ts(c(1, 4, 9, 16), start = 2000)); diff(x)
lag(ts(1:3, start = 2000), -1); cycle(x)
is.ts(AirPassengers); is.ts(1:3); tsp(AirPassengers)
ts(matrix(1:6, 3, dimnames = list(NULL, c("a", "b"))), start = c(2000, 1), frequency = 12)
data.matrix(EuStockMarkets)[1:2, ]; as.data.frame(EuStockMarkets)[1:2, ]
Nile[1:3]; x[3]; x[2:4]; as.vector(x)
y <- AirPassengers; y[1] <- 0; y[1:2]; scale(x)[1:2]
window(Nile, 1960)
matrix(AirPassengers, ncol = 12, byrow = TRUE)[1:2, ]
ts(c(1.5, NA, 3), start = 1, frequency = 12)
print(ts(1:3, frequency = 7)); rev(x); sqrt(x)
plot <- NULL; as.ts(1:3); deltat(x)
colMeans(EuStockMarkets); (AirPassengers - min(AirPassengers))[1:3]
cbind(a = ts(1:3, start=2000), b = ts(4:6, start=2000))

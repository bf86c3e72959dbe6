# Modelled on the time series guides (tensorflow for R): ts objects split into training and test
passengers <- window(AirPassengers, start = c(1957, 1), end = c(1959, 12))
passengers
train <- window(passengers, end = c(1958, 12))
test <- window(passengers, start = c(1959, 1))
length(train); frequency(test); start(test); end(test)
print(round(log(test), 2))
diff(test, lag = 1)
d12 <- diff(passengers, lag = 12)
d12
time(test)[1:3]
cycle(test)
aggregate(passengers, FUN = sum)
x <- ts(c(3, 6, 2, 8, 5, 9), start = c(2020, 3), frequency = 4)
x
as.numeric(x)
scaled <- (passengers - mean(train)) / sd(train)
head(as.vector(scaled))
lagged <- cbind(y = x, y1 = stats::lag(x, -1))
lagged
df <- data.frame(date = as.Date("2020-01-01") + 0:2, y = as.vector(x)[1:3])
df
tapply(as.vector(passengers), floor(time(passengers) + 1e-6), mean)

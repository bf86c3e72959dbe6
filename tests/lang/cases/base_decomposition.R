# filter, acf, pacf, decompose, line
filter(1:10, rep(1, 3))
filter(c(1, 4, 2, 8, 5, 7), c(.5, .5), sides = 1)
filter(1:5, .5, method = "recursive")
filter(1:6, c(1, 2, 3), circular = TRUE)
filter(1:5, c(.5, .2), method = "recursive")
a <- acf(AirPassengers, plot = FALSE, lag.max = 6)
a
names(a); dim(a$acf); a$series
acf(lynx, plot = FALSE, lag.max = 5)
pacf(lynx, plot = FALSE, lag.max = 5)
acf(1:10, type = "covariance", plot = FALSE)
str(pacf(1:10, plot = FALSE))
r <- acf(Nile, plot = FALSE)$acf
round(r[1:5], 4)
d <- decompose(AirPassengers)
names(d); round(d$figure, 4)
window(d$trend, 1950, c(1950, 12))
round(decompose(AirPassengers, "multiplicative")$figure, 5)
decompose(ts(c(1, 2, 3, 4, 2, 3, 4, 5, 3, 4, 5, 6), frequency = 4))
line(cars)
coef(line(cars)); residuals(line(1:9, c(2, 4, 3, 6, 8, 9, 11, 10, 14)))
fitted(line(1:7, c(1, 5, 2, 8, 4, 9, 9), iter = 3))

# Modelled on the demand posts (tensorflow for R): counts by season and hour with base functions
bikes <- data.frame(
  season = factor(c(1, 1, 2, 2, 3, 3, 4, 4), labels = c("spring", "summer", "fall", "winter")),
  hr = rep(c(8, 17), 4), temp = c(.24, .3, .5, .56, .74, .8, .4, .36), cnt = c(40, 80, 130, 200, 210, 310, 120, 160))
aggregate(cnt ~ season, bikes, sum)
aggregate(bikes[c("temp", "cnt")], by = list(hour = bikes$hr), FUN = mean)
with(bikes, tapply(cnt, list(season, hr), sum))
by_season <- split(bikes, bikes$season)
sapply(by_season, function(d) c(mean = mean(d$cnt), max = max(d$cnt)))
do.call(rbind, lapply(by_season, function(d) d[which.max(d$cnt), ]))
bikes$peak <- bikes$hr == 17
bikes[order(-bikes$cnt), ][1:3, ]
xtabs(cnt ~ season + hr, bikes)
cor(bikes$temp, bikes$cnt)
round(cor(bikes[, c("hr", "temp", "cnt")]), 3)
model.matrix(~ season + temp - 1, bikes)
bikes <- transform(bikes, log_cnt = log1p(cnt), season = NULL)
summary(bikes)
merge(bikes[1:3, ], data.frame(hr = c(8, 17), name = c("morning", "evening")))
apply(as.matrix(bikes), 2, max)
ave(bikes$cnt, bikes$hr)

# Modelled on the weather and bike posts (tensorflow for R): features of dates and hours
stamps <- seq(as.POSIXct("2018-12-31 21:00:00", tz = "UTC"), by = "1 hour", length.out = 6)
stamps
hour <- as.integer(format(stamps, "%H"))
features <- data.frame(
  stamp = stamps,
  hour = hour,
  weekday = weekdays(stamps, abbreviate = TRUE),
  month = months(stamps),
  day_sin = round(sin(2 * pi * hour / 24), 4),
  day_cos = round(cos(2 * pi * hour / 24), 4)
)
features
str(features)
dates <- as.Date(c("2019-02-27", "2019-03-01", "2020-02-28"))
diff(dates)
format(dates, "%d %b %Y"); as.integer(format(dates, "%j"))
seq(dates[1], by = "month", length.out = 4)
cut(dates, "month")
table(quarters(dates))
difftime(dates[3], dates[1], units = "weeks")
as.numeric(difftime(stamps[6], stamps[1], units = "mins"))
dates > as.Date("2019-12-31")
trunc(stamps[2], "days") == as.POSIXct("2018-12-31", tz = "UTC")
unclass(dates)
split_at <- dates[2]
ifelse(dates <= split_at, "train", "test")
strftime(stamps[1], "%Y-%m-%dT%H:%M:%SZ")
rev(range(dates))
as.POSIXlt(dates)$year + 1900

# POSIXlt is a vector of times, whatever its parts are
x <- as.POSIXlt(c("2024-01-01", NA, "2023-05-06 07:08:09"), tz = "UTC")
is.na(x); anyNA(x); x[1]; rev(x); sort(x); range(x, na.rm = TRUE); max(x, na.rm = TRUE); order(x); unique(x); duplicated(x)
c(x, x[1]); rep(x[1], 2); seq(x[1], by = "day", length.out = 2); x[[3]]; as.numeric(x); x > as.POSIXct("2023-12-01", tz = "UTC")
x - x[1]; x + 60; cut(x[3], "month"); trunc(x[3], "hours"); round(x[3], "days"); data.frame(x); mean(x[1]); diff(x[c(3, 1)])
match(x[1], x); x %in% x[1]; ifelse(is.na(x), "no", "yes"); as.list(x[1]); sapply(x, length); julian(x[3])
x[2] <- as.POSIXct("2020-05-05", tz = "UTC")
x
x$hour <- 5
x; length(x); names(unclass(x[1]))
is.na(strptime(c("a", "2020", "2020-03"), c("%Y", "%Y", "%Y-%m")))
format(as.Date("2020", "%Y"), "%m") == format(Sys.Date(), "%m")

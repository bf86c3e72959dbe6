# lubridate: dates and times read, taken apart, rounded and moved
suppressPackageStartupMessages(library(lubridate))
ymd("2020-01-31"); ymd("20200131"); ymd("2020/1/5", "21-3-4"); mdy("03/14/2021"); dmy("31.12.1999"); dmy("1 January 2020"); mdy("Feb 3rd, 2019")
ymd(20210704)
ymd(c("2020-02-30", "2020-02-29"), quiet = TRUE)
class(ymd("2020-01-31"))
ymd_hms("2020-01-31 12:34:56"); ymd_hm("2020-01-31 05:06"); mdy_hm("1/2/2020 3:04"); dmy_hms("01-02-2020 10:11:12"); ymd_hms("2020-01-31T12:34:56Z")
as_date("2020-03-01"); as_date(18000); as_datetime(0); as_datetime("2020-01-01 10:00:00")
as_date(ymd_hms("2020-01-31 12:34:56"))
parse_date_time("2020-05-06", "ymd"); parse_date_time(c("06/05/2020", "2020-05-07"), c("dmy", "ymd"))
make_date(2020, 2, 29); make_date(2021, 1:3); make_datetime(2020, 1, 2, 3, 4, 5)
x <- ymd_hms("2021-07-04 15:16:17")
year(x); month(x); day(x); mday(x); hour(x); minute(x); second(x); yday(x); wday(x); week(x); isoweek(x); quarter(x); semester(x)
month(x, label = TRUE); month(x, label = TRUE, abbr = FALSE); wday(x, label = TRUE); wday(x, week_start = 1); wday(ymd("2021-07-05"), label = TRUE, abbr = FALSE)
date(x); tz(x); am(x); pm(x)
d <- ymd("2021-01-31")
d + days(1); d + weeks(2); d - days(31); d + years(1); d + months(1); d %m+% months(1); d %m-% months(2); d + months(2)
x + hours(2); x + minutes(30); x + seconds(5); x - days(1); x + days(1:3)
d + 0:2
days(3); hours(2) + minutes(5); years(1) + months(2) + days(3); weeks(1); 2 * days(2); seconds(90)
ddays(1); dhours(2); dminutes(5); dseconds(10); dyears(1); dweeks(2); duration(90, "minutes")
x + ddays(1); d + ddays(2)
floor_date(x, "month"); floor_date(x, "hour"); floor_date(x, "day"); floor_date(x, "week"); floor_date(x, "15 minutes"); floor_date(d, "year"); floor_date(d, "quarter"); floor_date(d, "week", week_start = 1)
ceiling_date(x, "month"); ceiling_date(x, "hour"); ceiling_date(d, "month"); ceiling_date(ymd("2021-02-01"), "month")
round_date(x, "hour"); round_date(x, "day"); round_date(d, "month")
leap_year(2020); leap_year(c(1900, 2000)); days_in_month(ymd("2020-02-01")); decimal_date(ymd("2020-07-01"))
y <- d
year(y) <- 2022
y
month(y) <- 3
y
day(y) <- 15
y
hour(x) <- 1
x
i <- interval(ymd("2020-01-01"), ymd("2021-03-15"))
i
int_length(i); time_length(i, "days"); i / days(1); i %/% months(1); time_length(i, "year")
ymd("2020-06-01") %within% i
int_start(i); int_end(i)
time_length(ddays(2), "hours"); as.duration(hours(2)); as.numeric(days(2), "hours")
ymd("2021-03-01") - ymd("2021-02-01")
as.numeric(ymd("2021-03-01") - ymd("2021-02-01"))
seq(ymd("2021-01-01"), by = "month", length.out = 3)
is.Date(d); is.POSIXct(x); is.instant(x); is.interval(i)
rollback(d); rollforward(ymd("2021-02-03"))
sort(ymd(c("2021-03-01", "2020-01-01")))
with_tz(ymd_hms("2021-07-04 12:00:00"), "America/New_York"); force_tz(ymd_hms("2021-07-04 12:00:00"), "America/New_York")
data.frame(d = ymd(c("2021-01-01", "2021-05-01")), m = month(ymd(c("2021-01-01", "2021-05-01"))))

# lubridate: dates and times read, taken apart, rounded and moved.

# --- read

.months <- tolower(month.name)

.digits_of <- function(x) regmatches(x, gregexpr("[[:digit:]]+|[[:alpha:]]+", x))

.year_of <- function(text) {
  value <- as.integer(text)
  ifelse(nchar(text) <= 2L, ifelse(value > 68L, 1900L, 2000L) + value, value)
}

.parts_of <- function(text, order) {
  # numbers of year, month, day, hour, minute, second in a text, or NULL
  if (grepl("^[0-9]+$", text)) {
    widths <- c(y = if (nchar(text) %in% c(8L, 14L, 12L, 10L)) 4L else 2L, m = 2L, d = 2L, H = 2L, M = 2L, S = 2L)[order]
    if (sum(widths) != nchar(text)) return(NULL)
    ends <- cumsum(widths)
    tokens <- substring(text, ends - widths + 1L, ends)
  } else {
    text <- gsub("([0-9])(st|nd|rd|th)\\b", "\\1", text, ignore.case = TRUE)
    text <- gsub("([0-9])[tT]([0-9])", "\\1 \\2", sub("[zZ]$", "", text))
    fraction <- regmatches(text, regexpr("[0-9]+\\.[0-9]+$", text))
    tokens <- .digits_of(if (length(fraction) && "S" %in% order) sub("\\.[0-9]+$", "", text) else text)[[1L]]
    pm <- tolower(tokens) %in% c("am", "pm")
    afternoon <- any(tolower(tokens) == "pm")
    half <- any(pm)
    tokens <- tokens[!pm]
    named <- grepl("^[[:alpha:]]", tokens)
    tokens <- tokens[!(named & is.na(pmatch(tolower(tokens), .months)))]
    if (length(tokens) != length(order)) return(NULL)
  }
  out <- c(y = NA_real_, m = 1, d = 1, H = 0, M = 0, S = 0)
  for (k in seq_along(order)) {
    token <- tokens[k]
    value <- if (grepl("^[[:alpha:]]", token)) { if (order[k] != "m") return(NULL) else pmatch(tolower(token), .months) }
             else if (order[k] == "y") .year_of(token) else as.integer(token)
    out[order[k]] <- value
  }
  if (exists("half", inherits = FALSE) && half) out["H"] <- out["H"] %% 12 + 12 * afternoon
  if (exists("fraction", inherits = FALSE) && length(fraction) && "S" %in% order) out["S"] <- as.numeric(sub("^.*?([0-9]+\\.[0-9]+)$", "\\1", fraction))
  if (is.na(out["y"]) || out["m"] < 1 || out["m"] > 12 || out["d"] < 1 || out["d"] > .month_days(out["y"], out["m"])) return(NULL)
  if (out["H"] > 24 || out["M"] > 59 || out["S"] >= 61) return(NULL)
  out
}

.month_days <- function(year, month) {
  days <- c(31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month]
  ifelse(month == 2 & leap_year(year), 29, days)
}

.day_number <- function(y, m, d) {
  # days since 1970 of the civil calendar
  y <- y - (m <= 2)
  era <- floor(y / 400)
  yoe <- y - era * 400
  doy <- floor((153 * (m + ifelse(m > 2, -3, 9)) + 2) / 5) + d - 1
  era * 146097 + yoe * 365 + floor(yoe / 4) - floor(yoe / 100) + doy - 719468
}

.read <- function(x, orders) {
  parts <- lapply(as.character(x), function(text) {
    if (is.na(text)) return(NULL)
    for (order in orders) {
      found <- .parts_of(trimws(text), order)
      if (!is.null(found)) return(found)
    }
    NULL
  })
  failed <- sum(vapply(parts, is.null, NA) & !is.na(x))
  if (failed) {
    warning(if (failed == length(parts)) "All formats failed to parse. No formats found." else paste0(" ", failed, " failed to parse."), call. = FALSE)
  }
  parts
}

.as_dates <- function(parts) {
  .Date <- vapply(parts, function(p) if (is.null(p)) NA_real_ else .day_number(p[["y"]], p[["m"]], p[["d"]]), 0)
  structure(.Date, class = "Date")
}

.as_times <- function(parts, tz) {
  seconds <- vapply(parts, function(p) {
    if (is.null(p)) NA_real_ else .day_number(p[["y"]], p[["m"]], p[["d"]]) * 86400 + p[["H"]] * 3600 + p[["M"]] * 60 + p[["S"]]
  }, 0)
  .on_clock(seconds, tz)
}

.on_clock <- function(seconds, tz) {
  # the moment at which clocks of the zone show these seconds since 1970
  shown <- structure(seconds, class = c("POSIXct", "POSIXt"), tzone = "UTC")
  if (tz == "UTC") shown else force_tz(shown, tz)
}

.date_reader <- function(order) {
  function(..., quiet = FALSE, tz = NULL, locale = Sys.getlocale("LC_TIME"), truncated = 0) {
    x <- unlist(lapply(list(...), as.character))
    parts <- if (quiet) suppressWarnings(.read(x, list(order))) else .read(x, list(order))
    if (is.null(tz)) .as_dates(parts) else .as_times(parts, tz)
  }
}

.time_reader <- function(order) {
  function(..., quiet = FALSE, tz = "UTC", locale = Sys.getlocale("LC_TIME"), truncated = 0) {
    x <- unlist(lapply(list(...), as.character))
    orders <- lapply(0:truncated, function(k) order[seq_len(length(order) - k)])
    parts <- if (quiet) suppressWarnings(.read(x, orders)) else .read(x, orders)
    .as_times(parts, tz)
  }
}

ymd <- .date_reader(c("y", "m", "d"))
ydm <- .date_reader(c("y", "d", "m"))
mdy <- .date_reader(c("m", "d", "y"))
myd <- .date_reader(c("m", "y", "d"))
dmy <- .date_reader(c("d", "m", "y"))
dym <- .date_reader(c("d", "y", "m"))
ym <- .date_reader(c("y", "m"))
my <- .date_reader(c("m", "y"))
ymd_hms <- .time_reader(c("y", "m", "d", "H", "M", "S"))
ymd_hm <- .time_reader(c("y", "m", "d", "H", "M"))
ymd_h <- .time_reader(c("y", "m", "d", "H"))
mdy_hms <- .time_reader(c("m", "d", "y", "H", "M", "S"))
mdy_hm <- .time_reader(c("m", "d", "y", "H", "M"))
mdy_h <- .time_reader(c("m", "d", "y", "H"))
dmy_hms <- .time_reader(c("d", "m", "y", "H", "M", "S"))
dmy_hm <- .time_reader(c("d", "m", "y", "H", "M"))
dmy_h <- .time_reader(c("d", "m", "y", "H"))

parse_date_time <- function(x, orders, tz = "UTC", truncated = 0, quiet = FALSE, ...) {
  letters <- lapply(orders, function(text) {
    each <- regmatches(text, gregexpr("[a-zA-Z]", gsub("%", "", text)))[[1L]]
    each <- ifelse(each == "Y", "y", ifelse(each %in% c("b", "B"), "m", ifelse(each == "I", "H", each)))
    if (length(each) && "y" %in% each) for (k in which(each %in% c("h", "m", "s"))) {
      if (each[k] == "h") each[k] <- "H" else if (each[k] == "s") each[k] <- "S" else if (k > 1L && any(each[seq_len(k - 1L)] %in% c("H", "h"))) each[k] <- "M"
    }
    each[each != "p"]
  })
  parts <- if (quiet) suppressWarnings(.read(x, letters)) else .read(x, letters)
  .as_times(parts, tz)
}

as_date <- function(x, ..., tz = NULL, format = NULL) {
  if (is.character(x)) {
    if (!is.null(format)) return(as.Date(x, format = format))
    return(.as_dates(.read(x, list(c("y", "m", "d"), c("y", "m", "d", "H", "M", "S"), c("y", "m", "d", "H", "M")))))
  }
  if (is.numeric(x) && !inherits(x, c("Date", "POSIXct"))) return(structure(as.numeric(x), class = "Date"))
  as.Date(x, ...)
}

as_datetime <- function(x, ..., tz = "UTC", format = NULL) {
  if (is.character(x)) {
    if (!is.null(format)) return(as.POSIXct(x, format = format, tz = tz))
    return(.as_times(.read(x, list(c("y", "m", "d", "H", "M", "S"), c("y", "m", "d", "H", "M"), c("y", "m", "d"))), tz))
  }
  if (inherits(x, "Date")) return(structure(as.numeric(x) * 86400, class = c("POSIXct", "POSIXt"), tzone = tz))
  structure(as.numeric(x), class = c("POSIXct", "POSIXt"), tzone = tz)
}

make_date <- function(year = 1970L, month = 1L, day = 1L) {
  n <- max(length(year), length(month), length(day))
  year <- rep(year, length.out = n)
  month <- rep(month, length.out = n)
  day <- rep(day, length.out = n)
  bad <- is.na(year + month + day) | month < 1 | month > 12 | day < 1 | day > .month_days(year, pmin(pmax(month, 1), 12))
  structure(ifelse(bad, NA_real_, .day_number(year, month, day)), class = "Date")
}

make_datetime <- function(year = 1970L, month = 1L, day = 1L, hour = 0L, min = 0L, sec = 0, tz = "UTC") {
  days <- unclass(make_date(year, month, day))
  .on_clock(((days * 24 + hour) * 60 + min) * 60 + sec, tz)
}

today <- function(tzone = "") as.Date(Sys.time(), tz = tzone)

now <- function(tzone = "") structure(as.numeric(Sys.time()), class = c("POSIXct", "POSIXt"), tzone = tzone)

is.Date <- function(x) inherits(x, "Date")

is.POSIXct <- function(x) inherits(x, "POSIXct")

is.POSIXt <- function(x) inherits(x, "POSIXt")

is.instant <- function(x) inherits(x, c("POSIXt", "Date"))

# --- taken apart

.lt <- function(x) {
  if (inherits(x, "POSIXlt")) return(x)
  if (is.character(x)) x <- as_datetime(x)
  as.POSIXlt(x, tz = if (inherits(x, "POSIXct")) tz(x) else "UTC")
}

tz <- function(x) {
  if (inherits(x, "Date")) return("UTC")
  zone <- attr(x, "tzone")[1L]
  if (is.null(zone) || identical(zone, "")) Sys.timezone() else zone
}

year <- function(x) .lt(x)$year + 1900

month <- function(x, label = FALSE, abbr = TRUE, locale = Sys.getlocale("LC_TIME")) {
  found <- if (is.numeric(x) && !inherits(x, c("Date", "POSIXct"))) x else .lt(x)$mon + 1
  if (!label) return(found)
  names <- if (abbr) month.abb else month.name
  factor(names[found], levels = names, ordered = TRUE)
}

day <- function(x) .lt(x)$mday

mday <- day

yday <- function(x) .lt(x)$yday + 1

.day_names <- c("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")

wday <- function(x, label = FALSE, abbr = TRUE, week_start = getOption("lubridate.week.start", 7), locale = Sys.getlocale("LC_TIME")) {
  sunday <- if (is.numeric(x) && !inherits(x, c("Date", "POSIXct"))) (x - 1 + week_start) %% 7 else .lt(x)$wday
  found <- (sunday - week_start) %% 7 + 1
  if (!label) return(found)
  names <- .day_names[(week_start + 0:6) %% 7 + 1]
  if (abbr) names <- substr(names, 1L, 3L)
  factor(names[found], levels = names, ordered = TRUE)
}

hour <- function(x) .lt(x)$hour

minute <- function(x) .lt(x)$min

second <- function(x) .lt(x)$sec

week <- function(x) (yday(x) - 1) %/% 7 + 1

isoweek <- function(x) as.integer(format(as.Date(.lt(x)), "%V"))

isoyear <- function(x) as.integer(format(as.Date(.lt(x)), "%G"))

quarter <- function(x, type = "quarter", fiscal_start = 1, with_year = identical(type, "year.quarter")) {
  found <- (month(x) - 1) %/% 3 + 1
  if (isTRUE(type) || with_year) year(x) + found / 10 else found
}

semester <- function(x, with_year = FALSE) {
  found <- ifelse(month(x) <= 6, 1L, 2L)
  if (with_year) year(x) + found / 10 else found
}

days_in_month <- function(x) {
  found <- .month_days(year(x), month(x))
  structure(as.integer(found), names = month.abb[month(x)])
}

leap_year <- function(date) {
  years <- if (is.instant(date) || !is.numeric(date)) year(date) else date
  years %% ifelse(years %% 100 == 0, 400, 4) == 0
}

decimal_date <- function(date) {
  y <- year(date)
  seconds <- if (inherits(date, "Date")) as.numeric(date) * 86400 else as.numeric(date)
  start <- .day_number(y, 1, 1) * 86400
  end <- .day_number(y + 1, 1, 1) * 86400
  y + (seconds - start) / (end - start)
}

date <- function(x) as.Date(.lt(x))

am <- function(x) hour(x) < 12

pm <- function(x) !am(x)

.changed <- function(x, ...) {
  new <- list(...)
  lt <- .lt(x)
  got <- list(year = lt$year + 1900, month = lt$mon + 1, day = lt$mday, hour = lt$hour, min = lt$min, sec = lt$sec)
  got[names(new)] <- new
  # what runs over goes into the next month
  months <- got$year * 12 + got$month - 1
  days <- .day_number(months %/% 12, months %% 12 + 1, 1) + got$day - 1
  clock <- got$hour * 3600 + got$min * 60 + got$sec
  if (inherits(x, "Date") && !any(c("hour", "min", "sec") %in% names(new))) return(structure(days, class = "Date"))
  out <- structure(days * 86400 + clock, class = c("POSIXct", "POSIXt"), tzone = "UTC")
  zone <- tz(x)
  if (zone == "UTC") out else force_tz(out, zone)
}

`year<-` <- function(x, value) .changed(x, year = value)
`month<-` <- function(x, value) .changed(x, month = value)
`day<-` <- function(x, value) .changed(x, day = value)
`mday<-` <- `day<-`
`hour<-` <- function(x, value) .changed(x, hour = value)
`minute<-` <- function(x, value) .changed(x, min = value)
`second<-` <- function(x, value) .changed(x, sec = value)

with_tz <- function(time, tzone = "") structure(as.numeric(as.POSIXct(time)), class = c("POSIXct", "POSIXt"), tzone = tzone)

force_tz <- function(time, tzone = "", ...) as.POSIXct(format(as.POSIXct(time), "%Y-%m-%d %H:%M:%OS6"), tz = tzone, format = "%Y-%m-%d %H:%M:%OS")

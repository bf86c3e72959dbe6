# lubridate: periods, durations, intervals; dates rounded and moved by them.

.period <- function(years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0) {
  n <- max(lengths(list(years, months, days, hours, minutes, seconds)))
  parts <- lapply(list(year = years, month = months, day = days, hour = hours, minute = minutes, second = seconds), rep, length.out = n)
  structure(parts, class = "Period")
}

period <- function(num = NULL, units = "second", ...) {
  given <- if (is.null(num)) list(...) else stats::setNames(as.list(num), rep(units, length.out = length(num)))
  names(given) <- paste0(sub("s$", "", sub("min$", "minute", sub("sec$", "second", sub("^mins$", "minute", names(given))))), "s")
  weeks <- if (is.null(given$weeks)) 0 else given$weeks
  given$weeks <- NULL
  given$days <- (if (is.null(given$days)) 0 else given$days) + 7 * weeks
  do.call(.period, given)
}

years <- function(x = 1, abbreviate = FALSE) .period(years = x)
days <- function(x = 1) .period(days = x)
weeks <- function(x = 1) .period(days = 7 * x)
hours <- function(x = 1) .period(hours = x)
minutes <- function(x = 1) .period(minutes = x)
seconds <- function(x = 1) .period(seconds = x)

months <- function(x, abbreviate = FALSE) {
  if (is.numeric(x) && !inherits(x, c("Date", "POSIXct"))) .period(months = x) else base::months(x, abbreviate)
}

months.numeric <- function(x, abbreviate = FALSE) .period(months = x)

format.Period <- function(x, ...) {
  x <- unclass(x)
  vapply(seq_along(x$year), function(i) {
    if (is.na(x$year[i] + x$second[i])) return(NA_character_)
    shown <- ""
    marks <- c(year = "y", month = "m", day = "d", hour = "H", minute = "M")
    for (part in names(marks)) {
      if (x[[part]][i] != 0 || nzchar(shown)) shown <- paste0(shown, x[[part]][i], marks[[part]], " ")
    }
    clock <- x$hour[i] != 0 || x$minute[i] != 0 || x$second[i] != 0
    if (!clock && (x$day[i] != 0 || x$month[i] != 0 || x$year[i] != 0)) {
      for (part in c("hour", "minute")) if (!grepl(marks[[part]], shown)) shown <- paste0(shown, "0", marks[[part]], " ")
    }
    paste0(shown, format(x$second[i]), "S")
  }, "")
}

print.Period <- function(x, ...) {
  print(format(x))
  invisible(x)
}

.dates_and_period <- function(e1, e2, sign) {
  span <- unclass(e2)
  moved <- if (any(span$year != 0) || any(span$month != 0)) {
    lt <- .lt(e1)
    total <- (lt$year + 1900) * 12 + lt$mon + sign * (span$year * 12 + span$month)
    y <- total %/% 12
    m <- total %% 12 + 1
    .changed_or_na(e1, y, m, lt$mday)
  } else e1
  clock <- sign * (span$hour * 3600 + span$minute * 60 + span$second)
  if (inherits(moved, "Date") && all(clock == 0)) return(structure(as.numeric(moved) + sign * span$day, class = "Date"))
  seconds <- if (inherits(moved, "Date")) as.numeric(moved) * 86400 else as.numeric(moved)
  structure(seconds + sign * span$day * 86400 + clock, class = c("POSIXct", "POSIXt"), tzone = tz(e1))
}

.changed_or_na <- function(x, y, m, d) {
  bad <- d > .month_days(y, m)
  days <- ifelse(bad, NA_real_, .day_number(y, m, d))
  if (inherits(x, "Date")) return(structure(days, class = "Date"))
  structure(days * 86400 + as.numeric(x) %% 86400, class = c("POSIXct", "POSIXt"), tzone = tz(x))
}

Ops.Period <- function(e1, e2) {
  if (missing(e2)) return(structure(lapply(unclass(e1), function(part) get(.Generic)(part)), class = "Period"))
  scale <- function(span, k) structure(lapply(unclass(span), `*`, k), class = "Period")
  one <- inherits(e1, "Period")
  two <- inherits(e2, "Period")
  if (.Generic %in% c("+", "-")) {
    if (one && two) return(structure(Map(get(.Generic), unclass(e1), unclass(e2)), class = "Period"))
    if (two && is.instant(e1)) return(.dates_and_period(e1, e2, if (.Generic == "+") 1 else -1))
    if (one && is.instant(e2)) return(.dates_and_period(e2, e1, 1))
    if (one && is.numeric(e2)) return(structure(Map(get(.Generic), unclass(e1), list(0, 0, 0, 0, 0, e2)), class = "Period"))
  }
  if (.Generic == "*") return(if (one) scale(e1, e2) else scale(e2, e1))
  if (.Generic == "/" && one && is.numeric(e2)) return(scale(e1, 1 / e2))
  get(.Generic)(period_to_seconds(e1), period_to_seconds(e2))
}

period_to_seconds <- function(x) {
  if (!inherits(x, "Period")) return(as.numeric(x))
  x <- unclass(x)
  x$second + 60 * x$minute + 3600 * x$hour + 86400 * x$day + 86400 * 365.25 / 12 * x$month + 86400 * 365.25 * x$year
}

length.Period <- function(x) length(unclass(x)$second)

as.numeric.Period <- function(x, units = "second", ...) {
  period_to_seconds(x) / c(second = 1, minute = 60, hour = 3600, day = 86400, week = 604800, month = 86400 * 365.25 / 12, year = 86400 * 365.25)[[sub("s$", "", units)]]
}

# --- durations

.units <- c(seconds = 1, minutes = 60, hours = 3600, days = 86400, weeks = 604800, years = 31557600)

duration <- function(num = NULL, units = "seconds", ...) {
  given <- if (is.null(num)) list(...) else stats::setNames(list(num), units)
  names <- paste0(sub("s$", "", sub("^min$|^mins$", "minute", sub("^sec$|^secs$", "second", names(given)))), "s")
  structure(Reduce(`+`, Map(function(value, unit) value * .units[[unit]], given, names)), class = "Duration")
}

dseconds <- function(x = 1) structure(x, class = "Duration")
dminutes <- function(x = 1) structure(x * 60, class = "Duration")
dhours <- function(x = 1) structure(x * 3600, class = "Duration")
ddays <- function(x = 1) structure(x * 86400, class = "Duration")
dweeks <- function(x = 1) structure(x * 604800, class = "Duration")
dmonths <- function(x = 1) structure(x * 31557600 / 12, class = "Duration")
dyears <- function(x = 1) structure(x * 31557600, class = "Duration")

format.Duration <- function(x, ...) {
  x <- unclass(x)
  about <- function(value) {
    size <- abs(value)
    unit <- c(weeks = 604800, years = 31557600, days = 86400, hours = 3600, minutes = 60)
    pick <- if (size < 60) NULL else if (size < 3600) "minutes" else if (size < 86400) "hours" else if (size < 604800) "days" else if (size < 31557600) "weeks" else "years"
    if (is.null(pick)) "" else paste0(" (~", round(value / unit[[pick]], 2L), " ", pick, ")")
  }
  ifelse(is.na(x), NA_character_, paste0(x, "s", vapply(x, about, "")))
}

print.Duration <- function(x, ...) {
  print(format(x), quote = TRUE)
  invisible(x)
}

as.duration <- function(x, ...) {
  if (inherits(x, "Duration")) return(x)
  if (inherits(x, "Period")) return(structure(period_to_seconds(x), class = "Duration"))
  if (inherits(x, "Interval")) return(structure(unclass(x)$length, class = "Duration"))
  if (inherits(x, "difftime")) return(structure(as.numeric(x, units = "secs"), class = "Duration"))
  structure(as.numeric(x), class = "Duration")
}

Ops.Duration <- function(e1, e2) {
  if (is.instant(e1) || is.instant(e2)) {
    when <- if (is.instant(e1)) e1 else e2
    span <- as.numeric(unclass(if (is.instant(e1)) e2 else e1))
    if (inherits(when, "Date") && all(span %% 86400 == 0, na.rm = TRUE)) return(structure(get(.Generic)(as.numeric(when), span / 86400), class = "Date"))
    seconds <- if (inherits(when, "Date")) as.numeric(when) * 86400 else as.numeric(when)
    return(structure(get(.Generic)(seconds, span), class = c("POSIXct", "POSIXt"), tzone = tz(when)))
  }
  both <- inherits(e1, "Duration") && inherits(e2, "Duration")
  out <- get(.Generic)(as.numeric(unclass(e1)), as.numeric(unclass(e2)))
  if (.Generic %in% c("+", "-", "*") || (.Generic == "/" && !both)) structure(out, class = "Duration") else out
}

# --- intervals

interval <- function(start = NULL, end = NULL, tzone = tz(start)) {
  seconds <- function(x) if (inherits(x, "Date")) as.numeric(x) * 86400 else as.numeric(as_datetime(x))
  structure(list(start = start, length = seconds(end) - seconds(start), tzone = tzone), class = "Interval")
}

`%--%` <- function(start, end) interval(start, end)

is.interval <- function(x) inherits(x, "Interval")

int_start <- function(int) as_datetime(unclass(int)$start)

int_end <- function(int) as_datetime(unclass(int)$start) + unclass(int)$length

int_length <- function(int) unclass(int)$length

format.Interval <- function(x, ...) {
  zone <- unclass(x)$tzone
  shown <- function(when) if (inherits(unclass(x)$start, "Date") && all(unclass(x)$length %% 86400 == 0)) format(as.Date(when)) else format(when)
  paste0(shown(int_start(x)), " ", zone, "--", shown(int_end(x)), " ", zone)
}

print.Interval <- function(x, ...) {
  print(format(x), quote = FALSE)
  invisible(x)
}

`%within%` <- function(a, b) {
  when <- if (inherits(a, "Date")) as.numeric(a) * 86400 else as.numeric(a)
  when >= as.numeric(int_start(b)) & when <= as.numeric(int_end(b))
}

.whole_months <- function(start, end) {
  a <- .lt(start)
  b <- .lt(end)
  (b$year - a$year) * 12 + b$mon - a$mon - (b$mday < a$mday)
}

time_length <- function(x, unit = "second") {
  unit <- sub("s$", "", unit)
  if (inherits(x, "Interval") && unit %in% c("year", "month")) {
    size <- if (unit == "year") 12 else 1
    whole <- trunc(.whole_months(int_start(x), int_end(x)) / size)
    reached <- int_start(x) + .period(months = whole * size)
    further <- int_start(x) + .period(months = (whole + 1) * size)
    return(whole + (as.numeric(int_end(x)) - as.numeric(reached)) / (as.numeric(further) - as.numeric(reached)))
  }
  seconds <- if (inherits(x, "Interval")) unclass(x)$length else if (inherits(x, "Period")) period_to_seconds(x)
             else if (inherits(x, "difftime")) as.numeric(x, units = "secs") else as.numeric(unclass(x))
  seconds / c(second = 1, minute = 60, hour = 3600, day = 86400, week = 604800, month = 31557600 / 12, year = 31557600)[[unit]]
}

Ops.Interval <- function(e1, e2) {
  if (.Generic %in% c("/", "%/%")) {
    unit <- if (inherits(e2, "Period")) names(which(vapply(unclass(e2), function(part) any(part != 0), NA)))[1L] else NULL
    out <- if (!is.null(unit)) time_length(e1, unit) / unclass(e2)[[unit]] else unclass(e1)$length / as.numeric(unclass(e2))
    return(if (.Generic == "/") out else trunc(out))
  }
  stop("intervals can be divided by periods and durations only", call. = FALSE)
}

# --- rounded

.unit_of <- function(unit) {
  count <- as.numeric(sub("^([0-9.]*).*$", "\\1", unit))
  name <- sub("s$", "", trimws(sub("^[0-9.]*", "", unit)))
  name <- switch(name, sec = "second", min = "minute", name)
  list(count = if (is.na(count)) 1 else count, name = name)
}

floor_date <- function(x, unit = "seconds", week_start = getOption("lubridate.week.start", 7)) {
  unit <- .unit_of(unit)
  lt <- .lt(x)
  y <- lt$year + 1900
  m <- lt$mon + 1
  k <- unit$count
  if (unit$name %in% c("second", "minute", "hour")) {
    size <- k * c(second = 1, minute = 60, hour = 3600)[[unit$name]]
    if (inherits(x, "Date")) return(x)
    day <- as.numeric(x) %/% 86400 * 86400
    return(structure(day + (as.numeric(x) - day) %/% size * size, class = c("POSIXct", "POSIXt"), tzone = tz(x)))
  }
  days <- switch(unit$name,
    day = .day_number(y, m, (lt$mday - 1) %/% k * k + 1),
    week = .day_number(y, m, lt$mday) - (lt$wday - week_start) %% 7,
    month = .day_number(y, (m - 1) %/% k * k + 1, 1),
    bimonth = .day_number(y, (m - 1) %/% 2 * 2 + 1, 1),
    quarter = .day_number(y, (m - 1) %/% 3 * 3 + 1, 1),
    halfyear = .day_number(y, (m - 1) %/% 6 * 6 + 1, 1),
    year = .day_number(y %/% k * k, 1, 1),
    stop("Invalid unit specification", call. = FALSE)
  )
  if (inherits(x, "Date")) structure(days, class = "Date") else structure(days * 86400, class = c("POSIXct", "POSIXt"), tzone = tz(x))
}

.next <- function(x, unit) {
  size <- .unit_of(unit)
  k <- size$count
  x + switch(size$name,
    second = .period(seconds = k), minute = .period(minutes = k), hour = .period(hours = k), day = .period(days = k),
    week = .period(days = 7 * k), month = .period(months = k), bimonth = .period(months = 2 * k),
    quarter = .period(months = 3 * k), halfyear = .period(months = 6 * k), year = .period(years = k)
  )
}

ceiling_date <- function(x, unit = "seconds", change_on_boundary = NULL, week_start = getOption("lubridate.week.start", 7)) {
  low <- floor_date(x, unit, week_start)
  if (is.null(change_on_boundary)) change_on_boundary <- inherits(x, "Date") && .unit_of(unit)$name != "day"
  up <- .next(low, unit)
  stay <- !is.na(x) & low == x & !change_on_boundary
  up[stay] <- x[stay]
  up
}

round_date <- function(x, unit = "second", week_start = getOption("lubridate.week.start", 7)) {
  low <- floor_date(x, unit, week_start)
  up <- .next(low, unit)
  nearer <- as.numeric(x) - as.numeric(low) < as.numeric(up) - as.numeric(x)
  out <- up
  out[which(nearer)] <- low[which(nearer)]
  out
}

`%m+%` <- function(e1, e2) .rolled(e1, e2, 1)

`%m-%` <- function(e1, e2) .rolled(e1, e2, -1)

.rolled <- function(x, span, sign) {
  span <- unclass(span)
  lt <- .lt(x)
  total <- (lt$year + 1900) * 12 + lt$mon + sign * (span$year * 12 + span$month)
  y <- total %/% 12
  m <- total %% 12 + 1
  moved <- .changed_or_na(x, y, m, pmin(lt$mday, .month_days(y, m)))
  rest <- .period(days = sign * span$day, hours = sign * span$hour, minutes = sign * span$minute, seconds = sign * span$second)
  moved + rest
}

rollback <- function(dates, roll_to_first = FALSE, preserve_hms = TRUE) {
  first <- floor_date(dates, "month")
  if (roll_to_first) first else first - .period(days = 1)
}

rollforward <- function(dates, roll_to_first = FALSE, preserve_hms = TRUE) {
  up <- .next(floor_date(dates, "month"), "month")
  if (roll_to_first) up else up - .period(days = 1)
}

for (.class in c("Period", "Duration", "Interval")) {
  registerS3method("format", .class, get(paste0("format.", .class)))
  registerS3method("print", .class, get(paste0("print.", .class)))
  registerS3method("Ops", .class, get(paste0("Ops.", .class)))
}
registerS3method("length", "Period", length.Period)
registerS3method("as.double", "Period", as.numeric.Period)
registerS3method("as.numeric", "Period", as.numeric.Period)
registerS3method("months", "numeric", months.numeric)

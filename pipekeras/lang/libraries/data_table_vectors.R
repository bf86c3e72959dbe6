# data.table: its fast functions on vectors.

uniqueN <- function(x, by = if (is.list(x)) seq_along(x) else NULL, na.rm = FALSE) {
  if (is.data.frame(x)) return(sum(!duplicated(as.data.frame(x)[by])))
  if (na.rm) x <- x[!is.na(x)]
  length(unique(x))
}

shift <- function(x, n = 1L, fill = NA, type = c("lag", "lead", "shift", "cyclic"), give.names = FALSE) {
  type <- match.arg(type)
  one <- function(column, k) {
    if (type == "lead") k <- -k
    size <- length(column)
    places <- seq_len(size) - k
    if (type == "cyclic") return(column[(places - 1L) %% size + 1L])
    places[places < 1L | places > size] <- NA
    out <- column[places]
    if (!is.na(fill)) out[is.na(places)] <- fill
    out
  }
  if (is.list(x)) return(unlist(lapply(x, function(column) lapply(n, one, column = column)), recursive = FALSE, use.names = FALSE))
  if (length(n) == 1L) one(x, n) else lapply(n, one, column = x)
}

fifelse <- function(test, yes, no, na = NA) {
  n <- length(test)
  out <- rep(no, length.out = n)
  hit <- which(test)
  out[hit] <- rep(yes, length.out = n)[hit]
  out[is.na(test)] <- na
  out
}

fcase <- function(..., default = NA) {
  given <- list(...)
  tests <- given[seq(1L, length(given), 2L)]
  values <- given[seq(2L, length(given), 2L)]
  n <- max(lengths(tests))
  out <- rep(if (is.na(default)) values[[1L]][NA_integer_] else default, n)
  for (k in rev(seq_along(tests))) {
    hit <- which(rep(tests[[k]], length.out = n))
    out[hit] <- rep(values[[k]], length.out = n)[hit]
  }
  out
}

between <- function(x, lower, upper, incbounds = TRUE, NAbounds = TRUE, check = FALSE) {
  outside <- if (incbounds) x < lower | x > upper else x <= lower | x >= upper
  !outside
}

`%between%` <- function(x, y) between(x, y[[1L]], y[[2L]])

like <- function(vector, pattern, ignore.case = FALSE, fixed = FALSE, perl = FALSE) {
  grepl(pattern, if (is.factor(vector)) as.character(vector) else vector, ignore.case = ignore.case, fixed = fixed, perl = perl)
}

`%like%` <- function(vector, pattern) like(vector, pattern)

`%chin%` <- function(x, table) x %in% table

chmatch <- function(x, table, nomatch = NA_integer_) match(x, table, nomatch)

tstrsplit <- function(x, ..., fill = NA, type.convert = FALSE, keep, names = FALSE) {
  parts <- strsplit(as.character(x), ...)
  width <- max(lengths(parts))
  out <- lapply(seq_len(width), function(k) vapply(parts, function(part) if (k > length(part)) as.character(fill) else part[k], ""))
  if (type.convert) out <- lapply(out, utils::type.convert, as.is = TRUE)
  if (missing(keep)) out else out[keep]
}

rleid <- function(...) {
  columns <- list(...)
  n <- length(columns[[1L]])
  if (n == 0L) return(integer())
  changed <- Reduce(`|`, lapply(columns, function(column) c(TRUE, column[-1L] != column[-n])))
  cumsum(changed)
}

nafill <- function(x, type = c("const", "locf", "nocb"), fill = NA, nan = NA) {
  type <- match.arg(type)
  if (type == "const") {
    x[is.na(x)] <- fill
    return(x)
  }
  if (type == "nocb") return(rev(nafill(rev(x), "locf")))
  last <- cummax(ifelse(is.na(x), 0L, seq_along(x)))
  x[ifelse(last == 0L, NA_integer_, last)]
}

first <- function(x, n = 1L, ...) if (is.data.table(x)) head.data.table(x, n) else utils::head(x, n)

last <- function(x, n = 1L, ...) if (is.data.table(x)) tail.data.table(x, n) else utils::tail(x, n)

# scales: numbers moved into ranges and written as percentages, money and the like.

.range <- function(x) range(x, na.rm = TRUE, finite = TRUE)

.moved <- function(x, to, from, shifted) if (zero_range(from) || zero_range(to)) ifelse(is.na(x), NA, mean(to)) else shifted

rescale <- function(x, to = c(0, 1), from = .range(x), ...) {
  .moved(x, to, from, (x - from[1L]) / diff(from) * diff(to) + to[1L])
}

rescale_mid <- function(x, to = c(0, 1), from = .range(x), mid = 0, ...) {
  .moved(x, to, from, (x - mid) / (2 * max(abs(from - mid))) * diff(to) + mean(to))
}

rescale_max <- function(x, to = c(0, 1), from = range(x, na.rm = TRUE)) {
  share <- x / from[2L]
  share * to[2L]
}

zero_range <- function(x, tol = 1000 * .Machine$double.eps) {
  # whether the ends are equal up to rounding
  if (length(x) == 1L) return(TRUE)
  if (anyNA(x)) return(NA)
  if (length(x) != 2L) stop("'x' must be one or two numbers", call. = FALSE)
  gap <- if (x[1L] == x[2L]) 0 else abs(x[2L] - x[1L])
  size <- min(abs(x))
  gap == 0 || (is.finite(size) && size > 0 && gap / size < tol)
}

expand_range <- function(range, mul = 0, add = 0, zero_width = 1) {
  if (zero_range(range)) c(range[1L] - zero_width / 2, range[1L] + zero_width / 2)
  else range + c(-1, 1) * (diff(range) * mul + add)
}

.below <- function(x, range, only.finite) which(x < range[1L] & !(only.finite & is.infinite(x)))

.above <- function(x, range, only.finite) which(x > range[2L] & !(only.finite & is.infinite(x)))

squish <- function(x, range = c(0, 1), only.finite = TRUE) {
  replaced <- replace(x, .below(x, range, only.finite), range[1L])
  replace(replaced, .above(x, range, only.finite), range[2L])
}

censor <- function(x, range = c(0, 1), only.finite = TRUE) {
  replace(x, c(.below(x, range, only.finite), .above(x, range, only.finite)), NA)
}

discard <- function(x, range = c(0, 1)) {
  outside <- x < range[1L] | x > range[2L]
  x[!outside]
}

breaks_pretty <- function(n = 5, ...) function(x) pretty(x, n)

pretty_breaks <- breaks_pretty

# --- written

.accuracy <- function(x) {
  # the place of the last digit that tells the numbers apart
  x <- unique(x[is.finite(x)])
  if (length(x) <= 1L) return(1)
  gap <- min(diff(sort(x)))
  if (gap < sqrt(.Machine$double.eps)) return(1)
  place <- 10^(floor(log10(gap)) - 1)
  if (all(round(x / place) %% 10 == 0)) place <- place * 10
  min(place, 1)
}

.written <- function(x, accuracy = NULL, scale = 1, prefix = "", suffix = "", big.mark = " ", decimal.mark = ".",
                     style_negative = c("hyphen", "minus", "parens"), style_positive = c("none", "plus"), trim = TRUE) {
  if (length(x) == 0L) return(character())
  style_negative <- match.arg(style_negative)
  style_positive <- match.arg(style_positive)
  values <- scale * x
  if (is.null(accuracy)) accuracy <- .accuracy(values)
  rounded <- round(values / accuracy) * accuracy
  digits <- pmin(pmax(-floor(log10(accuracy)), 0), 20)
  shown <- format(abs(rounded), big.mark = big.mark, decimal.mark = decimal.mark, trim = trim, nsmall = digits, scientific = FALSE, digits = 15L)
  before <- ifelse(rounded < 0, switch(style_negative, hyphen = "-", minus = "\u2212", parens = "("), if (style_positive == "plus") "+" else "")
  after <- ifelse(rounded < 0 & style_negative == "parens", ")", "")
  out <- paste0(before, prefix, shown, suffix, after)
  out[is.infinite(x)] <- as.character(x[is.infinite(x)])
  out[is.na(x)] <- NA
  names(out) <- names(x)
  out
}

.settings <- function(frame = parent.frame()) {
  # the arguments of the calling function that the writer knows
  mget(intersect(names(formals(.written)), ls(frame)), envir = frame)
}

.no_cuts <- function(scale_cut) if (!is.null(scale_cut)) stop("scale_cut is not available", call. = FALSE)

number <- function(x, accuracy = NULL, scale = 1, prefix = "", suffix = "", big.mark = " ", decimal.mark = ".",
                   style_positive = c("none", "plus"), style_negative = c("hyphen", "minus", "parens"), scale_cut = NULL,
                   trim = TRUE, ...) {
  .no_cuts(scale_cut)
  do.call(.written, .settings())
}

comma <- function(x, accuracy = NULL, scale = 1, prefix = "", suffix = "", big.mark = ",", decimal.mark = ".", trim = TRUE, digits, ...) {
  do.call(.written, .settings())
}

percent <- function(x, accuracy = NULL, scale = 100, prefix = "", suffix = "%", big.mark = " ", decimal.mark = ".", trim = TRUE, ...) {
  do.call(.written, .settings())
}

.cents <- function(amounts, largest) {
  # whole amounts and large ones are written without cents
  amounts <- amounts[is.finite(amounts)]
  if (any(abs(amounts) >= largest) || !any(amounts %% 1 != 0)) 1 else 0.01
}

dollar <- function(x, accuracy = NULL, scale = 1, prefix = "$", suffix = "", big.mark = ",", decimal.mark = ".", trim = TRUE,
                   largest_with_cents = 1e+05, negative_parens = FALSE, style_negative = c("hyphen", "minus", "parens"),
                   scale_cut = NULL, ...) {
  .no_cuts(scale_cut)
  if (is.null(accuracy)) accuracy <- .cents(x * scale, largest_with_cents)
  if (negative_parens) style_negative <- "parens"
  do.call(.written, .settings())
}

scientific <- function(x, digits = 3, scale = 1, prefix = "", suffix = "", decimal.mark = ".", trim = TRUE, ...) {
  if (length(x) == 0L) return(character())
  rounded <- signif(x * scale, digits)
  numbers <- format(rounded, digits = digits, scientific = TRUE, trim = trim, decimal.mark = decimal.mark)
  ifelse(is.na(x), NA, sprintf("%s%s%s", prefix, numbers, suffix))
}

ordinal <- function(x, prefix = "", suffix = "", big.mark = " ", rules = NULL, ...) {
  n <- round(x)
  teen <- n %% 100 %in% 11:13
  ending <- ifelse(!teen & n %% 10 == 1, "st", ifelse(!teen & n %% 10 == 2, "nd", ifelse(!teen & n %% 10 == 3, "rd", "th")))
  .written(x, 1, prefix = prefix, suffix = paste0(ending, suffix), big.mark = big.mark)
}

.labeller <- function(work) function(...) {
  settings <- list(...)
  function(x) do.call(work, c(list(x), settings))
}

label_number <- number_format <- .labeller(number)
label_comma <- comma_format <- .labeller(comma)
label_percent <- percent_format <- .labeller(percent)
label_dollar <- dollar_format <- .labeller(dollar)
label_scientific <- scientific_format <- .labeller(scientific)
label_ordinal <- ordinal_format <- .labeller(ordinal)
unit_format <- function(..., unit = "m", sep = " ") label_number(..., suffix = paste0(sep, unit))
date_format <- function(format = "%Y-%m-%d", tz = "UTC", locale = NULL) {
  written_as <- format
  function(x) base::format(x, written_as, tz = tz)
}

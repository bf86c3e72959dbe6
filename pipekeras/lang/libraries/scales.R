# scales: numbers moved into ranges and written as percentages, money and the like.

.range <- function(x) range(x, na.rm = TRUE, finite = TRUE)

rescale <- function(x, to = c(0, 1), from = .range(x), ...) {
  if (zero_range(from) || zero_range(to)) return(ifelse(is.na(x), NA, mean(to)))
  (x - from[1L]) / diff(from) * diff(to) + to[1L]
}

rescale_mid <- function(x, to = c(0, 1), from = .range(x), mid = 0, ...) {
  if (zero_range(from) || zero_range(to)) return(ifelse(is.na(x), NA, mean(to)))
  (x - mid) / (2 * max(abs(from - mid))) * diff(to) + mean(to)
}

rescale_max <- function(x, to = c(0, 1), from = range(x, na.rm = TRUE)) x / from[2L] * to[2L]

zero_range <- function(x, tol = 1000 * .Machine$double.eps) {
  if (length(x) == 1L) return(TRUE)
  if (anyNA(x)) return(NA)
  if (x[1L] == x[2L]) return(TRUE)
  if (all(is.infinite(x))) return(FALSE)
  smallest <- min(abs(x))
  smallest != 0 && abs((x[1L] - x[2L]) / smallest) < tol
}

expand_range <- function(range, mul = 0, add = 0, zero_width = 1) {
  if (zero_range(range)) c(range[1L] - zero_width / 2, range[1L] + zero_width / 2)
  else range + c(-1, 1) * (diff(range) * mul + add)
}

squish <- function(x, range = c(0, 1), only.finite = TRUE) {
  inner <- if (only.finite) is.finite(x) else TRUE
  x[inner & x < range[1L]] <- range[1L]
  x[inner & x > range[2L]] <- range[2L]
  x
}

censor <- function(x, range = c(0, 1), only.finite = TRUE) {
  inner <- if (only.finite) is.finite(x) else TRUE
  x[inner & (x < range[1L] | x > range[2L])] <- NA
  x
}

discard <- function(x, range = c(0, 1)) x[x >= range[1L] & x <= range[2L]]

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

number <- function(x, accuracy = NULL, scale = 1, prefix = "", suffix = "", big.mark = " ", decimal.mark = ".",
                   style_positive = c("none", "plus"), style_negative = c("hyphen", "minus", "parens"), scale_cut = NULL,
                   trim = TRUE, ...) {
  .written(x, accuracy, scale, prefix, suffix, big.mark, decimal.mark, style_negative, style_positive, trim)
}

comma <- function(x, accuracy = NULL, scale = 1, prefix = "", suffix = "", big.mark = ",", decimal.mark = ".", trim = TRUE, digits, ...) {
  .written(x, accuracy, scale, prefix, suffix, big.mark, decimal.mark, trim = trim)
}

percent <- function(x, accuracy = NULL, scale = 100, prefix = "", suffix = "%", big.mark = " ", decimal.mark = ".", trim = TRUE, ...) {
  .written(x, accuracy, scale, prefix, suffix, big.mark, decimal.mark, trim = trim)
}

dollar <- function(x, accuracy = NULL, scale = 1, prefix = "$", suffix = "", big.mark = ",", decimal.mark = ".", trim = TRUE,
                   largest_with_cents = 1e+05, negative_parens = FALSE, style_negative = c("hyphen", "minus", "parens"),
                   scale_cut = NULL, ...) {
  if (is.null(accuracy)) {
    known <- x[is.finite(x)] * scale
    whole <- max(abs(known), 0) >= largest_with_cents || all(known == floor(known))
    accuracy <- if (whole) 1 else 0.01
  }
  .written(x, accuracy, scale, prefix, suffix, big.mark, decimal.mark, style_negative, trim = trim)
}

scientific <- function(x, digits = 3, scale = 1, prefix = "", suffix = "", decimal.mark = ".", trim = TRUE, ...) {
  if (length(x) == 0L) return(character())
  out <- paste0(prefix, format(signif(scale * x, digits), decimal.mark = decimal.mark, trim = trim, scientific = TRUE, digits = digits), suffix)
  out[is.na(x)] <- NA
  out
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
date_format <- function(format = "%Y-%m-%d", tz = "UTC", locale = NULL) function(x) base::format(x, format, tz = tz)

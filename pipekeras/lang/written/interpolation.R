# Functions through points: approx, spline, ecdf and other step functions.

.points <- function(x, y, ties = mean, warn = TRUE) {
  if (is.null(y)) {
    if (is.list(x)) {
      y <- x$y
      x <- x$x
    } else {
      y <- x
      x <- seq_along(x)
    }
  }
  if (length(x) != length(y)) stop("'x' and 'y' lengths differ")
  known <- !(is.na(x) | is.na(y))
  x <- as.numeric(x[known])
  y <- as.numeric(y[known])
  if (identical(ties, "ordered")) return(list(x = x, y = y))
  if (anyDuplicated(x)) {
    if (warn) warning("collapsing to unique 'x' values", call. = FALSE)
    ties <- match.fun(ties)
    y <- as.vector(tapply(y, match(x, x), ties))
    x <- unique(x)
  }
  o <- order(x)
  list(x = x[o], y = y[o])
}

.interpolated <- function(x, y, v, method, yleft, yright, f) {
  n <- length(x)
  i <- findInterval(v, x)
  out <- rep(NA_real_, length(v))
  inside <- !is.na(v) & v >= x[1L] & v <= x[n]
  j <- pmin(i[inside], max(1L, n - 1L))
  w <- v[inside]
  out[inside] <- if (n == 1L) y else if (method == 1L) {
    ifelse(w == x[j], y[j], ifelse(w == x[j + 1L], y[j + 1L], y[j] + (y[j + 1L] - y[j]) * ((w - x[j]) / (x[j + 1L] - x[j]))))
  } else {
    step <- (if (f != 1) y[j] * (1 - f) else 0) + (if (f != 0) y[j + 1L] * f else 0)
    ifelse(w == x[j + 1L], y[j + 1L], ifelse(w == x[j], y[j], step))
  }
  out[!is.na(v) & v < x[1L]] <- yleft
  out[!is.na(v) & v > x[n]] <- yright
  out
}

.through <- function(x, y, method, yleft, yright, rule, f, ties, warn) {
  # what approx() evaluates and approxfun() returns
  fail <- function(text) stop(simpleError(text, sys.call(-2L)))
  kind <- pmatch(method, c("linear", "constant"))
  if (is.na(kind)) fail("invalid interpolation method")
  at <- .points(x, y, ties, warn)
  known <- length(at$x)
  if (known < 2L && kind == 1L) fail("need at least two non-NA values to interpolate")
  if (known < 1L) fail("zero non-NA points")
  ends <- at$y[c(1L, known)]
  ends[rep_len(rule, 2L) == 1] <- NA
  if (!missing(yleft)) ends[1L] <- yleft
  if (!missing(yright)) ends[2L] <- yright
  list(range = at$x[c(1L, known)], value = .interpolator(at, kind, ends, f))
}

.interpolator <- function(at, kind, ends, f) {
  force(f)
  x <- at$x
  y <- at$y
  function(v) .interpolated(x, y, as.numeric(v), kind, ends[1L], ends[2L], f)
}

approx <- function(x, y = NULL, xout, method = "linear", n = 50, yleft, yright, rule = 1, f = 0, ties = mean, na.rm = TRUE) {
  curve <- .through(x, y, method, yleft, yright, rule, f, ties, missing(ties))
  if (missing(xout)) {
    if (n < 1) stop("'approx' requires n >= 1")
    xout <- seq(curve$range[1L], curve$range[2L], length.out = n)
  }
  list(x = xout, y = curve$value(xout))
}

approxfun <- function(x, y = NULL, method = "linear", yleft, yright, rule = 1, f = 0, ties = mean, na.rm = TRUE) {
  .through(x, y, method, yleft, yright, rule, f, ties, missing(ties))$value
}

# --- cubic splines: coefficients b, c, d of each piece

.tridiagonal <- function(below, diagonal, above, right) {
  n <- length(diagonal)
  for (i in seq_len(n)[-1L]) {
    t <- below[i - 1L] / diagonal[i - 1L]
    diagonal[i] <- diagonal[i] - t * above[i - 1L]
    right[i] <- right[i] - t * right[i - 1L]
  }
  out <- numeric(n)
  out[n] <- right[n] / diagonal[n]
  for (i in rev(seq_len(n - 1L))) out[i] <- (right[i] - above[i] * out[i + 1L]) / diagonal[i]
  out
}

.coefficients <- function(x, y, method) {
  n <- length(x)
  if (n == 1L) return(list(b = 0, c = 0, d = 0))
  h <- diff(x)
  s <- diff(y) / h
  if (n == 2L) return(list(b = rep(s, 2L), c = c(0, 0), d = c(0, 0)))
  if (method == "periodic") {
    m <- n - 1L
    wrap <- c(h[m], h[-m])
    a <- matrix(0, m, m)
    for (i in seq_len(m)) {
      a[i, i] <- 2 * (wrap[i] + h[i])
      after <- i %% m + 1L
      before <- (i - 2L) %% m + 1L
      a[i, after] <- a[i, after] + h[i]
      a[i, before] <- a[i, before] + wrap[i]
    }
    k <- solve(a, 6 * (s - c(s[m], s[-m])))
    k <- c(k, k[1L])
  } else {
    inner <- 2 * (h[-1L] + h[-(n - 1L)])
    right <- 6 * diff(s)
    if (method == "natural") {
      k <- c(0, .tridiagonal(h[-c(1L, n - 1L)], inner, h[-c(1L, n - 1L)], right), 0)
    } else {  # Forsythe, Malcolm and Moler: the ends' third derivatives are those of cubics through four points
      first <- last <- 0
      if (n > 3L) {
        third <- diff(diff(s) / (x[-(1:2)] - x[seq_len(n - 2L)])) / (x[-(1:3)] - x[seq_len(n - 3L)])
        first <- third[1L] * h[1L]^2
        last <- -third[n - 3L] * h[n - 1L]^2
      }
      k <- .tridiagonal(h, c(-h[1L], inner, -h[n - 1L]), h, c(6 * first, right, 6 * last))
    }
  }
  slope <- s - h * (2 * k[-n] + k[-1L]) / 6
  end <- s[n - 1L] + h[n - 1L] * (2 * k[n] + k[n - 1L]) / 6
  d <- diff(k) / (6 * h)
  list(b = c(slope, end), c = k / 2, d = c(d, if (method == "natural") 0 else d[n - 1L]))
}

.spline_at <- function(points, parts, method, v, deriv = 0L) {
  x <- points$x
  n <- length(x)
  if (method == "periodic" && n > 1L) v <- x[1L] + (v - x[1L]) %% (x[n] - x[1L])
  i <- pmax(1L, findInterval(v, x))
  t <- v - x[i]
  d <- parts$d[i]
  if (method == "natural") d[v < x[1L]] <- 0
  switch(deriv + 1L,
    points$y[i] + t * (parts$b[i] + t * (parts$c[i] + t * d)),
    parts$b[i] + t * (2 * parts$c[i] + t * 3 * d),
    2 * parts$c[i] + t * 6 * d,
    6 * d)
}

.spline_through <- function(x, y, method, ties, warn) {
  points <- .points(x, y, ties, warn)
  parts <- .coefficients(points$x, points$y, method)
  list(knots = points$x, value = function(v, deriv = 0L) .spline_at(points, parts, method, as.numeric(v), deriv))
}

spline <- function(x, y = NULL, n = 3 * length(x), method = "fmm", xmin = min(x), xmax = max(x), xout, ties = mean) {
  kind <- match.arg(method, c("periodic", "natural", "fmm", "hyman"))
  if (kind == "hyman") stop("spline(method = \"hyman\") is not available")
  curve <- .spline_through(x, y, kind, ties, missing(ties))
  if (missing(xout)) {
    ends <- range(curve$knots)
    if (!missing(xmin)) ends[1L] <- xmin
    if (!missing(xmax)) ends[2L] <- xmax
    xout <- seq(ends[1L], ends[2L], length.out = if (missing(n)) 3 * length(curve$knots) else n)
  }
  list(x = xout, y = curve$value(xout))
}

splinefun <- function(x, y = NULL, method = c("fmm", "periodic", "natural", "monoH.FC", "hyman"), ties = mean) {
  kind <- match.arg(method)
  if (kind %in% c("monoH.FC", "hyman")) stop("splinefun() of monotone splines is not available")
  curve <- .spline_through(x, y, kind, ties, missing(ties))
  function(x, deriv = 0L) {
    if (!as.integer(deriv) %in% 0:3) stop("'deriv' must be between 0 and 3")
    curve$value(x, as.integer(deriv))
  }
}

# --- step functions: x and y are looked up in their environments

.steps <- function(x, y, from_right, f, kinds, call, ...) {
  heights <- if (length(y) > length(x)) y else c(0, y)
  value <- function(v) heights[1L + findInterval(v, x, left.open = from_right)]
  environment(value) <- list2env(list(x = x, y = y, f = f, heights = heights, from_right = from_right, ...))
  structure(value, class = c(kinds, "function"), call = call)
}

stepfun <- function(x, y, f = as.numeric(right), ties = "ordered", right = FALSE) {
  jumps <- length(x)
  if (jumps == 0L) stop("'x' must have length >= 1")
  if (is.unsorted(x)) stop("stepfun: 'x' must be ordered increasingly")
  if (length(y) - jumps != 1L) stop("'y' must be one longer than 'x'")
  .steps(x, y, right, f, "stepfun", sys.call())
}

knots <- function(Fn, ...) UseMethod("knots")

knots.stepfun <- function(Fn, ...) get("x", envir = environment(Fn))

ecdf <- function(x) {
  runs <- rle(sort(as.vector(x)))
  total <- sum(runs$lengths)
  if (total == 0) stop("'x' must have 1 or more non-missing values")
  .steps(runs$values, cumsum(runs$lengths) / total, FALSE, 0, c("ecdf", "stepfun"), sys.call(), nobs = total)
}

.few <- function(v, digits) {
  show <- function(part) paste(formatC(part, digits = digits, width = digits + 1L), collapse = ", ")
  n <- length(v)
  paste0(show(v[seq_len(min(3L, n))]), if (n > 3L) ", ", if (n > 5L) " ..., ", if (n > 3L) show(v[max(4L, n - 1L):n]))
}

.print_steps <- function(x, title, digits, heights) {
  here <- environment(x)
  call <- deparse(attr(x, "call"))
  places <- sprintf(" x[1:%d] = %s", length(here$x), .few(here$x, digits))
  levels <- if (heights) sprintf("%d plateau levels = %s", length(here$y), .few(here$y, digits))
  writeLines(c(title, paste0("Call: ", call[1L]), call[-1L], places, levels))
  invisible(x)
}

print.ecdf <- function(x, digits = getOption("digits") - 2L, ...) .print_steps(x, "Empirical CDF ", digits, FALSE)

print.stepfun <- function(x, digits = getOption("digits") - 2L, ...) .print_steps(x, "Step function", digits, TRUE)

quantile.ecdf <- function(x, ...) {
  here <- environment(x)
  quantile(rep(here$x, diff(c(0, round(here$nobs * here$y)))), ...)
}

summary.ecdf <- function(object, ...) {
  here <- environment(object)
  structure(summary.default(here$x, ...), header = paste0("Empirical CDF:\t  ", length(here$x), " unique values with summary\n"),
            class = c("summary.ecdf", "summaryDefault", "table"))
}

print.summary.ecdf <- function(x, ...) {
  cat(attr(x, "header"))
  print(structure(x, header = NULL, class = c("summaryDefault", "table")), ...)
  invisible(x)
}

# --- by Fourier's transform

nextn <- function(n, factors = c(2, 3, 5)) {
  one <- function(k) {
    repeat {
      rest <- k
      for (f in factors) while (rest %% f == 0) rest <- rest %/% f
      if (rest == 1) return(as.integer(k))
      k <- k + 1
    }
  }
  vapply(n, one, 1L)
}

mvfft <- function(z, inverse = FALSE) {
  out <- apply(z, 2L, fft, inverse = inverse)
  dim(out) <- dim(z)
  out
}

convolve <- function(x, y, conj = TRUE, type = c("circular", "open", "filter")) {
  type <- match.arg(type)
  sizes <- c(length(x), length(y))
  if (type == "circular" && sizes[1L] != sizes[2L]) stop("length mismatch in convolution")
  lead <- if (type == "circular") 0L else sizes[2L] - 1L
  whole <- sizes[1L] + lead
  turned <- fft(c(y, numeric(whole - sizes[2L])))
  if (conj) turned <- Conj(turned)
  sums <- fft(fft(c(numeric(lead), x)) * turned, inverse = TRUE) / whole
  if (is.numeric(x) && is.numeric(y)) sums <- Re(sums)
  if (type == "filter") sums[lead + seq_len(max(sizes[1L] - lead, 0L))] else sums
}

print.integrate <- function(x, digits = getOption("digits"), ...) {
  outcome <- if (x$message != "OK") c("failed with message", sQuote(x$message))
             else c(format(x$value, digits = digits), "with absolute error <", format(x$abs.error, digits = 2L))
  writeLines(paste(outcome, collapse = " "))
  invisible(x)
}

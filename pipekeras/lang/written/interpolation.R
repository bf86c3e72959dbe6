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

.method_of <- function(method) {
  kind <- pmatch(method, c("linear", "constant"))
  if (is.na(kind)) stop("invalid interpolation method")
  kind
}

approx <- function(x, y = NULL, xout, method = "linear", n = 50, yleft, yright, rule = 1, f = 0, ties = mean, na.rm = TRUE) {
  method <- .method_of(method)
  points <- .points(x, y, ties, missing(ties))
  count <- length(points$x)
  if (count <= 1L && method == 1L) stop("need at least two non-NA values to interpolate")
  if (count == 0L) stop("zero non-NA points")
  rule <- rep_len(rule, 2L)
  if (missing(yleft)) yleft <- if (rule[1L] == 1) NA else points$y[1L]
  if (missing(yright)) yright <- if (rule[2L] == 1) NA else points$y[count]
  if (missing(xout)) {
    if (n <= 0) stop("'approx' requires n >= 1")
    xout <- seq.int(points$x[1L], points$x[count], length.out = n)
  }
  list(x = xout, y = .interpolated(points$x, points$y, as.numeric(xout), method, yleft, yright, f))
}

approxfun <- function(x, y = NULL, method = "linear", yleft, yright, rule = 1, f = 0, ties = mean, na.rm = TRUE) {
  method <- .method_of(method)
  points <- .points(x, y, ties, missing(ties))
  n <- length(points$x)
  if (n <= 1L && method == 1L) stop("need at least two non-NA values to interpolate")
  rule <- rep_len(rule, 2L)
  if (missing(yleft)) yleft <- if (rule[1L] == 1) NA else points$y[1L]
  if (missing(yright)) yright <- if (rule[2L] == 1) NA else points$y[n]
  x <- points$x
  y <- points$y
  force(f)
  function(v) .interpolated(x, y, as.numeric(v), method, yleft, yright, f)
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

spline <- function(x, y = NULL, n = 3 * length(x), method = "fmm", xmin = min(x), xmax = max(x), xout, ties = mean) {
  method <- match.arg(method, c("periodic", "natural", "fmm", "hyman"))
  if (method == "hyman") stop("spline(method = \"hyman\") is not available")
  points <- .points(x, y, ties, missing(ties))
  if (missing(xmin)) xmin <- points$x[1L]
  if (missing(xmax)) xmax <- points$x[length(points$x)]
  if (missing(xout)) xout <- seq.int(xmin, xmax, length.out = if (missing(n)) 3 * length(points$x) else n)
  list(x = xout, y = .spline_at(points, .coefficients(points$x, points$y, method), method, as.numeric(xout)))
}

splinefun <- function(x, y = NULL, method = c("fmm", "periodic", "natural", "monoH.FC", "hyman"), ties = mean) {
  method <- match.arg(method)
  if (method %in% c("monoH.FC", "hyman")) stop("splinefun() of monotone splines is not available")
  points <- .points(x, y, ties, missing(ties))
  parts <- .coefficients(points$x, points$y, method)
  function(x, deriv = 0L) {
    deriv <- as.integer(deriv)
    if (deriv < 0L || deriv > 3L) stop("'deriv' must be between 0 and 3")
    .spline_at(points, parts, method, as.numeric(x), deriv)
  }
}

# --- step functions

stepfun <- function(x, y, f = as.numeric(right), ties = "ordered", right = FALSE) {
  if (is.unsorted(x)) stop("stepfun: 'x' must be ordered increasingly")
  n <- length(x)
  if (n < 1) stop("'x' must have length >= 1")
  if (length(y) != n + 1L) stop("'y' must be one longer than 'x'")
  force(f)
  value <- function(v) y[findInterval(v, x, left.open = right) + 1L]
  class(value) <- c("stepfun", "function")
  attr(value, "call") <- sys.call()
  value
}

knots <- function(Fn, ...) UseMethod("knots")

knots.stepfun <- function(Fn, ...) get("x", envir = environment(Fn))

ecdf <- function(x) {
  x <- sort(x)
  n <- length(x)
  if (n < 1) stop("'x' must have 1 or more non-missing values")
  sample <- x
  x <- unique(sample)
  y <- cumsum(tabulate(match(sample, x))) / n
  nobs <- n
  value <- function(v) c(0, y)[findInterval(v, x) + 1L]
  class(value) <- c("ecdf", "stepfun", "function")
  attr(value, "call") <- sys.call()
  value
}

.few <- function(v, digits) {
  show <- function(part) paste(formatC(part, digits = digits, width = digits + 1L), collapse = ", ")
  n <- length(v)
  paste0(show(v[seq_len(min(3L, n))]), if (n > 3L) ", ", if (n > 5L) " ..., ", if (n > 3L) show(v[max(4L, n - 1L):n]))
}

print.ecdf <- function(x, digits = getOption("digits") - 2L, ...) {
  cat("Empirical CDF \nCall: ")
  print(attr(x, "call"), ...)
  at <- knots(x)
  cat(" x[1:", length(at), "] = ", .few(at, digits), "\n", sep = "")
  invisible(x)
}

print.stepfun <- function(x, digits = getOption("digits") - 2L, ...) {
  cat("Step function\nCall: ")
  print(attr(x, "call"), ...)
  at <- knots(x)
  y <- get("y", envir = environment(x))
  cat(" x[1:", length(at), "] = ", .few(at, digits), "\n", sep = "")
  cat(length(y), " plateau levels = ", .few(y, digits), "\n", sep = "")
  invisible(x)
}

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
  n <- length(x)
  ny <- length(y)
  real <- is.numeric(x) && is.numeric(y)
  if (type == "circular") {
    if (ny != n) stop("length mismatch in convolution")
  } else {
    first <- ny - 1L
    x <- c(rep.int(0, first), x)
    y <- c(y, rep.int(0, n - 1L))
    n <- length(y)
  }
  x <- fft(fft(x) * (if (conj) Conj(fft(y)) else fft(y)), inverse = TRUE)
  if (type == "filter") (if (real) Re(x) else x)[-c(seq_len(first), (n - first + 1L):n)] / n
  else (if (real) Re(x) else x) / n
}

print.integrate <- function(x, digits = getOption("digits"), ...) {
  if (x$message == "OK") cat(format(x$value, digits = digits), " with absolute error < ", format(x$abs.error, digits = 2L), "\n", sep = "")
  else cat("failed with message ", sQuote(x$message), "\n", sep = "")
  invisible(x)
}

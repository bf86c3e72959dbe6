# Smooth curves and densities: lowess, density, poly.

lowess <- function(x, y = NULL, f = 2 / 3, iter = 3L, delta = 0.01 * diff(range(x))) {
  if (is.null(y)) {
    if (inherits(x, "formula")) {
      frame <- model.frame(x)
      x <- frame[[2L]]
      y <- frame[[1L]]
    } else if (is.data.frame(x) && ncol(x) == 2L) {
      y <- x[[2L]]
      x <- x[[1L]]
    } else if (is.list(x)) {
      y <- x$y
      x <- x$x
    } else {
      y <- x
      x <- seq_along(y)
    }
  }
  force(delta)
  known <- is.finite(x) & is.finite(y)
  x <- as.double(x[known])
  y <- as.double(y[known])
  o <- order(x)
  x <- x[o]
  list(x = x, y = .lowess(x, y[o], f, as.integer(iter), delta))
}

bw.nrd0 <- function(x) {
  if (length(x) < 2L) stop("need at least 2 data points")
  high <- sd(x)
  low <- min(high, IQR(x) / 1.34)
  if (!low) low <- if (high) high else if (abs(x[1L])) abs(x[1L]) else 1
  0.9 * low * length(x)^(-0.2)
}

bw.nrd <- function(x) {
  if (length(x) < 2L) stop("need at least 2 data points")
  h <- (quantile(x, 0.75) - quantile(x, 0.25))[[1L]] / 1.34
  1.06 * min(sqrt(var(x)), h) * length(x)^(-1 / 5)
}

.kernel <- function(at, bw, kernel) {
  width <- bw * switch(kernel, rectangular = sqrt(3), triangular = sqrt(6), epanechnikov = sqrt(5), biweight = sqrt(7), 1)
  far <- abs(at)
  switch(kernel,
    gaussian = dnorm(at, sd = bw),
    rectangular = ifelse(far < width, 0.5 / width, 0),
    triangular = ifelse(far < width, (1 - far / width) / width, 0),
    epanechnikov = ifelse(far < width, 3 / 4 * (1 - (far / width)^2) / width, 0),
    biweight = ifelse(far < width, 15 / 16 * (1 - (far / width)^2)^2 / width, 0))
}

density <- function(x, ...) UseMethod("density")

density.default <- function(x, bw = "nrd0", adjust = 1, kernel = c("gaussian", "epanechnikov", "rectangular", "triangular", "biweight"),
                            weights = NULL, n = 512, from, to, cut = 3, na.rm = FALSE, ...) {
  kernel <- match.arg(kernel)
  if (!is.numeric(x)) stop("argument 'x' must be numeric")
  name <- deparse1(substitute(x))
  if (anyNA(x)) {
    if (!na.rm) stop("'x' contains missing values")
    x <- x[!is.na(x)]
  }
  count <- length(x)
  x <- x[is.finite(x)]
  weight <- if (is.null(weights)) rep(1 / count, length(x)) else weights
  asked <- n
  n <- max(n, 512)
  if (n > 512) n <- 2^ceiling(log2(n))
  if (is.character(bw)) bw <- switch(tolower(bw), nrd0 = bw.nrd0(x), nrd = bw.nrd(x), stop("unknown bandwidth rule"))
  bw <- adjust * bw
  if (bw <= 0) stop("'bw' is not positive.")
  if (missing(from)) from <- min(x) - cut * bw
  if (missing(to)) to <- max(x) + cut * bw
  low <- from - 4 * bw
  high <- to + 4 * bw
  place <- (x - low) / ((high - low) / (n - 1))
  cell <- floor(place)
  share <- place - cell
  inside <- cell >= 0 & cell <= n - 2
  masses <- rowsum(c(weight[inside] * (1 - share[inside]), weight[inside] * share[inside]), c(cell[inside], cell[inside] + 1))
  y <- numeric(2 * n)
  y[as.numeric(rownames(masses)) + 1] <- masses
  at <- seq.int(0, 2 * (high - low), length.out = 2L * n)
  at[(n + 2):(2 * n)] <- -at[n:2]
  smooth <- fft(fft(y) * Conj(fft(.kernel(at, bw, kernel))), inverse = TRUE)
  smooth <- pmax(0, Re(smooth)[1L:n] / length(y))
  grid <- seq.int(from, to, length.out = asked)
  structure(list(x = grid, y = approx(seq.int(low, high, length.out = n), smooth, grid)$y, bw = bw, n = count,
                 call = match.call(), data.name = name, has.na = FALSE), class = "density")
}

print.density <- function(x, digits = NULL, ...) {
  cat("\nCall:\n\t", deparse1(x$call), "\n\nData: ", x$data.name, " (", x$n, " obs.);", "\tBandwidth 'bw' = ",
      formatC(x$bw, digits = digits), "\n\n", sep = "")
  print(summary(as.data.frame(x[c("x", "y")])), digits = digits, ...)
  invisible(x)
}

poly <- function(x, ..., degree = 1, coefs = NULL, raw = FALSE, simple = FALSE) {
  if (...length()) degree <- ..1
  if (is.matrix(x)) stop("poly() of matrices is not available")
  if (degree < 1) stop("'degree' must be at least 1")
  if (anyNA(x)) stop("missing values are not allowed in 'poly'")
  if (raw) {
    z <- outer(x, 1L:degree, `^`)
    colnames(z) <- 1L:degree
  } else if (is.null(coefs)) {
    if (degree >= length(unique(x))) stop("'degree' must be less than number of unique points")
    mean <- mean(x)
    x <- x - mean
    q <- qr(outer(x, 0L:degree, `^`))
    z <- qr.qy(q, diag(diag(q$qr), length(x), degree + 1))
    norms <- colSums(z^2)
    alpha <- (colSums(x * z^2) / norms + mean)[1L:degree]
    z <- (z / rep(sqrt(norms), each = length(x)))[, -1, drop = FALSE]
    colnames(z) <- 1L:degree
    coefs <- list(alpha = alpha, norm2 = c(1, norms))
  } else {
    z <- matrix(1, length(x), degree + 1L)
    z[, 2] <- x - coefs$alpha[1]
    for (i in seq_len(degree)[-1L]) {
      z[, i + 1] <- (x - coefs$alpha[i]) * z[, i] - (coefs$norm2[i + 1] / coefs$norm2[i]) * z[, i - 1]
    }
    z <- (z / rep(sqrt(coefs$norm2[-1L]), each = length(x)))[, -1, drop = FALSE]
    colnames(z) <- 1L:degree
  }
  if (simple) return(z)
  structure(z, coefs = if (!raw) coefs, degree = 1L:degree, class = c("poly", "matrix"))
}

predict.poly <- function(object, newdata, ...) {
  if (missing(newdata)) return(object)
  coefs <- attr(object, "coefs")
  poly(newdata, degree = max(attr(object, "degree")), coefs = coefs, raw = is.null(coefs), simple = TRUE)
}

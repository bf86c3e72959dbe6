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

# --- densities

.rule_of_thumb <- function(x, factor, otherwise = numeric()) {
  # Silverman 1986: by the smaller of two measures of spread, or the first of `otherwise` that is not 0
  if (length(x) < 2L) stop(simpleError("need at least 2 data points", sys.call(-1L)))
  spreads <- c(min(sd(x), IQR(x) / 1.34), otherwise)
  known <- which(spreads != 0)
  spread <- if (length(known)) spreads[known[1L]] else 0
  factor * spread * length(x)^(-1 / 5)
}

bw.nrd0 <- function(x) .rule_of_thumb(x, 0.9, c(sd(x), abs(x[1L]), 1))

bw.nrd <- function(x) .rule_of_thumb(x, 1.06)

.bandwidth <- function(bw, x) {
  if (!is.character(bw)) return(bw)
  rules <- list(nrd0 = bw.nrd0, nrd = bw.nrd)
  rule <- rules[[tolower(bw)]]
  if (is.null(rule)) stop(simpleError("unknown bandwidth rule", sys.call(-1L)))
  rule(x)
}

density <- function(x, ...) UseMethod("density")

density.default <- function(x, bw = "nrd0", adjust = 1,
                            kernel = c("gaussian", "epanechnikov", "rectangular", "triangular", "biweight", "cosine", "optcosine"),
                            weights = NULL, n = 512, from, to, cut = 3, na.rm = FALSE, ...) {
  described <- list(call = match.call(), data.name = deparse1(substitute(x)), has.na = FALSE)
  kernel <- match.arg(kernel)
  if (!is.numeric(x)) stop("argument 'x' must be numeric")
  if (na.rm) x <- x[!is.na(x)] else if (anyNA(x)) stop("'x' contains missing values")
  size <- length(x)
  finite <- is.finite(x)
  if (is.null(weights)) weights <- rep(1 / size, sum(finite))
  x <- x[finite]
  bw <- .bandwidth(bw, x) * adjust
  if (bw <= 0) stop("'bw' is not positive.")
  ends <- range(x) + c(-cut, cut) * bw
  if (!missing(from)) ends[1L] <- from
  if (!missing(to)) ends[2L] <- to
  at <- seq(ends[1L], ends[2L], length.out = n)
  height <- .smoothed(x, weights, kernel, bw, at)
  structure(c(list(x = at, y = height, bw = bw, n = size), described), class = "density")
}

print.density <- function(x, digits = NULL, ...) {
  source <- sprintf("Data: %s (%s obs.);\tBandwidth 'bw' = %s", x$data.name, x$n, formatC(x$bw, digits = digits))
  writeLines(c("", "Call:", paste0("\t", deparse1(x$call)), "", source, ""))
  curve <- data.frame(x = x$x, y = x$y)
  print(summary(curve), digits = digits, ...)
  invisible(x)
}

# --- polynomials that are orthogonal over given points

.orthogonal <- function(x, degree, coefs = NULL) {
  # Forsythe 1957: each is (x - alpha) times the one before, less its part along the one before that
  fresh <- is.null(coefs)
  middle <- if (fresh) mean(x) else 0
  alpha <- if (fresh) numeric() else coefs$alpha
  norm2 <- if (fresh) c(1, length(x)) else coefs$norm2
  at <- x - middle
  before <- 0
  current <- rep(1, length(x))
  made <- matrix(0, length(x), degree, dimnames = list(NULL, seq_len(degree)))
  for (k in seq_len(degree)) {
    if (fresh) alpha[k] <- sum(at * current^2) / norm2[k + 1L]
    following <- (at - alpha[k]) * current - norm2[k + 1L] / norm2[k] * before
    before <- current
    current <- following
    if (fresh) norm2[k + 2L] <- sum(current^2)
    made[, k] <- current / sqrt(norm2[k + 2L])
  }
  list(values = made, coefs = list(alpha = alpha + middle, norm2 = norm2))
}

.powers <- function(x, degree) {
  powers <- vapply(seq_len(degree), function(k) x^k, numeric(length(x)))
  matrix(powers, length(x), degree, dimnames = list(NULL, seq_len(degree)))
}

poly <- function(x, ..., degree = 1, coefs = NULL, raw = FALSE, simple = FALSE) {
  if (...length()) degree <- ..1
  if (is.matrix(x)) stop("poly() of matrices is not available")
  if (degree < 1) stop("'degree' must be at least 1")
  if (anyNA(x)) stop("missing values are not allowed in 'poly'")
  if (raw) {
    made <- list(values = .powers(x, degree))
  } else {
    if (is.null(coefs) && length(unique(x)) <= degree) stop("'degree' must be less than number of unique points")
    made <- .orthogonal(x, degree, coefs)
  }
  if (simple) return(made$values)
  structure(made$values, coefs = made$coefs, degree = seq_len(degree), class = c("poly", "matrix"))
}

predict.poly <- function(object, newdata, ...) {
  if (missing(newdata)) return(object)
  degree <- max(attr(object, "degree"))
  known <- attr(object, "coefs")
  if (is.null(known)) .powers(newdata, degree) else .orthogonal(newdata, degree, known)$values
}

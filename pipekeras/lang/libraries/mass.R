# MASS: normal vectors, generalized inverses, fractions, areas.

mvrnorm <- function(n = 1, mu, Sigma, tol = 1e-06, empirical = FALSE, EISPACK = FALSE) {
  p <- length(mu)
  if (!all(dim(Sigma) == c(p, p))) stop("incompatible arguments")
  spectrum <- eigen(Sigma, symmetric = TRUE)
  values <- spectrum$values
  if (!all(values >= -tol * abs(values[1L]))) stop("'Sigma' is not positive definite")
  draws <- matrix(stats::rnorm(p * n), n)
  if (empirical) {
    draws <- scale(draws, TRUE, FALSE)
    draws <- draws %*% svd(draws, nu = 0)$v
    draws <- scale(draws, FALSE, TRUE)
  }
  out <- drop(mu) + spectrum$vectors %*% diag(sqrt(pmax(values, 0)), p) %*% t(draws)
  labels <- if (is.null(names(mu)) && !is.null(dimnames(Sigma))) dimnames(Sigma)[[1L]] else names(mu)
  dimnames(out) <- list(labels, NULL)
  if (n == 1) drop(out) else t(out)
}

ginv <- function(X, tol = sqrt(.Machine$double.eps)) {
  if (!is.matrix(X)) X <- as.matrix(X)
  parts <- svd(X)
  kept <- parts$d > max(tol * parts$d[1L], 0)
  if (!any(kept)) return(array(0, dim(X)[2:1]))
  parts$v[, kept, drop = FALSE] %*% ((1 / parts$d[kept]) * t(parts$u[, kept, drop = FALSE]))
}

Null <- function(M) {
  parts <- qr(M)
  gone <- if (parts$rank == 0L) seq_len(ncol(M)) else -seq_len(parts$rank)
  qr.Q(parts, complete = TRUE)[, gone, drop = FALSE]
}

.fraction <- function(x, cycles, max.denominator) {
  if (is.na(x)) return("NA")
  before <- c(1, floor(x))
  below <- c(0, 1)
  rest <- x - floor(x)
  for (k in seq_len(cycles)) {
    if (rest < 1 / max.denominator) break
    whole <- floor(1 / rest)
    rest <- 1 / rest - whole
    top <- whole * before[2L] + before[1L]
    bottom <- whole * below[2L] + below[1L]
    before <- c(before[2L], top)
    below <- c(below[2L], bottom)
  }
  if (below[2L] == 1) format(before[2L]) else paste0(format(before[2L]), "/", format(below[2L]))
}

fractions <- function(x, cycles = 10, max.denominator = 2000, ...) {
  texts <- vapply(as.vector(x), .fraction, "", cycles = cycles, max.denominator = max.denominator)
  attributes(texts) <- attributes(x)
  structure(x, fracs = texts, class = c("fractions", class(x)[class(x) == "fractions"]))
}

print.fractions <- function(x, ...) {
  texts <- attr(x, "fracs")
  print(if (is.null(dim(texts))) format(texts, justify = "right") else texts, quote = FALSE, right = TRUE)
  invisible(x)
}

as.character.fractions <- function(x, ...) as.vector(attr(x, "fracs"))

registerS3method("print", "fractions", print.fractions)
registerS3method("as.character", "fractions", as.character.fractions)

.simpson <- function(f, a, b, fa, fb, limit, eps, ...) {
  width <- b - a
  middle <- (a + b) / 2
  fm <- f(middle, ...)
  coarse <- (fa + fb) * width / 2
  fine <- (fa + 4 * fm + fb) * width / 6
  if (abs(coarse - fine) < eps) return(fine)
  if (limit == 0) {
    warning(paste("iteration limit reached near x =", middle))
    return(fine)
  }
  .simpson(f, a, middle, fa, fm, limit - 1, eps, ...) + .simpson(f, middle, b, fm, fb, limit - 1, eps, ...)
}

area <- function(f, a, b, ..., fa = f(a, ...), fb = f(b, ...), limit = 10, eps = 1e-05) .simpson(f, a, b, fa, fb, limit, eps, ...)

bandwidth.nrd <- function(x) {
  r <- stats::quantile(x, c(0.25, 0.75))
  unname(4 * 1.06 * min(sqrt(stats::var(x)), (r[2L] - r[1L]) / 1.34) * length(x)^(-1 / 5))
}

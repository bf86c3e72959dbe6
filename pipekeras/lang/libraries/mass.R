# MASS: normal vectors, generalized inverses, fractions, areas.

.root <- function(covariance, tol) {
  # a matrix whose product with its own transpose is `covariance`
  parts <- eigen(covariance, symmetric = TRUE)
  if (any(parts$values < -tol * abs(parts$values[1L]))) stop(simpleError("'Sigma' is not positive definite", sys.call(-1L)))
  parts$vectors * rep(sqrt(pmax(parts$values, 0)), each = nrow(covariance))
}

.standardized <- function(draws) {
  # columns of mean 0 and variance 1 that are not correlated
  svd(sweep(draws, 2L, colMeans(draws)))$u * sqrt(nrow(draws) - 1)
}

mvrnorm <- function(n = 1, mu, Sigma, tol = 1e-06, empirical = FALSE, EISPACK = FALSE) {
  size <- length(mu)
  if (any(dim(Sigma) != size)) stop("incompatible arguments")
  root <- .root(Sigma, tol)
  draws <- matrix(stats::rnorm(n * size), nrow = n)
  if (empirical) draws <- .standardized(draws)
  points <- tcrossprod(draws, root) + rep(as.vector(mu), each = n)
  colnames(points) <- if (is.null(names(mu))) rownames(Sigma) else names(mu)
  if (n == 1) points[1L, ] else points
}

ginv <- function(X, tol = sqrt(.Machine$double.eps)) {
  # Moore and Penrose's: singular values that are not 0 turned upside down
  parts <- svd(as.matrix(X))
  rank <- sum(parts$d > max(0, tol * parts$d[1L]))
  if (rank == 0L) return(matrix(0, ncol(X), nrow(X)))
  some <- seq_len(rank)
  inverted <- parts$v[, some, drop = FALSE] / rep(parts$d[some], each = nrow(parts$v))
  tcrossprod(inverted, parts$u[, some, drop = FALSE])
}

Null <- function(M) {
  # the directions of the full orthogonal basis that the columns do not reach
  decomposed <- qr(M)
  basis <- qr.Q(decomposed, complete = TRUE)
  basis[, seq_len(ncol(basis)) > decomposed$rank, drop = FALSE]
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

area <- function(f, a, b, ..., fa = f(a, ...), fb = f(b, ...), limit = 10, eps = 1e-05) {
  # level by level: where Simpson's rule and the trapezium's are not of one mind, the interval is halved
  ends <- rbind(a, b)
  heights <- rbind(fa, fb)
  total <- 0
  for (level in seq(limit, 0)) {
    middle <- colMeans(ends)
    between <- vapply(middle, function(x) f(x, ...), 0)
    width <- ends[2L, ] - ends[1L, ]
    trapezium <- width * colMeans(heights)
    simpson <- (trapezium + 2 * width * between) / 3
    open <- abs(simpson - trapezium) >= eps
    if (level == 0) {
      for (x in sort(middle[open])) warning(gettextf("iteration limit reached near 'x = %f'", x))
      open[] <- FALSE
    }
    total <- total + sum(simpson[!open])
    if (!any(open)) break
    ends <- cbind(rbind(ends[1L, open], middle[open]), rbind(middle[open], ends[2L, open]))
    heights <- cbind(rbind(heights[1L, open], between[open]), rbind(between[open], heights[2L, open]))
  }
  total
}

bandwidth.nrd <- function(x) 4 * stats::bw.nrd(x)

# Arrays and vectors: asplit, slice.index, mat.or.vec, gl, list2DF, isSymmetric, cov2cor, toeplitz, mahalanobis.

asplit <- function(x, MARGIN) {
  if (is.data.frame(x)) x <- as.matrix(x)
  extent <- dim(x)
  if (!length(extent)) stop("dim(x) must have a positive length")
  labels <- dimnames(x)
  if (is.character(MARGIN)) MARGIN <- match(MARGIN, names(labels))
  others <- setdiff(seq_along(extent), MARGIN)
  turned <- aperm(x, c(others, MARGIN))
  size <- prod(extent[others])
  parts <- lapply(seq_len(prod(extent[MARGIN])), function(k) {
    part <- turned[(k - 1L) * size + seq_len(size)]
    array(part, extent[others], labels[others])
  })
  array(parts, extent[MARGIN], labels[MARGIN])
}

slice.index <- function(x, MARGIN) {
  extent <- if (is.array(x)) dim(x) else length(x)
  # a place moves on by one after as many cells as the dimensions before it have
  stride <- prod(extent[seq_len(MARGIN - 1L)])
  place <- (seq_len(prod(extent)) - 1) %/% stride %% extent[MARGIN] + 1
  array(as.integer(place), extent)
}

mat.or.vec <- function(nr, nc) if (nc == 1L) numeric(nr) else matrix(0, nr, nc)

gl <- function(n, k, length = n * k, labels = seq_len(n), ordered = FALSE) {
  block <- (seq_len(length) - 1) %/% k
  kinds <- if (ordered) c("ordered", "factor") else "factor"
  structure(as.integer(block %% n) + 1L, levels = as.character(labels), class = kinds)
}

list2DF <- function(x = list(), nrow = 0L) {
  if (length(x)) nrow <- max(lengths(x), nrow)
  columns <- lapply(x, rep_len, nrow)
  names(columns) <- if (is.null(names(x))) character(length(x)) else names(x)
  structure(columns, class = "data.frame", row.names = seq_len(nrow))
}

isSymmetric <- function(object, ...) UseMethod("isSymmetric")

isSymmetric.matrix <- function(object, tol = 100 * .Machine$double.eps, tol1 = 8 * tol, ...) {
  if (!is.matrix(object) || nrow(object) != ncol(object)) return(FALSE)
  if (length(rownames(object)) && length(colnames(object)) && any(rownames(object) != colnames(object))) return(FALSE)
  turned <- if (is.complex(object)) Conj(t(object)) else t(object)
  isTRUE(all.equal(unname(object), unname(turned), tolerance = tol, ...))
}

isSymmetric.default <- function(object, ...) FALSE

cov2cor <- function(V) {
  if (!(is.numeric(V) && length(dim(V)) == 2L && nrow(V) == ncol(V))) stop("'V' is not a square numeric matrix")
  deviation <- sqrt(diag(V))
  if (!all(is.finite(1 / deviation))) warning("diag(.) had 0 or NA entries; non-finite result is doubtful")
  correlation <- V / outer(unname(deviation), unname(deviation))
  diag(correlation) <- 1
  correlation
}

toeplitz <- function(x) {
  if (!is.vector(x)) stop("'x' is not a vector")
  distance <- abs(outer(seq_along(x), seq_along(x), "-"))
  array(x[distance + 1L], dim(distance))
}

mahalanobis <- function(x, center, cov, inverted = FALSE, ...) {
  # a column a point; the squared length of each by the metric of the covariances
  points <- if (is.vector(x)) as.matrix(unname(x)) else t(as.matrix(x))
  if (!isFALSE(center)) points <- points - rep_len(center, nrow(points))
  scaled <- if (inverted) cov %*% points else solve(cov, points, ...)
  colSums(points * scaled)
}

jitter <- function(x, factor = 1, amount = NULL) {
  ends <- range(x, na.rm = TRUE)
  sizes <- c(ends[2L] - ends[1L], abs(ends[1L]), 1)
  span <- sizes[sizes != 0][1L]
  if (is.null(amount)) amount <- factor / 5 * .closest(x, span)
  else if (amount == 0) amount <- factor * span / 50
  x + runif(length(x), -amount, amount)
}

.closest <- function(x, span) {
  # the smallest step between values that differ in the first three digits of their span
  values <- sort(unique(round(x, 3 - floor(log10(span)))))
  if (length(values) > 1L) return(min(diff(values)))
  if (x[1L] == 0) span / 10 else abs(x[1L]) / 10
}

kronecker <- function(X, Y, FUN = "*", make.dimnames = FALSE, ...) {
  plain <- !is.array(X) && !is.array(Y)
  X <- as.array(X)
  Y <- as.array(Y)
  rank <- max(length(dim(X)), length(dim(Y)))
  raised <- function(a) {
    ones <- rep(1L, rank - length(dim(a)))
    if (length(ones) == 0L) return(a)
    labels <- dimnames(a)
    dim(a) <- c(dim(a), ones)
    if (!is.null(labels)) dimnames(a) <- c(labels, vector("list", length(ones)))
    a
  }
  X <- raised(X)
  Y <- raised(Y)
  cells <- outer(X, Y, FUN, ...)
  turned <- aperm(unname(cells), as.vector(rbind(rank + seq_len(rank), seq_len(rank))))
  if (plain) return(as.vector(turned))
  out <- array(turned, dim(X) * dim(Y))
  if (make.dimnames && !(is.null(dimnames(X)) && is.null(dimnames(Y)))) {
    dimnames(out) <- lapply(seq_len(rank), function(k) {
      first <- dimnames(X)[[k]]
      second <- dimnames(Y)[[k]]
      if (is.null(first) && is.null(second)) return(NULL)
      if (is.null(first)) first <- rep("", dim(X)[k])
      if (is.null(second)) second <- rep("", dim(Y)[k])
      as.vector(outer(second, first, function(b, a) paste(a, b, sep = ":")))
    })
  }
  out
}

`%x%` <- function(X, Y) kronecker(X, Y)

provideDimnames <- function(x, sep = "", base = list(LETTERS), unique = TRUE) {
  known <- if (is.null(dimnames(x))) vector("list", length(dim(x))) else dimnames(x)
  bare <- which(vapply(known, is.null, NA))
  stocks <- rep_len(base, length(bare))
  known[bare] <- Map(function(stock, count) {
    made <- rep_len(stock, count)
    if (unique) make.unique(made, sep = sep) else made
  }, stocks, dim(x)[bare])
  dimnames(x) <- known
  x
}

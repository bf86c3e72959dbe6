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
  extent <- dim(x)
  if (is.null(extent)) extent <- length(x)
  before <- prod(extent[seq_len(MARGIN - 1L)])
  array(rep(rep(seq_len(extent[MARGIN]), each = before), length.out = prod(extent)), extent)
}

mat.or.vec <- function(nr, nc) if (nc == 1L) numeric(nr) else matrix(0, nr, nc)

gl <- function(n, k, length = n * k, labels = seq_len(n), ordered = FALSE) {
  codes <- rep_len(rep(seq_len(n), each = k), length)
  structure(codes, levels = as.character(labels), class = c(if (ordered) "ordered", "factor"))
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
  extent <- dim(V)
  if (!is.numeric(V) || length(extent) != 2L || extent[1L] != extent[2L]) stop("'V' is not a square numeric matrix")
  spread <- sqrt(1 / diag(V))
  if (any(!is.finite(spread))) warning("diag(.) had 0 or NA entries; non-finite result is doubtful")
  out <- V
  out[] <- spread * V * rep(spread, each = extent[1L])
  out[cbind(seq_len(extent[1L]), seq_len(extent[1L]))] <- 1
  out
}

toeplitz <- function(x) {
  if (!is.vector(x)) stop("'x' is not a vector")
  n <- length(x)
  matrix(x[abs(col(diag(n)) - row(diag(n))) + 1L], n, n)
}

mahalanobis <- function(x, center, cov, inverted = FALSE, ...) {
  x <- if (is.vector(x)) matrix(x, ncol = length(x)) else as.matrix(x)
  if (!isFALSE(center)) x <- sweep(x, 2L, center)
  if (!inverted) cov <- solve(cov, ...)
  setNames(rowSums(x %*% cov * x), rownames(x))
}

jitter <- function(x, factor = 1, amount = NULL) {
  span <- diff(range(x, na.rm = TRUE))
  if (span == 0) span <- abs(range(x, na.rm = TRUE)[1L])
  if (span == 0) span <- 1
  if (is.null(amount)) {
    steps <- diff(sort(unique(round(x, 3 - floor(log10(span))))))
    step <- if (length(steps)) min(steps) else if (x[1L] != 0) x[1L] / 10 else span / 10
    amount <- factor / 5 * abs(step)
  } else if (amount == 0) {
    amount <- factor * (span / 50)
  }
  x + runif(length(x), -amount, amount)
}

kronecker <- function(X, Y, FUN = "*", make.dimnames = FALSE, ...) {
  FUN <- match.fun(FUN)
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
  extent <- dim(x)
  labels <- dimnames(x)
  if (is.null(labels)) labels <- vector("list", length(extent))
  made <- 0L
  for (k in seq_along(extent)) {
    if (!is.null(labels[[k]])) next
    source <- base[[made %% length(base) + 1L]]
    made <- made + 1L
    new <- source[(seq_len(extent[k]) - 1L) %% length(source) + 1L]
    labels[[k]] <- if (unique) make.unique(new, sep = sep) else new
  }
  dimnames(x) <- labels
  x
}

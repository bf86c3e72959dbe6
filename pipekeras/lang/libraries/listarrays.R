# listarrays: arrays bound, split, shuffled and reshaped along one of their dimensions.

DIM <- function(x) if (is.null(dim(x))) length(x) else dim(x)

DROP <- function(x) if (is.null(dim(x))) x else drop(x)

ndim <- function(x) length(DIM(x))

.place <- function(which_dim, count) as.integer(if (which_dim < 0) count + which_dim + 1 else which_dim)

.part <- function(x, which_dim, i, drop = FALSE) {
  if (is.null(dim(x))) return(x[i])
  index <- rep(list(TRUE), length(dim(x)))
  index[[which_dim]] <- i
  do.call(`[`, c(list(x), index, list(drop = drop)))
}

# --- bound

.arrays <- function(...) {
  given <- list(...)
  if (length(given) == 1L && is.list(given[[1L]])) given[[1L]] else given
}

bind_as_dim <- function(list_of_arrays, which_dim) {
  arrays <- Filter(Negate(is.null), list_of_arrays)
  shape <- DIM(arrays[[1L]])
  which_dim <- .place(which_dim, length(shape) + 1L)
  for (x in arrays) if (!identical(DIM(x), shape)) stop("All arrays must have the same dimension", call. = FALSE)
  made <- array(unlist(lapply(arrays, as.vector)), c(shape, length(arrays)))
  order <- append(seq_along(shape), length(shape) + 1L, which_dim - 1L)
  out <- aperm(made, order)
  if (!is.null(names(arrays))) {
    dimnames(out) <- replace(rep(list(NULL), length(order)), which_dim, list(names(arrays)))
  }
  out
}

bind_as_rows <- function(...) bind_as_dim(.arrays(...), 1L)

bind_as_cols <- function(...) bind_as_dim(.arrays(...), -1L)

bind_on_dim <- function(list_of_arrays, which_dim) {
  arrays <- Filter(Negate(is.null), list_of_arrays)
  shape <- DIM(arrays[[1L]])
  which_dim <- .place(which_dim, length(shape))
  if (length(shape) == 1L) return(array(unlist(lapply(arrays, as.vector))))
  others <- setdiff(seq_along(shape), which_dim)
  moved <- lapply(arrays, aperm, c(others, which_dim))
  lengths <- vapply(arrays, function(x) dim(x)[which_dim], 1L)
  made <- array(unlist(lapply(moved, as.vector)), c(shape[others], sum(lengths)))
  aperm(made, append(seq_along(others), length(shape), which_dim - 1L))
}

bind_on_rows <- function(...) bind_on_dim(.arrays(...), 1L)

bind_on_cols <- function(...) bind_on_dim(.arrays(...), -1L)

# --- split

seq_along_dim <- function(x, which_dim) seq_len(DIM(x)[.place(which_dim, ndim(x))])

seq_along_rows <- function(x) if (is.data.frame(x)) seq_len(nrow(x)) else seq_len(DIM(x)[1L])

seq_along_cols <- function(x) seq_len(rev(DIM(x))[1L])

.groups <- function(f, count) {
  if (length(f) == 1L && is.numeric(f)) return(split(seq_len(count), cut(seq_len(count), f, labels = FALSE)))
  if (is.numeric(f) && abs(sum(f) - 1) < 1e-8) {
    ends <- round(cumsum(f) * count)
    parts <- Map(function(from, to) seq_len(to - from) + from, c(0, ends[-length(ends)]), ends)
    return(setNames(parts, paste0("grp", seq_along(parts))))
  }
  split(seq_len(count), f)
}

split_on_dim <- function(X, which_dim, f = dimnames(X)[[which_dim]], drop = FALSE, depth = Inf) {
  if (is.list(X) && is.null(dim(X)) && depth > 0) {
    return(lapply(X, function(x) split_on_dim(x, which_dim, f, drop = drop, depth = depth - 1)))
  }
  place <- .place(which_dim, ndim(X))
  lapply(.groups(f, DIM(X)[place]), function(i) .part(X, place, i, drop = drop))
}

split_on_rows <- function(X, f = rownames(X), drop = FALSE, depth = Inf) {
  split_on_dim(X, 1L, f, drop = drop, depth = depth)
}

split_on_cols <- function(X, f = rownames(X), drop = FALSE, depth = Inf) {
  split_on_dim(X, -1L, f, drop = drop, depth = depth)
}

split_along_dim <- function(X, which_dim, depth = Inf) {
  if (is.list(X) && is.null(dim(X)) && depth > 0) {
    return(lapply(X, function(x) split_along_dim(x, which_dim, depth = depth - 1)))
  }
  place <- .place(which_dim, ndim(X))
  parts <- lapply(seq_len(DIM(X)[place]), function(i) .part(X, place, i, drop = TRUE))
  dim(parts) <- length(parts)
  names(parts) <- dimnames(X)[[place]]
  parts
}

split_along_rows <- function(X, depth = Inf) split_along_dim(X, 1L, depth)

split_along_cols <- function(X, depth = Inf) split_along_dim(X, -1L, depth)

map_along_dim <- function(X, .dim, .f, ...) lapply(split_along_dim(X, .dim), .f, ...)

map_along_rows <- function(X, .f, ...) map_along_dim(X, 1L, .f, ...)

map_along_cols <- function(X, .f, ...) map_along_dim(X, -1L, .f, ...)

# --- shuffled and reshaped

shuffle_rows <- function(...) {
  given <- .arrays(...)
  rows <- sample.int(if (is.data.frame(given[[1L]])) nrow(given[[1L]]) else DIM(given[[1L]])[1L])
  shuffled <- lapply(given, function(x) {
    if (is.data.frame(x)) x[rows, , drop = FALSE] else .part(x, 1L, rows)
  })
  if (length(shuffled) == 1L && length(list(...)) == 1L && !is.list(list(...)[[1L]])) shuffled[[1L]] else shuffled
}

set_dim <- function(x, new_dim, pad = getOption("listarrays.autopad_arrays_with", NULL), order = c("F", "C"),
                    verbose = getOption("verbose")) {
  order <- match.arg(order)
  if (!is.null(pad) && length(x) < prod(new_dim)) x <- c(as.vector(x), rep_len(pad, prod(new_dim) - length(x)))
  if (order == "F") {
    dim(x) <- new_dim
    return(x)
  }
  x <- as.vector(if (is.null(dim(x))) x else aperm(x))
  dim(x) <- rev(new_dim)
  aperm(x)
}

set_dim2 <- function(...) set_dim(..., order = "C")

matrix2 <- function(...) matrix(..., byrow = TRUE)

array2 <- function(data, dim = length(data), dimnames = NULL) {
  array(aperm(array(data, rev(dim))), dim, dimnames)
}

`dim2<-` <- function(x, value) set_dim(x, value, order = "C")

expand_dims <- function(x, which_dim = -1L) {
  count <- ndim(x) + length(which_dim)
  places <- vapply(which_dim, .place, 1L, count = count)
  count <- max(count, places)
  shape <- rep(1L, count)
  shape[setdiff(seq_len(count), places)[seq_len(ndim(x))]] <- DIM(x)
  array(x, shape)
}

drop_dim <- function(x) {
  dim(x) <- NULL
  x
}

# --- classes as columns of zeros and ones

onehot <- function(y, order = NULL, named = TRUE) {
  classes <- if (!is.null(order)) order else if (is.factor(y)) levels(y) else sort(unique(y))
  out <- matrix(0L, length(y), length(classes))
  out[cbind(seq_along(y), match(as.vector(y), classes))] <- 1L
  if (named) colnames(out) <- classes
  out
}

decode_onehot <- function(Y, classes = colnames(Y), n_classes = ncol(Y)) {
  found <- max.col(Y)
  if (is.null(classes)) found else classes[found]
}

# Tables of several factors laid out flat: ftable.

ftable <- function(x, ...) UseMethod("ftable")

ftable.default <- function(..., exclude = c(NA, NaN), row.vars = NULL, col.vars = NULL) {
  given <- list(...)
  x <- if (length(given) == 1L && is.table(given[[1L]])) given[[1L]] else table(..., exclude = exclude)
  n <- length(dim(x))
  names <- names(dimnames(x))
  place <- function(vars) if (is.character(vars)) match(vars, names) else vars
  rows <- place(row.vars)
  columns <- place(col.vars)
  if (is.null(rows) && is.null(columns)) columns <- n
  if (is.null(rows)) rows <- setdiff(seq_len(n), columns)
  if (is.null(columns)) columns <- setdiff(seq_len(n), rows)
  if (anyNA(c(rows, columns))) stop("incorrect specification for 'row.vars'")
  if (length(c(rows, columns)) < n) x <- apply(x, c(rows, columns), sum)
  if (length(c(rows, columns)) < n) {
    rows <- seq_along(rows)
    columns <- length(rows) + seq_along(columns)
  }
  labels <- dimnames(x)
  y <- aperm(x, c(rev(rows), rev(columns)))
  dim(y) <- c(prod(dim(x)[rows]), prod(dim(x)[columns]))
  structure(unclass(y), row.vars = labels[rows], col.vars = labels[columns], class = "ftable")
}

ftable.formula <- function(formula, data = NULL, ...) {
  left <- all.vars(formula[[2L]])
  right <- all.vars(formula[[3L]])
  if (is.table(data)) {
    names <- names(dimnames(data))
    if (identical(right, ".")) right <- setdiff(names, left)
    return(ftable.default(margin.table(data, match(c(right, left), names)), row.vars = right, col.vars = left))
  }
  if (identical(right, ".")) right <- setdiff(names(data), left)
  ftable.default(table(data[c(right, left)]), row.vars = right, col.vars = left)
}

.level_labels <- function(vars) {
  total <- prod(lengths(vars))
  out <- matrix("", total, length(vars))
  each <- total
  for (i in seq_along(vars)) {
    each <- each / length(vars[[i]])
    out[seq(1, total, by = each), i] <- rep_len(vars[[i]], total / each)
  }
  out
}

format.ftable <- function(x, quote = TRUE, digits = getOption("digits"), ...) {
  rows <- attr(x, "row.vars")
  columns <- attr(x, "col.vars")
  titles <- function(v) if (is.null(names(v))) rep("", length(v)) else names(v)
  label <- cbind(rbind(matrix("", length(columns), length(rows)), titles(rows), .level_labels(rows)),
                 c(titles(columns), rep("", nrow(x) + 1)))
  values <- matrix(format(as.vector(x), digits = digits), nrow(x))
  data <- rbind(t(.level_labels(columns)), "", values)
  cbind(apply(label, 2L, format, justify = "left"), apply(data, 2L, format, justify = "right"))
}

print.ftable <- function(x, digits = getOption("digits"), ...) {
  cells <- format.ftable(x, quote = FALSE, digits = digits)
  cat(t(cells), sep = c(rep(" ", ncol(cells) - 1), "\n"))
  invisible(x)
}

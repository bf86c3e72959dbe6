# Tables of several factors laid out flat: ftable.

ftable <- function(x, ...) UseMethod("ftable")

ftable.default <- function(..., exclude = c(NA, NaN), row.vars = NULL, col.vars = NULL) {
  given <- list(...)
  counted <- length(given) == 1L && is.array(given[[1L]]) && length(dim(given[[1L]])) > 1L
  x <- if (counted) as.table(given[[1L]]) else table(..., exclude = exclude)
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

.variable_titles <- function(vars) if (is.null(names(vars))) character(length(vars)) else names(vars)

format.ftable <- function(x, quote = TRUE, digits = getOption("digits"), ...) {
  rows <- attr(x, "row.vars")
  columns <- attr(x, "col.vars")
  above <- seq_along(columns)  # lines of the column variables, then one of titles
  before <- seq_along(rows)    # columns of the row variables, then one of titles
  titles <- c(length(columns), length(rows)) + 1L
  down <- titles[1L] + seq_len(nrow(x))
  across <- titles[2L] + seq_len(ncol(x))
  page <- matrix("", titles[1L] + nrow(x), titles[2L] + ncol(x))
  page[titles[1L], before] <- .variable_titles(rows)
  page[above, titles[2L]] <- .variable_titles(columns)
  page[down, before] <- .level_labels(rows)
  page[above, across] <- t(.level_labels(columns))
  page[down, across] <- format(as.vector(x), digits = digits)
  for (k in seq_len(ncol(page))) page[, k] <- format(page[, k], justify = if (k > titles[2L]) "right" else "left")
  page
}

print.ftable <- function(x, digits = getOption("digits"), ...) {
  writeLines(apply(format(x, quote = FALSE, digits = digits), 1L, paste, collapse = " "))
  invisible(x)
}

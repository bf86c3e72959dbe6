# corrr: correlations as a data frame.

.cordf <- function(x) {
  class(x) <- c("cor_df", "tbl_df", "tbl", "data.frame")
  x
}

.plain <- function(x) {
  class(x) <- c("tbl_df", "tbl", "data.frame")
  x
}

correlate <- function(x, y = NULL, use = "pairwise.complete.obs", method = "pearson", diagonal = NA, quiet = FALSE) {
  if (is.data.frame(x)) {
    other <- !vapply(x, is.numeric, NA)
    if (any(other)) message("Non-numeric variables removed from input: ", paste0("`", names(x)[other], "`", collapse = ", "))
    x <- x[!other]
  }
  found <- stats::cor(x, y, use = use, method = method)
  if (!quiet) {
    message("Correlation computed with\n\u2022 Method: '", method, "'\n\u2022 Missing treated using: '", use, "'")
  }
  if (is.null(y)) as_cordf(found, diagonal = diagonal) else .cordf(.with_terms(found))
}

.with_terms <- function(x) {
  x <- as.matrix(x)
  terms <- if (is.null(rownames(x))) colnames(x) else rownames(x)
  tibble::add_column(tibble::as_tibble(as.data.frame(x, row.names = NULL)), term = terms, .before = 1L)
}

as_cordf <- function(x, diagonal = NA) {
  if (inherits(x, "cor_df")) return(x)
  x <- as.matrix(x)
  if (nrow(x) != ncol(x)) stop("Input object x is not a square. The number of columns must be equal to the number of rows.")
  diag(x) <- diagonal
  .cordf(.with_terms(x))
}

as_matrix <- function(x, diagonal) UseMethod("as_matrix")

as_matrix.cor_df <- function(x, diagonal) {
  out <- as.matrix(as.data.frame(.plain(x))[-1L])
  rownames(out) <- x$term
  if (!missing(diagonal)) diag(out) <- diagonal
  out
}

as.matrix.cor_df <- function(x, ...) as_matrix.cor_df(x)

focus <- function(x, ..., mirror = FALSE) {
  variables <- names(x)[-1L]
  chosen <- names(dplyr::select(.plain(x)[-1L], ...))
  if (length(chosen) == 0) stop("No columns selected", call. = FALSE)
  kept <- if (mirror) x$term %in% chosen else !x$term %in% chosen
  out <- .plain(x)[kept, c("term", chosen)]
  if (mirror) .cordf(out) else out
}

focus_ <- focus

focus_if <- function(x, .predicate, ..., mirror = FALSE) {
  variables <- names(x)[-1L]
  hit <- vapply(.plain(x)[-1L], function(column) isTRUE(.predicate(column, ...)), NA)
  if (!any(hit)) stop("No variables were TRUE given the function.", call. = FALSE)
  focus(x, dplyr::all_of(variables[hit]), mirror = mirror)
}

shave <- function(x, upper = TRUE) {
  values <- as_matrix.cor_df(x)
  values[if (upper) upper.tri(values) else lower.tri(values)] <- NA
  x[-1L] <- as.data.frame(values)
  x
}

stretch <- function(x, na.rm = FALSE, remove.dups = FALSE) {
  if (remove.dups) x <- shave(x)
  variables <- names(x)[-1L]
  values <- as_matrix.cor_df(x)
  terms <- x$term
  out <- tibble::tibble(
    x = rep(terms, each = length(variables)),
    y = rep(variables, times = length(terms)),
    r = as.vector(if (remove.dups) values else t(values))
  )
  if (na.rm || remove.dups) out <- out[!is.na(out$r), ]
  out
}

fashion <- function(x, decimals = 2, leading_zeros = FALSE, na_print = "") {
  written <- function(column) {
    if (!is.numeric(column)) return(column)
    out <- formatC(column, format = "f", digits = decimals)
    if (!leading_zeros) out <- sub("^(-?)0\\.", "\\1.", out)
    out[is.na(column)] <- na_print
    format(out, justify = "right")
  }
  if (!is.data.frame(x)) return(noquote(written(x)))
  out <- as.data.frame(lapply(as.list(.plain(x)), written), stringsAsFactors = FALSE)
  names(out) <- names(x)
  class(out) <- c("data.frame", "noquote")
  out
}

registerS3method("as.matrix", "cor_df", as.matrix.cor_df)

# pbapply: the apply family; its progress bars show at a prompt only, so scripts print nothing.

pblapply <- function(X, FUN, ..., cl = NULL) lapply(X, FUN, ...)

pbsapply <- function(X, FUN, ..., simplify = TRUE, USE.NAMES = TRUE, cl = NULL) {
  sapply(X, FUN, ..., simplify = simplify, USE.NAMES = USE.NAMES)
}

pbvapply <- function(X, FUN, FUN.VALUE, ..., USE.NAMES = TRUE, cl = NULL) vapply(X, FUN, FUN.VALUE, ..., USE.NAMES = USE.NAMES)

pbapply <- function(X, MARGIN, FUN, ..., simplify = TRUE, cl = NULL) apply(X, MARGIN, FUN, ..., simplify = simplify)

pbreplicate <- function(n, expr, simplify = "array", ..., cl = NULL) {
  sapply(integer(n), eval.parent(substitute(function(...) expr)), simplify = simplify)
}

pbmapply <- function(FUN, ..., MoreArgs = NULL, SIMPLIFY = TRUE, USE.NAMES = TRUE) {
  mapply(FUN, ..., MoreArgs = MoreArgs, SIMPLIFY = SIMPLIFY, USE.NAMES = USE.NAMES)
}

pbMap <- function(f, ...) Map(f, ...)

pboptions <- function(...) invisible(list(...))

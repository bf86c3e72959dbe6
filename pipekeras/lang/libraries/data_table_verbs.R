# data.table: tables changed in place, keyed, ordered, joined and stacked.

# --- changed in place

set <- function(x, i = NULL, j, value) {
  names <- if (is.character(j)) j else names(x)[j]
  values <- if (is.list(value)) value else rep(list(value), length(names))
  columns <- Map(function(name, new) {
    if (is.null(new)) return(NULL)
    if (is.null(i)) return(rep(new, length.out = nrow(x)))
    old <- x[[name]]
    old[i] <- new
    old
  }, names, values)
  invisible(.set_columns(x, names, unname(columns)))
}

setnames <- function(x, old, new, skip_absent = FALSE) {
  names <- base::names(x)
  if (missing(new)) names <- if (is.function(old)) old(names) else old
  else if (is.function(new)) names[match(old, names)] <- new(old)
  else {
    places <- if (is.numeric(old)) old else match(old, names)
    if (anyNA(places) && !skip_absent) {
      stop("Items of 'old' not found in column names: [", paste(old[is.na(places)], collapse = ", "), "]. Consider skip_absent=TRUE.", call. = FALSE)
    }
    names[places[!is.na(places)]] <- new[!is.na(places)]
  }
  invisible(.set_attribute(x, "names", names))
}

setcolorder <- function(x, neworder = key(x)) {
  if (is.numeric(neworder)) neworder <- names(x)[neworder]
  order <- c(neworder, setdiff(names(x), neworder))
  invisible(.take_over(x, .table_of(as.list(x)[order], order, nrow(x))))
}

setorderv <- function(x, cols = colnames(x), order = 1L, na.last = FALSE) {
  keys <- Map(function(name, way) {
    column <- x[[name]]
    ranks <- if (is.character(column)) match(column, sort(unique(column), method = "radix")) else xtfrm(column)
    ranks * way
  }, cols, rep(order, length.out = length(cols)))
  rows <- do.call(base::order, c(unname(keys), list(na.last = na.last)))
  invisible(.take_over(x, .sub(x, rows)))
}

setorder <- function(x, ..., na.last = FALSE) {
  parts <- as.list(substitute(list(...)))[-1L]
  down <- vapply(parts, function(part) .is_call(part, "-"), NA)
  cols <- vapply(parts, function(part) as.character(if (is.call(part)) part[[2L]] else part), "")
  invisible(setorderv(x, cols, ifelse(down, -1L, 1L), na.last))
}

setkeyv <- function(x, cols, ...) {
  if (length(cols) == 1L) cols <- trimws(strsplit(cols, ",", fixed = TRUE)[[1L]])
  setorderv(x, cols)
  invisible(.set_attribute(x, "sorted", cols))
}

setkey <- function(x, ..., verbose = getOption("datatable.verbose"), physical = TRUE) {
  invisible(setkeyv(x, vapply(as.list(substitute(list(...)))[-1L], as.character, "")))
}

key <- function(x) attr(x, "sorted")

haskey <- function(x) !is.null(key(x))

setattr <- function(x, name, value) invisible(.set_attribute(x, name, value))

setDT <- function(x, keep.rownames = FALSE, key = NULL, check.names = FALSE) {
  made <- as.data.table(x, keep.rownames = keep.rownames)
  if (is.data.frame(x) || is.list(x)) .take_over(x, made)
  if (!is.null(key)) setkeyv(x, key)
  invisible(x)
}

setDF <- function(x, rownames = NULL) {
  invisible(.take_over(x, as.data.frame(as.data.table(x))))
}

# --- joined, stacked

rbindlist <- function(l, use.names = "check", fill = FALSE, idcol = NULL) {
  l <- l[!vapply(l, is.null, NA)]
  if (!length(l)) return(.table(list(), character()))
  parts <- lapply(l, function(part) as.list(as.data.table(part)))
  names <- if (fill) unique(unlist(lapply(parts, names))) else names(parts[[1L]])
  by_name <- fill || isTRUE(use.names) || all(vapply(parts, function(part) setequal(names(part), names), NA)) && !isFALSE(use.names)
  sizes <- vapply(parts, function(part) max(lengths(part), 0L), 1L)
  if (!fill && any(lengths(parts) != length(names))) {
    odd <- which(lengths(parts) != length(names))[1L]
    stop("Item ", odd, " has ", length(parts[[odd]]), " columns, inconsistent with item 1 which has ", length(names),
         " columns. To fill missing columns use fill=TRUE.", call. = FALSE)
  }
  columns <- lapply(seq_along(names), function(k) {
    pieces <- Map(function(part, size) {
      piece <- if (by_name) part[[names[k]]] else part[[k]]
      if (is.null(piece)) rep(NA, size) else piece
    }, parts, sizes)
    if (any(vapply(pieces, is.factor, NA))) return(factor(unlist(lapply(pieces, as.character)), unique(unlist(lapply(pieces, function(p) if (is.factor(p)) levels(p) else as.character(p))))))
    do.call(c, unname(pieces))
  })
  out <- .table_of(columns, names, sum(sizes))
  if (is.null(idcol)) return(out)
  label <- if (isTRUE(idcol)) ".id" else idcol
  id <- rep(if (is.null(names(l))) seq_along(l) else names(l), sizes)
  .table_of(c(list(id), columns), c(label, names), sum(sizes))
}

rbind.data.table <- function(..., use.names = TRUE, fill = FALSE, idcol = NULL) {
  rbindlist(list(...), use.names = use.names, fill = fill, idcol = idcol)
}

cbind.data.table <- function(...) data.table(...)

merge.data.table <- function(x, y, by = NULL, by.x = NULL, by.y = NULL, all = FALSE, all.x = all, all.y = all, sort = TRUE,
                             suffixes = c(".x", ".y"), ...) {
  if (is.null(by) && is.null(by.x)) by <- intersect(names(x), names(y))
  if (is.null(by.x)) by.x <- by.y <- by
  out <- as.data.table(merge(as.data.frame(x), as.data.frame(y), by.x = by.x, by.y = by.y, all.x = all.x, all.y = all.y,
                             sort = FALSE, suffixes = suffixes))
  if (sort) setkeyv(out, by.x)
  out
}

unique.data.table <- function(x, incomparables = FALSE, fromLast = FALSE, by = names(x), ...) {
  .sub(x, which(!duplicated(as.data.frame(x)[by], fromLast = fromLast)))
}

duplicated.data.table <- function(x, incomparables = FALSE, fromLast = FALSE, by = names(x), ...) {
  duplicated(as.data.frame(x)[by], fromLast = fromLast)
}

head.data.table <- function(x, n = 6L, ...) .sub(x, utils::head(seq_len(nrow(x)), n))

tail.data.table <- function(x, n = 6L, ...) .sub(x, utils::tail(seq_len(nrow(x)), n))

split.data.table <- function(x, f, drop = FALSE, by, sorted = FALSE, keep.by = TRUE, flatten = TRUE, ...) {
  if (!missing(f)) return(lapply(split(seq_len(nrow(x)), f), function(rows) .sub(x, rows)))
  groups <- as.list(x)[by]
  parts <- .in_groups(groups, nrow(x))
  names(parts) <- vapply(parts, function(rows) paste(vapply(groups, function(column) as.character(column[rows[1L]]), ""), collapse = "."), "")
  kept <- if (keep.by) names(x) else setdiff(names(x), by)
  lapply(parts, function(rows) .table_of(lapply(as.list(x)[kept], function(column) column[rows]), kept, length(rows)))
}

CJ <- function(..., sorted = TRUE, unique = FALSE) {
  given <- list(...)
  labels <- if (is.null(names(given))) rep("", length(given)) else names(given)
  nodes <- as.list(substitute(list(...)))[-1L]
  for (k in which(labels == "")) labels[k] <- if (is.name(nodes[[k]])) as.character(nodes[[k]]) else paste0("V", k)
  if (unique) given <- lapply(given, base::unique)
  if (sorted) given <- lapply(given, sort)
  grid <- rev(expand.grid(rev(unname(given)), stringsAsFactors = FALSE))
  .table(unname(as.list(grid)), labels)
}

for (.generic in c("rbind", "cbind", "merge", "unique", "duplicated", "head", "tail", "split")) {
  registerS3method(.generic, "data.table", get(paste0(.generic, ".data.table")))
}

# data.table: tables indexed by expressions, changed in place, grouped by `by`.

.classes <- c("data.table", "data.frame")

.table <- function(columns, names = base::names(columns)) {
  n <- if (length(columns)) max(lengths(columns)) else 0L
  if (any(lengths(columns) == 0L)) n <- if (all(lengths(columns) <= 1L)) 0L else n
  columns <- lapply(columns, function(column) {
    size <- length(column)
    if (size == n) return(column)
    if (size != 1L && (size == 0L || n %% size != 0L)) {
      stop("Item has ", size, " rows but longest item has ", n, "; recycled with remainder.", call. = FALSE)
    }
    rep(column, length.out = n)
  })
  structure(unname(columns), names = names, class = .classes, row.names = .set_row_names(n))
}

data.table <- function(..., keep.rownames = FALSE, check.names = FALSE, key = NULL, stringsAsFactors = FALSE) {
  given <- list(...)
  nodes <- as.list(substitute(list(...)))[-1L]
  labels <- if (is.null(names(given))) rep("", length(given)) else names(given)
  columns <- list()
  for (k in seq_along(given)) {
    value <- given[[k]]
    if (is.null(value)) next
    if (is.data.frame(value) || is.matrix(value) || (is.list(value) && !is.null(names(value)))) {
      part <- if (is.matrix(value)) as.list(as.data.table(value)) else as.list(value)
      names(part) <- if (labels[k] == "" || is.data.frame(value)) names(part) else paste(labels[k], names(part), sep = ".")
      columns <- c(columns, part)
      next
    }
    label <- labels[k]
    if (label == "") label <- if (is.name(nodes[[k]])) as.character(nodes[[k]]) else paste0("V", length(columns) + 1L)
    if (is.character(value) && stringsAsFactors) value <- factor(value)
    columns[[length(columns) + 1L]] <- value
    names(columns)[length(columns)] <- label
  }
  if (check.names) names(columns) <- make.names(names(columns), unique = TRUE)
  out <- .table(columns, names(columns))
  if (!is.null(key)) setkeyv(out, key)
  out
}

as.data.table <- function(x, keep.rownames = FALSE, ...) {
  if (is.data.table(x)) return(copy(x))
  if (is.matrix(x) && !is.table(x)) {
    names <- if (is.null(colnames(x))) paste0("V", seq_len(ncol(x))) else colnames(x)
    return(.table(lapply(seq_len(ncol(x)), function(j) unname(x[, j])), names))
  }
  if (is.table(x)) x <- as.data.frame(x, responseName = "N", stringsAsFactors = FALSE)
  if (is.data.frame(x)) {
    columns <- as.list(x)
    named <- isTRUE(keep.rownames) || is.character(keep.rownames)
    if (named) columns <- c(setNames(list(rownames(x)), if (is.character(keep.rownames)) keep.rownames else "rn"), columns)
    return(.table(columns, names(columns)))
  }
  if (is.list(x)) {
    names <- if (is.null(names(x))) paste0("V", seq_along(x)) else names(x)
    return(.table(x, names))
  }
  .table(list(unname(x)), "V1")
}

is.data.table <- function(x) inherits(x, "data.table")

copy <- function(x) {
  if (!is.list(x)) return(x)
  structure(lapply(as.list(x), identity), names = names(x), class = class(x), row.names = attr(x, "row.names"), sorted = attr(x, "sorted"))
}

as.data.frame.data.table <- function(x, ...) {
  structure(as.list(x), names = names(x), class = "data.frame", row.names = .set_row_names(nrow(x)))
}

as.list.data.table <- function(x, ...) {
  attributes(x) <- list(names = names(x))
  x
}

# --- printed

.cells <- function(column) {
  if (is.list(column)) {
    return(vapply(column, function(item) {
      if (is.null(item)) "" else if (is.data.frame(item)) paste0("<", class(item)[1L], "[", nrow(item), "x", ncol(item), "]>")
      else if (is.function(item)) "<function>" else .short(item)
    }, ""))
  }
  if (is.factor(column)) column <- as.character(column)
  if (is.character(column)) ifelse(is.na(column), "<NA>", column) else format(column, digits = 7L)
}

.short <- function(item) {
  shown <- paste(trimws(format(utils::head(unclass(item), 6L), trim = TRUE)), collapse = ",")
  if (length(item) > 6L) paste0(shown, ",...") else shown
}

print.data.table <- function(x, topn = 5L, nrows = 100L, class = FALSE, row.names = TRUE, ...) {
  n <- nrow(x)
  if (length(names(x)) == 0L) {
    cat("Null data.table (0 rows and 0 cols)\n")
    return(invisible(x))
  }
  if (n == 0L) {
    cat("Empty data.table (0 rows and ", length(names(x)), " cols): ", paste(names(x), collapse = ","), "\n", sep = "")
    return(invisible(x))
  }
  cut <- n > nrows
  rows <- if (cut) c(seq_len(topn), seq(n - topn + 1L, n)) else seq_len(n)
  columns <- lapply(as.list(x), function(column) .cells(column[rows]))
  cells <- matrix(unlist(columns), nrow = length(rows))
  labels <- if (row.names) paste0(format(rows), ":") else rep("", length(rows))
  if (cut) {
    cells <- rbind(cells[seq_len(topn), , drop = FALSE], "", cells[topn + seq_len(topn), , drop = FALSE])
    labels <- c(labels[seq_len(topn)], "---", labels[topn + seq_len(topn)])
  }
  if (!cut && n > 20L) {
    cells <- rbind(cells, names(x))
    labels <- c(labels, "")
  }
  dimnames(cells) <- list(formatC(labels, width = max(nchar(labels))), names(x))
  print(cells, quote = FALSE, right = TRUE)
  invisible(x)
}

# --- x[i, j, by]

.sub <- function(x, rows) {
  columns <- lapply(as.list(x), function(column) column[rows])
  .table_of(columns, names(x), length(rows))
}

.table_of <- function(columns, names, n) {
  structure(unname(columns), names = names, class = .classes, row.names = .set_row_names(n))
}

.rows <- function(x, node, env) {
  if (is.call(node) && identical(node[[1L]], as.name("!"))) {
    inner <- .rows_found(x, node[[2L]], env)
    if (!is.null(inner)) return(setdiff(seq_len(nrow(x)), inner))
  }
  .rows_found(x, node, env)
}

.rows_found <- function(x, node, env) {
  if (is.name(node) && !exists(as.character(node), envir = env) && is.logical(x[[as.character(node)]])) {
    return(which(x[[as.character(node)]]))
  }
  value <- eval(node, c(as.list(x), list(.N = nrow(x), .I = seq_len(nrow(x)))), env)
  if (is.logical(value)) {
    if (length(value) == 1L) value <- rep(value, nrow(x))
    return(which(value))
  }
  if (is.character(value)) {
    by <- attr(x, "sorted")
    if (is.null(by)) stop("When i is a data.table (or character vector), the columns to join by must be specified using 'on=' argument", call. = FALSE)
    return(unlist(lapply(value, function(each) {
      hit <- which(as.character(x[[by[1L]]]) == each)
      if (length(hit)) hit else NA_integer_
    })))
  }
  if (is.list(value)) return(value)
  n <- nrow(x)
  value <- value[is.na(value) | value != 0]
  if (length(value) && any(value < 0, na.rm = TRUE)) seq_len(n)[value] else ifelse(value > n, NA_integer_, as.integer(value))
}

.join <- function(x, other, on, nomatch) {
  if (is.null(on)) on <- attr(x, "sorted")
  mine <- if (is.null(names(on))) on else ifelse(names(on) == "", on, names(on))
  theirs <- unname(on)
  key <- function(table, columns) do.call(paste, c(lapply(columns, function(name) as.character(table[[name]])), sep = "\r"))
  own <- split(seq_len(nrow(x)), factor(key(x, mine), unique(key(x, mine))))
  wanted <- key(other, theirs)
  hits <- lapply(wanted, function(k) if (is.null(own[[k]])) NA_integer_ else own[[k]])
  left <- unlist(hits)
  right <- rep(seq_along(hits), lengths(hits))
  if (identical(nomatch, 0L) || identical(nomatch, 0) || is.null(nomatch)) {
    right <- right[!is.na(left)]
    left <- left[!is.na(left)]
  }
  columns <- lapply(as.list(x), function(column) column[left])
  for (k in seq_along(mine)) columns[[mine[k]]] <- other[[theirs[k]]][right]
  extra <- setdiff(names(other), theirs)
  added <- lapply(extra, function(name) other[[name]][right])
  labels <- ifelse(extra %in% names(x), paste0("i.", extra), extra)
  .table_of(c(columns, added), c(names(x), labels), length(left))
}

.is_call <- function(node, ...) is.call(node) && is.name(node[[1L]]) && as.character(node[[1L]]) %in% c(...)

.names_of_j <- function(node, x, env) {
  # names of columns where j is text, or numbers, or a choice of columns, else NULL
  if (is.name(node) && grepl("^\\.\\.", as.character(node))) return(get(substring(as.character(node), 3L), envir = env))
  if (.is_call(node, "!", "-") && length(node) == 2L) {
    inner <- .names_of_j(node[[2L]], x, env)
    return(if (is.null(inner)) NULL else setdiff(names(x), inner))
  }
  if (.is_call(node, "(")) return(.names_of_j(node[[2L]], x, env))
  if (is.character(node)) return(node)
  if (is.numeric(node)) return(names(x)[node])
  if (.is_call(node, "c") && length(node) > 1L && all(vapply(as.list(node)[-1L], function(n) is.character(n) || is.numeric(n), NA))) {
    value <- eval(node, env)
    return(if (is.character(value)) value else names(x)[value])
  }
  if (.is_call(node, ":") && all(vapply(as.list(node)[-1L], is.name, NA))) {
    ends <- match(vapply(as.list(node)[-1L], as.character, ""), names(x))
    if (!anyNA(ends)) return(names(x)[ends[1L]:ends[2L]])
  }
  if (.is_call(node, ":") && is.numeric(node[[2L]]) && is.numeric(node[[3L]])) return(names(x)[eval(node, env)])
  NULL
}

.sd_columns <- function(node, x, env) {
  if (.is_call(node, "patterns")) return(grep(eval(node[[2L]], env), names(x), value = TRUE))
  found <- .names_of_j(node, x, env)
  if (!is.null(found)) return(found)
  value <- eval(node, env)
  if (is.function(value)) return(names(x)[vapply(as.list(x), value, NA)])
  if (is.character(value)) value else names(x)[value]
}

.labels <- function(node, value) {
  if (is.name(node) && as.character(node) %in% c(".N", ".I", ".GRP")) return(substring(as.character(node), 2L))
  if (!is.list(value)) return("V1")
  labels <- if (is.null(names(value))) rep("", length(value)) else names(value)
  if (.is_call(node, "list", ".") && length(node) == length(value) + 1L) {
    for (k in seq_along(value)) {
      part <- node[[k + 1L]]
      if (labels[k] == "" && is.name(part)) labels[k] <- sub("^\\.(N|I|GRP)$", "\\1", as.character(part))
    }
  }
  ifelse(labels == "", paste0("V", seq_along(value)), labels)
}

.groups <- function(x, node, env) {
  # the columns that `by` names or computes
  if (.is_call(node, "list", ".")) {
    parts <- as.list(node)[-1L]
    labels <- if (is.null(names(parts))) rep("", length(parts)) else names(parts)
    columns <- lapply(parts, function(part) eval(part, c(as.list(x), list(`.` = list)), env))
    unnamed <- labels == ""
    labels[unnamed] <- vapply(parts[unnamed], function(part) {
      if (is.name(part)) as.character(part) else if (is.call(part)) all.vars(part)[1L] else "V1"
    }, "")
    return(setNames(columns, labels))
  }
  if (is.name(node) && as.character(node) %in% names(x)) return(setNames(list(x[[as.character(node)]]), as.character(node)))
  value <- eval(node, as.list(x), env)
  if (is.character(value) && (length(value) != nrow(x) || all(value %in% names(x)))) {
    value <- trimws(unlist(strsplit(value, ",", fixed = TRUE)))
    return(setNames(lapply(value, function(name) x[[name]]), value))
  }
  label <- if (is.call(node)) all.vars(node)[1L] else "V1"
  setNames(list(value), label)
}

.in_groups <- function(groups, n) {
  # rows of each group, in order of first appearance
  key <- do.call(paste, c(lapply(groups, function(column) if (is.factor(column)) as.integer(column) else as.character(column)), sep = "\r"))
  split(seq_len(n), factor(key, unique(key)))
}

.scope <- function(x, rows, sd_names, number, by) {
  columns <- lapply(as.list(x), function(column) column[rows])
  sd <- .table_of(columns[sd_names], sd_names, length(rows))
  c(columns, list(.SD = sd, .N = length(rows), .I = rows, .GRP = number, .BY = by, `.` = list))
}

`[.data.table` <- function(x, i, j, by, keyby, with = TRUE, nomatch = NA, mult = "all", roll = FALSE, rollends = FALSE,
                           which = FALSE, .SDcols, verbose = FALSE, allow.cartesian = FALSE, drop = NULL, on = NULL) {
  env <- parent.frame()
  sorted <- !missing(keyby)
  rows <- NULL
  if (!missing(i)) {
    rows <- .rows(x, substitute(i), env)
    if (is.list(rows)) {
      x <- .join(x, rows, if (is.call(substitute(on)) && .is_call(substitute(on), ".", "list")) vapply(as.list(substitute(on))[-1L], as.character, "") else on, nomatch)
      rows <- NULL
    }
    if (which) return(rows)
  }
  if (missing(j)) return(if (is.null(rows)) x else .sub(x, rows))
  node <- substitute(j)
  by_node <- if (sorted) substitute(keyby) else if (!missing(by)) substitute(by)
  if (.is_call(node, ":=", "let")) return(invisible(.assign(x, rows, node, by_node, env, if (!missing(.SDcols)) .sd_columns(substitute(.SDcols), x, env))))
  chosen <- if (!with) { value <- eval(node, env); if (is.character(value)) value else names(x)[value] } else .names_of_j(node, x, env)
  if (!is.null(chosen)) {
    gone <- setdiff(chosen, names(x))
    if (length(gone)) stop("column(s) not found: ", paste(gone, collapse = ", "), call. = FALSE)
    columns <- as.list(x)[chosen]
    if (!is.null(rows)) columns <- lapply(columns, function(column) column[rows])
    return(.table_of(columns, chosen, if (is.null(rows)) nrow(x) else length(rows)))
  }
  if (!is.null(rows)) x <- .sub(x, rows)
  groups <- if (!is.null(by_node)) .groups(x, by_node, env)
  sd_names <- if (missing(.SDcols)) setdiff(names(x), names(groups)) else .sd_columns(substitute(.SDcols), x, env)
  if (is.null(groups)) {
    value <- eval(node, .scope(x, seq_len(nrow(x)), sd_names, 1L, list()), env)
    if (is.data.frame(value) || !is.list(value)) return(value)
    return(.table(value, .labels(node, value)))
  }
  parts <- .in_groups(groups, nrow(x))
  firsts <- vapply(parts, `[`, 1L, 1L)
  if (sorted) {
    order <- do.call(order, unname(lapply(groups, function(column) column[firsts])))
    parts <- parts[order]
    firsts <- firsts[order]
  }
  results <- lapply(seq_along(parts), function(k) {
    here <- lapply(groups, function(column) column[parts[[k]][1L]])
    value <- eval(node, c(.scope(x, parts[[k]], sd_names, k, here)[setdiff(c(names(x), ".SD", ".N", ".I", ".GRP", ".BY", "."), names(groups))], here), env)
    if (is.null(value)) return(NULL)
    labels <- .labels(node, value)
    list(columns = if (is.list(value)) as.list(value) else list(value), labels = labels)
  })
  results_there <- !vapply(results, is.null, NA)
  results <- results[results_there]
  firsts <- firsts[results_there]
  if (!length(results)) return(.table(list(), character()))
  sizes <- vapply(results, function(result) max(lengths(result$columns)), 1L)
  keys <- lapply(groups, function(column) column[rep(firsts, sizes)])
  width <- length(results[[1L]]$columns)
  made <- lapply(seq_len(width), function(k) {
    do.call(c, Map(function(result, size) rep(result$columns[[k]], length.out = size), results, sizes))
  })
  out <- .table_of(c(keys, made), c(names(groups), results[[1L]]$labels), sum(sizes))
  if (sorted) .set_attribute(out, "sorted", names(groups))
  out
}

.assign <- function(x, rows, node, by_node, env, sd_names) {
  parts <- as.list(node)[-1L]
  if (!is.null(names(parts)) && all(names(parts) != "")) {
    names <- names(parts)
    right <- as.call(c(as.name("list"), unname(parts)))
  } else {
    left <- parts[[1L]]
    names <- if (is.name(left)) as.character(left) else eval(left, env)
    right <- parts[[2L]]
  }
  if (is.numeric(names)) names <- base::names(x)[names]
  single <- length(names) == 1L && !.is_call(right, "list", ".")
  if (is.null(sd_names)) sd_names <- base::names(x)
  if (is.null(rows)) rows <- seq_len(nrow(x))
  parts <- if (is.null(by_node)) list(rows) else {
    groups <- .groups(.sub(x, rows), by_node, env)
    lapply(.in_groups(groups, length(rows)), function(local) rows[local])
  }
  columns <- as.list(x)[names]
  for (k in seq_along(parts)) {
    at <- parts[[k]]
    value <- eval(right, .scope(x, at, sd_names, k, list()), env)
    if (!is.list(value) || single && length(value) == length(at) && length(value) != 1L) value <- rep(list(value), if (is.null(value)) 1L else length(names))
    for (n in seq_along(names)) {
      one <- value[[(n - 1L) %% length(value) + 1L]]
      if (is.null(one)) {
        columns[n] <- list(NULL)
        next
      }
      if (length(at) == nrow(x)) columns[[n]] <- rep(one, length.out = nrow(x))
      else {
        old <- columns[[n]]
        if (is.null(old)) old <- rep(one[NA_integer_][1L], nrow(x))
        if (is.integer(old) && is.double(one) && all(one == trunc(one), na.rm = TRUE)) one <- as.integer(one)
        old[at] <- one
        columns[[n]] <- old
      }
    }
  }
  .set_columns(x, names, columns)
}

`$<-.data.table` <- function(x, name, value) {
  x <- copy(x)
  .set_columns(x, name, list(if (is.null(value)) NULL else rep(value, length.out = nrow(x))))
  x
}

`[[<-.data.table` <- function(x, i, value) {
  `$<-.data.table`(x, if (is.character(i)) i else names(x)[i], value)
}

`:=` <- function(...) {
  stop("Check that is.data.table(DT) == TRUE. Otherwise, := and `:=`(...) are defined for use in j, once only and in particular ways. See help(\":=\").", call. = FALSE)
}

for (.generic in c("print", "[", "$<-", "[[<-", "as.data.frame", "as.list")) {
  registerS3method(.generic, "data.table", get(paste0(.generic, ".data.table")))
}

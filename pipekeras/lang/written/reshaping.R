# Data frames between wide and long form: reshape, unstack.

.guessed_groups <- function(columns, sep) {
  # names such as x.1, y.1, x.2, y.2: the columns of each stem, and the times
  if (nzchar(sep)) {
    cut_at <- regexpr(sep, columns, fixed = TRUE)
    parts <- lengths(strsplit(columns, sep, fixed = TRUE))
    stems <- substr(columns, 1L, cut_at - 1L)
    times <- substring(columns, cut_at + nchar(sep))
  } else {
    cut_at <- regexpr("[A-Za-z][0-9]", columns)
    parts <- ifelse(cut_at > 0L, 2L, 1L)
    stems <- substr(columns, 1L, cut_at)
    times <- substring(columns, cut_at + 1L)
  }
  if (any(parts != 2L)) stop("failed to guess time-varying variables from their names")
  moments <- unique(times)
  known <- suppressWarnings(as.numeric(moments))
  list(groups = split(columns, factor(stems, levels = unique(stems))), names = unique(stems),
       times = if (anyNA(known)) moments else known)
}

.to_long <- function(data, varying, v.names, timevar, idvar, ids, times, drop, new.row.names) {
  if (length(unique(lengths(varying))) > 1L) stop("'varying' arguments must be the same length")
  if (length(varying[[1L]]) != length(times)) stop("'lengths(varying)' must all match 'length(times)'")
  if (!is.null(drop)) data <- data[, !(names(data) %in% drop), drop = FALSE]
  if (is.null(v.names)) v.names <- vapply(varying, function(group) group[1L], "")
  undo <- list(varying = varying, v.names = v.names, idvar = idvar, timevar = timevar)
  fixed <- data[, !(names(data) %in% unlist(varying)), drop = FALSE]
  pieces <- lapply(seq_along(times), function(k) {
    piece <- fixed
    piece[, timevar] <- times[k]
    piece[, v.names] <- data[, vapply(varying, function(group) group[k], "")]
    row.names(piece) <- if (is.null(new.row.names)) paste(ids, times[k], sep = ".")
                        else new.row.names[(k - 1L) * nrow(data) + seq_len(nrow(data))]
    piece
  })
  long <- do.call(rbind, pieces)
  if (length(idvar) == 1L && !(idvar %in% names(data))) long[, idvar] <- ids
  attr(long, "reshapeLong") <- undo
  long
}

.to_wide <- function(data, timevar, idvar, varying, v.names, drop, new.row.names, sep) {
  if (!is.null(drop)) data <- data[, !(names(data) %in% drop), drop = FALSE]
  undo <- list(v.names = v.names, timevar = timevar, idvar = idvar)
  key <- if (length(idvar) > 1L) interaction(data[, idvar], drop = TRUE) else data[, idvar]
  times <- unique(data[, timevar])
  if (anyNA(times)) warning("there are records with missing times, which will be dropped.")
  undo$times <- times
  if (is.null(v.names)) v.names <- setdiff(names(data), c(timevar, idvar))
  if (is.null(varying)) varying <- outer(v.names, times, paste, sep = sep)
  if (is.list(varying)) varying <- do.call(rbind, varying)
  undo$varying <- varying
  others <- data[!(names(data) %in% c(timevar, v.names, idvar))]
  changing <- vapply(others, function(column) any(tapply(column, as.vector(key), function(x) length(unique(x))) > 1L), NA)
  if (any(changing)) {
    warning(gettextf("some constant variables (%s) are really varying", paste(names(others)[changing], collapse = ",")))
  }
  first <- !duplicated(key)
  wide <- data[first, !(names(data) %in% c(timevar, v.names)), drop = FALSE]
  for (k in seq_along(times)) {
    now <- data[, timevar] %in% times[k]
    if (anyDuplicated(key[now])) warning(gettextf("multiple rows match for %s=%s: first taken", timevar, times[k]))
    wide[, varying[, k]] <- data[now, ][match(key[first], key[now]), v.names]
  }
  if (!is.null(new.row.names)) row.names(wide) <- new.row.names
  attr(wide, "reshapeWide") <- undo
  wide
}

reshape <- function(data, varying = NULL, v.names = NULL, timevar = "time", idvar = "id", ids = 1L:NROW(data),
                    times = seq_along(varying[[1L]]), drop = NULL, direction, new.row.names = NULL, sep = ".",
                    split = if (sep == "") list(regexp = "[A-Za-z][0-9]", include = TRUE)
                            else list(regexp = sep, include = FALSE, fixed = TRUE)) {
  back <- if (missing(direction)) {
    if (!is.null(attr(data, "reshapeWide"))) "long" else if (!is.null(attr(data, "reshapeLong"))) "wide"
  } else if (direction == "long" && is.null(varying)) {
    if (!is.null(attr(data, "reshapeWide"))) "long"
  } else if (direction == "wide" && missing(timevar) && missing(idvar)) {
    if (!is.null(attr(data, "reshapeLong"))) "wide"
  }
  if (!is.null(back)) {
    undo <- attr(data, if (back == "long") "reshapeWide" else "reshapeLong")
    attr(data, if (back == "long") "reshapeWide" else "reshapeLong") <- NULL
    if (back == "wide") {
      return(.to_wide(data, undo$timevar, undo$idvar, undo$varying, undo$v.names, drop, new.row.names, sep))
    }
    groups <- base::split(c(undo$varying), row(undo$varying))
    return(.to_long(data, groups, undo$v.names, undo$timevar, undo$idvar, data[, undo$idvar[1L]], undo$times,
                    drop, new.row.names))
  }
  if (missing(direction)) stop("no 'reshapeWide' attribute, must specify 'varying'")
  if (match.arg(direction, c("wide", "long")) == "wide") {
    return(.to_wide(data, timevar, idvar, varying, v.names, drop, new.row.names, sep))
  }
  if (is.null(varying)) stop("no 'reshapeWide' attribute, must specify 'varying'")
  if (is.numeric(varying)) varying <- names(data)[varying]
  if (is.matrix(varying)) varying <- base::split(c(varying), row(varying))
  if (is.atomic(varying)) {
    if (is.null(v.names)) {
      guessed <- .guessed_groups(varying, sep)
      varying <- guessed$groups
      v.names <- guessed$names
      if (missing(times)) times <- guessed$times
    } else {
      if (length(varying) %% length(v.names)) {
        stop("length of 'v.names' does not evenly divide length of 'varying'")
      }
      varying <- base::split(varying, rep(v.names, length(varying) %/% length(v.names)))[v.names]
      names(varying) <- v.names
    }
  } else {
    varying <- lapply(varying, function(group) if (is.numeric(group)) names(data)[group] else group)
  }
  .to_long(data, varying, v.names, timevar, idvar, ids, times, drop, new.row.names)
}

unstack <- function(x, ...) UseMethod("unstack")

unstack.data.frame <- function(x, form, ...) {
  if (missing(form)) form <- call("~", as.name(names(x)[1L]), as.name(names(x)[2L]))
  sides <- lapply(as.list(form)[-1L], eval, envir = x)
  groups <- split(sides[[1L]], sides[[2L]])
  even <- all(lengths(groups) == length(groups[[1L]]))
  if (even) data.frame(groups, stringsAsFactors = FALSE) else groups
}

unstack.default <- function(x, form, ...) unstack.data.frame(as.data.frame(x), form, ...)

# caret: dummy variables, variables without information, classes made equally frequent, slices of time.

class2ind <- function(x, drop2nd = FALSE) {
  if (!is.factor(x)) stop("'x' should be a factor")
  classes <- levels(x)
  known <- which(!is.na(x))
  indicators <- vapply(classes, function(class) as.numeric(x[known] == class), numeric(length(known)))
  dim(indicators) <- c(length(known), length(classes))
  dimnames(indicators) <- list(known, classes)
  if (drop2nd && length(classes) == 2L) indicators[, 1L] else indicators
}

dummyVars <- function(formula, data, sep = ".", levelsOnly = FALSE, fullRank = FALSE, ...) {
  if (is.character(formula)) formula <- as.formula(formula)
  data <- as.data.frame(data)
  vars <- all.vars(formula)
  if ("." %in% vars) vars <- c(setdiff(vars, "."), setdiff(names(data), vars))
  is_factor <- vapply(data[, vars, drop = FALSE], is.factor, logical(1))
  texts <- vapply(data[, vars, drop = FALSE], is.character, logical(1))
  lvls <- lapply(data[, vars[is_factor | texts], drop = FALSE], function(x) levels(as.factor(x)))
  out <- list(
    call = match.call(), form = formula, vars = vars, facVars = vars[is_factor], lvls = lvls,
    sep = sep, terms = terms(formula, data = data), levelsOnly = levelsOnly, fullRank = fullRank
  )
  class(out) <- "dummyVars"
  out
}

print.dummyVars <- function(x, ...) {
  writeLines(c("Dummy Variable Object", "", paste("Formula:", paste(deparse(x$form), collapse = "\n"))))
  counts <- c(variables = length(x$vars), factors = length(x$facVars))
  writeLines(toString(paste(counts, names(counts))))
  if (length(x$sep)) writeLines(sprintf("Variables and levels will be separated by '%s'", x$sep))
  writeLines(sprintf("A %s encoding is used", if (x$fullRank) "full rank" else "less than full rank"))
  invisible(x)
}

predict.dummyVars <- function(object, newdata, na.action = na.pass, ...) {
  newdata <- as.data.frame(newdata)
  frame <- newdata
  for (name in names(object$lvls)) frame[[name]] <- factor(as.character(frame[[name]]), levels = object$lvls[[name]])
  kinds <- if (object$fullRank) NULL else lapply(object$lvls, function(l) contrasts(factor(l, levels = l), contrasts = FALSE))
  terms <- reformulate(attr(object$terms, "term.labels"), intercept = object$fullRank)
  rows <- model.frame(terms, frame, na.action = na.action)
  out <- if (object$fullRank || length(kinds) == 0) model.matrix(terms, rows) else model.matrix(terms, rows, contrasts.arg = kinds)
  for (name in object$facVars) {
    for (level in object$lvls[[name]]) {
      old <- paste0(name, level)
      fresh <- if (object$levelsOnly) level else paste(name, level, sep = if (is.null(object$sep)) "" else object$sep)
      colnames(out)[colnames(out) == old] <- fresh
    }
  }
  out <- out[, colnames(out) != "(Intercept)", drop = FALSE]
  attr(out, "assign") <- NULL
  attr(out, "contrasts") <- NULL
  out
}

nearZeroVar <- function(x, freqCut = 95 / 5, uniqueCut = 10, saveMetrics = FALSE, names = FALSE, ...) {
  if (is.null(dim(x))) x <- matrix(x, ncol = 1)
  ratio <- apply(x, 2, function(v) {
    counts <- sort(table(v[!is.na(v)]), decreasing = TRUE)
    if (length(counts) <= 1) return(0)
    counts[[1]] / counts[[2]]
  })
  distinct <- apply(x, 2, function(v) length(unique(v[!is.na(v)])))
  share <- 100 * distinct / apply(x, 2, length)
  zero <- distinct < 2 | apply(x, 2, function(v) all(is.na(v)))
  found <- (ratio > freqCut & share <= uniqueCut) | zero
  if (saveMetrics) {
    return(data.frame(freqRatio = ratio, percentUnique = share, zeroVar = zero, nzv = found))
  }
  found <- which(found)
  if (names) base::names(found) else unname(found)
}
nzv <- nearZeroVar

findCorrelation <- function(x, cutoff = 0.9, verbose = FALSE, names = FALSE, exact = ncol(x) < 100) {
  titles <- colnames(x)
  x <- abs(x)
  count <- ncol(x)
  order <- order(apply(.without_diagonal(x), 2, mean, na.rm = TRUE), decreasing = TRUE)
  x <- x[order, order]
  gone <- rep(FALSE, count)
  left <- .without_diagonal(x)
  for (i in seq_len(count - 1)) {
    if (!any(left[!is.na(left)] > cutoff)) break
    if (gone[i]) next
    for (j in (i + 1):count) {
      if (gone[i] || gone[j] || !(x[i, j] > cutoff)) next
      mine <- mean(left[i, ], na.rm = TRUE)
      others <- mean(left[-j, ], na.rm = TRUE)
      if (mine > others) {
        gone[i] <- TRUE
        left[i, ] <- NA
        left[, i] <- NA
      } else {
        gone[j] <- TRUE
        left[j, ] <- NA
        left[, j] <- NA
      }
    }
  }
  found <- order[gone]
  if (names) titles[found] else found
}

.without_diagonal <- function(x) {
  diag(x) <- NA
  x
}

.resampled <- function(x, y, list, yname, size, replace) {
  if (!is.data.frame(x)) x <- as.data.frame(x, stringsAsFactors = TRUE)
  size <- size(table(y))
  parts <- lapply(split(seq_along(y), y), function(rows) {
    if (replace) {
      if (length(rows) < size) c(rows, rows[sample.int(length(rows), size - length(rows), replace = TRUE)]) else rows
    } else if (length(rows) > size) rows[sample.int(length(rows), size)] else rows
  })
  rows <- unlist(parts, use.names = FALSE)
  out <- x[rows, , drop = FALSE]
  rownames(out) <- NULL
  if (list) return(list(x = out, y = y[rows]))
  out[[yname]] <- y[rows]
  out
}

upSample <- function(x, y, list = FALSE, yname = "Class") .resampled(x, y, list, yname, max, TRUE)

downSample <- function(x, y, list = FALSE, yname = "Class") .resampled(x, y, list, yname, min, FALSE)

createTimeSlices <- function(y, initialWindow, horizon = 1, fixedWindow = TRUE, skip = 0) {
  stops <- seq(initialWindow, length(y) - horizon, by = skip + 1)
  starts <- if (fixedWindow) stops - initialWindow + 1 else rep(1, length(stops))
  train <- mapply(seq, starts, stops, SIMPLIFY = FALSE)
  test <- mapply(seq, stops + 1, stops + horizon, SIMPLIFY = FALSE)
  width <- max(nchar(stops))
  names(train) <- paste0("Training", gsub(" ", "0", format(stops, width = width)))
  names(test) <- paste0("Testing", gsub(" ", "0", format(stops, width = width)))
  list(train = train, test = test)
}

defaultSummary <- function(data, lev = NULL, model = NULL) postResample(data[, "pred"], data[, "obs"])


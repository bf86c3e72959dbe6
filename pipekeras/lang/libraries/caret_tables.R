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

.variety <- function(v) {
  # how often the first value is there for each of the second, and how many differ
  known <- v[!is.na(v)]
  values <- unique(known)
  counts <- sort(tabulate(match(known, values)), decreasing = TRUE)
  c(ratio = if (length(values) > 1L) counts[1L] / counts[2L] else 0, distinct = length(values), size = length(v))
}

nearZeroVar <- function(x, freqCut = 95 / 5, uniqueCut = 10, saveMetrics = FALSE, names = FALSE, ...) {
  columns <- if (is.data.frame(x)) as.list(x) else asplit(as.matrix(x), 2L)
  found <- vapply(columns, .variety, numeric(3L))
  out <- data.frame(freqRatio = found["ratio", ], percentUnique = 100 * found["distinct", ] / found["size", ],
                    zeroVar = found["distinct", ] < 2, row.names = base::names(columns))
  out$nzv <- out$zeroVar | out$freqRatio > freqCut & out$percentUnique <= uniqueCut
  if (saveMetrics) out else if (names) rownames(out)[out$nzv] else which(out$nzv)
}

nzv <- nearZeroVar

findCorrelation <- function(x, cutoff = 0.9, verbose = FALSE, names = FALSE, exact = ncol(x) < 100) {
  sizes <- abs(x)
  diag(sizes) <- NA
  # from the variable that has most in common with all the others
  ranked <- order(-colMeans(sizes, na.rm = TRUE))
  sizes <- sizes[ranked, ranked]
  left <- sizes  # without what was found so far
  close <- which(lower.tri(sizes) & sizes > cutoff, arr.ind = TRUE)
  found <- integer()
  for (k in seq_len(nrow(close))) {
    pair <- close[k, 2:1]
    if (any(pair %in% found)) next
    more <- mean(left[pair[1L], ], na.rm = TRUE) > mean(left[-pair[2L], ], na.rm = TRUE)
    worse <- if (more) pair[1L] else pair[2L]
    found <- c(found, worse)
    left[worse, ] <- left[, worse] <- NA
  }
  found <- ranked[sort(found)]
  if (names) colnames(x)[found] else found
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
  last <- seq(initialWindow, length(y) - horizon, by = skip + 1)
  digits <- formatC(last, width = max(nchar(last)), flag = "0", format = "d")
  slices <- function(title, from, to) setNames(Map(seq, from, to), paste0(title, digits))
  first <- if (fixedWindow) last + 1 - initialWindow else 1
  list(train = slices("Training", first, last), test = slices("Testing", last + 1, last + horizon))
}

defaultSummary <- function(data, lev = NULL, model = NULL) with(data, postResample(pred, obs))

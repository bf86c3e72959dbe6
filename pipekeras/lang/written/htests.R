# What all tests of hypotheses share: their parts, data and formulas, p-values, intervals, printing.

.htest <- function(...) structure(list(...), class = "htest")

# An error or a warning of the test that asks for it
.refuse <- function(text) stop(simpleError(text, sys.call(-2L)))

.caution <- function(text) warning(simpleWarning(text, sys.call(-2L)))

# How the data are named: the arguments as written
.data_name <- function(..., joint = " and ") paste(vapply(Filter(Negate(is.null), list(...)), deparse1, ""), collapse = joint)

# One or two samples without missing values; pairs become their differences
.samples <- function(x, y, paired) {
  if (!paired) return(list(x = x[!is.na(x)], y = y[!is.na(y)]))
  if (is.null(y)) .refuse("'y' is missing for paired test")
  whole <- complete.cases(x, y)
  list(x = x[whole] - y[whole], y = NULL)
}

# Values and the group of each, from a vector and groups or from a list of groups
.grouped <- function(x, g) {
  if (is.list(x)) {
    g <- rep(seq_along(x), lengths(x))
    x <- unlist(x)
  }
  whole <- complete.cases(x, g)
  list(x = x[whole], g = factor(g[whole]))
}

.alternatives <- c(two.sided = "not equal to", less = "less than", greater = "greater than")

.p_value <- function(alternative, below, above, both = min(1, 2 * min(below, above)))
  switch(alternative, less = below, greater = above, two.sided = both)

# The limits are functions of the share that may lie beyond them; a side that is not asked for is the end of the range.
.interval <- function(alternative, level, lower, upper, range = c(-Inf, Inf)) {
  beyond <- (1 - level) / (1 + (alternative == "two.sided"))
  if (alternative != "less") range[1L] <- lower(beyond)
  if (alternative != "greater") range[2L] <- upper(beyond)
  structure(as.vector(range), conf.level = level)
}

# How many values there are of each
.tie_sizes <- function(x) as.numeric(tabulate(match(x, unique(x))))

# --- formulas

# The variables, of which the call of a method tells
.formula_frame <- function(call, env) {
  formula <- eval(call$formula, env)
  data <- eval(call$data, env)
  if (!is.null(call$subset)) data <- data[which(eval(call$subset, data, env)), , drop = FALSE]
  model.frame(formula, if (is.null(data)) environment(formula) else data)
}

# `test` gets the two groups of values, or the values alone; what it estimates has the groups in its names
.by_formula <- function(test) function(formula, data, subset, na.action, ...) {
  frame <- .formula_frame(match.call(), parent.frame())
  groups <- if (length(frame) > 1L) factor(frame[[2L]])
  if (!nlevels(groups) %in% c(0L, 2L)) stop("grouping factor must have exactly 2 levels")
  samples <- if (is.null(groups)) list(frame[[1L]]) else split(frame[[1L]], groups)
  out <- do.call(test, c(setNames(samples, c("x", "y")[seq_along(samples)]), list(...)))
  out$data.name <- paste(names(frame), collapse = " by ")
  if (length(out$estimate) == 2L) {
    titles <- paste("group", levels(groups))
    names(out$estimate) <- paste("mean in", titles)
    names(out$null.value) <- paste("difference in means between", paste(titles, collapse = " and "))
  }
  out
}

# `test` gets values and the group of each.
.by_groups <- function(test) function(formula, data, subset, na.action, ...) {
  frame <- .formula_frame(match.call(), parent.frame())
  out <- test(frame[[1L]], frame[[2L]])
  out$data.name <- paste(names(frame), collapse = " by ")
  out
}

# --- printing

.hypothesis <- function(null, alternative) {
  if (length(null) != 1L) return(alternative)
  paste("true", names(null), "is", .alternatives[[alternative]], null)
}

.equations <- function(values, figures) {
  if (length(values)) paste(names(values), format(values, digits = figures), sep = " = ")
}

.p_equation <- function(p, figures) {
  text <- format.pval(p, digits = figures)
  if (length(p)) paste0("p-value ", if (!startsWith(text, "<")) "= ", text)
}

print.htest <- function(x, digits = getOption("digits"), prefix = "\t", ...) {
  fewer <- function(by) max(1L, digits - by)
  results <- c(.equations(x$statistic, fewer(2L)), .equations(x$parameter, fewer(2L)), .p_equation(x$p.value, fewer(3L)))
  lines <- c("", strwrap(x$method, prefix = prefix), "", paste0("data:  ", x$data.name), strwrap(toString(results)),
             if (length(x$alternative)) paste0("alternative hypothesis: ", .hypothesis(x$null.value, x$alternative)))
  cat(lines, sep = "\n")
  values <- function(title, part) {
    if (!length(part)) return()
    cat(title, ":\n", sep = "")
    print(part, digits = digits, ...)
  }
  values("null values", if (length(x$null.value) > 1L) x$null.value)
  if (length(x$conf.int)) {
    limits <- format(as.vector(x$conf.int), digits = digits)
    cat(format(100 * attr(x$conf.int, "conf.level")), " percent confidence interval:\n ", paste(limits, collapse = " "), "\n", sep = "")
  }
  values("sample estimates", x$estimate)
  cat("\n")
  invisible(x)
}

# --- several tests

p.adjust.methods <- c("holm", "hochberg", "hommel", "bonferroni", "BH", "BY", "fdr", "none")

p.adjust <- function(p, method = p.adjust.methods, n = length(p)) {
  method <- match.arg(method)
  if (method == "fdr") method <- "BH"
  out <- p
  known <- !is.na(p)
  p <- as.numeric(p[known])
  m <- length(p)
  if (m <= 1L && n <= 1L) return(out)
  if (method == "hommel") stop("p.adjust(method = \"hommel\") is not available")
  up <- order(p)
  down <- order(p, decreasing = TRUE)
  i <- m:1
  out[known] <- switch(method,
    bonferroni = pmin(1, n * p),
    holm = pmin(1, cummax((n + 1 - seq_len(m)) * p[up]))[order(up)],
    hochberg = pmin(1, cummin((n + 1 - i) * p[down]))[order(down)],
    BH = pmin(1, cummin(n / i * p[down]))[order(down)],
    BY = pmin(1, cummin(sum(1 / seq_len(n)) * n / i * p[down]))[order(down)],
    none = p)
  out
}

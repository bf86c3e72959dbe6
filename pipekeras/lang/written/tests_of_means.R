# Tests of means and variances.

t.test <- function(x, ...) UseMethod("t.test")

t.test.default <- function(x, y = NULL, alternative = c("two.sided", "less", "greater"), mu = 0, paired = FALSE,
                           var.equal = FALSE, conf.level = 0.95, ...) {
  side <- match.arg(alternative)
  name <- .data_name(substitute(x), if (!is.null(y)) substitute(y))
  samples <- Filter(Negate(is.null), .samples(x, y, paired))
  error <- .standard_error(samples, var.equal)
  means <- setNames(vapply(samples, mean, 0), paste("mean of", names(samples)))
  if (error$size < 10 * .Machine$double.eps * max(abs(means))) stop("data are essentially constant")
  what <- if (length(means) == 2L) "difference in means" else if (paired) "mean difference" else "mean"
  if (paired) names(means) <- what
  gap <- if (length(means) == 2L) means[[1L]] - means[[2L]] else means[[1L]]
  t <- (gap - mu) / error$size
  width <- function(beyond) qt(beyond, error$df, lower.tail = FALSE) * error$size
  .htest(statistic = c(t = t), parameter = c(df = error$df),
         p.value = .p_value(side, pt(t, error$df), pt(t, error$df, lower.tail = FALSE)),
         conf.int = .interval(side, conf.level, function(b) gap - width(b), function(b) gap + width(b)),
         estimate = means, null.value = setNames(mu, what), stderr = error$size, alternative = side,
         method = if (paired) "Paired t-test" else error$test, data.name = name)
}

# The standard error of a mean or of a difference of two, with its degrees of freedom (Welch 1947)
.standard_error <- function(samples, pooled) {
  n <- lengths(samples)
  two <- length(n) == 2L
  few <- n < if (two && pooled) 1L else 2L
  if (any(few)) .refuse(paste0("not enough '", names(n)[few][1L], "' observations"))
  if (two && sum(n) < 3L) .refuse("not enough observations")
  squares <- vapply(samples, function(x) if (length(x) > 1L) var(x) else 0, 0)
  if (two && pooled) {
    df <- sum(n) - 2
    return(list(size = sqrt(sum((n - 1) * squares) / df * sum(1 / n)), df = df, test = " Two Sample t-test"))
  }
  parts <- squares / n
  list(size = sqrt(sum(parts)), df = if (two) sum(parts)^2 / sum(parts^2 / (n - 1)) else n[[1L]] - 1,
       test = if (two) "Welch Two Sample t-test" else "One Sample t-test")
}

t.test.formula <- .by_formula(function(x, ...) t.test.default(x, ...))

var.test <- function(x, ...) UseMethod("var.test")

var.test.default <- function(x, y, ratio = 1, alternative = c("two.sided", "less", "greater"), conf.level = 0.95, ...) {
  side <- match.arg(alternative)
  name <- .data_name(substitute(x), substitute(y))
  samples <- lapply(list(x = x, y = y), function(v) v[is.finite(v)])
  df <- lengths(samples) - 1L
  if (any(df < 1L)) stop(gettextf("not enough '%s' observations", names(df)[df < 1L][1L]))
  quotient <- var(samples$x) / var(samples$y)
  f <- quotient / ratio
  tail <- function(lower) pf(f, df[["x"]], df[["y"]], lower.tail = lower)
  limit <- function(lower) function(beyond) quotient / qf(beyond, df[["x"]], df[["y"]], lower.tail = lower)
  .htest(statistic = c(F = f), parameter = setNames(df, c("num df", "denom df")),
         p.value = .p_value(side, tail(TRUE), tail(FALSE)),
         conf.int = .interval(side, conf.level, limit(FALSE), limit(TRUE), c(0, Inf)),
         estimate = c("ratio of variances" = quotient), null.value = c("ratio of variances" = ratio),
         alternative = side, method = "F test to compare two variances", data.name = name)
}

var.test.formula <- .by_formula(function(x, ...) var.test.default(x, ...))

bartlett.test <- function(x, ...) UseMethod("bartlett.test")

bartlett.test.default <- function(x, g, ...) {
  name <- .data_name(substitute(x), if (!is.list(x)) substitute(g))
  data <- .grouped(x, g)
  df <- tabulate(data$g) - 1
  if (any(df <= 0)) stop("there must be at least 2 observations in each group")
  spread <- vapply(split(data$x, data$g), var, 0)
  total <- sum(df)
  between <- length(df) - 1
  correction <- 1 + (sum(1 / df) - 1 / total) / (3 * between)
  statistic <- (total * log(sum(df * spread) / total) - sum(df * log(spread))) / correction
  .htest(statistic = c("Bartlett's K-squared" = statistic), parameter = c(df = between),
         p.value = pchisq(statistic, between, lower.tail = FALSE), data.name = name,
         method = "Bartlett test of homogeneity of variances")
}

bartlett.test.formula <- .by_groups(function(x, g) bartlett.test.default(x, g))

# Tests of hypotheses: objects of class htest.

.htest <- function(...) {
  parts <- list(...)
  structure(parts[!vapply(parts, is.null, NA)], class = "htest")
}

.by_formula <- function(test) function(formula, data, subset, na.action, ...) {
  frame <- model.frame(formula, if (missing(data)) environment(formula) else data)
  name <- paste(names(frame), collapse = " by ")
  if (ncol(frame) == 1L) {
    out <- test(x = frame[[1L]], ...)
    out$data.name <- names(frame)
    return(out)
  }
  groups <- factor(frame[[2L]])
  if (nlevels(groups) != 2L) stop("grouping factor must have exactly 2 levels")
  parts <- split(frame[[1L]], groups)
  out <- test(x = parts[[1L]], y = parts[[2L]], ...)
  out$data.name <- name
  if (length(out$estimate) == 2L) {
    names(out$estimate) <- paste("mean in group", levels(groups))
    names(out$null.value) <- paste("difference in means between", paste("group", levels(groups), collapse = " and "))
  }
  out
}

# --- means and variances

t.test <- function(x, ...) UseMethod("t.test")

t.test.default <- function(x, y = NULL, alternative = c("two.sided", "less", "greater"), mu = 0, paired = FALSE,
                           var.equal = FALSE, conf.level = 0.95, ...) {
  alternative <- match.arg(alternative)
  name <- if (is.null(y)) deparse1(substitute(x)) else paste(deparse1(substitute(x)), "and", deparse1(substitute(y)))
  if (paired) {
    if (is.null(y)) stop("'y' is missing for paired test")
    complete <- complete.cases(x, y)
    x <- (x - y)[complete]
    y <- NULL
  }
  x <- x[!is.na(x)]
  if (!is.null(y)) y <- y[!is.na(y)]
  nx <- length(x)
  if (is.null(y)) {
    if (nx < 2) stop("not enough 'x' observations")
    df <- nx - 1
    error <- sqrt(var(x) / nx)
    if (error < 10 * .Machine$double.eps * abs(mean(x))) stop("data are essentially constant")
    center <- mean(x)
    method <- if (paired) "Paired t-test" else "One Sample t-test"
    estimate <- setNames(center, if (paired) "mean difference" else "mean of x")
  } else {
    ny <- length(y)
    if (nx < 1 || (!var.equal && nx < 2)) stop("not enough 'x' observations")
    if (ny < 1 || (!var.equal && ny < 2)) stop("not enough 'y' observations")
    if (var.equal && nx + ny < 3) stop("not enough observations")
    center <- mean(x) - mean(y)
    estimate <- c("mean of x" = mean(x), "mean of y" = mean(y))
    if (var.equal) {
      df <- nx + ny - 2
      pooled <- (if (nx > 1) (nx - 1) * var(x) else 0) + (if (ny > 1) (ny - 1) * var(y) else 0)
      error <- sqrt(pooled / df * (1 / nx + 1 / ny))
      method <- " Two Sample t-test"
    } else {
      ex <- sqrt(var(x) / nx)
      ey <- sqrt(var(y) / ny)
      error <- sqrt(ex^2 + ey^2)
      df <- error^4 / (ex^4 / (nx - 1) + ey^4 / (ny - 1))
      method <- "Welch Two Sample t-test"
    }
    if (error < 10 * .Machine$double.eps * max(abs(mean(x)), abs(mean(y)))) stop("data are essentially constant")
  }
  t <- (center - mu) / error
  out <- .tails_of(t, alternative, function(q, ...) pt(q, df, ...), function(p) qt(p, df), conf.level)
  .htest(statistic = c(t = t), parameter = c(df = df), p.value = out$p,
         conf.int = structure(mu + out$interval * error, conf.level = conf.level), estimate = estimate,
         null.value = setNames(mu, if (paired) "mean difference" else if (is.null(y)) "mean" else "difference in means"),
         stderr = error, alternative = alternative, method = method, data.name = name)
}

# The p-value of a statistic with a symmetric distribution, and the interval around it
.tails_of <- function(t, alternative, below, at, level) switch(alternative,
  less = list(p = below(t), interval = c(-Inf, t + at(level))),
  greater = list(p = below(t, lower.tail = FALSE), interval = c(t - at(level), Inf)),
  list(p = 2 * below(-abs(t)), interval = t + c(-1, 1) * at(1 - (1 - level) / 2)))

t.test.formula <- .by_formula(function(x, ...) t.test.default(x, ...))

var.test <- function(x, ...) UseMethod("var.test")

var.test.default <- function(x, y, ratio = 1, alternative = c("two.sided", "less", "greater"), conf.level = 0.95, ...) {
  alternative <- match.arg(alternative)
  name <- paste(deparse1(substitute(x)), "and", deparse1(substitute(y)))
  x <- x[is.finite(x)]
  y <- y[is.finite(y)]
  m <- length(x) - 1L
  n <- length(y) - 1L
  if (m < 1L) stop("not enough 'x' observations")
  if (n < 1L) stop("not enough 'y' observations")
  estimate <- var(x) / var(y)
  f <- estimate / ratio
  p <- pf(f, m, n)
  tail <- (1 - conf.level) / 2
  interval <- switch(alternative,
    two.sided = c(estimate / qf(1 - tail, m, n), estimate / qf(tail, m, n)),
    greater = c(estimate / qf(conf.level, m, n), Inf),
    less = c(0, estimate / qf(1 - conf.level, m, n)))
  p <- switch(alternative, two.sided = 2 * min(p, 1 - p), greater = pf(f, m, n, lower.tail = FALSE), less = p)
  .htest(statistic = c(F = f), parameter = c("num df" = m, "denom df" = n), p.value = p,
         conf.int = structure(interval, conf.level = conf.level), estimate = c("ratio of variances" = estimate),
         null.value = c("ratio of variances" = ratio), alternative = alternative,
         method = "F test to compare two variances", data.name = name)
}

var.test.formula <- .by_formula(function(x, ...) var.test.default(x, ...))

.grouped <- function(x, g, name) {
  if (is.list(x)) {
    g <- factor(rep(seq_along(x), lengths(x)))
    x <- unlist(x)
  }
  g <- factor(g)
  keep <- complete.cases(x, g)
  list(x = x[keep], g = factor(g[keep]))
}

bartlett.test <- function(x, ...) UseMethod("bartlett.test")

bartlett.test.default <- function(x, g, ...) {
  name <- if (is.list(x)) deparse1(substitute(x)) else paste(deparse1(substitute(x)), "and", deparse1(substitute(g)))
  data <- .grouped(x, g)
  df <- tapply(data$x, data$g, length) - 1
  if (any(df <= 0)) stop("there must be at least 2 observations in each group")
  v <- tapply(data$x, data$g, var)
  total <- sum(df)
  k <- nlevels(data$g)
  statistic <- (total * log(sum(df * v) / total) - sum(df * log(v))) / (1 + (sum(1 / df) - 1 / total) / (3 * (k - 1)))
  .htest(statistic = c("Bartlett's K-squared" = statistic), parameter = c(df = k - 1),
         p.value = pchisq(statistic, k - 1, lower.tail = FALSE), data.name = name,
         method = "Bartlett test of homogeneity of variances")
}

bartlett.test.formula <- function(formula, data, ...) {
  frame <- model.frame(formula, data)
  out <- bartlett.test.default(frame[[1L]], frame[[2L]])
  out$data.name <- paste(names(frame), collapse = " by ")
  out
}

kruskal.test <- function(x, ...) UseMethod("kruskal.test")

kruskal.test.default <- function(x, g, ...) {
  name <- if (is.list(x)) deparse1(substitute(x)) else paste(deparse1(substitute(x)), "and", deparse1(substitute(g)))
  data <- .grouped(x, g)
  n <- length(data$x)
  k <- nlevels(data$g)
  if (k < 2L) stop("all observations are in the same group")
  r <- rank(data$x)
  ties <- table(data$x)
  statistic <- sum(tapply(r, data$g, sum)^2 / tapply(r, data$g, length))
  statistic <- (12 * statistic / (n * (n + 1)) - 3 * (n + 1)) / (1 - sum(ties^3 - ties) / (n^3 - n))
  .htest(statistic = c("Kruskal-Wallis chi-squared" = statistic), parameter = c(df = k - 1L),
         p.value = pchisq(statistic, k - 1L, lower.tail = FALSE), method = "Kruskal-Wallis rank sum test", data.name = name)
}

kruskal.test.formula <- function(formula, data, ...) {
  frame <- model.frame(formula, data)
  out <- kruskal.test.default(frame[[1L]], frame[[2L]])
  out$data.name <- paste(names(frame), collapse = " by ")
  out
}

# --- ranks

wilcox.test <- function(x, ...) UseMethod("wilcox.test")

wilcox.test.default <- function(x, y = NULL, alternative = c("two.sided", "less", "greater"), mu = 0, paired = FALSE,
                                exact = NULL, correct = TRUE, conf.int = FALSE, conf.level = 0.95, ...) {
  alternative <- match.arg(alternative)
  if (conf.int) stop("wilcox.test(conf.int = TRUE) is not available")
  name <- if (is.null(y)) deparse1(substitute(x)) else paste(deparse1(substitute(x)), "and", deparse1(substitute(y)))
  if (paired) {
    complete <- complete.cases(x, y)
    x <- (x - y)[complete]
    y <- NULL
  }
  x <- x[!is.na(x)]
  out <- if (is.null(y)) .signed_ranks(x - mu, alternative, exact, correct)
         else .rank_sums(x - mu, y[!is.na(y)], alternative, exact, correct)
  .htest(statistic = out$statistic, parameter = NULL, p.value = as.numeric(out$p),
         null.value = setNames(mu, if (paired || !is.null(y)) "location shift" else "location"),
         alternative = alternative, method = out$method, data.name = name)
}

.rank_p <- function(z, sigma, alternative, correct) {
  shift <- if (correct) switch(alternative, two.sided = sign(z) * 0.5, greater = 0.5, less = -0.5) else 0
  z <- (z - shift) / sigma
  switch(alternative, less = pnorm(z), greater = pnorm(z, lower.tail = FALSE), 2 * min(pnorm(z), pnorm(z, lower.tail = FALSE)))
}

.signed_ranks <- function(x, alternative, exact, correct) {
  zeroes <- any(x == 0)
  if (zeroes) x <- x[x != 0]
  n <- length(x)
  r <- rank(abs(x))
  v <- sum(r[x > 0])
  ties <- length(r) != length(unique(r))
  if (is.null(exact)) exact <- n < 50
  if (exact && !ties && !zeroes) {
    p <- switch(alternative, less = psignrank(v, n), greater = psignrank(v - 1, n, lower.tail = FALSE),
      min(2 * (if (v > n * (n + 1) / 4) psignrank(v - 1, n, lower.tail = FALSE) else psignrank(v, n)), 1))
    return(list(statistic = c(V = v), p = p, method = "Wilcoxon signed rank exact test"))
  }
  counts <- table(r)
  sigma <- sqrt(n * (n + 1) * (2 * n + 1) / 24 - sum(counts^3 - counts) / 48)
  p <- .rank_p(v - n * (n + 1) / 4, sigma, alternative, correct)
  if (exact && ties) warning("cannot compute exact p-value with ties", call. = FALSE)
  if (exact && zeroes) warning("cannot compute exact p-value with zeroes", call. = FALSE)
  list(statistic = c(V = v), p = p, method = paste0("Wilcoxon signed rank test", if (correct) " with continuity correction"))
}

.rank_sums <- function(x, y, alternative, exact, correct) {
  m <- length(x)
  n <- length(y)
  if (m < 1L) stop("not enough (non-missing) 'x' observations")
  if (n < 1L) stop("not enough 'y' observations")
  r <- rank(c(x, y))
  w <- sum(r[seq_along(x)]) - m * (m + 1) / 2
  ties <- length(r) != length(unique(r))
  if (is.null(exact)) exact <- m < 50 && n < 50
  if (exact && !ties) {
    p <- switch(alternative, less = pwilcox(w, m, n), greater = pwilcox(w - 1, m, n, lower.tail = FALSE),
      min(2 * (if (w > m * n / 2) pwilcox(w - 1, m, n, lower.tail = FALSE) else pwilcox(w, m, n)), 1))
    return(list(statistic = c(W = w), p = p, method = "Wilcoxon rank sum exact test"))
  }
  counts <- table(r)
  sigma <- sqrt(m * n / 12 * ((m + n + 1) - sum(counts^3 - counts) / ((m + n) * (m + n - 1))))
  p <- .rank_p(w - m * n / 2, sigma, alternative, correct)
  if (exact && ties) warning("cannot compute exact p-value with ties", call. = FALSE)
  list(statistic = c(W = w), p = p, method = paste0("Wilcoxon rank sum test", if (correct) " with continuity correction"))
}

wilcox.test.formula <- .by_formula(function(x, ...) wilcox.test.default(x, ...))

# --- counts

chisq.test <- function(x, y = NULL, correct = TRUE, p = rep(1 / length(x), length(x)), rescale.p = FALSE,
                       simulate.p.value = FALSE, B = 2000) {
  name <- deparse1(substitute(x))
  if (simulate.p.value) stop("chisq.test(simulate.p.value = TRUE) is not available")
  if (is.data.frame(x)) x <- as.matrix(x)
  if (is.matrix(x) && min(dim(x)) == 1L) x <- as.vector(x)
  if (!is.matrix(x) && !is.null(y)) {
    if (length(x) != length(y)) stop("'x' and 'y' must have the same length")
    name <- paste(name, "and", deparse1(substitute(y)))
    keep <- complete.cases(x, y)
    x <- factor(x[keep])
    y <- factor(y[keep])
    if (nlevels(x) < 2L || nlevels(y) < 2L) stop("'x' and 'y' must have at least 2 levels")
    x <- table(x, y)
    names(dimnames(x)) <- c(deparse1(substitute(x)), deparse1(substitute(y)))
  }
  if (any(x < 0) || anyNA(x)) stop("all entries of 'x' must be nonnegative and finite")
  n <- sum(x)
  if (n == 0) stop("at least one entry of 'x' must be positive")
  method <- "Pearson's Chi-squared test"
  if (is.matrix(x)) {
    rows <- rowSums(x)
    columns <- colSums(x)
    expected <- outer(rows, columns) / n
    variance <- outer(rows, columns, function(r, c) c * r * (n - r) * (n - c) / n^3)
    dimnames(expected) <- dimnames(x)
    yates <- 0
    if (correct && nrow(x) == 2L && ncol(x) == 2L) {
      yates <- min(0.5, abs(x - expected))
      method <- paste(method, "with Yates' continuity correction")
    }
    df <- (nrow(x) - 1L) * (ncol(x) - 1L)
    statistic <- sum((abs(x - expected) - yates)^2 / expected)
  } else {
    if (length(x) == 1L) stop("'x' must at least have 2 elements")
    if (length(x) != length(p)) stop("'x' and 'p' must have the same number of elements")
    if (any(p < 0)) stop("probabilities must be non-negative.")
    if (abs(sum(p) - 1) > sqrt(.Machine$double.eps)) {
      if (rescale.p) p <- p / sum(p) else stop("probabilities must sum to 1.")
    }
    method <- "Chi-squared test for given probabilities"
    expected <- n * p
    variance <- n * p * (1 - p)
    names(expected) <- names(x)
    df <- length(x) - 1
    statistic <- sum((x - expected)^2 / expected)
  }
  if (any(expected < 5)) warning("Chi-squared approximation may be incorrect")
  .htest(statistic = c("X-squared" = statistic), parameter = c(df = df),
         p.value = pchisq(statistic, df, lower.tail = FALSE), method = method, data.name = name, observed = x,
         expected = expected, residuals = (x - expected) / sqrt(expected), stdres = (x - expected) / sqrt(variance))
}

binom.test <- function(x, n, p = 0.5, alternative = c("two.sided", "less", "greater"), conf.level = 0.95) {
  alternative <- match.arg(alternative)
  name <- deparse1(substitute(x))
  if (length(x) == 2L) {
    n <- sum(x)
    x <- x[1L]
  } else {
    name <- paste(name, "and", deparse1(substitute(n)))
  }
  near <- 1 + 1e-07
  p_value <- switch(alternative, less = pbinom(x, n, p), greater = pbinom(x - 1, n, p, lower.tail = FALSE), {
    # the other tail holds what is as unlikely
    limit <- dbinom(x, n, p) * near
    mean <- n * p
    if (x == mean) 1
    else if (x < mean) pbinom(x, n, p) + pbinom(n - sum(dbinom(ceiling(mean):n, n, p) <= limit), n, p, lower.tail = FALSE)
    else pbinom(sum(dbinom(0:floor(mean), n, p) <= limit) - 1, n, p) + pbinom(x - 1, n, p, lower.tail = FALSE)
  })
  lower <- function(tail) if (x == 0) 0 else qbeta(tail, x, n - x + 1)
  upper <- function(tail) if (x == n) 1 else qbeta(1 - tail, x + 1, n - x)
  tail <- (1 - conf.level) / 2
  interval <- switch(alternative, less = c(0, upper(1 - conf.level)), greater = c(lower(1 - conf.level), 1),
                     c(lower(tail), upper(tail)))
  .htest(statistic = c("number of successes" = x), parameter = c("number of trials" = n), p.value = min(1, p_value),
         conf.int = structure(interval, conf.level = conf.level), estimate = c("probability of success" = x / n),
         null.value = c("probability of success" = p), alternative = alternative, method = "Exact binomial test",
         data.name = name)
}

prop.test <- function(x, n, p = NULL, alternative = c("two.sided", "less", "greater"), conf.level = 0.95, correct = TRUE) {
  alternative <- match.arg(alternative)
  name <- if (is.matrix(x)) deparse1(substitute(x)) else paste(deparse1(substitute(x)), "out of", deparse1(substitute(n)))
  if (is.matrix(x)) {
    n <- rowSums(x)
    x <- x[, 1L]
  }
  k <- length(x)
  if (is.null(p) && k == 1L) p <- 0.5
  if (!is.null(p)) name <- paste0(name, ", null ", if (k == 1L) "probability " else "probabilities ", deparse1(p))
  estimate <- setNames(x / n, if (k == 1L) "p" else paste("prop", seq_len(k)))
  if (k > 2L) alternative <- "two.sided"
  yates <- if (correct && k <= 2L) 0.5 else 0
  tail <- if (alternative == "two.sided") (1 + conf.level) / 2 else conf.level
  z <- qnorm(tail)
  interval <- NULL
  if (k == 1L) {
    yates <- min(yates, abs(x - n * p))
    half <- z^2 / (2 * n)
    up <- x / n + yates / n
    down <- x / n - yates / n
    high <- if (up >= 1) 1 else (up + half + z * sqrt(up * (1 - up) / n + half / (2 * n))) / (1 + 2 * half)
    low <- if (down <= 0) 0 else (down + half - z * sqrt(down * (1 - down) / n + half / (2 * n))) / (1 + 2 * half)
    interval <- switch(alternative, less = c(0, high), greater = c(low, 1), c(low, high))
  } else if (k == 2L && is.null(p)) {
    difference <- estimate[[1L]] - estimate[[2L]]
    yates <- min(yates, abs(difference) / sum(1 / n))
    width <- z * sqrt(sum(estimate * (1 - estimate) / n)) + yates * sum(1 / n)
    interval <- c(max(difference - width, -1), min(difference + width, 1))
    interval <- switch(alternative, less = c(-1, interval[2L]), greater = c(interval[1L], 1), interval)
  }
  common <- if (is.null(p)) sum(x) / sum(n) else p
  df <- if (is.null(p)) k - 1 else k
  expected <- cbind(n * common, n * (1 - common))
  statistic <- sum((abs(cbind(x, n - x) - expected) - yates)^2 / expected)
  if (any(expected < 5)) warning("Chi-squared approximation may be incorrect")
  value <- if (alternative == "two.sided") pchisq(statistic, df, lower.tail = FALSE) else {
    sign <- if (k == 1L) sign(estimate - p) else sign(difference)
    pnorm(sign * sqrt(statistic), lower.tail = alternative == "less")
  }
  how <- if (k == 1L) "1-sample proportions test" else paste0(k, "-sample test for ", if (is.null(p)) "equality of" else "given", " proportions")
  .htest(statistic = c("X-squared" = as.numeric(statistic)), parameter = c(df = df), p.value = as.numeric(value),
         estimate = estimate, null.value = if (!is.null(p)) setNames(p, names(estimate)),
         conf.int = if (!is.null(interval)) structure(as.vector(interval), conf.level = conf.level), alternative = alternative,
         method = paste(how, if (yates) "with continuity correction" else "without continuity correction"), data.name = name)
}

fisher.test <- function(x, y = NULL, workspace = 200000, hybrid = FALSE, hybridPars = c(expect = 5, percent = 80, Emin = 1),
                        control = list(), or = 1, alternative = "two.sided", conf.int = TRUE, conf.level = 0.95,
                        simulate.p.value = FALSE, B = 2000) {
  name <- deparse1(substitute(x))
  if (!is.matrix(x)) {
    name <- paste(name, "and", deparse1(substitute(y)))
    x <- table(x, y)
  }
  if (any(dim(x) != 2L)) stop("fisher.test() of tables larger than 2 by 2 is not available")
  m <- sum(x[, 1L])
  n <- sum(x[, 2L])
  k <- sum(x[1L, ])
  count <- x[1L, 1L]
  support <- max(0L, k - n):min(k, m)
  logs <- dhyper(support, m, n, k, log = TRUE)
  chances <- function(odds) {
    d <- logs + log(odds) * support
    d <- exp(d - max(d))
    d / sum(d)
  }
  mean_of <- function(odds) {
    if (odds == 0) return(support[1L])
    if (odds == Inf) return(support[length(support)])
    sum(support * chances(odds))
  }
  at_least <- function(q, odds, upper) {
    if (odds == 1) return(if (upper) phyper(q - 1, m, n, k, lower.tail = FALSE) else phyper(q, m, n, k))
    if (odds == 0) return(as.numeric(if (upper) q <= support[1L] else q >= support[1L]))
    if (odds == Inf) return(as.numeric(if (upper) q <= support[length(support)] else q >= support[length(support)]))
    sum(chances(odds)[if (upper) support >= q else support <= q])
  }
  value <- switch(alternative, less = at_least(count, or, FALSE), greater = at_least(count, or, TRUE), {
    d <- chances(or)
    sum(d[d <= d[count - support[1L] + 1] * (1 + 10^(-7))])
  })
  solve_for <- function(f) {
    at_one <- f(1)
    if (at_one > 0) uniroot(f, c(0, 1))$root
    else if (at_one < 0) 1 / uniroot(function(t) f(1 / t), c(.Machine$double.eps, 1))$root
    else 1
  }
  estimate <- if (count == support[1L]) 0 else if (count == support[length(support)]) Inf
              else solve_for(function(t) mean_of(t) - count)
  lower <- function(tail) if (count == support[1L]) 0 else solve_for(function(t) at_least(count, t, TRUE) - tail)
  upper <- function(tail) if (count == support[length(support)]) Inf else solve_for(function(t) tail - at_least(count, t, FALSE))
  tail <- (1 - conf.level) / 2
  interval <- if (conf.int) switch(alternative, less = c(0, upper(1 - conf.level)), greater = c(lower(1 - conf.level), Inf),
                                   c(lower(tail), upper(tail)))
  .htest(p.value = min(1, value), conf.int = if (conf.int) structure(interval, conf.level = conf.level),
         estimate = c("odds ratio" = estimate), null.value = c("odds ratio" = or), alternative = alternative,
         method = "Fisher's Exact Test for Count Data", data.name = name)
}

# --- distributions

shapiro.test <- function(x) {
  name <- deparse1(substitute(x))
  x <- sort(x[complete.cases(x)])
  n <- length(x)
  if (n < 3L) stop("sample size must be between 3 and 5000")
  if (x[n] - x[1L] == 0) stop("all 'x' values are identical")
  half <- n %/% 2L
  a <- if (n == 3L) sqrt(0.5) else {
    m <- qnorm((seq_len(half) - 0.375) / (n + 0.25))
    total <- 2 * sum(m^2)
    u <- 1 / sqrt(n)
    first <- sum(c(0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056) * u^(0:5)) - m[1L] / sqrt(total)
    if (n > 5L) {
      second <- -m[2L] / sqrt(total) + sum(c(0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633) * u^(0:5))
      scale <- sqrt((total - 2 * m[1L]^2 - 2 * m[2L]^2) / (1 - 2 * first^2 - 2 * second^2))
      c(first, second, if (half > 2L) -m[3:half] / scale)
    } else {
      scale <- sqrt((total - 2 * m[1L]^2) / (1 - 2 * first^2))
      c(first, -m[-1L] / scale)
    }
  }
  weights <- c(-a, if (n %% 2L) 0, rev(a))
  range <- x[n] - x[1L]
  scaled <- x / range
  w <- cor(scaled, weights)^2
  rest <- 1 - w
  y <- log(rest)
  log_n <- log(n)
  value <- if (n == 3L) max(0, 6 / pi * (asin(sqrt(w)) - asin(sqrt(0.75)))) else {
    if (n <= 11L) {
      limit <- -2.273 + 0.459 * n
      if (y >= limit) 1e-99 else {
        y <- -log(limit - y)
        mean <- sum(c(0.544, -0.39978, 0.025054, -6.714e-04) * n^(0:3))
        sd <- exp(sum(c(1.3822, -0.77857, 0.062767, -0.0020322) * n^(0:3)))
        pnorm(y, mean, sd, lower.tail = FALSE)
      }
    } else {
      mean <- sum(c(-1.5861, -0.31082, -0.083751, 0.0038915) * log_n^(0:3))
      sd <- exp(sum(c(-0.4803, -0.082676, 0.0030302) * log_n^(0:2)))
      pnorm(y, mean, sd, lower.tail = FALSE)
    }
  }
  .htest(statistic = c(W = w), p.value = value, method = "Shapiro-Wilk normality test", data.name = name)
}

ks.test <- function(x, y, ..., alternative = c("two.sided", "less", "greater"), exact = NULL) {
  alternative <- match.arg(alternative)
  name <- deparse1(substitute(x))
  x <- x[!is.na(x)]
  n <- length(x)
  if (is.character(y)) y <- get(y, mode = "function", envir = parent.frame())
  against <- is.function(y)
  if (against) {
    sizes <- n
    ties <- length(unique(x)) < n
    if (ties) warning("ties should not be present for the Kolmogorov-Smirnov test")
    gaps <- y(sort(x), ...) - (0:(n - 1)) / n
    d <- switch(alternative, greater = max(1 / n - gaps), less = max(gaps), max(c(gaps, 1 / n - gaps)))
    if (is.null(exact)) exact <- n < 100 && !ties
    method <- paste(if (exact) "Exact" else "Asymptotic", "one-sample Kolmogorov-Smirnov test")
    what <- "one-sample"
  } else {
    name <- paste(name, "and", deparse1(substitute(y)))
    y <- y[!is.na(y)]
    m <- length(y)
    w <- c(x, y)
    steps <- cumsum(ifelse(order(w) <= n, 1 / n, -1 / m))
    ties <- length(unique(w)) < n + m
    if (ties) steps <- steps[c(which(diff(sort(w)) != 0), n + m)]
    d <- switch(alternative, greater = max(steps), less = -min(steps), max(abs(steps)))
    if (is.null(exact)) exact <- as.double(n) * m < 10000
    sizes <- c(n, m)
    method <- paste(if (exact) "Exact" else "Asymptotic", "two-sample Kolmogorov-Smirnov test")
  }
  value <- if (against) .ks_one(d, n, alternative, exact) else .ks_two(d, sizes, w, alternative, exact)
  note <- if (against) switch(alternative, greater = "the CDF of x lies above the null hypothesis", less = "the CDF of x lies below the null hypothesis", "two-sided")
          else switch(alternative, greater = "the CDF of x lies above that of y", less = "the CDF of x lies below that of y", "two-sided")
  .htest(statistic = setNames(d, switch(alternative, greater = "D^+", less = "D^-", "D")), p.value = min(1, max(0, value)),
         alternative = note, method = method, data.name = name, exact = exact)
}

# Marsaglia, Tsang & Wang 2003
.ks_exact <- function(d, n) {
  k <- floor(n * d) + 1
  m <- 2 * k - 1
  h <- k - n * d
  step <- outer(seq_len(m), seq_len(m), function(i, j) as.numeric(i - j + 1 >= 0))
  step[, 1L] <- step[, 1L] - h^seq_len(m)
  step[m, ] <- step[m, ] - h^(m:1)
  if (2 * h > 1) step[m, 1L] <- step[m, 1L] + (2 * h - 1)^m
  step <- step / outer(seq_len(m), seq_len(m), function(i, j) ifelse(i - j + 1 > 0, factorial(pmax(i - j + 1, 0)), 1))
  power <- diag(m)
  for (i in seq_len(n)) power <- power %*% step * i / n
  power[k, k]
}

# The limiting distribution, to six digits as R has it
.kolmogorov <- function(z) {
  if (z <= 0) return(0)
  if (z < 1) return(sqrt(2 * pi) / z * exp(-pi^2 / (8 * z^2)))
  steps <- 2 * (-1)^(1:100) * exp(-2 * (1:100)^2 * z^2)
  1 + sum(steps[seq_len(which(abs(steps) <= 1e-6)[1L])])
}

.ks_one <- function(d, n, alternative, exact) {
  if (alternative == "two.sided") return(1 - if (exact) .ks_exact(d, n) else .kolmogorov(sqrt(n) * d))
  if (!exact) return(exp(-2 * n * d^2))
  j <- 0:floor(n * (1 - d))
  d * sum(exp(lchoose(n, j) + (n - j) * log(1 - d - j / n) + (j - 1) * log(d + j / n)))
}

.ks_two <- function(d, sizes, w, alternative, exact) {
  m <- sizes[1L]
  n <- sizes[2L]
  if (!exact) {
    scaled <- sqrt(m * n / (m + n)) * d
    return(if (alternative == "two.sided") 1 - .kolmogorov(scaled) else exp(-2 * scaled^2))
  }
  # paths that stay inside, counted as chances; ties are steps at which nothing is looked at
  looked <- c(diff(sort(w)) != 0, TRUE)
  q <- (0.5 + floor(d * m * n - 1e-7)) / (m * n)
  out <- function(i, j) {
    gap <- i / m - j / n
    far <- switch(alternative, two.sided = abs(gap), greater = gap, less = -gap)
    far >= q & looked[i + j]
  }
  u <- numeric(n + 1)
  u[1L] <- 1
  for (j in seq_len(n)) u[j + 1] <- if (out(0, j)) 0 else u[j]
  for (i in seq_len(m)) {
    u[1L] <- if (out(i, 0)) 0 else u[1L]
    for (j in seq_len(n)) u[j + 1] <- if (out(i, j)) 0 else i / (i + j) * u[j + 1] + j / (i + j) * u[j]
  }
  1 - u[n + 1]
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

dmultinom <- function(x, size = NULL, prob, log = FALSE) {
  if (length(x) != length(prob)) stop("x[] and prob[] must be equal length vectors.")
  prob <- prob / sum(prob)
  x <- as.integer(x + 0.5)
  used <- prob != 0
  if (any(x[!used] != 0)) return(if (log) -Inf else 0)
  value <- lgamma(sum(x) + 1) + sum(x[used] * log(prob[used]) - lgamma(x[used] + 1))
  if (log) value else exp(value)
}

# --- correlation

cor.test <- function(x, ...) UseMethod("cor.test")

cor.test.default <- function(x, y, alternative = c("two.sided", "less", "greater"),
                             method = c("pearson", "kendall", "spearman"), exact = NULL, conf.level = 0.95,
                             continuity = FALSE, ...) {
  alternative <- match.arg(alternative)
  method <- match.arg(method)
  name <- paste(deparse1(substitute(x)), "and", deparse1(substitute(y)))
  if (!is.numeric(x)) stop("'x' must be a numeric vector")
  if (!is.numeric(y)) stop("'y' must be a numeric vector")
  if (length(x) != length(y)) stop("'x' and 'y' must have the same length")
  known <- complete.cases(x, y)
  x <- x[known]
  y <- y[known]
  n <- length(x)
  out <- switch(method, pearson = .pearson(x, y, n, alternative, conf.level),
    kendall = .kendall(x, y, n, alternative, exact, continuity),
    spearman = .spearman(x, y, n, alternative, exact, continuity))
  .htest(statistic = out$statistic, parameter = out$parameter, p.value = min(1, out$p), estimate = out$estimate,
         null.value = out$null, alternative = alternative, method = out$method, data.name = name, conf.int = out$interval)
}

cor.test.formula <- function(formula, data, subset, na.action, ...) {
  frame <- model.frame(formula, if (missing(data)) environment(formula) else data)
  if (ncol(frame) != 2L) stop("invalid formula")
  out <- cor.test.default(frame[[1L]], frame[[2L]], ...)
  out$data.name <- paste(names(frame), collapse = " and ")
  out
}

.pearson <- function(x, y, n, alternative, level) {
  if (n < 3L) stop("not enough finite observations")
  r <- cor(x, y)
  df <- n - 2L
  t <- sqrt(df) * r / sqrt(1 - r^2)
  interval <- NULL
  if (n > 3) {
    width <- qnorm(if (alternative == "two.sided") (1 + level) / 2 else level) / sqrt(n - 3)
    interval <- tanh(atanh(r) + c(-width, width))
    if (alternative == "less") interval[1L] <- -1
    if (alternative == "greater") interval[2L] <- 1
    attr(interval, "conf.level") <- level
  }
  p <- switch(alternative, less = pt(t, df), greater = pt(t, df, lower.tail = FALSE), 2 * min(pt(t, df), pt(t, df, lower.tail = FALSE)))
  list(statistic = c(t = t), parameter = c(df = df), p = p, estimate = c(cor = r), null = c(correlation = 0),
       interval = interval, method = "Pearson's product-moment correlation")
}

.kendall <- function(x, y, n, alternative, exact, continuity) {
  if (n < 2L) stop("not enough finite observations")
  r <- cor(x, y, method = "kendall")
  ties <- min(length(unique(x)), length(unique(y))) < n
  if (is.null(exact)) exact <- n < 50
  out <- list(estimate = c(tau = r), null = c(tau = 0), method = "Kendall's rank correlation tau")
  if (exact && !ties) {
    q <- round((r + 1) * n * (n - 1) / 4)
    upper <- 1 - .kendall_below(q - 1, n)
    out$statistic <- c(T = q)
    out$p <- switch(alternative, two.sided = 2 * min(.kendall_below(q, n), upper), greater = upper, less = .kendall_below(q, n))
    return(out)
  }
  tied <- function(v) {
    counts <- table(v[duplicated(v)]) + 1
    c(sum(counts * (counts - 1)) / 2, sum(counts * (counts - 1) * (2 * counts + 5)), sum(counts * (counts - 1) * (counts - 2)))
  }
  a <- tied(x)
  b <- tied(y)
  pairs <- n * (n - 1) / 2
  s <- r * sqrt((pairs - a[1L]) * (pairs - b[1L]))
  variance <- (n * (n - 1) * (2 * n + 5) - a[2L] - b[2L]) / 18 + 4 * a[1L] * b[1L] / (2 * n * (n - 1)) +
    a[3L] * b[3L] / (9 * n * (n - 1) * (n - 2))
  if (exact && ties) warning("Cannot compute exact p-value with ties", call. = FALSE)
  if (continuity) s <- sign(s) * (abs(s) - 1)
  z <- s / sqrt(variance)
  out$statistic <- c(z = z)
  out$p <- switch(alternative, less = pnorm(z), greater = pnorm(z, lower.tail = FALSE), 2 * min(pnorm(z), pnorm(z, lower.tail = FALSE)))
  out
}

.spearman <- function(x, y, n, alternative, exact, continuity) {
  if (n < 2L) stop("not enough finite observations")
  r <- cor(rank(x), rank(y))
  ties <- min(length(unique(x)), length(unique(y))) < n
  if (is.null(exact)) exact <- n < 10
  q <- (n^3 - n) * (1 - r) / 6
  if (exact && ties) {
    warning("Cannot compute exact p-value with ties", call. = FALSE)
    exact <- FALSE
  }
  below <- function(q, lower) {
    if (exact && n < 10) return(if (lower) .spearman_below(round(q), n) else 1 - .spearman_below(round(q) - 2, n))
    if (exact) stop("exact p-values of Spearman's rho are available for fewer than 10 values")
    rho <- 1 - 6 * q / (n * (n^2 - 1))
    if (continuity) rho <- 1 - 6 * (q + if (lower) 1 else -1) / (n * (n^2 - 1))
    pt(rho / sqrt((1 - rho^2) / (n - 2)), n - 2, lower.tail = !lower)
  }
  p <- switch(alternative, two.sided = 2 * below(q, q <= (n^3 - n) / 6), greater = below(q, TRUE), less = below(q, FALSE))
  list(statistic = c(S = q), p = p, estimate = c(rho = r), null = c(rho = 0), method = "Spearman's rank correlation rho")
}

# --- printing

print.htest <- function(x, digits = getOption("digits"), prefix = "\t", ...) {
  cat("\n")
  cat(strwrap(x$method, prefix = prefix), sep = "\n")
  cat("\n")
  cat("data:  ", x$data.name, "\n", sep = "")
  shown <- character()
  for (part in list(x$statistic, x$parameter)) {
    if (!is.null(part)) shown <- c(shown, paste(names(part), "=", format(part, digits = max(1L, digits - 2L))))
  }
  if (!is.null(x$p.value)) {
    p <- format.pval(x$p.value, digits = max(1L, digits - 3L))
    shown <- c(shown, paste("p-value", if (startsWith(p, "<")) p else paste("=", p)))
  }
  cat(strwrap(paste(shown, collapse = ", ")), sep = "\n")
  if (!is.null(x$alternative)) {
    cat("alternative hypothesis: ")
    if (is.null(x$null.value)) cat(x$alternative, "\n", sep = "")
    else if (length(x$null.value) == 1L) {
      how <- switch(x$alternative, two.sided = "not equal to", less = "less than", greater = "greater than")
      cat("true ", names(x$null.value), " is ", how, " ", x$null.value, "\n", sep = "")
    } else {
      cat(x$alternative, "\nnull values:\n", sep = "")
      print(x$null.value, digits = digits, ...)
    }
  }
  if (!is.null(x$conf.int)) {
    cat(format(100 * attr(x$conf.int, "conf.level")), " percent confidence interval:\n", " ",
        paste(format(x$conf.int[1:2], digits = digits), collapse = " "), "\n", sep = "")
  }
  if (!is.null(x$estimate)) {
    cat("sample estimates:\n")
    print(x$estimate, digits = digits, ...)
  }
  cat("\n")
  invisible(x)
}

# Tests of correlation.

cor.test <- function(x, ...) UseMethod("cor.test")

cor.test.default <- function(x, y, alternative = c("two.sided", "less", "greater"),
                             method = c("pearson", "kendall", "spearman"), exact = NULL, conf.level = 0.95,
                             continuity = FALSE, ...) {
  side <- match.arg(alternative)
  kind <- match.arg(method)
  name <- .data_name(substitute(x), substitute(y))
  for (which in c("x", "y")) {
    if (!is.numeric(get(which))) stop(gettextf("'%s' must be a numeric vector", which))
  }
  if (length(x) != length(y)) stop("'x' and 'y' must have the same length")
  pairs <- list(x = x, y = y)
  pairs <- lapply(pairs, `[`, complete.cases(x, y))
  if (length(pairs$x) < if (kind == "pearson") 3L else 2L) stop("not enough finite observations")
  exact <- kind != "pearson" && .exact_ranks(pairs$x, pairs$y, exact, if (kind == "kendall") 50 else 1290)
  test <- switch(kind, pearson = .pearson(pairs$x, pairs$y, side, conf.level),
                 kendall = .kendall(pairs$x, pairs$y, side, exact, continuity),
                 spearman = .spearman(pairs$x, pairs$y, side, exact, continuity))
  parts <- list(statistic = test$statistic, parameter = test$parameter, p.value = test$p, estimate = test$estimate,
                null.value = test$null, alternative = side, method = test$title, data.name = name)
  do.call(.htest, c(parts, if (!is.null(test$interval)) list(conf.int = test$interval)))
}

cor.test.formula <- function(formula, data, subset, na.action, ...) {
  frame <- .formula_frame(match.call(), parent.frame())
  if (ncol(frame) != 2L) stop("invalid formula")
  out <- cor.test.default(frame[[1L]], frame[[2L]], ...)
  out$data.name <- paste(names(frame), collapse = " and ")
  out
}

# Exact tails need ranks without ties.
.exact_ranks <- function(x, y, exact, few) {
  if (is.null(exact)) exact <- length(x) < few
  ties <- anyDuplicated(x) || anyDuplicated(y)
  if (exact && ties) .caution("Cannot compute exact p-value with ties")
  exact && !ties
}

.pearson <- function(x, y, side, level) {
  r <- cor(x, y)
  df <- length(x) - 2L
  t <- r * sqrt(df / (1 - r^2))
  # Fisher's z is about normal
  limit <- function(sign) function(beyond) tanh(atanh(r) + sign * qnorm(beyond, lower.tail = FALSE) / sqrt(df - 1))
  list(statistic = c(t = t), parameter = c(df = df), p = .p_value(side, pt(t, df), pt(t, df, lower.tail = FALSE)),
       estimate = c(cor = r), null = c(correlation = 0),
       interval = if (df > 1L) .interval(side, level, limit(-1), limit(1), c(-1, 1)),
       title = "Pearson's product-moment correlation")
}

.kendall <- function(x, y, side, exact, continuity) {
  n <- length(x)
  tau <- cor(x, y, method = "kendall")
  test <- list(estimate = c(tau = tau), null = c(tau = 0), title = "Kendall's rank correlation tau")
  if (exact) {
    # pairs in the same order; the distribution is symmetric
    pairs <- choose(n, 2)
    same <- round((tau + 1) * pairs / 2)
    tails <- list(statistic = c(T = same), p = .p_value(side, .kendall_below(same, n), .kendall_below(pairs - same, n)))
    return(c(test, tails))
  }
  # Kendall 1970: the variance of the score with ties
  ties <- list(.tie_sizes(x), .tie_sizes(y))
  both <- function(f) prod(vapply(ties, function(t) sum(f(t)), 0))
  score <- tau * sqrt(prod(choose(n, 2) - vapply(ties, function(t) sum(choose(t, 2)), 0)))
  lost <- function(t) t * (t - 1) * (2 * t + 5)
  variance <- (lost(n) - sum(lost(unlist(ties)))) / 18 + both(function(t) t * (t - 1)) / (2 * n * (n - 1)) +
    if (n > 2L) both(function(t) t * (t - 1) * (t - 2)) / (9 * n * (n - 1) * (n - 2)) else 0
  z <- (score - if (continuity) sign(score) else 0) / sqrt(variance)
  c(test, list(statistic = c(z = z), p = .p_value(side, pnorm(z), pnorm(-z))))
}

.spearman <- function(x, y, side, exact, continuity) {
  n <- length(x)
  rho <- cor(rank(x), rank(y))
  most <- (n^3 - n) / 3  # the squared differences of ranks in reverse order; their distribution is symmetric
  squares <- most * (1 - rho) / 2
  r <- 1 - squares / (most / 2 + continuity)
  t <- r * sqrt((n - 2) / (1 - r^2))
  p <- if (exact) .p_value(side, .spearman_below(round(most - squares), n), .spearman_below(round(squares), n))
       else .p_value(side, pt(t, n - 2), pt(t, n - 2, lower.tail = FALSE))
  list(statistic = c(S = squares), p = p, estimate = c(rho = rho), null = c(rho = 0),
       title = "Spearman's rank correlation rho")
}

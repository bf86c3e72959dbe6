# Tests of ranks.

kruskal.test <- function(x, ...) UseMethod("kruskal.test")

kruskal.test.default <- function(x, g, ...) {
  name <- .data_name(substitute(x), if (!is.list(x)) substitute(g))
  data <- .grouped(x, g)
  between <- nlevels(data$g) - 1L
  if (between < 1L) stop("all observations are in the same group")
  # how far the groups' mean ranks lie from the mean of all, by the variance of the ranks, which knows of ties
  ranks <- split(rank(data$x), data$g)
  middle <- (length(data$x) + 1) / 2
  statistic <- sum(lengths(ranks) * (vapply(ranks, mean, 0) - middle)^2) / var(unlist(ranks))
  .htest(statistic = c("Kruskal-Wallis chi-squared" = statistic), parameter = c(df = between),
         p.value = pchisq(statistic, between, lower.tail = FALSE), method = "Kruskal-Wallis rank sum test", data.name = name)
}

kruskal.test.formula <- .by_groups(function(x, g) kruskal.test.default(x, g))

wilcox.test <- function(x, ...) UseMethod("wilcox.test")

wilcox.test.default <- function(x, y = NULL, alternative = c("two.sided", "less", "greater"), mu = 0, paired = FALSE,
                                exact = NULL, correct = TRUE, conf.int = FALSE, conf.level = 0.95, ...) {
  side <- match.arg(alternative)
  if (conf.int) stop("wilcox.test(conf.int = TRUE) is not available")
  name <- .data_name(substitute(x), if (!is.null(y)) substitute(y))
  samples <- .samples(x, y, paired)
  ranked <- if (is.null(samples$y)) .signed_ranks(samples$x - mu) else .rank_sums(samples$x - mu, samples$y)
  p <- .rank_p(ranked, side, if (is.null(exact)) ranked$few else exact, correct)
  .htest(statistic = ranked$statistic, parameter = NULL, p.value = p$value,
         null.value = setNames(mu, if (is.null(y)) "location" else "location shift"), alternative = side,
         method = paste(ranked$test, p$how), data.name = name)
}

# What is known of a sum of ranks: its mean, variance and lower tail if there is no relation, and what forbids the tail

.signed_ranks <- function(x) {
  away <- x[x != 0]
  n <- length(away)
  ranks <- rank(abs(away))
  ties <- .tie_sizes(ranks)
  list(statistic = c(V = sum(ranks[away > 0])), mean = n * (n + 1) / 4,
       variance = n * (n + 1) * (2 * n + 1) / 24 - sum(ties^3 - ties) / 48, below = function(q) psignrank(q, n),
       few = n < 50, obstacles = c("ties", "zeroes")[c(any(ties > 1), n < length(x))], test = "Wilcoxon signed rank")
}

.rank_sums <- function(x, y) {
  m <- length(x)
  n <- length(y)
  if (m < 1L) .refuse("not enough (non-missing) 'x' observations")
  if (n < 1L) .refuse("not enough 'y' observations")
  ranks <- rank(c(x, y))
  ties <- .tie_sizes(ranks)
  list(statistic = c(W = sum(ranks[seq_len(m)]) - m * (m + 1) / 2), mean = m * n / 2,
       variance = m * n / (m + n) * var(ranks), below = function(q) pwilcox(q, m, n),
       few = m < 50 && n < 50, obstacles = if (any(ties > 1)) "ties", test = "Wilcoxon rank sum")
}

# Both distributions are symmetric about their mean.
.rank_p <- function(ranked, side, exact, correct) {
  w <- ranked$statistic[[1L]]
  if (exact && !length(ranked$obstacles)) {
    return(list(value = .p_value(side, ranked$below(w), ranked$below(2 * ranked$mean - w)), how = "exact test"))
  }
  if (exact) for (what in ranked$obstacles) .caution(paste("cannot compute exact p-value with", what))
  gap <- w - ranked$mean
  toward <- if (correct) 0.5 * switch(side, less = -1, greater = 1, two.sided = sign(gap)) else 0
  z <- (gap - toward) / sqrt(ranked$variance)
  list(value = .p_value(side, pnorm(z), pnorm(-z)), how = paste0("test", if (correct) " with continuity correction"))
}

wilcox.test.formula <- .by_formula(function(x, ...) wilcox.test.default(x, ...))

# Tests of counts.

# Pearson's measure of what lies between counts and their expectations
.chi_squared <- function(counts, expected, yates = 0) {
  if (any(expected < 5)) .caution("Chi-squared approximation may be incorrect")
  c("X-squared" = sum((abs(counts - expected) - yates)^2 / expected))
}

chisq.test <- function(x, y = NULL, correct = TRUE, p = rep(1 / length(x), length(x)), rescale.p = FALSE,
                       simulate.p.value = FALSE, B = 2000) {
  titles <- c(.data_name(substitute(x)), .data_name(substitute(y)))
  if (simulate.p.value) stop("chisq.test(simulate.p.value = TRUE) is not available")
  if (is.data.frame(x)) x <- as.matrix(x)
  if (is.matrix(x) && 1L %in% dim(x)) x <- as.vector(x)
  crossed <- !is.matrix(x) && !is.null(y)
  if (crossed) x <- .crossed(x, y, titles)
  if (anyNA(x) || min(x) < 0) stop("all entries of 'x' must be nonnegative and finite")
  if (sum(x) == 0) stop("at least one entry of 'x' must be positive")
  model <- if (is.matrix(x)) .independence(x, correct) else .given_chances(x, p, rescale.p)
  statistic <- .chi_squared(x, model$expected, model$yates)
  off <- x - model$expected
  .htest(statistic = statistic, parameter = c(df = model$df), p.value = pchisq(statistic[[1L]], model$df, lower.tail = FALSE),
         method = model$test, data.name = paste(titles[c(TRUE, crossed)], collapse = " and "), observed = x,
         expected = model$expected, residuals = off / sqrt(model$expected), stdres = off / sqrt(model$variance))
}

.crossed <- function(x, y, titles) {
  if (length(x) != length(y)) .refuse("'x' and 'y' must have the same length")
  whole <- complete.cases(x, y)
  counts <- table(factor(x[whole]), factor(y[whole]))
  if (any(dim(counts) < 2L)) .refuse("'x' and 'y' must have at least 2 levels")
  names(dimnames(counts)) <- titles
  counts
}

.independence <- function(x, correct) {
  n <- sum(x)
  rows <- rowSums(x)
  columns <- colSums(x)
  expected <- tcrossprod(rows, columns) / n
  dimnames(expected) <- dimnames(x)
  correct <- correct && all(dim(x) == 2L)
  list(expected = expected, variance = expected * tcrossprod(1 - rows / n, 1 - columns / n), df = (nrow(x) - 1L) * (ncol(x) - 1L),
       yates = if (correct) min(0.5, abs(x - expected)) else 0,
       test = paste0("Pearson's Chi-squared test", if (correct) " with Yates' continuity correction"))
}

.given_chances <- function(x, p, rescale) {
  if (length(x) < 2L) .refuse("'x' must at least have 2 elements")
  if (length(x) != length(p)) .refuse("'x' and 'p' must have the same number of elements")
  if (any(p < 0)) .refuse("probabilities must be non-negative.")
  if (rescale) p <- p / sum(p)
  if (!isTRUE(all.equal(sum(p), 1))) .refuse("probabilities must sum to 1.")
  expected <- setNames(sum(x) * p, names(x))
  list(expected = expected, variance = expected * (1 - p), df = length(x) - 1, yates = 0,
       test = "Chi-squared test for given probabilities")
}

binom.test <- function(x, n, p = 0.5, alternative = c("two.sided", "less", "greater"), conf.level = 0.95) {
  side <- match.arg(alternative)
  pair <- length(x) == 2L
  name <- .data_name(substitute(x), if (!pair) substitute(n))
  hits <- x[[1L]]
  trials <- if (pair) sum(x) else n
  # Clopper & Pearson 1934
  lower <- function(beyond) if (hits == 0) 0 else qbeta(beyond, hits, trials - hits + 1)
  upper <- function(beyond) if (hits == trials) 1 else qbeta(beyond, hits + 1, trials - hits, lower.tail = FALSE)
  share <- function(value) c("probability of success" = value)
  .htest(statistic = c("number of successes" = hits), parameter = c("number of trials" = trials),
         p.value = .p_value(side, pbinom(hits, trials, p), pbinom(hits - 1, trials, p, lower.tail = FALSE),
                            .both_tails(hits, trials, p)),
         conf.int = .interval(side, conf.level, lower, upper, c(0, 1)), estimate = share(hits / trials),
         null.value = share(p), alternative = side, method = "Exact binomial test", data.name = name)
}

# The chance of all that is at most as likely, which lies on both sides of what is likelier
.both_tails <- function(hits, trials, p) {
  likelier <- which(dbinom(0:trials, trials, p) > dbinom(hits, trials, p) * (1 + 1e-7)) - 1
  if (!length(likelier)) return(1)
  pbinom(likelier[1L] - 1, trials, p) + pbinom(max(likelier), trials, p, lower.tail = FALSE)
}

prop.test <- function(x, n, p = NULL, alternative = c("two.sided", "less", "greater"), conf.level = 0.95, correct = TRUE) {
  side <- match.arg(alternative)
  name <- .data_name(substitute(x), if (!is.matrix(x)) substitute(n), joint = " out of ")
  hits <- if (is.matrix(x)) x[, 1L] else x
  trials <- if (is.matrix(x)) rowSums(x) else n
  k <- length(hits)
  if (k == 1L && is.null(p)) p <- 0.5
  if (k > 2L) side <- "two.sided"
  found <- setNames(hits / trials, if (k == 1L) "p" else paste("prop", seq_len(k)))
  supposed <- if (is.null(p)) sum(hits) / sum(trials) else p
  gap <- if (k == 1L) found[[1L]] - p else found[[1L]] - found[[2L]]
  yates <- if (!correct || k > 2L) 0 else min(0.5, abs(gap) / sum(1 / trials))
  df <- if (is.null(p)) k - 1 else k
  statistic <- .chi_squared(cbind(hits, trials - hits), cbind(trials * supposed, trials * (1 - supposed)), yates)
  z <- sign(gap) * sqrt(statistic[[1L]])
  how <- if (k == 1L) "1-sample proportions test" else
    paste0(k, "-sample test for ", if (is.null(p)) "equality of" else "given", " proportions")
  null <- if (!is.null(p)) paste0(", null probabilit", if (k == 1L) "y " else "ies ", deparse1(p))
  .htest(statistic = statistic, parameter = c(df = df),
         p.value = .p_value(side, pnorm(z), pnorm(-z), pchisq(statistic[[1L]], df, lower.tail = FALSE)),
         estimate = found, null.value = if (!is.null(p)) setNames(p, names(found)),
         conf.int = if (k == 1L) .share_interval(hits, trials, yates, side, conf.level)
                    else if (k == 2L && is.null(p)) .gap_interval(found, trials, yates, side, conf.level),
         alternative = side, method = paste(how, if (yates > 0) "with" else "without", "continuity correction"),
         data.name = paste0(name, null))
}

# Wilson 1927: the shares from which what was found lies z standard errors away
.share_interval <- function(hits, n, yates, side, level) {
  limit <- function(sign) function(beyond) {
    share <- (hits + sign * yates) / n
    if (share <= 0 || share >= 1) return((1 + sign) / 2)
    z <- qnorm(beyond, lower.tail = FALSE)
    w <- z^2 / n
    (share + w / 2 + sign * z * sqrt(share * (1 - share) / n + w / (4 * n))) / (1 + w)
  }
  .interval(side, level, limit(-1), limit(1), c(0, 1))
}

.gap_interval <- function(found, n, yates, side, level) {
  limit <- function(sign) function(beyond) {
    width <- qnorm(beyond, lower.tail = FALSE) * sqrt(sum(found * (1 - found) / n)) + yates * sum(1 / n)
    min(1, max(-1, found[[1L]] - found[[2L]] + sign * width))
  }
  .interval(side, level, limit(-1), limit(1), c(-1, 1))
}

fisher.test <- function(x, y = NULL, workspace = 200000, hybrid = FALSE, hybridPars = c(expect = 5, percent = 80, Emin = 1),
                        control = list(), or = 1, alternative = "two.sided", conf.int = TRUE, conf.level = 0.95,
                        simulate.p.value = FALSE, B = 2000) {
  name <- .data_name(substitute(x), if (!is.matrix(x)) substitute(y))
  if (!is.matrix(x)) x <- table(x, y)
  if (any(dim(x) != 2L)) stop("fisher.test() of tables larger than 2 by 2 is not available")
  side <- match.arg(alternative, names(.alternatives))
  # the first count has the noncentral hypergeometric distribution of the odds ratio, if the margins stay
  count <- x[1L, 1L]
  support <- max(0L, sum(x[1L, ]) - sum(x[, 2L])):min(sum(x[1L, ]), sum(x[, 1L]))
  central <- dhyper(support, sum(x[, 1L]), sum(x[, 2L]), sum(x[1L, ]), log = TRUE)
  chances <- function(odds) {
    weights <- central + ifelse(support == support[1L], 0, log(odds) * (support - support[1L]))
    weights <- exp(weights - max(weights))
    weights / sum(weights)
  }
  below <- function(odds) sum(chances(odds)[support <= count])
  above <- function(odds) sum(chances(odds)[support >= count])
  as_unlikely <- function(all) sum(all[all <= all[support == count] * (1 + 1e-7)])
  # the odds at which a function that grows is 0, sought among the odds below 1 or their inverses
  lowest <- count == support[1L]
  highest <- count == support[length(support)]
  solve <- function(grows) {
    if (grows(1) >= 0) uniroot(grows, c(0, 1))$root
    else 1 / uniroot(function(inverse) grows(1 / inverse), c(.Machine$double.eps, 1))$root
  }
  lower <- function(beyond) if (lowest) 0 else solve(function(odds) above(odds) - beyond)
  upper <- function(beyond) if (highest) Inf else solve(function(odds) beyond - below(odds))
  estimate <- if (lowest) 0 else if (highest) Inf else solve(function(odds) sum(support * chances(odds)) - count)
  .htest(p.value = .p_value(side, below(or), above(or), min(1, as_unlikely(chances(or)))),
         conf.int = if (conf.int) .interval(side, conf.level, lower, upper, c(0, Inf)),
         estimate = c("odds ratio" = estimate), null.value = c("odds ratio" = or), alternative = side,
         method = "Fisher's Exact Test for Count Data", data.name = name)
}

dmultinom <- function(x, size = NULL, prob, log = FALSE) {
  if (length(x) != length(prob)) stop("x[] and prob[] must be equal length vectors.")
  counts <- trunc(x + 0.5)
  # 0 * log(0) counts nothing
  terms <- ifelse(counts == 0, 0, counts * log(prob / sum(prob)))
  likelihood <- lfactorial(sum(counts)) + sum(terms - lfactorial(counts))
  if (log) likelihood else exp(likelihood)
}

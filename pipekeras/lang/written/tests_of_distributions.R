# Tests of distributions.

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

# Densities, distribution functions and quantiles, compared to a relative 1e-13.
set.seed(21)
lines <- c('h <- function(x) cat(sprintf("%.15g", x), fill = 90)')
add <- function(...) lines <<- c(lines, ...)
real <- "c(-30, -8, -2.5, -1, -0.1, 0, 1e-8, 0.3, 1, 2, 5.5, 12, 40)"
positive <- "c(0, 1e-10, 0.01, 0.3, 1, 2, 3.7, 10, 25, 100)"
unit <- "c(0, 1e-12, 0.001, 0.1, 0.35, 0.5, 0.8, 0.99, 1)"
count <- "c(0, 1, 2, 3, 5, 10, 20, 50, 99, 2.5, -1)"
probabilities <- "c(0, 1e-10, 0.025, 0.3, 0.5, 0.95, 1)"
table <- list(
  norm = list(real, c("", "2, 3", "0, 0.1", "0, 0")), lnorm = list(positive, c("", "1, 0.5")), unif = list(real, c("", "-2, 5")), exp = list(real, c("", "0.2", "30")),
  gamma = list(positive, c("0.1", "0.5", "1", "2.5", "30", "200", "3, 0.2", "3, scale = 7", "0.001")), chisq = list(positive, c("1", "2", "3.5", "10", "60", "0.2")),
  beta = list(unit, c("1, 1", "2, 3", "0.5, 0.5", "10, 1", "0.01, 5", "50, 80", "300, 2")), t = list(real, c("1", "2", "5", "30", "1000", "4.2")),
  f = list(positive, c("1, 1", "2, 5", "10, 20", "3, 200", "0.5, 7")), cauchy = list(real, c("", "1, 3")), weibull = list(positive, c("1", "2, 3", "0.5, 10")), logis = list(real, c("", "2, 0.5")),
  binom = list(count, c("10, 0.3", "100, 0.05", "100, 0.9", "5, 0", "5, 1", "3, 0.5", "2000, 0.01")), pois = list(count, c("0.1", "1", "5.5", "30", "100", "0")), geom = list(count, c("0.2", "0.9", "1")),
  nbinom = list(count, c("3, 0.4", "0.5, 0.1", "10, mu = 5", "100, 0.9")), hyper = list(count, c("10, 7, 8", "50, 60, 20", "3, 5, 6")), signrank = list(count, c("5", "12")), wilcox = list(count, c("4, 6", "3, 3")))
for (name in names(table)) for (parameters in table[[name]][[2]]) {
  comma <- if (parameters == "") "" else ", "
  x <- table[[name]][[1]]
  add(sprintf("h(d%s(%s%s%s))", name, x, comma, parameters), sprintf("h(d%s(%s%s%s, log = TRUE))", name, x, comma, parameters))
  add(sprintf("h(p%s(%s%s%s))", name, x, comma, parameters), sprintf("h(p%s(%s%s%s, lower.tail = FALSE))", name, x, comma, parameters), sprintf("h(p%s(%s%s%s, log.p = TRUE))", name, x, comma, parameters),
    if (name == "f") sprintf("h(signif(q%s(%s%s%s), 7))", name, "c(0, 0.05, 0.3, 0.5, 0.8, 0.95, 1)", comma, parameters)
    else c(sprintf("h(q%s(%s%s%s))", name, probabilities, comma, parameters), sprintf("h(q%s(%s%s%s, lower.tail = FALSE))", name, probabilities, comma, parameters)))
}
add("signif(pchisq(c(0.5, 2, 7), 3, ncp = 2), 9)", "signif(qchisq(c(0.1, 0.5, 0.9), 3, ncp = 2), 9)", "signif(dchisq(c(0.5, 2, 7), 3, ncp = 2), 9)", "signif(pt(c(-1, 0, 2, 5), 5, ncp = 1), 9)", "signif(qt(c(0.1, 0.5, 0.9), 5, ncp = 1), 9)", "signif(dt(c(-1, 0, 2), 5, ncp = 1), 9)", "dnorm(NA)", "pnorm(c(a = 0, b = 1))", "dnorm(matrix(0, 2, 2))", "qnorm(2)", "qnorm(-1)", "dnorm(0, sd = -1)", "pnorm(1, c(0, 1), 2)", "dbinom(2.5, 5, 0.5)", "dbinom(1, 2.5, 0.5)", "dpois(1, -1)", "pgamma(1, -1)", "dexp(1, -1)", 'dnorm("a")', "dnorm(numeric(0))", "pnorm(NULL)", "qnorm(log(0.3), log.p = TRUE)", "pt(0, NA)", "dbeta(0.5, -1, 2)", "pnorm(1.96)", "qnorm(0.975)", "qt(0.975, 10)", "1 - pchisq(3.84, 1)", "pbinom(3, 10, 0.5)", "punif(0.3)", "qunif(0.3, 1, 2)", "pexp(2, 3)", "qexp(0.5)", "ppois(2, 3)", "qpois(0.5, 3.3)", "qbinom(c(0.1, 0.5), 20, 0.3)", "pnorm(-40, log.p = TRUE)", "pnorm(10, lower.tail = FALSE)", "choose(50, 3)", "lgamma(100)", "beta(2, 3)", "lbeta(20, 30)", "digamma(1)", "trigamma(2)", "gamma(0.5)", "factorial(10)", "lchoose(100, 50)", "gamma(-0.5)", "lfactorial(20)", "choose(-2, 3)", "choose(5.5, 2)")
tolerance <- 1e-13

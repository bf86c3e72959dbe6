set.seed(11)
gen <- function() {
  n <- sample(1:12, 1)
  k <- sample(1:7, 1)
  x <- if (k == 1) (runif(n) * 4 - 2) else if (k == 2) (runif(n) * 4 - 2) * 10^sample(-8:12, n, TRUE) else if (k == 3) round(runif(n, -1000, 1000), sample(0:3, 1)) else if (k == 4) sample(-10000:10000, n, TRUE) else if (k == 5) sample(c(TRUE, FALSE, NA), n, TRUE) else if (k == 6) sample(c("a", "bb", "c c", "tab\t", NA, "", "longer string here"), n, TRUE) else 10^sample(-10:18, n, TRUE)
  if (k != 5 && k != 6 && runif(1) < 0.4) x[sample(n, 1)] <- sample(c(NA, Inf, -Inf, NaN), 1)
  if (runif(1) < 0.3) names(x) <- paste0(sample(letters, n, TRUE), sample(1:200, n, TRUE))
  x
}
for (i in 1:90) {
  options(width = sample(c(20, 40, 80, 120), 1), digits = sample(c(3, 5, 7, 10, 15), 1))
  x <- gen()
  print(x)
  if (is.null(names(x))) {
    print(format(x)); print(paste(x)); cat(x, "\n"); str(x)
    if (runif(1) < 0.5) { m <- matrix(rep_len(x, 6), 2); if (runif(1) < 0.5) dimnames(m) <- list(c("r1", "row2"), c("A", "Bee", "C")); print(m); if (runif(1) < 0.5) print(m, quote = FALSE) }
  }
  if (is.numeric(x) && runif(1) < 0.3) print(summary(x))
  if (runif(1) < 0.3) print(data.frame(x = unname(x), y = rev(unname(x))))
  if (runif(1) < 0.2) print(list(a = x, b = list(x, "z")))
  if (is.numeric(x) && runif(1) < 0.3) { print(format(x, nsmall = 2)); print(format(x, big.mark = ",")); print(formatC(x, digits = 4, format = "g")); print(formatC(x, width = 10, digits = 2, format = "f")); print(signif(x, 3)); print(prettyNum(x, big.mark = ",")) }
  if (is.character(x)) { print(nchar(x)); print(factor(x)); print(table(x)); print(noquote(x)) }
}

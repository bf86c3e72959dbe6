# Records R's format() of random doubles: Rscript scripts/dev/record_number_formats.R > tests/lang/number_formats.tsv
# Columns: digits, the doubles in hexadecimal, format() of them joined by "|".
set.seed(20)
one <- function() {
  kind <- sample(9, 1)
  x <- switch(kind,
    rnorm(1), rnorm(1) * 10^sample(-12:15, 1), runif(1, 0, 1000), round(rnorm(1, 0, 100), sample(0:4, 1)),
    sample(-1e6:1e6, 1), 10^sample(-20:20, 1), (10^sample(1:9, 1) - 10^-sample(0:6, 1)),
    sample(c(NA, NaN, Inf, -Inf, 0, 1e-300, 1e300, 5e-324, 1.7e308, 0.1, 1/3, 2/3, 9.9999995, 99999.5), 1),
    signif(rnorm(1) * 10^sample(-5:8, 1), sample(1:9, 1)))
  x
}
cat("# Rscript scripts/dev/record_number_formats.R > tests/lang/number_formats.tsv (R 4.2.2)\n")
for (i in 1:2400) {
  x <- vapply(seq_len(sample(c(1, 1, 2, 3, 5), 1)), function(k) one(), 0)
  digits <- sample(c(7, 7, 7, 15, 3, 4, 5, 10, 1, 2, 16, 17, 22), 1)
  hex <- ifelse(is.nan(x), "NaN", ifelse(is.na(x), "NA", sprintf("%a", x)))
  cat(digits, "\t", paste(hex, collapse = ","), "\t", paste(format(x, digits = digits), collapse = "|"), "\n", sep = "")
}

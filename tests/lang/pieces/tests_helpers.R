# Modelled on tests/testthat/helper-utils.R and test-utils.R (v2.16.1): small helpers that compare and report
expect_equal_array <- function(x, y) { ok <- isTRUE(all.equal(as.array(x), as.array(y))); cat(if (ok) "ok" else "not ok", "\n"); invisible(ok) }
expect_equal_array(array(1:4, c(2, 2)), matrix(1:4, 2))
expect_equal_array(1:3, c(1, 2, 4))
all.equal(c(1, 2, 3), c(1, 2, 4)); all.equal(1L, 1); all.equal("a", "b"); all.equal(matrix(1:4, 2), 1:4)
all.equal(data.frame(a = 1:2), data.frame(a = c(1, 3)))
identical(c(a = 1), 1)
test_that <- function(desc, code) {
  cat(desc, "... ")
  res <- tryCatch({ force(code); "passed" }, error = function(e) paste("failed:", conditionMessage(e)))
  cat(res, "\n")
}
test_that("shapes agree", stopifnot(dim(matrix(0, 2, 3)) == c(2, 3)))
test_that("sums agree", stopifnot(all.equal(sum(c(.1, .2)), .4)))
test_that("a named message", stopifnot("not the same length" = length(1:3) == 2))
test_that("arguments are checked", match.arg("x", c("mean", "sum")))
test_that("missing objects", nothing_here + 1)
test_that("types", "a" + 1)
test_that("indices", list(1)[[3]])
test_that("functions", no_such_function())
test_that("conformable", matrix(1:4, 2) %*% 1:3)
test_that("switch falls through", switch("z", a = 1))
test_that("dims", array(1:8, c(2, 2, 2))[3, 1, 1])
test_that("arguments", (function(x) x)())
test_that("unused", mean(x = 1, 2)(3))
is_scalar <- function(x) is.atomic(x) && length(x) == 1L
sapply(list(1, "a", 1:2, NULL, list(1)), is_scalar)
as_shape <- function(...) { d <- unlist(c(...)); structure(as.integer(d), class = "shape") }
print.shape <- function(x, ...) cat("shape(", paste(ifelse(is.na(x), "NA", x), collapse = ", "), ")\n", sep = "")
as_shape(NA, 28, c(28, 1)); as_shape(list(2, 3))
x <- as_shape(1, 2); x[2] <- 9L; x; unclass(x)
nchar(capture.output(print(1:3))); trimws(capture.output(as_shape(1)))
Sys.time() - Sys.time() < 1; system.time(for (i in 1:10) i)[["elapsed"]] < 5

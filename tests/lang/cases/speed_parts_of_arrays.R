# parts of vectors, matrices and arrays read and written in a loop
f <- function() {
  for (k in 2:3) {
    m <- matrix(1:20, 4)
    str(m[k, 3:4]); str(m[c(1, 3), c(2, 5)]); str(m[k, , drop = FALSE]); str(m[, k]); str(m[-1, -k])
    m[k, ] <- 0L; m[, 3] <- 1:4; m[c(1, 4), 2] <- c(9L, 8L); print(m)
    x <- m; x[1, ] <- 99L; str(m[1, ]); str(x[1, ])
    a <- array(1:24, c(2, 3, 4)); a[1, k, 2] <- 100L; a[2, , k] <- 5:7; a[2, 1:2, k] <- 3L; print(a[, , k]); str(a[1, 2, k])
    v <- c(1, 2, 3, NA); v[2:3] <- k; str(v); str(v[c(1, 4)]); str(v[-1]); str(!(v > 1))
    l <- list(1, 2, 3); l[2:3] <- list("a", k); str(l)
    for (wrong in list(quote(m[[1:2, 1]]), quote(m[[1:2, 1]] <- 3L), quote(m[5, 1:2]), quote(m[1:2, 1] <- 1:3), quote(v[[2]] <- 1:3)))
      print(tryCatch(eval(wrong), error = function(e) conditionMessage(e)))
    v[c("a", "b")] <- 1:2; str(v)
    str(c(a = 1, b = 2) * 2); str(matrix(1:4 / 2, 2) > 1); str(c("a", NA) == "a"); str(factor(c("a", "b")) == "a")
    str(c(1, 0, NA) / 0); str(integer(0) + 1L); str(numeric(0) > 1); str(c(TRUE, FALSE) & c(TRUE, TRUE)); str(1:3 + 1L)
  }
}
f()

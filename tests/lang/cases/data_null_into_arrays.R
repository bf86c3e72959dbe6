f <- function(x) { r <- tryCatch(x, error = conditionMessage); if (is.null(r)) "null" else r }
Z <- matrix(0, 2, 2)
f(Z[, 2] <- NULL)
f(Z[, 2] <- numeric(0))
f(Z[1, 1] <- NULL)
f(Z[1] <- NULL)
v <- 1:3
f(v[2] <- NULL)
f(v[[2]] <- NULL)
f(v[0] <- NULL)
v
a <- array(0, c(2,2,2))
f(a[1,1,1] <- NULL)
f(a[1,1,1] <- integer(0))
f(a[1,1,] <- list())
f(Z[0, 1] <- NULL)
Z
L <- matrix(list(1,2,3,4), 2)
f(L[1, ] <- NULL)
f(L[1] <- list())
as.character(list(NA, NA_character_, "a", 1L, NA_real_, c(NA, "b"), NULL, TRUE))
as.character(data.frame(a = NA_character_, b = "x", c = NA))
unlist(lapply(list(NA_character_), as.character))
paste(list(NA_character_, "x"))

# few plain elements: sums, tests, extremes, sequences and lists in a loop
f <- function() {
  for (k in 1:2) {
  v <- c(3,1,4); w <- c(2L,7L,NA); s <- c("a","b"); fl <- c(TRUE,NA)
  print(sum(c(1L,2L))); print(sum(w)); print(sum(v)); print(sum(fl)); print(any(fl)); print(all(fl)); print(any(v==4)); print(all(v>0))
  print(which.max(v)); print(which.min(w)); print(which.max(c(a=1,b=3))); print(rev(v)); print(rev(list(1,"a"))); print(rev(c(a=1,b=2)))
  print(seq_len(3)); print(seq_along(s)); print(seq_len(0)); print(dim(matrix(1:6,2))); print(dim(v)); print(dim(data.frame(a=1:2)))
  l <- list(1, v, "a"); l[[2]][1] <- 100; print(v); str(l); print("a" %in% s); print(3 %in% v); print(2L %in% w); print(NA %in% w); print(w %in% 2)
  print(which.max(c(NA,2))); print(sum(c(2147483647L,1L))); print(any(logical(0))); print(all(logical(0))); str(list()); print(which.max(integer(0)))
  str(rev(NULL)); print(rev("a")); x <- seq_len(2); x[1] <- 5L; print(x)
  l2 <- list(l, k); l2[[1]][[1]] <- 9; str(l2); print(sum(TRUE)); print(sum(1.5)); print(2.0 %in% 1:3)
  }
}
f()

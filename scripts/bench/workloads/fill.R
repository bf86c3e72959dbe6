# x[i] <- v over 1e5 elements
fill <- function(n) {
  x <- numeric(n)
  for (i in seq_len(n)) x[i] <- i^2 + 1
  x
}
# work
sum(fill(100000))

# m[i, j] <- v over 300 x 300
cells <- function(n) {
  m <- matrix(0, n, n)
  for (i in 1:n) for (j in 1:n) m[i, j] <- m[max(i - 1, 1), j] + i * j
  m
}
# work
sum(cells(300))

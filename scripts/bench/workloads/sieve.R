# sieve to 1e6 by vectors
sieve <- function(n) {
  prime <- rep(TRUE, n)
  prime[1] <- FALSE
  for (i in 2:floor(sqrt(n))) {
    if (prime[i]) prime[seq(i * i, n, by = i)] <- FALSE
  }
  which(prime)
}
# work
length(sieve(1000000))

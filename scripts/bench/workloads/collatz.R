# Collatz lengths below 3000
collatz <- function(n) {
  steps <- 0L
  while (n != 1) {
    n <- if (n %% 2 == 0) n / 2 else 3 * n + 1
    steps <- steps + 1L
  }
  steps
}
# work
best <- 0L
for (n in 1:3000) best <- max(best, collatz(n))

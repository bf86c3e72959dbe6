# scalar loop of 1e6 steps
f <- function(n) {
  s <- 0
  for (i in 1:n) {
    if (i %% 2 == 0) s <- s + i * 2 else s <- s - 1
  }
  s
}
# work
f(1000000)

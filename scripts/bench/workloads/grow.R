# x[length(x) + 1] <- v, 5e4 times
grow <- function(n) {
  x <- c()
  for (i in 1:n) x[length(x) + 1] <- i
  x
}
# work
length(grow(50000))

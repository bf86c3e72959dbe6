# product and solve of 500 x 500
set.seed(1)
a <- matrix(rnorm(250000), 500)
b <- matrix(rnorm(250000), 500)
# work
p <- a %*% b
s <- solve(a, b)

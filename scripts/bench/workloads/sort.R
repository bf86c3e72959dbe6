# sort and order of 1e6
set.seed(1)
x <- runif(1e6)
# work
s <- sort(x)
o <- order(x)

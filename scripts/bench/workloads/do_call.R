# do.call of an R function, 1e5 times
add <- function(a, b = 2) a + b
# work
for (i in 1:100000) do.call(add, list(i, b = 3))

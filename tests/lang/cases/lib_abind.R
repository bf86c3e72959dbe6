# abind
library(abind)
x <- matrix(1:4, 2); y <- matrix(5:8, 2)
abind(x, y, along = 1); abind(x, y, along = 3); abind(x, y, along = 2); abind(list(x, y), along = 3); dim(abind(x, y, along = 0)); abind(x, y, along = 0)
a <- array(1:8, c(2,2,2)); dim(abind(a, a, along = 1)); dim(abind(a, x, along = 3)); dim(abind(a, a, rev.along = 1)); abind(a = 1:2, b = 3:4, along = 0)
abind(x = x, y = y, along = 3); dimnames(x) <- list(c("r1","r2"), c("c1","c2")); abind(x, y, along = 3); abind(x, x)
dim(do.call(abind, c(list(x,x,x), along = 0))); asub(a, 1, 3); adrop(a[,,1,drop=FALSE], 3)
abind(x, c(9, 9), along = 1)
abind(1:2, 3:4, along = 2)

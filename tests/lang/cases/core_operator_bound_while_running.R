# An operator bound in the midst of running code has its new meaning from there on.
k <- function(){r <- numeric(); for(i in 1:4){if(i==3) `-` <- function(e1,e2) 1000; r <- c(r,10-i)}; r}
print(k())
r <- numeric(); for(i in 1:4){if(i==3) `-` <- function(e1,e2) 1000; r <- c(r,10-i)}; print(r)

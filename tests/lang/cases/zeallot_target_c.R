# c() on the left of %<-% is a pattern whatever `c` is
library(zeallot)
c(c(a, b), c) %<-% list(list(1, 2), 3)
a
c
c(x, ...rest) %<-% 1:3
rest

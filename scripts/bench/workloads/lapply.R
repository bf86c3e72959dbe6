# lapply over 1e5
# work
length(lapply(1:100000, function(i) c(i, i + 1)))

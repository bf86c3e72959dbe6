# sapply over 1e5
# work
sum(sapply(1:100000, function(i) i * 2 + 1))

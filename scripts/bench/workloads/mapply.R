# mapply over 1e5
# work
sum(mapply(function(a, b) a * b, 1:100000, 1:100000))

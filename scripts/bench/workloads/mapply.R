# mapply over 1e5
# work
sum(mapply(function(a, b) a * 0.5 + b, 1:100000, 1:100000))

# Reduce over 1e5
# work
Reduce(function(a, b) a + b, 1:100000, accumulate = FALSE)

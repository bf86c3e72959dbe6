# vapply over 1e5
# work
sum(vapply(1:100000, function(i) if (i > 5) i / 2 else 0, numeric(1)))

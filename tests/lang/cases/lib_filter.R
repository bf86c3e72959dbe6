# filter and lag of series
filter(1:6, rep(1/3, 3)); filter(c(1, 2, 3, 4), c(0.5), method = "recursive"); filter(1:5, c(1, 1), sides = 1); filter(1:5, rep(1, 3), circular = TRUE)
stats::filter(1:3, 1); lag(ts(1:3), k = 2); lag(ts(1:3), 1)

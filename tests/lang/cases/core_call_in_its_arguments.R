# A call whose arguments run the same call with another function
compose <- function(...) Reduce(function(f, g) function(x) g(f(x)), list(...))
compose(abs, sqrt, round)(-17)
compose(round, sum, paste, nchar, max)(c(1.5, 2.25))
compose(sqrt, function(v) v + 1, log, abs, round)(16)

# Modelled on vignettes/examples/imdb_lstm.R (v2.16.1): lengths of reviews, summarised and cut
set.seed(11)
x_train <- lapply(1:40, function(i) sample(1:100, sample(5:60, 1), replace = TRUE))
cat(length(x_train), 'train sequences\n')
lens <- lengths(x_train)
summary(lens)
quantile(lens, c(.1, .5, .9))
table(cut(lens, breaks = c(0, 15, 30, 45, 60)))
table(cut(lens, breaks = seq(0, 60, 20), labels = c("short", "middle", "long"), right = FALSE))
maxlen <- 20
padded <- t(vapply(x_train, function(s) c(rep(0L, max(0, maxlen - length(s))), tail(s, maxlen)), integer(maxlen)))
cat('x_train shape:', dim(padded), '\n')
padded[1:2, ]
mean(padded == 0)
stem <- sort(lens, decreasing = TRUE)[1:5]
stem
which(lens == max(lens))
tabulate(lens %/% 10 + 1)

# Modelled on training_visualization.Rmd, stateful_lstm.R and eager examples (v2.16.1): numbers made ready for plots
melt <- function(m) data.frame(Var1 = c(row(m)), Var2 = c(col(m)), value = c(m))
m <- matrix(c(.1, .7, .2, .3, .3, .4), 2, byrow = TRUE)
melted <- melt(m)
melted
h <- hist(c(1, 2, 2, 3, 3, 3, 7, 8.5), breaks = 4, plot = FALSE)
h$breaks; h$counts; h$mids
pretty(c(0.12, 0.97), n = 4)
range(c(m, 1.5)); extendrange(c(0, 10), f = 0.1)
seq(-1, 1, length.out = 5)
cut(c(.05, .5, .95), breaks = c(0, .33, .66, 1), labels = c("low", "mid", "high"))
rgb(1, 0.5, 0); rgb(255, 0, 128, maxColorValue = 255)
gray(c(0, .5, 1))
rainbow(3); heat.colors(2)
r <- as.raster(m)
r
dim(r); class(r)
as.raster(matrix(c(0, 255, 128, 64), 2), max = 255)
mask <- abind::abind(m, m, m, along = 3)
identical(as.raster(mask), r)
boxplot.stats(c(1, 2, 3, 10))$stats
epochs <- factor(c("epoch 1", "epoch 10", "epoch 2"), levels = paste("epoch", c(1, 2, 10)))
sort(epochs); as.integer(epochs)
n <- ceiling(sqrt(7)); c(n, ceiling(7 / n))
format(as.Date("2014-04-01") + 0:2, "%b-%d")
paste0(round(100 * prop.table(c(a = 3, b = 1))), "%")
op <- par(mfrow = c(2, 1)); invisible(par(op))
t(apply(m, 2, rev))
split(melted$value, melted$Var2)

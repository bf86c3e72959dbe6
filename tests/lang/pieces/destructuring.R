# Modelled on vignettes of v1.5.1 (mnist_convnet, autoencoder): data sets unpacked with %<-%
library(zeallot)
dataset <- list(train = list(x = matrix(1:4, 2), y = 0:1), test = list(x = matrix(5:6, 1), y = 1L))
c(c(x_train, y_train), c(x_test, y_test)) %<-% dataset
x_train; y_test
c(c(only_x, .), c(., only_y)) %<-% dataset
only_y
c(first, ...rest) %<-% list("a", 1, TRUE)
str(rest)
c(loss, acc) %<-% c(0.25, 0.9)
cat("loss", loss, "accuracy", acc, "\n")
step <- function(w, lr) list(sum(w^2), w - lr * 2 * w)
w <- c(1, -2)
for (i in 1:3) {
  c(loss, w) %<-% step(w, 0.1)
  cat(i, loss, w, "\n")
}
list(p = 1, q = "two") %->% c(p, q)
q
res <- tryCatch({ c(a, b) %<-% list(1, 2, 3) }, error = function(e) conditionMessage(e))
res
l <- list()
c(l$mean, l$sd) %<-% list(0, 1)
l
c(a, b = 5) %<-% list(1)
b
`%as%` <- function(object, name) { assign(as.character(substitute(name)), object, envir = parent.frame()); invisible(object) }
with(list(k = 3) %as% tape, cat("k is", k, "\n"))
tape$k
swap <- list(1, 2); c(u, v) %<-% rev(swap); c(u, v)

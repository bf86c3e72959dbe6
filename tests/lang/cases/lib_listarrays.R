# listarrays (0.4.0, from its repository): arrays bound, split, shuffled and reshaped
library(listarrays)
x <- list(array(1:4, c(2, 2)), array(5:8, c(2, 2)), array(9:12, c(2, 2)))
dim(bind_as_rows(x)); bind_as_rows(x)[2, , ]
dim(bind_as_cols(x)); bind_as_dim(x, 2)[, 3, ]
bind_on_rows(x)
bind_on_cols(x)
bind_on_rows(x[[1]], NULL, x[[3]])
bind_on_rows(1:3, 4:5)
bind_as_rows(1:3, 4:6)
bind_on_dim(list(array(1:8, c(2, 2, 2)), array(9:12, c(2, 1, 2))), 2)
y <- array(1:12, c(2, 3, 2))
split_along_rows(y)
str(split_along_dim(y, 2))
str(split_on_rows(matrix(1:8, 4), c("a", "b", "a", "b")))
str(split_on_rows(matrix(1:20, 10), c(0.5, 0.3, 0.2)))
str(split_on_dim(y, 2, c("p", "q", "q")))
DIM(1:3); DIM(y); ndim(y); ndim(1:2); DROP(matrix(1:3, 1))
seq_along_rows(y); seq_along_cols(y); seq_along_dim(y, 2)
set_dim(1:6, c(2, 3)); set_dim(1:6, c(2, 3), order = "C"); set_dim(1:5, c(2, 3), pad = 0L)
set_dim2(1:6, c(3, 2))
z <- 1:4
dim2(z) <- c(2, 2)
z
dim(expand_dims(y)); dim(expand_dims(y, 1)); dim(expand_dims(1:3, c(1, -1)))
set.seed(3)
shuffle_rows(1:5)
s <- shuffle_rows(1:4, matrix(1:8, 4))
s[[1]]
s[[2]][, 1]
onehot(c("b", "a", "c", "a"))
decode_onehot(onehot(c("b", "a", "c")))
map_along_rows(matrix(1:4, 2), sum)

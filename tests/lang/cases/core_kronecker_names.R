# kronecker takes arrays, functions and names
A <- matrix(1:4, 2, dimnames = list(c("a", "b"), c("c", "d")))
B <- matrix(1:2, 1, dimnames = list("r", c("x", "y")))
kronecker(A, B, make.dimnames = TRUE)
kronecker(A, diag(2), make.dimnames = TRUE)
kronecker(A, B, FUN = "+")
kronecker(1:2, 1:3)
A %x% B
provideDimnames(matrix(1:6, 2))
provideDimnames(matrix(1:6, 2), base = list("r", c("a", "b")), sep = "-")
# valid names keep what they are when they are made unique
make.names(c("", "X"), unique = TRUE)
make.names(c("a b", "a.b", NA, "if", "if."), unique = TRUE)
# nothing beside something gives nothing
mapply(function(x, y) x + y, character(0), 1:0)
mapply(function(x, y) x, c(a = 1)[0], 1)
Map(function(x, y) x, list(), list())
.class2(matrix(1:4, 2))
.class2(quote(x))
.class2(data.frame())
rawToBits(as.raw(c(3, 128)))

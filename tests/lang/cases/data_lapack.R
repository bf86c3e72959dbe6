set.seed(11)
for (n in 2:6) { A <- matrix(round(rnorm(n*n), 2), n); print(sum((solve(A) %*% A) * 1:(n*n)), digits=17); print(det(A), digits=17); print(solve(A, seq_len(n)), digits=17); print(A %*% solve(A) - diag(n)); print(crossprod(A) %*% A[,1], digits=17)
 print(determinant(A)$modulus, digits=16) }
solve(matrix(c(4,2,7,6),2)) %*% matrix(c(4,2,7,6),2)
A <- matrix(c(2,1,1,1,3,2,1,0,0),3,byrow=TRUE); solve(A); solve(A) %*% A; det(A)
A %*% solve(A)
e <- eigen(matrix(c(4,1,0,1,3,1,0,1,2),3)); e$values
eigen(matrix(c(2,0,0,3),2)); eigen(matrix(c(2,1,1,2),2))
eigen(matrix(c(4,1,2,3),2))
round(eigen(matrix(c(2,-1,0,-1,2,-1,0,-1,2),3))$vectors, 6)
det(matrix(1:9,3)); det(diag(4)*2) == 16; det(matrix(0,2,2))
str(eigen(diag(2)))
rcond(matrix(c(4,2,7,6),2))
V <- eigen(cor(iris[,1:4]))$vectors; V

# Modelled on custom training loops and backend tests (v2.16.1, tests/testthat/test-backend.R): small networks in matrices
set.seed(1)
sigmoid <- function(x) 1 / (1 + exp(-x))
relu <- function(x) { x[x < 0] <- 0; x }
X <- rbind(c(0, 0), c(0, 1), c(1, 0), c(1, 1))
y <- matrix(c(0, 1, 1, 0))
init <- function(n_in, n_out) matrix(runif(n_in * n_out, -1, 1) * sqrt(6 / (n_in + n_out)), n_in)
params <- list(W1 = init(2, 4), b1 = numeric(4), W2 = init(4, 1), b2 = 0)
str(params)
forward <- function(p, X) {
  h <- tanh(sweep(X %*% p$W1, 2, p$b1, "+"))
  list(h = h, out = sigmoid(h %*% p$W2 + p$b2))
}
losses <- numeric()
for (epoch in 1:200) {
  f <- forward(params, X)
  losses[epoch] <- mean((f$out - y)^2)
  d_out <- 2 * (f$out - y) * f$out * (1 - f$out) / nrow(X)
  grads <- list(W2 = t(f$h) %*% d_out, b2 = sum(d_out))
  d_h <- (d_out %*% t(params$W2)) * (1 - f$h^2)
  grads$W1 <- crossprod(X, d_h); grads$b1 <- colSums(d_h)
  params <- Map(function(p, g) p - 2 * g, params, grads[names(params)])
  if (epoch %% 50 == 0) cat(sprintf("epoch %3d loss %.6f\n", epoch, losses[epoch]))
}
round(forward(params, X)$out, 2)
dim(params$W1); lapply(params, dim)
all(diff(losses) < 0.01)
adam <- function(g, state, lr = .1) { m <- .9 * state$m + .1 * g; v <- .999 * state$v + .001 * g^2; list(m = m, v = v, step = lr * m / (sqrt(v) + 1e-8)) }
s <- list(m = 0, v = 0); w <- 5; for (i in 1:3) { s <- adam(2 * w, s); w <- w - s$step; cat(format(w, digits = 6), "") }
cat("\n")
norm(X); norm(X, "F"); det(crossprod(X)); solve(crossprod(X)); kronecker(diag(2), matrix(1, 1, 2))
relu(matrix(c(-1, 2, 3, -4), 2)); range(relu(-2:2)); rowMeans(X); max(abs(params$b1)) < 10

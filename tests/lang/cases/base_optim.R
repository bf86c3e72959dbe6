# optim by Nelder-Mead, BFGS and Brent
rosen <- function(x) 100 * (x[2] - x[1]^2)^2 + (1 - x[1])^2
optim(c(-1.2, 1), rosen)
optim(c(-1.2, 1), rosen, method = "BFGS")
gr <- function(x) c(-400 * x[1] * (x[2] - x[1]^2) - 2 * (1 - x[1]), 200 * (x[2] - x[1]^2))
o <- optim(c(-1.2, 1), rosen, gr, method = "BFGS", hessian = TRUE)
o$counts; round(o$hessian, 2)
optim(c(a = 1, b = 1), function(p, target) sum((p - target)^2), target = c(3, 4))$counts
round(optim(c(a = 1, b = 1), function(p, target) sum((p - target)^2), target = c(3, 4), method = "BFGS")$par, 5)
optim(1, function(x) (x - .3)^2, method = "Brent", lower = 0, upper = 1)$par
optim(c(1, 1), function(p) -sum((p - 2)^2), control = list(fnscale = -1, maxit = 30))$convergence
names(optim(c(1, 2), rosen))
optim(c(1, 2, 3), function(p) sum((p - 1:3)^4), control = list(reltol = 1e-4))$counts

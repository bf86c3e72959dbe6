# qr and what is made of it
m <- matrix(c(2, 1, 3, 4, 5, 7, 1, 0, 2), 3)
q <- qr(m)
q$rank; q$pivot
round(q$qr, 6); round(q$qraux, 6)
round(qr.Q(q), 6); round(qr.R(q), 6)
round(qr.Q(q) %*% qr.R(q), 6)
qr.coef(q, c(1, 2, 3))
qr.solve(m, c(1, 2, 3))
x <- cbind(one = 1, a = c(1, 2, 3, 4), b = c(2, 4, 6, 8))
d <- qr(x)
d$rank; d$pivot
round(qr.coef(d, c(1, 3, 2, 5)), 6)
round(qr.fitted(d, c(1, 3, 2, 5)), 6); round(qr.resid(d, c(1, 3, 2, 5)), 6)
dim(qr.Q(d, complete = TRUE))
round(qr.R(qr(lm(dist ~ speed, cars))), 4)
round(qr.Q(lm(dist ~ speed, cars)$qr)[1:2, ], 4)

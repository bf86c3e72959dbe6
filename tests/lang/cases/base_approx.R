# approx and approxfun: between points, beyond them, steps, ties
approx(c(1, 2, 4), c(10, 20, 0), xout = c(0, 1, 1.5, 3, 4, 5))
approx(c(1, 2, 4), c(10, 20, 0), xout = c(0, 3, 5), rule = 2)$y
approx(c(1, 2, 4), c(10, 20, 0), xout = c(0, 3, 5), rule = 2:1)$y
approx(c(1, 2, 4), c(10, 20, 0), n = 4)
approx(c(3, 1, 2), c(9, 1, 4), xout = 1.5)$y
approx(1:3, c(1, NA, 3), xout = 2)$y
approx(c(1, 2, 3), c(5, 6, 7), xout = c(1, 1.5, 2, 3), method = "constant")$y
approx(c(1, 2, 3), c(5, 6, 7), xout = 1.5, method = "constant", f = 0.5)$y
approx(c(1, 2), c(0, 1), xout = c(0, 3), yleft = -1, yright = 9)$y
f <- approxfun(c(0, 10), c(0, 100))
f(c(2.5, 10, 11, NA))
approx(c(5, 7, 6), xout = 1.5)$y

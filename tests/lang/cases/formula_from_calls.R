# numbers that call() puts into a formula mean what written ones mean
without <- reformulate(c("a", "b"), intercept = FALSE)
without
model.matrix(without, data.frame(a = 1:2, b = 3:4))
origin <- eval(call("~", as.name("mpg"), call("+", as.name("wt"), 0)))
coef(lm(origin, mtcars))
squared <- eval(call("~", as.name("mpg"), call("^", quote((wt + hp)), 2)))
coef(lm(squared, mtcars))

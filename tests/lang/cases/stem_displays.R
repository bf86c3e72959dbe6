# stem: rows of 1, 2 or 5 units, negative and constant numbers, scale and width
stem(c(10, 12, 9, 15, 11, 30))
stem(mtcars$mpg)
stem(log10(islands), scale = 2)
stem(-5:5)
stem(c(-0.1, 0.2, 0.55, NA))
stem(c(5, 5, 5))
stem(precip, width = 15)
stem(1:100)
x <- stem(3)
x

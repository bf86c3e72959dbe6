# prcomp and cor.test, printed and summarised
p <- prcomp(USArrests, scale. = TRUE)
q <- p; q$rotation <- abs(q$rotation)
q
summary(p)
names(p)
abs(round(head(p$x, 3), 4))
p$center
p$scale
p2 <- prcomp(iris[, 1:4])
summary(p2)
round(p2$sdev, 5)
dim(p2$x)
abs(round(predict(p2, iris[1:2, 1:4]), 4))
abs(round(prcomp(~ Murder + Assault, data = USArrests)$rotation, 4))
dim(prcomp(USArrests, rank. = 2)$rotation)
cor.test(mtcars$mpg, mtcars$wt)
r <- cor.test(~ mpg + hp, data = mtcars)
r$p.value; r$estimate; names(r)
cor.test(iris$Sepal.Length, iris$Sepal.Width, alternative = "less")

# caret: partitions, confusion matrices, preprocessing
suppressPackageStartupMessages(library(caret))
set.seed(1); i <- createDataPartition(iris$Species, p = 0.8, list = FALSE); dim(i); head(i); tail(i)
set.seed(2); j <- createDataPartition(mtcars$mpg, p = 0.7, list = FALSE); j[,1]
set.seed(3); k <- createDataPartition(iris$Species, p = .5, times = 2); str(k)
set.seed(4); f <- createFolds(iris$Species, k = 5); str(f)
p <- factor(c("a","b","a","a","b","b","a")); t <- factor(c("a","b","b","a","b","a","a"))
confusionMatrix(p, t)
cm <- confusionMatrix(table(p, t)); cm$overall["Accuracy"]; cm$table; cm$byClass
confusionMatrix(factor(c("x","y","z","x","y","z","x"), levels=c("x","y","z")), factor(c("x","y","z","y","y","x","x"), levels=c("x","y","z")))
pp <- preProcess(mtcars[, 1:3], method = c("center", "scale")); pp; head(predict(pp, mtcars[,1:3]), 2)
pr <- preProcess(mtcars[, 1:2], method = "range"); head(predict(pr, mtcars[,1:2]), 2)
RMSE(c(1,2,3), c(1,2,5)); MAE(c(1,2,3), c(1,2,5)); R2(c(1,2,3), c(1,2,5)); postResample(c(1,2,3), c(1,2,5))

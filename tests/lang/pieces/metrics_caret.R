# Modelled on the classification posts (tensorflow for R): caret's partition and confusion matrix
suppressPackageStartupMessages(library(caret))
set.seed(107)
in_train <- createDataPartition(y = iris$Species, p = .8, list = FALSE)
dim(in_train)
table(iris$Species[-in_train])
truth <- iris$Species[-in_train]
pred <- factor(ifelse(iris$Petal.Length[-in_train] < 2.5, "setosa",
               ifelse(iris$Petal.Width[-in_train] < 1.7, "versicolor", "virginica")), levels = levels(truth))
cm <- confusionMatrix(pred, truth)
cm$table
round(cm$overall["Accuracy"], 4)
cm
binary <- confusionMatrix(factor(c(1, 0, 1, 1, 0)), factor(c(1, 0, 0, 1, 0)), positive = "1")
binary$byClass[c("Sensitivity", "Specificity")]

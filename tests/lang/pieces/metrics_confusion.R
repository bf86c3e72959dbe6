# Modelled on the classification guides (cran/v2.1.5): a confusion matrix and what follows from it
set.seed(9)
classes <- c("setosa", "versicolor", "virginica")
truth <- factor(sample(classes, 25, TRUE), levels = classes)
pred <- truth
flip <- sample(25, 6)
pred[flip] <- sample(classes, 6, TRUE)
cm <- table(Predicted = pred, Actual = truth)
cm
addmargins(cm)
accuracy <- sum(diag(cm)) / sum(cm)
precision <- diag(cm) / rowSums(cm)
recall <- diag(cm) / colSums(cm)
f1 <- 2 * precision * recall / (precision + recall)
round(data.frame(precision, recall, f1), 3)
cat(sprintf("Accuracy: %.1f%%\n", 100 * accuracy))
prop.table(cm, 2)
as.data.frame(cm)
summary(truth == pred)
mosaic <- as.data.frame(cm, responseName = "n")
mosaic[mosaic$n > 0 & mosaic$Predicted != mosaic$Actual, ]
probs <- c(.9, .2, .65, .4, .8)
obs <- c(1, 0, 1, 1, 0)
table(obs, probs > 0.5)
ord <- order(probs, decreasing = TRUE)
tpr <- cumsum(obs[ord]) / sum(obs)
fpr <- cumsum(1 - obs[ord]) / sum(1 - obs)
cbind(threshold = probs[ord], tpr, fpr)
auc <- sum(diff(c(0, fpr)) * (tpr + c(0, head(tpr, -1))) / 2)
auc
-mean(obs * log(probs) + (1 - obs) * log(1 - probs))
t(cm)["virginica", ]

# Modelled on vignettes-src/examples/vision/mnist_siamese_graph.Rmd (v1.5.1): pairs of equal and different digits
create_pairs <- function(x, y) {
    digit_indices <- tapply(1:length(y), y, list)
    y1 <- y
    y2 <- sapply(y, function(a) sample(0:2,1,prob=0.1+0.8*(0:2==a)))
    idx1 <- 1:nrow(x)
    idx2 <- sapply(as.character(y2), function(a) sample(digit_indices[[a]],1))
    is_same  <- 1*(y1==y2)
    list(pair1 = x[idx1,], pair2 = x[idx2,], y = is_same)
}
compute_accuracy <- function(predictions, labels) {
    mean(labels[predictions > 0.5])
}
set.seed(99)
y_train <- rep(0:2, 4)
x_train <- outer(1:12, 1:3) + y_train / 10
tr <- create_pairs(x_train, y_train)
names(tr)
str(tr)
tr$pair2
table(same = tr$y)
tapply(1:12, y_train, list)
tr_pred <- round(runif(12), 3)
tr_acc  <- compute_accuracy(tr_pred, tr$y)
sprintf('* Accuracy on training set: %0.2f%%', (100 * tr_acc))
paste("true:", tr$y[3],"|  pred:", round(tr_pred[3],2))
boxplot.stats(tr_pred)$stats
split(tr_pred, tr$y)
apply((tr$pair1 - tr$pair2)^2, 1, function(d) sqrt(sum(d)))
margin <- 1
round(mean((1 - tr$y) * tr_pred^2 + tr$y * pmax(margin - tr_pred, 0)^2), 5)

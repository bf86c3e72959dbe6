# Modelled on the regression guide on fuel efficiency (v2.16.1, website/articles): a raw text table made ready
raw <- textConnection("18.0 8 307.0 130.0 3504. 12.0 70 1 \"chevrolet chevelle\"
15.0 8 350.0 165.0 3693. 11.5 70 1 \"buick skylark 320\"
25.0 4 98.00 ?     2046. 19.0 71 1 \"ford pinto\"
26.0 4 121.0 113.0 2234. 12.5 70 2 \"bmw 2002\"
27.0 4 97.00 88.00 2130. 14.5 70 3 \"datsun pl510\"
24.0 4 113.0 95.00 2372. 15.0 70 3 \"toyota corona\"")
raw_dataset <- read.table(raw, na.strings = "?",
  col.names = c("mpg","cylinders","displacement","horsepower","weight","acceleration","model_year","origin","car_name"))
str(raw_dataset)
colSums(is.na(raw_dataset))
dataset <- raw_dataset[complete.cases(raw_dataset), names(raw_dataset) != "car_name"]
dataset$origin <- factor(dataset$origin, levels = 1:3, labels = c("USA", "Europe", "Japan"))
head(dataset)
dummies <- model.matrix(~ origin - 1, dataset)
dataset <- cbind(dataset[, -8], dummies)
dataset
set.seed(100)
in_train <- sample(nrow(dataset), 0.8 * nrow(dataset))
train <- dataset[in_train, ]
test <- dataset[-in_train, ]
dim(train); dim(test)
train_labels <- train$mpg
train$mpg <- NULL
stats <- data.frame(mean = sapply(train, mean), sd = sapply(train, sd))
stats
norm <- function(x) as.data.frame(Map(function(col, m, s) (col - m) / s, x, stats$mean, stats$sd))
round(norm(train[1:3]), 3)
rownames(test)
summary(dataset$weight)

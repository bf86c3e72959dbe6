# Modelled on vignettes-src/examples/structured_data/imbalanced_classification.Rmd (v1.5.1): class weights, scaling, counts of hits
library(magrittr)
set.seed(55)
df <- data.frame(V1 = round(rnorm(20), 2), Amount = round(rexp(20) * 100, 2), Class = rep(c(0L, 0L, 0L, 1L), 5))
val_idx <- nrow(df) %>% sample.int(., round( . * 0.2))
val_df <- df[val_idx, ]
train_df <- df[-val_idx, ]
cat("Number of training samples:", nrow(train_df), "\n")
counts <- table(train_df$Class)
counts
cat(sprintf("Number of positive samples in training data: %i (%.2f%% of total)",
            counts["1"], 100 * counts["1"] / sum(counts)), "\n")
weight_for_0 = 1 / counts["0"]
weight_for_1 = 1 / counts["1"]
feature_names <- colnames(train_df) %>% setdiff("Class")
train_features <- as.matrix(train_df[feature_names])
val_features <- as.matrix(val_df[feature_names])
train_features %<>% scale()
val_features %<>% scale(center = attr(train_features, "scaled:center"),
                        scale = attr(train_features, "scaled:scale"))
val_features
class_weight <- list("0" = weight_for_0,
                     "1" = weight_for_1)
class_weight
str(class_weight)
val_pred <- c(.1, .8, .6, .4) %>%
  { as.integer(. > 0.5) }
pred_correct <- val_df$Class == val_pred
cat(sprintf("Validation accuracy: %.2f", mean(pred_correct)), "\n")
fraudulent <- val_df$Class == 1
c(detected = sum(fraudulent & pred_correct), missed = sum(fraudulent & !pred_correct), flagged = sum(!fraudulent & !pred_correct))
unlist(class_weight)

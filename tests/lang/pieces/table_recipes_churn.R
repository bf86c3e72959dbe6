# Modelled on the customer churn posts (tensorflow for R): splits, recipes, baked matrices
suppressPackageStartupMessages({library(rsample); library(recipes); library(dplyr); library(tidyr)})
churn <- tibble(
  customerID = sprintf("%04d-X", 1:10),
  gender = rep(c("Female", "Male"), 5),
  tenure = c(1, 34, 2, 45, 2, 8, 22, 10, 28, 62),
  Contract = c("Month", "One year", "Month", "One year", "Month", "Month", "Two year", "Month", "Month", "One year"),
  TotalCharges = c(29.85, 1889.5, 108.15, NA, 151.65, 820.5, 1949.4, 301.9, 3046.05, 3487.95),
  Churn = c("No", "No", "Yes", "No", "Yes", "Yes", "No", "No", "Yes", "No"))
churn_data_tbl <- churn %>%
  select(-customerID) %>%
  drop_na() %>%
  select(Churn, everything())
glimpse(churn_data_tbl)
set.seed(100)
train_test_split <- initial_split(churn_data_tbl, prop = 0.8)
train_test_split
train_tbl <- training(train_test_split)
test_tbl  <- testing(train_test_split)
rec_obj <- recipe(Churn ~ ., data = train_tbl) %>%
  step_log(TotalCharges) %>%
  step_dummy(all_nominal(), -all_outcomes()) %>%
  step_center(all_predictors(), -all_outcomes()) %>%
  step_scale(all_predictors(), -all_outcomes()) %>%
  prep(training = train_tbl)
x_test_tbl <- bake(rec_obj, new_data = test_tbl) %>% select(-Churn)
glimpse(x_test_tbl)
y_train_vec <- ifelse(pull(train_tbl, Churn) == "Yes", 1, 0)
y_train_vec
x_train <- bake(rec_obj, new_data = train_tbl) %>% select(-Churn) %>% as.matrix()
dim(x_train)
round(colMeans(x_train), 10)
churn_data_tbl %>% group_by(Contract, Churn) %>% tally()

# recipes: steps trained by prep, applied by bake and juice
suppressPackageStartupMessages(library(recipes))
d <- data.frame(y = c(1,2,3,4,5,6), a = c(10, 20, 30, 40, 50, NA), b = c(1, 4, 9, 16, 25, 36), g = factor(c("u","v","u","w","v","u")))
rec <- recipe(y ~ ., data = d)
rec
rec2 <- rec %>% step_naomit(all_predictors()) %>% step_center(all_numeric(), -all_outcomes()) %>% step_scale(all_numeric(), -all_outcomes()) %>% step_dummy(g)
p <- prep(rec2, training = d)
p
juice(p)
bake(p, new_data = d)
bake(p, d[1:2,], all_predictors())
recipe(y ~ ., d) %>% step_normalize(a, b) %>% prep() %>% bake(new_data = NULL)
recipe(y ~ ., d) %>% step_range(b) %>% step_rm(a) %>% step_log(b, offset = 1) %>% prep() %>% juice()
recipe(y ~ ., d) %>% step_mutate(z = b * 2) %>% step_discretize(b, options = list(cuts = 2, min_unique = 2)) %>% prep() %>% juice()
recipe(y ~ ., d) %>% step_dummy(all_nominal(), one_hot = TRUE) %>% prep() %>% juice()
recipe(y ~ a + b, d) %>% step_impute_mean(a) %>% prep() %>% juice()
rec3 <- recipe(mpg ~ ., mtcars) %>% step_center(all_predictors(), -all_outcomes()) %>% step_scale(all_predictors()) %>% prep(training = mtcars, retain = TRUE)
head(bake(rec3, mtcars), 3)
summary(rec)

# rsample: splits by R's random numbers
library(rsample)
set.seed(1); s <- initial_split(mtcars, prop = 0.8); s$in_id; class(s); names(s); class(training(s))
set.seed(2); s <- initial_split(iris, prop = 3/4, strata = Species); head(s$in_id, 45)
set.seed(2); s <- initial_split(iris, prop = 3/4, strata = Sepal.Length); head(s$in_id, 15); dim(training(s))
set.seed(1); v <- vfold_cv(iris, v=3, strata = Species); v$splits[[1]]$in_id[1:10]; v$splits[[1]]; class(v); 
set.seed(1); v <- vfold_cv(mtcars, v=2, repeats=2); v
set.seed(1); mc_cv(mtcars, times=2)
set.seed(1); s <- initial_split(tibble::as_tibble(mtcars)); s; training(s) |> head(2)
set.seed(1); s <- validation_split(mtcars, prop = .75); s
s <- initial_time_split(mtcars, prop=.75); rownames(testing(s)); loo_cv(mtcars[1:3,])
rsample::analysis(v$splits[[1]])[1:2,1:2]
library(rsample)
set.seed(1); s <- initial_split(mtcars, prop = 0.8); s; dim(training(s)); rownames(testing(s))
set.seed(2); s <- initial_split(iris, prop = 3/4, strata = Species); table(training(s)$Species); rownames(testing(s))[1:10]
set.seed(3); v <- vfold_cv(mtcars, v = 4); v; dim(analysis(v$splits[[1]])); rownames(assessment(v$splits[[2]])); v$id
set.seed(4); b <- bootstraps(mtcars, times = 3); b
initial_time_split(mtcars)
set.seed(5); s <- initial_split(mtcars, prop=.7, strata = mpg); rownames(testing(s))
str(s$in_id)

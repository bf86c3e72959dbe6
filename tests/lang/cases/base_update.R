update(y ~ x, . ~ . + z); update(y ~ x + z, . ~ . - z); update(y ~ x, log(.) ~ .); update(y ~ x + z, ~ . - x); update(y ~ x, . ~ . - 1); update(y ~ x, . ~ .:w); update(~ x, y ~ .)
fit <- lm(mpg ~ wt, mtcars); update(fit, . ~ . + hp); coef(update(fit, data = mtcars[1:10, ])); update(fit, . ~ . - wt + cyl, evaluate = FALSE)
update.model <- function(object, ...) { args <- list(...); object[names(args)] <- args; object }
m <- structure(list(name = "a"), class = "model"); update(m, name = "b")$name
tryCatch(update(list(1)), error = function(e) cat(conditionMessage(e), "\n"))

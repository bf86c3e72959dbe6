# Masking: a package's function stands before base R's
suppressPackageStartupMessages(library(dplyr))
lag(1:3)
dplyr::lag(1:3)
filter(data.frame(x = 1:3), x > 1)
purrr::map_dbl(1:2, ~ .x * 2)
glue::glue("{1 + 1}")
x <- tryCatch(library(nothere), error = function(e) conditionMessage(e))
x
suppressWarnings(require(nothere))
requireNamespace("dplyr", quietly = TRUE)
"package:dplyr" %in% search()
n <- 5
data.frame(a = 1:2) %>% mutate(k = n(), m = n)

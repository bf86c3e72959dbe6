library(zeallot)
c(loss, ...metrics) %<-% list(0.2, mae = 0.1, mse = 0.05)
str(metrics)
library(purrr)
safely(log)("a")$error
safely(sqrt)("a")$error
exec(paste, !!!list("a", "b"), sep = "_")
library(R6)
S <- R6Class("S", public = list(x = 1, get = function() self$x))
S$set("public", "double", function() self$x * 2)
names(S$new())
S$inherit
R6Class("T", inherit = S)$inherit
library(glue)
e <- 3
glue("multi
  line {e}
    more")
library(dplyr, warn.conflicts = FALSE)
tibble(a = 1:4, g = c("u", "v", "u", "v")) %>% group_split(g) %>% length
tibble(a = 1:4, g = c("u", "v", "u", "v")) %>% group_keys(g)
library(tidyr)
mtcars[1:6, 1:2] %>% group_by(cyl) %>% nest()
library(readr)
read_csv2("a;b\n1,5;2", show_col_types = FALSE)
parse_logical(c("t", "f", "TRUE"))
library(fs)
path_common(c("a/b/c", "a/b/d")); path_filter(c("x.R", "y.csv"), glob = "*.R"); path_ext_remove(path("a", "b.txt"))

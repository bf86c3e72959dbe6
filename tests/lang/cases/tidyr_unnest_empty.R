# unnest: keep_empty has a row of NA for an empty cell, names_sep prefixes the inner names
library(tidyr); library(tibble)
t <- tibble(id = 1:3, l = list(1:2, NULL, 5L))
unnest(t, l, keep_empty = TRUE)
unnest(t, l)
u <- tibble(id = 1:3, d = list(tibble(a = 1:2, b = c("x", "y")), NULL, tibble(a = 9L, b = "z")))
unnest(u, d, keep_empty = TRUE)
unnest(u, d, names_sep = "_")
unnest(tibble(g = c("p", "q"), x = list(c(a = 1), numeric(0)), y = list("u", character(0))), c(x, y), keep_empty = TRUE)

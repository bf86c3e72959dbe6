# magrittr's pipes, recorded with magrittr 2.0
library(magrittr)
c(1, 4, 9) %>% sqrt %>% sum
1:3 %>% paste("n", .)
2 %>% rep(3)
1:4 %>% { sum(.) / length(.) }
5 %>% (function(v) v + 1)
list(a = 1, b = 2) %>% .$b
list(a = 1, b = 2) %>% .[["a"]]
1:3 %>% lapply(function(i) i * 2) %>% unlist
4 %>% c(., 1)
4 %>% c(min(.), 2)
g <- . %>% sum %>% sqrt
g(c(9, 16))
g
functions(g)[[1]](1:3)
x <- c(9, 16); x %<>% sqrt; x
l <- list(v = c(1, 2)); l$v %<>% rev %>% sum; l
c(2, 3) %T>% print %>% sum
list(p = 2, q = 5) %$% (p * q)
1:10 %>% head(3) %>% invisible
y <- 1:3 %>% add(1L) %>% extract(2); y
tryCatch(1 %>% nofun_here, error = function(e) cat(conditionMessage(e), "\n"))
h <- function(x, n) { force(x); deparse(substitute(x)) }
5 %>% h(2)
"abc" %>% toupper() %>% paste0("!")
k <- function(z) z %>% { . + 1 } %>% multiply_by(2)
k(1)
1:3 %>% sapply(. %>% { .^2 })
sq <- function(x) { cat("sq\n"); x^2 }
3 %>% sq %>% sq
mtcars2 <- list(a = 1:3)
mtcars2 %>% with(a * 2)
1:3 %>% base::rev()
c(a = 1) %>% names %>% identical("a")
TRUE %>% `!`
5 %>% `-`(2)
10 %>% seq(1, ., by = 3)

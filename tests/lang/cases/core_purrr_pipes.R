# pipes with purrr and data frames
library(magrittr)
library(purrr)
x <- c(1, 2, 3)
x %>% mean()
x %>% sum %>% sqrt %>% round(2)
x %>% `[`(2)
x %>% .[. > 1]
iris %>% head(2) %>% nrow
mtcars %>% subset(cyl == 4) %>% nrow()
f <- function(d, ...) { d %>% lapply(function(v) v + 1) }
f(list(1, 2))
"a" %>% paste("b", ., sep = "-")
10 %>% seq_len %>% rev %>% head(3)
c(4, 9) %>% sapply(sqrt)
list(1, 2) %>% map(~ .x + 1) %>% str
1:3 %>% map_dbl(~ .x^2)
map_chr(c("a", "b"), toupper)
1:10 %>% keep(~ .x %% 2 == 0)
1:3 %>% reduce(`+`)
map2(1:2, 3:4, ~ .x + .y)
walk(1:2, ~ cat("item", .x, "\n"))
imap(list(a = 1, b = 2), ~ paste(.y, .x))
x %>% { c(min(.), max(.)) }
compose_pipe <- . %>% multiply_by(2) %>% add(1); compose_pipe(5)
y <- x %>% set_names(c("a", "b", "c")); y
y %>% extract("b")
TRUE %>% not
1:3 %>% is_in(c(2, 3))
data.frame(a = 1:2) %$% sum(a)
rnorm(3) %>% length
x %T>% { cat("side\n") } %>% sum
v <- 1:5; v %<>% rev; v
mtcars %>% with(mean(mpg))

# Modelled on unet.R, transformer and attention examples (v2.16.1, v1.5.1): braces, tees and compound pipes
library(magrittr)
block <- function(x, scale = 2) { x * scale }
concat <- function(inputs, axis = -1) do.call(c, inputs)
down <- 1:3
up <- down %>% block() %>% {concat(inputs = list(down, .), axis = 3)} %>% block(scale = 10)
up
c(1, 2) %>%
  { sqrt(.) + . } %>%
  round(3)
x <- c(4, 9)
x %<>% sqrt
x %<>% `*`(10) %>% rev()
x
rnorm(0) %>% length %>% is_greater_than(0)
iris %$% tapply(Sepal.Length, Species, mean)
1:4 %T>% { cat("sum is", sum(.), "\n") } %>% cumprod
f <- . %>% toupper() %>% paste0("!") 
f(c("a", "b"))
f
matrix(1:4, 2) %>% .[2, ] %>% set_names(c("u", "v"))
list(a = 1, b = 2) %>% extract2("b") %>% add(1) %>% multiply_by(3)
5 %>% seq_len %>% sapply(function(i) i^2) %>% Filter(function(v) v %% 2 == 1, .)
"text" %>% switch(text = "chosen", other = "not")
mtcars %>% subset(cyl == 4) %>% nrow %>% sprintf("%d rows", .)
c(3, 1, 2) |> sort() |> (\(v) v[1])()
quote(x |> f(y = 2))
sapply(1:3, . %>% add(1))
10 %>% { if (. > 5) "big" else "small" }
e <- new.env(); 3 %>% assign("v", ., envir = e); e$v
1:3 %>% list(., length(.)) %>% str

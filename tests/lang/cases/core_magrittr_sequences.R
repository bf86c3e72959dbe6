library(magrittr)
f <- . %>% add(1) %>% sqrt
print(f[1]); print(f[[2]]); print(f[1:2]); class(f); 
functions(f)
g <- function(x) { x %>% return; 5 }
g(3)
g <- function(x) { x %>% return(); 5 }
g(3)
g <- function(x) { x %>% add(1) %>% return(); 5 }
g(3)
g(3)
g <- function(x) { y <- x %>% add(1) %>% return(); print(y); 5 }
g(3)
g <- function(x) { x %>% add(1) %>% return() }
g(3)
g <- function(x) { if (x > 1) x %>% return(); 5 }
g(3)
freduce(4, list(sqrt, function(x) x + 1))
x <- 1:3 %>% set_attr("foo", "bar")
x
1:4 %>% set_class("zap") %>% class
1:4 %>% 'names<-'(letters[1:4])

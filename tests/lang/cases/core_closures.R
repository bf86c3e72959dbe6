# closures keep the environment they were made in
counter <- function() { i <- 0; function() { i <<- i + 1; i } }
a <- counter(); b <- counter()
a(); a(); b()
adders <- lapply(1:3, function(i) function(x) x + i)
adders[[1]](10)
adders[[3]](10)
f <- function(x) { g <- function() x * 2; x <- 5; g() }
f(1)
compose <- function(...) { fs <- list(...); function(x) { for (h in fs) x <- h(x); x } }
compose(sqrt, function(v) v + 1)(16)
(function(x, y = x + 1) x * y)(3)
# a formal may have the name of a function that is evaluated specially
f <- function(x) { g <- function(with) with; h(x, g(1)) }
h <- function(a, b) { k <- function(quote, z) quote; k(2, 1) + a + b }
f(1)

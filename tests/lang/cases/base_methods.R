# methods() of one's own generics and classes
print.zzz <- function(x, ...) 1
summary.zzz <- function(object, ...) 2
foo <- function(x) UseMethod("foo"); foo.default <- function(x) 1; foo.bar <- function(x) 2
methods(class = "zzz")
methods("foo")
methods(foo)
length(methods("foo"))
methods(class = "nowhere")

# A generator of reference objects is a function, shows its methods, and locks fields.
Base <- setRefClass("Base", fields = list(x = "numeric"), methods = list(add = function(n) x <<- x + n, show = function() cat("x =", x, "\n")))
Base
Derived <- setRefClass("Derived", contains = "Base", methods = list(add = function(n) callSuper(2 * n)))
Derived
setRefClass("Bare")
Derived$methods()
d <- Derived(x = 1)
d$add(3)
d
is.function(Derived)
Base$lock("x")
b <- Base$new()
b$x <- 5
tryCatch(b$x <- 6, error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(b$add(1), error = function(e) cat(conditionMessage(e), "\n"))
b$copy()$x
# mget takes other values in turn, or makes them by a function of the name
a <- 1
mget(c("a", "yy", "zz"), ifnotfound = list(0, "none", NA))
unlist(mget(c("yy", "zz"), ifnotfound = list(toupper)))
# an error that tryCatch took leaves its message alone
r <- tryCatch(stop("boom"), error = function(e) "caught")
geterrmessage()

# a function bound in any way to a builtin's name is the one that code already compiled calls
own <- function(...) "own"
hot <- function(x) { for (i in 1:3) y <- abs(x); y }
fresh <- function() { e <- new.env(); environment(hot) <- e; for (i in 1:6) hot(-1); hot }
f <- fresh(); delayedAssign("abs", own, assign.env = environment(f)); f(-1)
f <- fresh(); makeActiveBinding("abs", function() own, environment(f)); f(-1)
f <- fresh(); parent.env(environment(f)) <- list2env(list(abs = own), parent = globalenv()); f(-1)
body <- body(hot); eval(body, list(abs = own, x = -1)); with(list(abs = own, x = -1), eval(body))
hot <- function(x) { for (i in 1:3) y <- sqrt(x); y }
f <- fresh(); environment(f)[["sqrt"]] <- own; f(4)
hot <- function(x) { for (i in 1:3) y <- exp(x); y }
f <- fresh(); environment(f)$exp <- own; f(0)
hot <- function(x) { for (i in 1:3) y <- floor(x); y }
f <- fresh(); attach(list(floor = own), warn.conflicts = FALSE); f(0); detach(2); f(0)
hot <- function(x) { for (i in 1:3) y <- ceiling(x); y }
e <- new.env(); assign(paste0("cei", "ling"), own, e)
f <- fresh(); attach(e, warn.conflicts = FALSE); f(0); detach(2); f(0)

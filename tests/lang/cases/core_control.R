# if, for, while, repeat, switch and their values
x <- if (FALSE) 1
print(x)
for (i in c(a = 1, b = 2)) print(i)
for (n in list(1, "a", TRUE)) print(n)
i <- 0
while (TRUE) { i <- i + 1; if (i == 2) next; if (i > 4) break; cat(i, "") }
cat("\n")
repeat { i <- i - 1; if (i < 0) break }
i
f <- function(v) { for (x in v) { if (x > 2) return(x) }; "none" }
f(1:5); f(1:2)
sw <- function(x) switch(x, a = , b = "ab", c = { "c" }, stop("unknown: ", x))
sw("a"); sw("c")
tryCatch(sw("z"), error = function(e) cat(conditionMessage(e), "\n"))
switch(2, "one", "two")
is.null(switch(3, "one", "two"))
switch("q", a = 1)
g <- function(x) { if (x > 0) { if (x > 10) return("big"); "small" } else "negative" }
g(20); g(3); g(-1)
z <- for (i in 1:3) i
print(z)
s <- 0; for (i in seq(10, 1, by = -3)) s <- s + i; s
for (m in 3:1) cat(m, ""); cat("\n")
try(if (NA) 1, silent = TRUE)
for (e in list(NA, NULL, c(TRUE, FALSE), "x")) cat(tryCatch(if (e) 1 else 0, error = function(e) conditionMessage(e)), "\n")
TRUE && NA; FALSE && NA; TRUE || NA; NA || FALSE
tryCatch("a" && TRUE, error = function(e) cat(conditionMessage(e), "\n"))
if (y <- TRUE) y
f <- function(v) { for (x in v) if (x > 2) return(x); NULL }; f(1:5)

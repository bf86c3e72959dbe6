# dput and deparse write what their control says
dput(factor(c("a", "b")), control = NULL)
dput(c(1L, 3L), control = NULL)
deparse(c(1.5, 2, 1e10, 1/3, 100, 0.1), control = "hexNumeric")
deparse(c(1.5, 2, 1e5, 1/3, 0.1), control = "digits17")
dput(list(a = 1L, b = "x", c = c(x = 1)), control = NULL)
dput(quote(x + y), control = "all")
dput(c(a = 1L, b = 3L), control = "all")
dput(pi, control = "exact")
dput(as.Date("2020-01-01"), control = c("all", "hexNumeric"))
deparse(NA_character_, control = NULL)
dput(as.name("a b"))
deparse(as.name("a b"), backtick = TRUE)
# all.equal of times and of environments; identical by the bits of zero
t1 <- as.POSIXct("2020-01-01", tz = "UTC")
all.equal(t1, t1 + 1)
all.equal(t1, t1 + 0.0001)
all.equal(t1, as.Date("2020-01-01"))
all.equal(t1, as.POSIXct("2020-01-01", tz = "America/New_York"))
all.equal(as.POSIXlt(t1), as.POSIXlt(t1 + 5))
e1 <- list2env(list(a = 1, b = 2)); e2 <- list2env(list(a = 1, b = 3)); all.equal(e1, e2); all.equal(e1, list2env(as.list(e1)))
identical(0, -0, num.eq = FALSE)
Mod(NA_complex_)
# terms show all that they know
print(terms(y ~ x + z))
attr(terms(y ~ a * b + offset(w) - 1), "factors")
# methods of a class are those of functions that there are
print.money <- function(x, ...) cat("money\n")
print.summary.money <- function(x, ...) cat("sum\n")
"[.money" <- function(x, i) x
"$<-.money" <- function(x, name, value) x
Ops.money <- function(e1, e2) 1
methods(class = "money")
# str of a list that tells another length
length.foo <- function(x) 99L
str(list(structure(list(a = 1), class = "foo"), 1))
# compressed files that cannot be opened say so
tryCatch(readRDS("nofile"), warning = function(w) cat(conditionMessage(w), "\n"))
tryCatch(load("nofile"), warning = function(w) cat(conditionMessage(w), "\n"))

# errors, warnings, visibility, methods and redefinitions around generated code
hot <- function(f, ...) { for (k in 1:4) r <- f(...); r }
a <- function(x) x + 1
print(hot(a, 1)); print(tryCatch(a("b"), error = function(e) deparse(conditionCall(e))))
b <- function(x, i) x[[i]]
print(hot(b, list(1, 2), 2)); print(tryCatch(b(list(1), 3), error = function(e) c(conditionMessage(e), deparse(conditionCall(e)))))
d <- function(n) { s <- 0; for (i in 1:n) s <- s + as.integer(c("1", "x", "3")[i]); s }
print(withCallingHandlers(d(3), warning = function(w) { cat("w:", conditionMessage(w), "\n"); invokeRestart("muffleWarning") }))
e <- function(x) sqrt(x)
print(hot(e, 4)); print(suppressWarnings(e(-1))); print(tryCatch(e(-1), warning = function(w) deparse(conditionCall(w)))); print(e(c(4, 9))); print(tryCatch(e("a"), error = conditionMessage))
seen <- character()
f <- function(n) { count <- 0; withCallingHandlers(for (i in 1:n) { if (i %% 2 == 0) warning("even"); count <- count + i }, warning = function(w) { count <<- count + 100; seen <<- c(seen, paste(i)); invokeRestart("muffleWarning") }); count }
print(tryCatch(f(4), error = conditionMessage))

# visibility
v1 <- function(x) { y <- x + 1 }
v2 <- function(x) { y <- x + 1; y }
v3 <- function(x) if (x > 0) invisible(x) else x
v4 <- function(x) return(invisible(x))
v5 <- function(x) { x[2] <- 5 }
v6 <- function(n) for (i in 1:n) i
v7 <- function(x) (x <- 2)
v8 <- function(x) { invisible(7); x }
for (k in 1:4) { v1(1); v2(1); v3(1); v4(1); v5(1); v6(1); v7(1); v8(1) }
v1(1)
v2(1)
v3(1)
v3(-1)
v4(1)
v5(c(1, 2))
v6(2)
v7(1)
v8(1)
if (FALSE) 1
for (i in 1:2) i
x <- v5(1); x

# copies: a change is never seen through another name
c1 <- function(x) { y <- x; y[1] <- 100; c(x[1], y[1]) }
z <- c(1, 2); print(hot(c1, z)); print(z)
c2 <- function(n) { x <- numeric(3); l <- list(); for (i in 1:n) { x[i] <- i; l[[i]] <- x }; l }
str(hot(c2, 3))
c3 <- function(x) { x[2] <- "a"; x }
print(hot(c3, c(1, 2, 3))); print(c3(list(1, 2)))
c4 <- function(x, v) { x[[2]] <- v; x }
str(hot(c4, list(1, 2), 5)); str(c4(list(1, 2), NULL)); str(c4(1:3, 7)); str(c4(1:3, 7L)); str(c4(c(a = 1, b = 2), 3)); str(c4(list(1), list(2)))
c5 <- function() { x <- c(); for (i in 1:3) x[length(x) + 1] <- i; y <- x; x[4] <- 9; list(x, y) }
str(hot(c5))
c6 <- function() { e <- new.env(); e$n <- 0; for (i in 1:4) { e$n <- e$n + i; e[["m"]] <- i }; c(e$n, e$m) }
print(hot(c6))
c7 <- function() { l <- list(a = 1, b = "x"); for (i in 1:3) { l$a <- l$a + 1; l$new <- i; l[["b"]] <- "y" }; l }
str(hot(c7))
c8 <- function() { m <- matrix(0, 2, 2); for (i in 1:2) for (j in 1:2) m[i, j] <- m[i, j] + i * 10 + j; m[2, 1] <- 0L; m }
print(hot(c8)); print(tryCatch({ m <- c8(); m[3, 1] <- 1 }, error = conditionMessage))
c9 <- function(x) { names(x)[2] <- "q"; attr(x, "k") <- 1; x[["q"]] }
print(hot(c9, c(a = 1, b = 2)))

# methods
"+.money" <- function(e1, e2) { cat("money "); structure(list(v = e1$v + (if (is.list(e2)) e2$v else e2)), class = "money") }
"[.money" <- function(x, i) paste("part", i)
"$.rec" <- function(x, name) paste("field", name)
length.money <- function(x) 42L
"[<-.money" <- function(x, i, value) { cat("set "); x }
"==.money" <- function(e1, e2) "same?"
m1 <- structure(list(v = 1), class = "money")
m <- function(a, b) { r <- a + b; list(length(r), a[1], length(a), a == b) }
str(hot(m, m1, m1)); str(m(1, 2))
ms <- function(x) { x[1] <- 3; x }
invisible(hot(ms, m1)); print(ms(c(1, 2)))
r <- structure(list(q = 1), class = "rec"); mr <- function(x) x$anything
print(hot(mr, r)); print(mr(list(anything = 2)))
meddle <- function() { n <- 1; "*.odd" <- function(e1, e2) { n <<- 50; 2 }; o <- structure(1, class = "odd"); s <- n + 1; t <- o * n; c(s, t, n) }
print(hot(meddle))
fa <- function(x) { if (is.null(x)) "null" else if (is.na(x)) "na" else if (is.character(x)) "text" else "other" }
print(c(hot(fa, 1), fa(NULL), fa(NA), fa("a"), fa(NA_character_)))
dates <- function(n) { d <- as.Date("2024-01-30"); for (i in 1:n) d <- d + 1; d }
print(hot(dates, 3))

# redefinition
sq <- function(x) sqrt(x) + length(x)
print(hot(sq, 4)); sqrt <- function(x) "mine"; print(tryCatch(sq(4), error = conditionMessage)); rm(sqrt); print(sq(4))
inner <- function(x) { max <- function(...) "local max"; max(1, x) }
print(hot(inner, 2)); outer_max <- function(x) max(1, x); print(hot(outer_max, 2))
by_arg <- function(length, x) length(x)
print(hot(by_arg, function(v) "own", 3)); print(by_arg(5, c(1, 2, 3)))
rec <- function(n) if (n == 0) 0 else 1 + rec(n - 1)
print(rec(300)); rec0 <- rec; rec <- function(n) 1000; print(rec0(5))

# bindings that are locked or active
lockBinding("z", globalenv()); print(tryCatch(for (i in 1:2) z <- i, error = conditionMessage)); print(z); unlockBinding("z", globalenv())
makeActiveBinding("act", function(v) { if (!missing(v)) cat("set", v, "\n"); 7 }, globalenv())
for (i in 1:2) { act <- i; print(act + 1) }
lb <- function() { q <- 1; lockBinding("q", environment()); for (i in 1:2) q <- q + 1; q }
print(tryCatch(hot(lb), error = conditionMessage))

# on.exit, frames, recursion
oe <- function(n) { on.exit(cat("bye", n, "\n")); for (i in 1:2) n <- n + 1; n }
print(hot(oe, 1))
fr <- function() sys.nframe(); fr2 <- function() fr(); print(hot(fr2) - hot(fr))
pf <- function() environmentName(parent.frame()); print(hot(function() { for (k in 1:4) r <- evalq(pf(), globalenv()); r }))
print(tryCatch({ deep <- function(n) deep(n + 1); deep(1) }, error = function(e) "too deep"))
cat(sapply(1:3, function(i) { if (i == 2) return("two"); i }), "\n")
fact <- function(n) if (n <= 1) 1 else n * Recall(n - 1)
print(hot(fact, 10))
dc <- function(...) { args <- list(...); s <- 0; for (x in args) s <- s + x; s + ..1 + ...length() }
print(hot(dc, 1, 2, 3)); print(do.call(dc, list(4, 5)))
sw <- function(x) switch(x, a = "first", b = , c = "second", "default")
print(c(hot(sw, "a"), sw("b"), sw("z")))

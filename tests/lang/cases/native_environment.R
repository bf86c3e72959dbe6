# variables of generated code, and who else sees and changes them
hot <- function(f, ...) { for (k in 1:4) r <- f(...); r }
peek <- function() get("x", envir = parent.frame())
poke <- function(v) assign("x", v, envir = parent.frame())

a <- function() { x <- 1; s <- 0; for (i in 1:3) { x <- x + 1; s <- s + peek() }; c(x, s) }
print(hot(a))
b <- function() { x <- 1; for (i in 1:3) { x <- x + 1; poke(x * 10) }; x }
print(hot(b))
cc <- function() { count <- 0; add <- function() count <<- count + 1; for (i in 1:5) { count <- count + 10; add() }; count }
print(hot(cc))
d <- function() { x <- 1; e <- environment(); for (i in 1:3) { x <- i * 2; assign("y", x, envir = e) }; c(x, e$x, y) }
print(hot(d))
f <- function() { x <- 1; eval(quote(x <- x + 5)); evalq(x <- x * 2); x + 1 }
print(hot(f))
g <- function(n) { made <- list(); for (i in 1:n) { local({ j <- i; made[[j]] <<- function() j }) }; sapply(made, function(h) h()) }
print(hot(g, 3))
h <- function(n) { made <- list(); for (i in 1:n) made[[i]] <- function() i; sapply(made, function(h) h()) }
print(hot(h, 3))
k <- function() { x <- 1; rm(x); exists("x", inherits = FALSE) }
print(hot(k))
x <- 100
l <- function() { y <- x; x <- y + 1; x }
print(hot(l)); print(x)
m <- function(flag) { if (flag) x <- 1; x + 1 }
print(hot(m, FALSE)); print(m(TRUE)); print(m(FALSE))
n <- function() { for (i in 1:2) { if (i == 2) x <- x + 1 else x <- x * 2 }; x }
print(hot(n)); print(x)
o <- function() { ls() }
o2 <- function(p, q) { z <- 3; o <- p + q; sort(ls()) }
print(hot(o2, 1, 2))
w <- function(v) { with(list(v = 3, u = 4), v + u) + v }
print(hot(w, 1))
y <- function(df) { s <- 0; for (i in seq_len(nrow(df))) s <- s + df$a[i] * df[["b"]][i]; s }
print(hot(y, data.frame(a = 1:3, b = 4:6)))

# at top level
total <- 0
show <- function() cat("total is", total, "\n")
for (i in 1:3) { total <- total + i; if (i == 2) show() }
print(c(i, total))
bump <- function() total <<- total + 1000
for (i in 1:3) { total <- total + 1; bump() }
print(total)
for (i in integer(0)) print("never"); print(i)
for (z in c(a = 1.5, b = 2)) print(z)
for (z in list(1, "a", NULL, 2:3)) print(z)
for (z in factor(c("u", "v"))) print(z)
for (z in c(1L, NA)) print(z + 1L)
for (z in c(TRUE, NA, FALSE)) print(z & TRUE)
for (z in c("s", NA)) print(is.na(z))
for (z in 3:1) cat(z, ""); cat("\n")
for (z in seq_along(c("a", "b"))) cat(z, ""); for (z in seq_len(0)) cat("never"); cat("\n")
for (z in 1:3) { z <- z * 10; cat(z, "") }; cat(z, "\n")
for (z in 1.5:4) cat(z, ""); cat("\n")
k <- 0; repeat { k <- k + 1; if (k == 2) next; if (k > 4) break; cat(k, "") }; cat("\n")
k <- 0; while (TRUE) { k <- k + 1; for (j in 1:3) { if (j == 2) next; if (k == 2) break; cat(k, j, "; ") }; if (k > 2) break }; cat(k, j, "\n")

# jumps out of unknown code
jump <- function(n) { out <- c(); for (i in 1:n) { r <- tryCatch({ if (i == 2) next; if (i == 4) break; i }, error = function(e) -1); out <- c(out, r) }; c(out, i) }
print(hot(jump, 6))
leave <- function(n) { for (i in 1:n) { sapply(1:3, function(j) if (j == 2) j else 0); tryCatch(if (i == 3) return(i * 100), finally = cat("f")) }; "end" }
print(hot(leave, 5)); print(leave(1))
by_promise <- function(x) { x; "not reached" }
early <- function(v) { by_promise(return(v + 1)); "no" }
print(hot(early, 1))

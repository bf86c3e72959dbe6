# replacement calls of any nesting; the original value stays as it was
x <- c(a = 1, b = 2, c = 3)
y <- x
names(x)[2] <- "B"
x; y
l <- list(); l$a$b[[3]] <- "deep"; str(l)
m <- matrix(1:4, 2); dim(m) <- NULL; m
attr(m, "note") <- "hi"; attributes(m)
"second<-" <- function(x, value) { x[2] <- value; x }
z <- 1:3; second(z) <- 10L; z
second(names(x)) <- "SECOND"; x
f <- function(v) { v[1] <- 99; v }
w <- c(1, 2); f(w); w
g <- function() { x[1] <<- 100; invisible() }
g(); x
q <- list(p = list(1, 2)); q$p[[2]]$name <- "n"; str(q)
e <- new.env(); e$k <- 1; e[["k"]] <- e$k + 1; e$k
body(f) <- quote(v + 1); f(1)
formals(f)$v <- 5; f()
d <- 1:6; dim(d) <- c(2, 3); d[2, ] <- 0L; d
levels(fa <- factor(c("u", "v")))
levels(fa)[1] <- "U"; fa
a <- b <- 3; a; b
5 -> k; k
x[["b2"]] <- 7; x
l2 <- list(a = 1, b = 2); l2$a <- NULL; names(l2)
i <- 0; v <- numeric(3); v[i <- i + 1] <- 5; v; i

# A list put into itself holds what it was, not itself.
z <- list(a=1,b=2); z$b <- z; str(z)
x <- list(1,2); x[[2]] <- x; str(x)
f <- function(){ z <- list(a=1,b=2); z$b <- z; z[["a"]] <- z; str(z) }
f();f();f();f()
f <- function(){ z <- list(a=1,b=2); for(i in 1:2){ z$b <- z; z[["a"]] <- z}; str(z) }
f()
x <- list(1,2,3); x[2:3] <- x[1:2]; x[1] <- list(x); str(x)
x <- list(1,2,3); x[2:3] <- x; str(x)
x <- list(a=list(b=1)); x$a$b <- x; str(x)
x <- list(a=list(b=1)); x$a$b <- x$a; str(x)
x <- list(a=list(b=1),c=3); x$a <- x; str(x)
x <- list(1,2); i <- 1; x[[i]] <- x; str(x)
x <- list(1,2); attr(x,"me") <- x; str(x)
x <- c(a=1,b=2); names(x) <- x; print(x)
f <- function(x) { x$a <- x; x }
str(f(list(a=1)))
e <- new.env(); e$x <- list(a=1); e$x$a <- e$x; str(e$x)

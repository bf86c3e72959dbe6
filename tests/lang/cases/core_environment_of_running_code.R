# Environments of running code are read and written as its variables are.
f1 <- function(){e <- environment(); x <- 1; for(i in 1:3){x <- x+1; cat(e$x, "")}}; f1()
e <- environment(); x <- 1; for(i in 1:3){x <- x+1; cat(e$x,"")}
f2 <- function(){e <- environment(); s <- 0; for(i in 1:4){e[["s"]] <- s+100; s <- s+i}; s}; print(f2())
e <- environment(); s <- 0; for(i in 1:4){e[["s"]] <- s+100; s <- s+i}; print(s)
e <- globalenv(); y <- 1; f <- function(){s <- 0; for(i in 1:3){s <- s+y; e$y <- i*10; s <- s+y}; s}; print(f())
mk <- function(){ total <- 0; self <- environment(); add <- function(k){for(i in 1:k) self$total <- total+i; total}; self}
print(mk()$add(4))
f5 <- function(){ e <- environment(); for(i in 1:3){ e[["i"]] <- 5L; cat(i,"") } }; f5()
f6 <- function(){ e <- environment(); x <- 1; for(i in 1:3){ x <- x+1; y <- e[["x"]] * 2; if (e$x > 2) cat(y,"") }; e$x <- 9; x }; print(f6())

# attach, calls that are identical, do.call(envir = ), sums of complex matrices, mode<-
file.path("", "p1")
dirname(file.path("", "p1", "f"))
identical(quote(round(10.5)), call("round", 10.5)); identical(quote(f(1L, "a", TRUE)), call("f", 1L, "a", TRUE)); identical(quote(x + 1), call("+", as.name("x"), 1)); identical(body(function(x) x + 1), quote(x + 1)); identical(as.call(list(as.name("f"), 2)), quote(f(2)))
x <- cbind(x1 = c(1+2i, 2), x2 = c(3, 4i)); rowSums(x); colSums(x); rowMeans(x); colMeans(x)
A <- 2; f <- function(x) print(x^2); env <- new.env(); assign("A", 10, envir = env); assign("f", f, envir = env); f <- function(x) print(x); f(A); do.call("f", list(A)); do.call("f", list(A), envir = env); do.call(f, list(A), envir = env); do.call("f", list(quote(A)), envir = env); do.call(f, list(quote(A)), envir = env); do.call("f", list(as.name("A")), envir = env)
exprs <- expression(x <- 1, y <- 2, x + y); bquote(function() { ..(exprs) }, splice = TRUE); bquote(f(a, ..(list(1, 2)), b), splice = TRUE)
attach(women); summary(height); mean(weight); search()[2]; detach("women"); exists("height"); attach(list(qq = 5), name = "mine"); qq; search()[2]; detach(mine); exists("qq"); attach(mtcars); mean(mpg); tapply(mpg, cyl, mean); mpg <- 1; mpg; rm(mpg); mpg[1:2]; detach(mtcars); e <- new.env(); e$zz <- 3; attach(e); zz; detach("e"); tryCatch(detach("nothere"), error = function(e) cat(conditionMessage(e), "\n"))
g <- list(as.name("round"), 10.5); mode(g) <- "call"; g; eval(g); h <- as.call(list(round, quote(A))); mode(quote(a + b)); v <- 1:3; mode(v) <- "character"; v; storage.mode(v) <- "integer"; v; mode(v) <- "list"; str(v); mode(v) <- "numeric"; v
makeActiveBinding("ab", function() 1, globalenv()); bindingIsActive("ab", globalenv()); bindingIsLocked("ab", globalenv())

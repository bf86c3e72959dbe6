# the factors of a table are named by the arguments that ... stands for; a flat table lays out dimensions
f <- function(...) table(...); x <- c(1,2,2); f(x); f(x, c("a","b","b")); ftable(x); ftable(c(1,2,2))
ftable(Titanic); ftable(Titanic, row.vars=1:2); ftable(Titanic, row.vars=1, col.vars=c(2,4)); ftable(Survived ~ Class + Sex, Titanic); ftable(mtcars$cyl, mtcars$gear); ftable(table(a=c(1,2,2))); x <- ftable(mtcars[c("cyl","vs","am")]); x; ftable(round(prop.table(table(mtcars$cyl,mtcars$am)),3)); print(format(x, quote=FALSE)); ftable(Titanic, row.vars=1:4)

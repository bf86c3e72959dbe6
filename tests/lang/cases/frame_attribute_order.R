# Replacement leaves the class of a data frame behind its other attributes
df <- data.frame(a = 1:2, b = c("x", "y"))
dput(df)
df$c <- 3:4
dput(df)
order_of <- function(x) cat(names(attributes(x)), "\n")
d <- data.frame(a = 1:2); d[["z"]] <- 1; order_of(d)
d <- data.frame(a = 1:2); d[1, "a"] <- 9L; order_of(d)
order_of(aggregate(mpg ~ cyl, mtcars, mean))
order_of(expand.grid(1:2, 1:2))
# ordered factors of the same levels stay ordered
f <- factor(c("a", "b"), levels = c("b", "a"), ordered = TRUE)
c(f, f)
c(f, factor("z"))

df <- data.frame(a = 1:2, b = 3:4)
names(df) <- "a"
df
str(df)
names(df)
df2 <- data.frame(a = 1:2, b = 3:4, c = 5:6)
names(df2) <- c("a", NA)
df2
summary(df)
as.matrix(df)
m <- matrix(1:4, 2, dimnames = list(NULL, c("a", NA)))
m
x <- c(1, 2); names(x) <- c("a", NA); x
names(x) <- "a"
x
l <- list(1, 2); names(l) <- "a"; l
str(l)
l <- list(1,2); names(l) <- c(NA, "b"); l
as.list(df)
df[["a"]]
t(df)
is.na(df)
names(format(df))
write.csv(df2)
lapply(df2, max)

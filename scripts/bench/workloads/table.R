# table of 1e6
set.seed(1)
x <- sample(letters, 1e6, TRUE)
# work
t <- table(x)

# Modelled on vignettes/examples/addition_rnn.R (v2.16.1): arrays of rank three filled, shuffled and split
sums <- c("1+2 ", "3+4 ", "9+9 ", "5+0 ", "7+6 ", "8+1 ")
char_table <- sort(unique(unlist(strsplit(sums, ""))))
n <- length(sums)
x <- array(0, dim = c(n, 4, length(char_table)))
for(i in 1:n){
  x[i,,] <- t(sapply(strsplit(sums[i], "")[[1]], function(ch) as.numeric(ch == char_table)))
}
set.seed(1)
indices <- sample(1:n, size = n)
x <- x[indices,,]
split_at <- trunc(n/3)
x_val <- x[1:split_at,,]
x_train <- x[(split_at + 1):n,,]
print('Training Data:')
print(dim(x_train))
print('Validation Data:')
print(dim(x_val))
x_val[1, , ]
apply(x_train, c(1, 2), which.max)
matrix(char_table[apply(x_train, c(1, 2), which.max)], nrow(x_train))

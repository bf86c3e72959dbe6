# What every statement sees
v <- c(3.5, 1, 4, 1.5, 9, 2.6)
w <- c(2L, 7L, 1L, 8L)
s <- "The quick brown fox"
words <- c("apple", "pear", "fig", "apple")
named <- c(a = 1, b = 2, c = 3)
l <- list(a = 1, b = "x", c = 1:3)
flags <- c(TRUE, FALSE, TRUE)
m <- matrix(as.numeric(1:200), 20)
cube <- array(0, c(10, 10, 10))
df <- data.frame(a = 1:10, b = letters[1:10])
f <- factor(words)
e <- new.env()
assign("apple", 1, envir = e)
key <- "apple"
nothing <- NULL
k <- 3L
k5 <- 5L
k3 <- 3L
v4 <- c(v, 1, 2, 3, 4)
v10 <- 1:10
nested <- list(1, list(2, 3, list(4)), list(5))
depth <- function(x) if (is.list(x)) 1 + max(sapply(x, depth)) else 0
reverse <- function(s) paste(rev(strsplit(s, "")[[1]]), collapse = "")
levenshtein <- function(a, b) {
  a <- strsplit(a, "")[[1]]
  b <- strsplit(b, "")[[1]]
  d <- matrix(0, length(a) + 1, length(b) + 1)
  d[, 1] <- 0:length(a)
  d[1, ] <- 0:length(b)
  for (i in seq_along(a)) for (j in seq_along(b)) {
    cost <- if (a[i] == b[j]) 0 else 1
    d[i + 1, j + 1] <- min(d[i, j + 1] + 1, d[i + 1, j] + 1, d[i, j] + cost)
  }
  d[length(a) + 1, length(b) + 1]
}
life <- function(grid) {
  n <- nrow(grid)
  new <- grid
  for (i in 2:(n - 1)) for (j in 2:(n - 1)) {
    around <- sum(grid[(i - 1):(i + 1), (j - 1):(j + 1)]) - grid[i, j]
    new[i, j] <- if (around == 3 || (around == 2 && grid[i, j] == 1)) 1 else 0
  }
  new
}
grid <- matrix(rep(c(0, 1, 1, 0, 0, 1, 0), length.out = 400), 20)
grow_list <- function(n) { out <- list(); for (i in 1:n) out[[length(out) + 1]] <- i; out }
grow_frame <- function(n) { d <- df; for (i in 1:n) d[nrow(d) + 1, ] <- list(i, "z"); d }
queue <- function(n) { q <- c(); for (i in 1:n) q <- c(q, i); while (length(q) > 0) q <- q[-1]; q }
stack <- function(n) {
  items <- list()
  push <- function(x) items[[length(items) + 1]] <<- x
  pop <- function() { top <- items[[length(items)]]; items[[length(items)]] <<- NULL; top }
  for (i in 1:n) push(i)
  for (i in 1:n) pop()
}
knapsack <- function(weights, values, limit) {
  best <- rep(0, limit + 1)
  for (i in seq_along(weights)) for (j in limit:weights[i])
    best[j + 1] <- max(best[j + 1], best[j - weights[i] + 1] + values[i])
  best[limit + 1]
}
counts <- function(words) {
  found <- list()
  for (word in words) found[[word]] <- if (is.null(found[[word]])) 1 else found[[word]] + 1
  found
}
rows <- lapply(1:100, function(i) c(i, i + 1))
frames <- lapply(1:10, function(i) data.frame(a = i, b = "x"))
# work
m[k, 5:7]
m[k, ]
m[, 3]
m[2:4, 2:4]
m[k, 3]
m[cbind(1:3, 1:3)]
m[m > 190]
m[k, ] <- v4
m[k, ] <- 0
m[k, 2:4] <- c(1, 2, 3)
m[k, 3] <- 1
cube[k, 2, 3]
cube[k, 2, 3] <- 1
cube[k, , ]
cube[k, 2:3, 2:3] <- 1
v[k5]
v[2:4]
v[-1]
v[v > 2]
v[c(1, 3)]
v[k5] <- 2
v[2:3] <- 0
v[v > 100] <- 0
named["b"]
named[["b"]]
named["b"] <- 5
names(named)[k3]
l[["a"]]
l$a
l["a"]
l$a <- i
l[["b"]] <- i
l[[1]]
l[c("a", "b")]
df$a[k]
df$a[k] <- 3L
df[k, "a"]
df[k, 1]
df[["a"]]
df[k, ]
df[k, "a"] <- 3L
df[df$a > 5, ]
df$a
nrow(df)
ncol(m)
dim(m)
names(l)
length(v)
c(v, 1)
c(1, 2, 3)
c("a", "b")
list(1, "a")
list(a = 1, b = 2)
c(l, list(d = 1))
rep(0, 5)
rep(c(1, 2), times = 3)
rep(1:2, each = 2)
seq_len(5)
seq_along(v)
seq(1, 10, by = 2)
seq(1, 10, length.out = 4)
1:k
numeric(5)
character(3)
vector("list", 3)
sum(v)
mean(v)
max(v)
min(w)
range(v)
prod(v)
var(v)
sd(v)
median(v)
quantile(v, 0.5)
cumsum(v)
diff(v)
which.max(v)
which(v > 2)
order(v)
sort(v)
rev(v)
head(v, 2)
tail(v, 1)
unique(w)
table(words)
duplicated(words)
sample(6)
sample(1:6, 1)
runif(1)
rnorm(1)
rnorm(3)
is.na(v)
is.null(nothing)
is.numeric(v)
is.character(s)
identical(v, v)
any(v == 4)
all(v > 0)
"fig" %in% words
w %in% c(1L, 2L)
match("fig", words)
v + 1
v * v
v > 2
!flags
flags & TRUE
-v
v^2
v %% 2
sqrt(v)
exp(v)
abs(v)
round(v, 1)
floor(v)
ifelse(v > 2, 1, 0)
ifelse(k > 2, 1, 0)
pmax(v, 2)
switch(key, pear = 1, apple = 2, 3)
assign("pear", 2, envir = e)
get("apple", envir = e)
exists("fig", envir = e)
e[[key]]
e[[key]] <- i
ls(e)
mget(c("apple"), envir = e)
is.null(e$pear)
paste0("a", k)
paste("a", "b", sep = "-")
paste(words, collapse = " ")
substr(s, 2, 4)
substring(s, 1:3, 3:5)
strsplit(s, " ")[[1]]
strsplit(s, "")[[1]]
rev(strsplit(s, "")[[1]])
sprintf("%d: %s", k, s)
sprintf("%.2f", 3.14159)
gsub("quick", "slow", s)
sub("[aeiou]", "", s)
grepl("fox", s)
grepl("fox", s, fixed = TRUE)
regmatches(s, gregexpr("[a-z]+", s))
toupper(s)
nchar(s)
trimws("  a ")
as.integer("12")
as.numeric(k)
as.character(k)
format(3.14159, nsmall = 2)
startsWith(s, "The")
utf8ToInt("a")
chartr("abc", "xyz", s)
toString(w)
formatC(3.14159, digits = 3, format = "f")
factor(words)
levels(f)
as.integer(f)
sapply(w, function(x) x + 1)
sapply(words, nchar)
vapply(w, function(x) x + 1, numeric(1))
lapply(l, length)
lapply(w, function(x) x)
Map(function(a, b) a + b, w, w)
mapply(function(a, b) a + b, w, w)
Reduce(`+`, w)
Reduce(function(a, b) a + b, w, accumulate = TRUE)
Filter(function(x) x > 2, w)
rapply(nested, function(x) x * 2, how = "list")
do.call(sum, list(1, 2, 3))
do.call(rbind, rows)
do.call(rbind, frames)
apply(m, 1, sum)
sapply(split(df$a, df$b), sum)
tapply(df$a, df$b, sum)
outer(w, w)
unlist(l)
unlist(rows)
stopifnot(k > 0)
inherits(df, "data.frame")
class(v)
is.function(sum)
nchar(words)
matrix(0, 2, 2)
t(m)
m %*% v10
rbind(v, v)
cbind(1:3, 4:6)
rowSums(m)
colMeans(m)
crossprod(v)
dim(cube)
array(0, c(2, 2, 2))
vapply(words, function(x) substr(x, 1, 1), "")
setdiff(w, 1L)
union(w, 5L)
append(v, 1, after = 2)
max(k, 2)
min(1, 2, 3)
nlevels(f)
is.element(2, w)
bitwAnd(k, 3L)
as.integer(k / 2)
k %/% 2L
tryCatch(k, error = function(e) 0)
invisible(k)
depth(nested)
reverse(s)
levenshtein("kitten", "sitting")
life(grid)
grow_list(50)
grow_frame(5)
queue(30)
stack(20)
knapsack(c(2, 3, 4), c(3, 4, 5), 20)
counts(words)
strtoi("ff", 16L)
rev(utf8ToInt(s))
Sys.time()
mapply(rep, 1:3, 3:1)
outer(1:3, 1:3, "+")
nchar(s, "chars")
vapply(l, is.numeric, logical(1))
modifyList(l, list(a = 2))
setNames(w, words)
unlist(lapply(w, function(x) x * 2))
within(df, a <- a + 1)
with(df, sum(a))
merge(df, df)
df[order(df$a), ]
apply(m, c(1, 2), function(x) x + 1)
strsplit("a,b,c", ",", fixed = TRUE)
array(1:8, c(2, 2, 2))[1, 2, ]
data.frame(a = 1, b = "x")

# Modelled on vignettes/faq.Rmd (v2.16.1): generators of random rows and of files in turn
sampling_generator <- function(X_data, Y_data = NULL, batch_size = 2) {
  function() {
    rows <- sample(1:nrow(X_data), batch_size, replace = TRUE)
    if (!is.null(Y_data))
      list(X_data[rows,], Y_data[rows,])
    else
      list(X_data[rows,])
  }
}
set.seed(17)
X <- matrix(1:12, 4)
gen <- sampling_generator(X, matrix(4:1))
str(gen())
gen()
sampling_generator(X)()
data_files_generator <- function(files) {
  next_file <- 0
  function() {
    next_file <<- next_file + 1
    if (next_file > length(files))
      next_file <<- 1
    files[[next_file]]
  }
}
g <- data_files_generator(c("a.csv", "b.csv"))
for (i in 1:5) cat(g(), "")
cat("\n")
environment(g)$next_file
iterate <- function(it, f = identity) { out <- list(); while (!is.null(v <- it())) out[[length(out) + 1]] <- f(v); out }
countdown <- function(n) function() if (n > 0) { n <<- n - 1; n } else NULL
unlist(iterate(countdown(4), function(v) v^2))
adders <- lapply(1:3, function(i) function(x) x + i)
adders[[2]](10)
compose2 <- function(...) { fs <- list(...); function(x) Reduce(function(acc, f) f(acc), fs, x) }
compose2(sqrt, function(v) v + 1, round)(10)
make_counter <- local({ n <- 0; function() { n <<- n + 1; n } })
make_counter(); make_counter()

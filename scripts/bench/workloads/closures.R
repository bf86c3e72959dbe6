# calls with named, default and ... arguments, 1e5 times
inner <- function(x, scale = 1, shift = 0) (x - shift) / scale
outer_one <- function(x, ...) inner(x, ...)
work <- function(n) {
  total <- 0
  for (i in seq_len(n)) total <- total + outer_one(i, shift = 1) + inner(i, scale = 2)
  total
}
# work
work(100000)

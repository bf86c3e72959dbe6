# string of 1e5 pieces
pieces <- function(n) {
  x <- character(n)
  for (i in 1:n) x[i] <- paste0("piece", i)
  paste(x, collapse = ",")
}
# work
nchar(pieces(100000))

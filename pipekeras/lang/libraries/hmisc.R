# Hmisc: shifted vectors, and what is not in a set.

Lag <- function(x, shift = 1) {
  if (shift == 0) return(x)
  n <- length(x)
  out <- x
  places <- seq_len(n) - shift
  kept <- places >= 1 & places <= n
  filler <- if (is.character(x)) "" else NA
  out[!kept] <- filler
  out[kept] <- x[places[kept]]
  out
}

`%nin%` <- function(x, table) is.na(match(x, table))

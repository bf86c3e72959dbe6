# Modelled on vignettes/examples/stateful_lstm.R (v2.16.1): a decaying cosine in an array of rank three
gen_cosine_amp <- function(amp = 100, period = 10, x0 = 0, xn = 12, step = 1, k = 0.1) {
  n <- (xn-x0) * step
  cos <- array(data = numeric(n), dim = c(n, 1, 1))
  for (i in 1:length(cos)) {
    idx <- x0 + i * step
    cos[[i, 1, 1]] <- amp * cos(2 * pi * idx / period)
    cos[[i, 1, 1]] <- cos[[i, 1, 1]] * exp(-k * idx)
  }
  cos
}
cat('Generating Data...\n')
cos <- gen_cosine_amp()
cat('Input shape:', dim(cos), '\n')
cos[, 1, 1]
lahead <- 2
expected_output <- array(data = numeric(length(cos)), dim = c(length(cos), 1))
for (i in 1:(length(cos) - lahead)) {
  expected_output[[i, 1]] <- mean(cos[(i + 1):(i + lahead)])
}
cat('Output shape:', dim(expected_output), '\n')
expected_output
summary(as.vector(cos))
cos[1:3, , , drop = FALSE]
range(cos); which.min(abs(cos))
batch_size <- 5
usable <- length(cos) - length(cos) %% batch_size
cos[seq_len(usable)] |> matrix(ncol = batch_size, byrow = TRUE) |> round(1)

# Modelled on the jena climate generator of the R book and vignettes on timeseries (v2.16.1): lookback, delay, steps
generator <- function(data, lookback, delay, min_index, max_index,
                      shuffle = FALSE, batch_size = 4, step = 2) {
  if (is.null(max_index))
    max_index <- nrow(data) - delay - 1
  i <- min_index + lookback
  function() {
    if (shuffle) {
      rows <- sample(c((min_index+lookback):max_index), size = batch_size)
    } else {
      if (i + batch_size >= max_index)
        i <<- min_index + lookback
      rows <- c(i:min(i+batch_size-1, max_index))
      i <<- i + length(rows)
    }
    samples <- array(0, dim = c(length(rows),
                                lookback / step,
                                dim(data)[[-1]]))
    targets <- array(0, dim = c(length(rows)))
    for (j in 1:length(rows)) {
      indices <- seq(rows[[j]] - lookback, rows[[j]]-1,
                     length.out = dim(samples)[[2]])
      samples[j,,] <- data[indices,]
      targets[[j]] <- data[rows[[j]] + delay,2]
    }
    list(samples, targets)
  }
}
set.seed(5)
data <- cbind(t = 1:30, temp = round(10 * sin(1:30 / 4), 2), p = rpois(30, 4))
gen <- generator(data, lookback = 6, delay = 3, min_index = 1, max_index = 20)
batch <- gen()
str(batch)
batch[[1]][1, , ]
batch[[2]]
for (k in 1:4) cat(k, ":", gen()[[2]], "\n")
shuffled <- generator(data, 6, 3, 1, NULL, shuffle = TRUE)
shuffled()[[2]]

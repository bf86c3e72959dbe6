# text to one-hot windows, as for an LSTM
set.seed(1)
maxlen <- 40
text <- sample(c(letters, " ", "\n", ".", ","), 15000, TRUE)
chars <- sort(unique(text))
# work
starts <- seq(1, length(text) - maxlen - 1, by = 3)
dataset <- lapply(starts, function(s) list(sentence = text[s:(s + maxlen - 1)], next_char = text[s + maxlen]))
x <- array(0, dim = c(length(dataset), maxlen, length(chars)))
y <- array(0, dim = c(length(dataset), length(chars)))
for (i in 1:length(dataset)) {
  x[i, , ] <- sapply(chars, function(char) as.integer(char == dataset[[i]]$sentence))
  y[i, ] <- as.integer(chars == dataset[[i]]$next_char)
}

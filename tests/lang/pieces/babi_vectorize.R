# Modelled on vignettes/examples/babi_memnn.R (v2.16.1): words to indices with padding, answers as one-hot rows
suppressPackageStartupMessages(library(purrr))
pad_sequences <- function(sequences, maxlen) {
  out <- matrix(0L, length(sequences), maxlen)
  for (i in seq_along(sequences)) {
    s <- tail(sequences[[i]], maxlen)
    if (length(s)) out[i, (maxlen - length(s) + 1):maxlen] <- s
  }
  out
}
data <- list(
  question = list(c("Where", "is", "Mary", "?"), c("Where", "is", "the", "milk", "?")),
  story = list(c("Mary", "left", "."), c("John", "took", "the", "milk", ".", "He", "left", ".")),
  answer = c("garden", "left")
)
vocab <- c(unlist(data$question), data$answer, unlist(data$story)) %>% unique() %>% sort()
vocab
vocab_size <- length(vocab) + 1
story_maxlen <- map_int(data$story, ~length(.x)) %>% max()
query_maxlen <- map_int(data$question, ~length(.x)) %>% max()
c(vocab_size, story_maxlen, query_maxlen)
to_ids <- function(d) map(d, function(x) map_int(x, ~which(.x == vocab)))
vec <- list(
  questions = pad_sequences(to_ids(data$question), query_maxlen),
  stories = pad_sequences(to_ids(data$story), 6),
  answers = sapply(c("", vocab), function(x) as.integer(x == data$answer))
)
vec

# Modelled on vignettes/examples/lstm_text_generation.R (v2.16.1): text cut into overlapping windows, one-hot arrays
library(magrittr)
library(stringr)
library(purrr)
maxlen <- 6
lines <- c("The will to truth,", "which is to tempt us", "To many a hazardous", "enterprise")
text <- lines %>%
  str_to_lower() %>%
  str_c(collapse = "\n") %>%
  str_split("") %>%
  .[[1]]
print(sprintf("corpus length: %d", length(text)))
chars <- text %>%
  unique() %>%
  sort()
print(sprintf("total chars: %d", length(chars)))
print(chars)
dataset <- map(
  seq(1, length(text) - maxlen - 1, by = 9),
  ~list(sentence = text[.x:(.x + maxlen - 1)], next_char = text[.x + maxlen])
  )
dataset <- transpose(dataset)
str(dataset$next_char)
x <- array(0, dim = c(length(dataset$sentence), maxlen, length(chars)))
y <- array(0, dim = c(length(dataset$sentence), length(chars)))
for(i in 1:length(dataset$sentence)){
  x[i,,] <- sapply(chars, function(x){
    as.integer(x == dataset$sentence[[i]])
  })
  y[i,] <- as.integer(chars == dataset$next_char[[i]])
}
dim(x)
x[2,,]
apply(y, 1, which.max)
map_chr(dataset$sentence, paste, collapse = "")

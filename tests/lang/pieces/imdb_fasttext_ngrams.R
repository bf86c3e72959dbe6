# Modelled on vignettes/examples/imdb_fasttext.R (v2.16.1): n-grams as new tokens
library(purrr)
create_ngram_set <- function(input_list, ngram_value = 2){
  indices <- map(0:(length(input_list) - ngram_value), ~1:ngram_value + .x)
  indices %>%
    map_chr(~input_list[.x] %>% paste(collapse = "|")) %>%
    unique()
}
add_ngram <- function(sequences, token_indice, ngram_range = 2){
  ngrams <- map(sequences, create_ngram_set, ngram_value = ngram_range)
  map2(sequences, ngrams, function(x, y){
    tokens <- token_indice$token[token_indice$ngrams %in% y]
    c(x, tokens)
  })
}
create_ngram_set(c(1, 4, 9, 4, 1, 4), ngram_value = 2)
create_ngram_set(c(1L, 4L, 9L, 4L), ngram_value = 3)
max_features <- 20
train <- list(c(1, 4, 9), c(4, 9, 2, 7), c(1, 4, 9, 2))
print(length(train))
print(sprintf("Average train sequence length: %f", mean(map_int(train, length))))
ngrams <- train %>%
  map(create_ngram_set) %>%
  unlist() %>%
  unique()
token_indice <- data.frame(
  ngrams = ngrams,
  token  = 1:length(ngrams) + (max_features),
  stringsAsFactors = FALSE
)
token_indice
max_features <- max(token_indice$token) + 1
max_features
str(add_ngram(train, token_indice))

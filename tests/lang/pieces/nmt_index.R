# Modelled on vignettes/examples/nmt_attention.R (v2.16.1): word index with a padding row, sentences to digits
suppressPackageStartupMessages({library(purrr); library(stringr); library(tibble)})
create_index <- function(sentences) {
  unique_words <- sentences %>% unlist() %>% paste(collapse = " ") %>%
    str_split(pattern = " ") %>% .[[1]] %>% unique() %>% sort()
  index <- data.frame(
    word = unique_words,
    index = 1:length(unique_words),
    stringsAsFactors = FALSE
  ) %>%
    add_row(word = "<pad>",
            index = 0,
            .before = 1)
  index
}
word2index <- function(word, index_df) {
  index_df[index_df$word == word, "index"]
}
index2word <- function(index, index_df) {
  index_df[index_df$index == index, "word"]
}
src <- list("<start> go . <stop>", "<start> run away ! <stop>")
src_index <- create_index(src)
src_index
word2index("go", src_index)
index2word(0, src_index)
word2index("nothing", src_index)
sentence2digits <- function(sentence, index_df) {
  map((sentence %>% str_split(pattern = " "))[[1]], function(word)
    word2index(word, index_df))
}
diglist <- map(src, function(s) sentence2digits(s, src_index))
src_maxlen <- map(diglist, length) %>% unlist() %>% max()
src_matrix <- t(sapply(diglist, function(d) c(unlist(d), rep(0, src_maxlen - length(d)))))
src_matrix
matrix(src_index$word[match(src_matrix, src_index$index)], nrow = 2)

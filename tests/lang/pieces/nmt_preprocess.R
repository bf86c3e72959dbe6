# Modelled on vignettes/examples/nmt_attention.R (v2.16.1): sentences cleaned by composed functions
library(purrr)
library(stringr)
sentences <- str_split(c("Go.\tGa.", "Run away!\tRen weg!", "How's  Tom?\tHoe gaat het met Tom?"), "\t")
space_before_punct <- function(sentence) {
  str_replace_all(sentence, "([?.!])", " \\1")
}
replace_special_chars <- function(sentence) {
  str_replace_all(sentence, "[^a-zA-Z?.!,¿]+", " ")
}
add_tokens <- function(sentence) {
  paste0("<start> ", sentence, " <stop>")
}
add_tokens <- Vectorize(add_tokens, USE.NAMES = FALSE)
preprocess_sentence <- compose(add_tokens,
                               str_squish,
                               replace_special_chars,
                               space_before_punct)
word_pairs <- map(sentences, preprocess_sentence)
word_pairs
map_chr(word_pairs, 1)
map(word_pairs, ~ .[[2]]) %>% unlist()
unique_words <- map(word_pairs, 1) %>% unlist() %>% paste(collapse = " ") %>%
  str_split(pattern = " ") %>% .[[1]] %>% unique() %>% sort()
unique_words
str_count(unique_words, "[aeiou]")
walk(word_pairs[1:2], function(pair) cat(pair[1], "=>", pair[2], "\n"))

# Modelled on docs/tutorial on movie reviews (cran/v2.1.5, website): a word index reversed to read a review
word_index <- list(the = 1L, and = 2L, film = 3L, was = 4L, brilliant = 5L, location = 6L, story = 7L)
word_index_df <- data.frame(
  word = names(word_index),
  idx = unlist(word_index, use.names = FALSE),
  stringsAsFactors = FALSE
)
word_index_df$idx <- word_index_df$idx + 3
extra <- data.frame(word = c("<PAD>", "<START>", "<UNK>", "<UNUSED>"), idx = 0:3, stringsAsFactors = FALSE)
word_index_df <- rbind(extra, word_index_df)
word_index_df <- word_index_df[order(word_index_df$idx), ]
word_index_df
decode_review <- function(text){
  paste(lapply(text, function(number) word_index_df$word[word_index_df$idx == number]), collapse = " ")
}
review <- c(1, 4, 6, 7, 8, 2, 5, 0, 0)
decode_review(review)
reverse_word_index <- names(word_index)
names(reverse_word_index) <- word_index
reverse_word_index[["5"]]
decoded <- sapply(review, function(index) {
  word <- if (index >= 3) reverse_word_index[[as.character(max(1, index - 3))]]
  if (!is.null(word)) word else "?"
})
cat(decoded, "\n")
sapply(c(first = 1, second = 3), function(i) reverse_word_index[as.character(i)])

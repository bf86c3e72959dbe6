# Modelled on vignettes/examples/quora_siamese_lstm.R (v1.5.1's predecessor, v2.16.1): a tokenizer by table and match
texts <- c("The cat sat on the mat", "The dog ate my homework", "the cat ate the dog")
words <- unlist(strsplit(tolower(texts), " ", fixed = TRUE))
freq <- sort(table(words), decreasing = TRUE)
freq
head(freq, 3)
vocab <- names(freq)
word_index <- as.list(seq_along(vocab))
names(word_index) <- vocab
str(word_index[1:3])
texts_to_sequences <- function(x, num_words = 5) {
  lapply(strsplit(tolower(x), " ", fixed = TRUE), function(w) {
    ids <- match(w, vocab)
    ids[!is.na(ids) & ids < num_words]
  })
}
texts_to_sequences(texts)
texts_to_sequences("a new cat", 100)
doc_term <- t(sapply(strsplit(tolower(texts), " "), function(w) table(factor(w, levels = vocab))))
doc_term
idf <- log(nrow(doc_term) / (1 + colSums(doc_term > 0)))
round(idf, 4)
round(sweep(doc_term, 2, idf, `*`), 2)[, 1:5]
as.data.frame(freq, stringsAsFactors = FALSE)[1:3, ]

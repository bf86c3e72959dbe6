# Modelled on vignettes/faq and skipgram texts (cran/v2.1.5, R/preprocessing.R): pairs of a word and its context
sentence <- c("the", "wide", "road", "shimmered", "in", "the", "hot", "sun")
vocab <- unique(sentence)
ids <- match(sentence, vocab)
window_size <- 2
pairs <- NULL
for (i in seq_along(ids)) {
  around <- setdiff(max(1, i - window_size):min(length(ids), i + window_size), i)
  pairs <- rbind(pairs, cbind(target = ids[i], context = ids[around]))
}
dim(pairs)
head(pairs)
tail(pairs, 3)
counts <- table(vocab[pairs[, "target"]])
counts[c("the", "sun")]
xtabs(~ target + context, data = as.data.frame(pairs))
cooc <- matrix(0L, length(vocab), length(vocab), dimnames = list(vocab, vocab))
for (k in seq_len(nrow(pairs))) {
  a <- pairs[k, 1]; b <- pairs[k, 2]
  cooc[a, b] <- cooc[a, b] + 1L
}
cooc
isSymmetric(cooc)
set.seed(2)
keep <- runif(nrow(pairs)) < 0.3
couples <- split(pairs[keep, , drop = FALSE], seq_len(sum(keep)))
str(couples[1:2])
unique(pairs[duplicated(pairs), , drop = FALSE])

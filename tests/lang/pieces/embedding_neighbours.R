# Modelled on vignettes/examples/mnist_cnn_embeddings.R (v2.16.1): nearest vectors by cosine
emb <- rbind(king = c(1, 0.9, 0.1), queen = c(0.9, 1, 0.2), apple = c(0, 0.1, 1), pear = c(0.1, 0, 0.8))
colnames(emb) <- paste("dim", 1:3, sep = "_")
emb
normalize <- function(m) m / sqrt(rowSums(m^2))
sims <- tcrossprod(normalize(emb))
round(sims, 3)
find_similar_words <- function(word, m, n = 2) {
  s <- normalize(m) %*% normalize(m[word, , drop = FALSE])[1, ]
  s[, 1] %>% sort(decreasing = TRUE) %>% head(n + 1)
}
library(magrittr)
find_similar_words("king", emb)
diag(sims)
which(sims > 0.95 & upper.tri(sims), arr.ind = TRUE)
apply(sims - 2 * diag(4), 1, function(r) names(which.max(r)))
dist(emb)
meta <- tempfile(fileext = ".tsv")
write.table(data.frame(word = rownames(emb), emb), meta, sep = "\t", quote = FALSE, row.names = FALSE)
cat(readLines(meta), sep = "\n")
back <- read.delim(meta)
str(back)
all.equal(as.matrix(back[, -1]), emb, check.attributes = FALSE)

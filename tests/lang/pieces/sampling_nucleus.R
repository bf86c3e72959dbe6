# Modelled on text generation guides (v2.16.1, keras3's NLP examples): top-k and nucleus sampling
softmax <- function(logits, temperature = 1) {
  z <- exp((logits - max(logits)) / temperature)
  z / sum(z)
}
top_k <- function(p, k) {
  cut <- sort(p, decreasing = TRUE)[k]
  p[p < cut] <- 0
  p / sum(p)
}
nucleus <- function(p, top_p = 0.9) {
  o <- order(p, decreasing = TRUE)
  keep <- o[seq_len(which(cumsum(p[o]) >= top_p)[1])]
  out <- numeric(length(p))
  out[keep] <- p[keep]
  out / sum(out)
}
vocab <- c("the", "a", "cat", "dog", "sat", "<end>")
logits <- c(2.1, 1.7, 0.3, 0.2, -1, -2)
p <- setNames(softmax(logits), vocab)
print(p, digits = 3)
round(top_k(p, 3), 4)
nucleus(p, 0.8)
set.seed(33)
sample(vocab, 10, replace = TRUE, prob = nucleus(p, .95))
generate <- function(n, ...) {
  words <- character()
  repeat {
    w <- sample(vocab, 1, prob = softmax(logits - 0.5 * (vocab %in% tail(words, 1)), ...))
    if (w == "<end>" || length(words) >= n) break
    words <- c(words, w)
  }
  paste(words, collapse = " ")
}
for (temp in c(0.5, 1, 2)) cat(format(temp, nsmall = 1), ":", generate(6, temperature = temp), "\n")
entropy <- sapply(c(.5, 1, 2), function(t) { q <- softmax(logits, t); -sum(q * log2(q)) })
names(entropy) <- paste0("T=", c(.5, 1, 2))
entropy
cumsum(rev(sort(p)))

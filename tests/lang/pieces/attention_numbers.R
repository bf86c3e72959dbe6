# Modelled on nmt_attention.R and the transformer example (v2.16.1, v1.5.1): masks, softmax rows, positions
softmax <- function(m) { e <- exp(m - apply(m, 1, max)); e / rowSums(e) }
q <- matrix(c(1, 0, 1, 0, 2, 0, 1, 1, 0), 3, byrow = TRUE)
scores <- q %*% t(q) / sqrt(ncol(q))
round(scores, 3)
causal <- outer(1:3, 1:3, `>=`)
causal
scores[!causal] <- -Inf
w <- softmax(scores)
round(w, 4)
stopifnot(all.equal(rowSums(w), rep(1, 3)))
dimnames(w) <- list(result = c("ga", "weg", "!"), sentence = c("go", "away", "<stop>"))
print(w, digits = 2)
melted <- as.data.frame(as.table(w), responseName = "value")
head(melted, 4)
melted$sentence <- factor(melted$sentence, levels = rev(levels(melted$sentence)))
levels(melted$sentence)
positional <- function(len, d) {
  pos <- 0:(len - 1)
  i <- 0:(d - 1)
  angle <- outer(pos, 1 / 10000^(2 * (i %/% 2) / d))
  angle[, i %% 2 == 0] <- sin(angle[, i %% 2 == 0])
  angle[, i %% 2 == 1] <- cos(angle[, i %% 2 == 1])
  angle
}
round(positional(3, 4), 4)
attention_matrix <- matrix(0, nrow = 4, ncol = 3)
for (t in seq_len(3)) attention_matrix[t,] <- w[t, ]
attention_matrix[1:length(strsplit("ga weg !", " ")[[1]]), 1:2]
padding <- c(5, 3, 0, 0) != 0
padding %o% padding
ifelse(c(4, 0, 2) == 0L, 0, 1)
which(upper.tri(diag(3)), arr.ind = TRUE)
crossprod(w[, 1:2])

# Modelled on R/preprocessing.R and tests/testthat/test-preprocessing.R (v2.16.1): padding and truncation at either end
pad_sequences <- function(sequences, maxlen = NULL, padding = c("pre", "post"), truncating = c("pre", "post"), value = 0) {
  padding <- match.arg(padding)
  truncating <- match.arg(truncating)
  if (is.null(maxlen)) maxlen <- max(lengths(sequences))
  out <- matrix(value, nrow = length(sequences), ncol = maxlen)
  for (i in seq_along(sequences)) {
    s <- sequences[[i]]
    if (!length(s)) next
    s <- switch(truncating, pre = tail(s, maxlen), post = head(s, maxlen))
    at <- if (padding == "post") seq_along(s) else maxlen - length(s) + seq_along(s)
    out[i, at] <- unlist(s)
  }
  storage.mode(out) <- "integer"
  out
}
seqs <- list(1L, c(1L, 2L), c(1L, 2L, 3L), integer())
pad_sequences(seqs)
pad_sequences(seqs, maxlen = 2)
pad_sequences(seqs, 2, truncating = "post", padding = "post")
pad_sequences(seqs, 4, value = -1L, padding = "post")
result <- tryCatch(pad_sequences(seqs, padding = "middle"), error = function(e) conditionMessage(e))
cat(result, "\n")
lengths(seqs)
sapply(seqs, length)
typeof(pad_sequences(seqs))
do.call(rbind, lapply(seqs, function(s) c(s, rep(NA, 3 - length(s)))))
rev(seqs)[[2]]
Filter(length, seqs)

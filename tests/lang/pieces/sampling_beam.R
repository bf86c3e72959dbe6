# Modelled on lstm_seq2seq.R's decoding (v2.16.1): the same loop with a beam of candidates
logp <- log(rbind(start = c(a = .6, b = .3, end = .1), a = c(.2, .5, .3), b = c(.4, .1, .5), end = c(0, 0, 1)))
logp
beams <- list(list(path = "start", score = 0))
for (step in 1:3) {
  candidates <- list()
  for (b in beams) {
    last <- tail(b$path, 1)
    if (last == "end") { candidates <- c(candidates, list(b)); next }
    for (w in colnames(logp)) {
      candidates[[length(candidates) + 1]] <- list(path = c(b$path, w), score = b$score + logp[last, w])
    }
  }
  scores <- sapply(candidates, `[[`, "score")
  beams <- candidates[order(scores, decreasing = TRUE)[1:3]]
  cat("step", step, ":", sapply(beams, function(b) paste(b$path[-1], collapse = "")), "\n")
}
for (b in beams) cat(sprintf("%-12s %8.4f\n", paste(b$path[-1], collapse = " "), exp(b$score)))
str(beams[[1]])
best <- Reduce(function(x, y) if (y$score > x$score) y else x, beams)
best$path
Position(function(b) "b" %in% b$path, beams)
Find(function(b) length(b$path) > 3, beams)$score
greedy <- "start"
while (tail(greedy, 1) != "end") greedy <- c(greedy, names(which.max(logp[tail(greedy, 1), ])))
greedy
sapply(beams, function(b) length(b$path))
is.infinite(logp["end", "a"])

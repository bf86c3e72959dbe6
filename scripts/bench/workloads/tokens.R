# words counted in an environment, 1e5 of them
set.seed(1)
words <- paste0("w", sample(2000, 1e5, TRUE))
count <- function(words) {
  counts <- new.env()
  for (w in words) {
    old <- counts[[w]]
    counts[[w]] <- if (is.null(old)) 1L else old + 1L
  }
  length(ls(counts))
}
# work
count(words)

# Modelled on vignettes/examples/pretrained_word_embeddings.R (cran/v2.1.5): vectors of words kept in an environment
GLOVE_DIR <- tempfile("glove")
dir.create(GLOVE_DIR)
writeLines(c("the 0.1 0.2 -0.3", "cat 1.5 -2 0.25", "mat 0 1e-2 7"), file.path(GLOVE_DIR, 'glove.6B.3d.txt'))
cat('Indexing word vectors.\n')
embeddings_index <- new.env(parent = emptyenv())
lines <- readLines(file.path(GLOVE_DIR, 'glove.6B.3d.txt'))
for (line in lines) {
  values <- strsplit(line, ' ', fixed = TRUE)[[1]]
  word <- values[[1]]
  coefs <- as.numeric(values[-1])
  embeddings_index[[word]] <- coefs
}
cat(sprintf('Found %s word vectors.\n', length(embeddings_index)))
ls(embeddings_index)
word_index <- list(the = 1L, dog = 2L, cat = 3L, rare = 9L)
MAX_NUM_WORDS <- 5
num_words <- min(MAX_NUM_WORDS, length(word_index) + 1)
prepare_embedding_matrix <- function() {
  embedding_matrix <- matrix(0L, nrow = num_words, ncol = 3)
  for (word in names(word_index)) {
    index <- word_index[[word]]
    if (index >= MAX_NUM_WORDS)
      next
    embedding_vector <- embeddings_index[[word]]
    if (!is.null(embedding_vector)) {
      embedding_matrix[index,] <- embedding_vector
    }
  }
  embedding_matrix
}
prepare_embedding_matrix()
mget(c("cat", "mat"), envir = embeddings_index)
exists("dog", envir = embeddings_index)
unlink(GLOVE_DIR, recursive = TRUE)

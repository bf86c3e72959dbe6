# Modelled on vignettes/examples/pretrained_word_embeddings.R (cran/v2.1.5): texts and labels read from folders
TEXT_DATA_DIR <- file.path(tempdir(), "20_newsgroup")
for (group in c("rec.autos", "alt.atheism")) {
  dir.create(file.path(TEXT_DATA_DIR, group), recursive = TRUE)
  for (i in 1:2) {
    writeLines(c(paste("From: user", i), "Subject: hello", "", paste("Body", i, "of", group), "bye"),
               file.path(TEXT_DATA_DIR, group, as.character(100 * i)))
  }
}
file.create(file.path(TEXT_DATA_DIR, "rec.autos", "README.txt"))
texts <- character()
labels <- integer()
labels_index <- list()
for (name in list.files(TEXT_DATA_DIR)) {
  path <- file.path(TEXT_DATA_DIR, name)
  if (file_test("-d", path)) {
    label_id <- length(labels_index)
    labels_index[[name]] <- label_id
    for (fname in list.files(path)) {
      if (grepl("^[0-9]+$", fname)) {
        t <- readLines(file.path(path, fname), encoding = "latin1")
        t <- paste(t, collapse = "\n")
        i <- regexpr(pattern = '\n\n', t, fixed = TRUE)[[1]]
        if (i != -1L)
          t <- substring(t, i)
        texts <- c(texts, t)
        labels <- c(labels, label_id)
      }
    }
  }
}
cat(sprintf('Found %s texts.\n', length(texts)))
texts
labels
str(labels_index)
basename(list.files(TEXT_DATA_DIR, recursive = TRUE, full.names = TRUE, pattern = "^1"))
tools::file_ext("news20.tar.gz"); tools::file_path_sans_ext("glove.6B.zip")

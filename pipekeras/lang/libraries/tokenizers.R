# tokenizers: texts cut into words, characters, sentences, lines and n-grams.

.named <- function(tokens, x, simplify) {
  if (!is.null(names(x))) names(tokens) <- names(x)
  if (simplify && length(tokens) == 1L) tokens[[1L]] else tokens
}

.check <- function(x) {
  fits <- is.character(x) || (is.list(x) && all(vapply(x, is.character, NA)) && all(lengths(x) == 1L))
  if (!fits) stop("Input must be a character vector of any length or a list of character\n  vectors, each of which has a length of 1.", call. = FALSE)
}

.text <- function(x, lowercase) {
  out <- unlist(x, use.names = FALSE)
  if (lowercase) tolower(out) else out
}

.without <- function(tokens, stopwords) {
  if (is.null(stopwords)) tokens else lapply(tokens, function(words) words[!words %in% stopwords])
}

tokenize_characters <- function(x, lowercase = TRUE, strip_non_alphanum = TRUE, simplify = FALSE) {
  .check(x)
  texts <- .text(x, lowercase)
  if (strip_non_alphanum) texts <- gsub("[^\\p{L}\\p{N}]", "", texts, perl = TRUE)
  .named(strsplit(texts, ""), x, simplify)
}

.words_and_marks <- function(texts) {
  pattern <- "[\\p{L}\\p{N}_]+(?:['\u2019.,][\\p{L}\\p{N}]+)*|[^\\s]"
  regmatches(texts, gregexpr(pattern, texts, perl = TRUE))
}

tokenize_words <- function(x, lowercase = TRUE, stopwords = NULL, strip_punct = TRUE, strip_numeric = FALSE,
                           simplify = FALSE) {
  .check(x)
  texts <- .text(x, lowercase)
  words <- if (strip_punct) stringr::str_extract_all(texts, stringr::boundary("word")) else .words_and_marks(texts)
  if (strip_numeric) words <- lapply(words, function(each) each[!grepl("^[[:digit:]]+[,.]?[[:digit:]]*$", each)])
  words <- lapply(words, function(each) if (length(each) == 1L && is.na(each)) NA_character_ else each)
  .named(.without(words, stopwords), x, simplify)
}

tokenize_sentences <- function(x, lowercase = FALSE, strip_punct = FALSE, simplify = FALSE) {
  .check(x)
  texts <- .text(gsub("\\s+", " ", x), lowercase)
  parts <- lapply(stringr::str_split(texts, stringr::boundary("sentence")), trimws)
  if (strip_punct) parts <- lapply(parts, function(each) gsub("[[:punct:]]", "", each))
  .named(parts, x, simplify)
}

tokenize_lines <- function(x, simplify = FALSE) {
  .check(x)
  .named(lapply(strsplit(.text(x, FALSE), "\n", fixed = TRUE), function(lines) lines[lines != ""]), x, simplify)
}

tokenize_paragraphs <- function(x, paragraph_break = "\n\n", simplify = FALSE) {
  .check(x)
  parts <- strsplit(.text(x, FALSE), paragraph_break, fixed = TRUE)
  .named(lapply(parts, function(each) gsub("\n", " ", each[each != ""], fixed = TRUE)), x, simplify)
}

tokenize_regex <- function(x, pattern = "\\s+", simplify = FALSE) {
  .check(x)
  .named(lapply(strsplit(.text(x, FALSE), pattern, perl = TRUE), function(each) each[each != ""]), x, simplify)
}

.ngrams <- function(words, n, n_min, delim) {
  starts <- seq_along(words)
  out <- lapply(starts, function(i) {
    sizes <- seq(n_min, n)
    sizes <- sizes[i + sizes - 1L <= length(words)]
    vapply(sizes, function(size) paste(words[seq(i, length.out = size)], collapse = delim), "")
  })
  found <- unlist(out)
  if (length(found)) found else NA_character_
}

tokenize_ngrams <- function(x, lowercase = TRUE, n = 3L, n_min = n, stopwords = character(), ngram_delim = " ",
                            simplify = FALSE) {
  .check(x)
  words <- .without(tokenize_words(unlist(x, use.names = FALSE), lowercase = lowercase), stopwords)
  .named(lapply(words, .ngrams, n = n, n_min = n_min, delim = ngram_delim), x, simplify)
}

tokenize_character_shingles <- function(x, n = 3L, n_min = n, lowercase = TRUE, strip_non_alphanum = TRUE, simplify = FALSE) {
  .check(x)
  letters <- tokenize_characters(unlist(x, use.names = FALSE), lowercase, strip_non_alphanum)
  .named(lapply(letters, .ngrams, n = n, n_min = n_min, delim = ""), x, simplify)
}

count_words <- function(x) {
  counts <- lengths(tokenize_words(unlist(x, use.names = FALSE)))
  if (!is.null(names(x))) names(counts) <- names(x)
  counts
}

count_characters <- function(x) nchar(x)

count_sentences <- function(x) {
  counts <- lengths(tokenize_sentences(unlist(x, use.names = FALSE)))
  if (!is.null(names(x))) names(counts) <- names(x)
  counts
}

chunk_text <- function(x, chunk_size = 100, doc_id = names(x), ...) {
  words <- tokenize_words(unlist(x, use.names = FALSE), ...)
  chunks <- lapply(words, function(each) {
    unname(vapply(split(each, ceiling(seq_along(each) / chunk_size)), paste, "", collapse = " "))
  })
  if (length(chunks) == 1L && is.null(doc_id)) return(as.list(chunks[[1L]]))
  as.list(unlist(stats::setNames(chunks, doc_id)))
}

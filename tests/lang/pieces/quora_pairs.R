# Modelled on vignettes/examples/quora_siamese_lstm.R (v2.16.1): question pairs, shared words, validation rows
df <- data.frame(
  question1 = c("What is Quora?", "How do I learn R?", "Why is the sky blue?", "Who won?", "What is AI?"),
  question2 = c("What's the use of Quora?", "How can I learn R fast?", "Why do cats purr?", "Who lost?", "What is AI"),
  is_duplicate = c(1, 1, 0, 0, 1),
  stringsAsFactors = FALSE
)
str(df)
clean <- function(x) {
  x <- tolower(x)
  x <- gsub("what's", "what is", x, fixed = TRUE)
  gsub("[^a-z ]", "", x)
}
tokens <- function(x) strsplit(clean(x), "\\s+")
shared <- mapply(function(a, b) length(intersect(a, b)) / length(union(a, b)), tokens(df$question1), tokens(df$question2))
round(shared, 3)
df$share <- shared
aggregate(share ~ is_duplicate, data = df, FUN = mean)
tapply(nchar(df$question1), df$is_duplicate, mean)
set.seed(1817328)
val_sample <- sample.int(nrow(df), size = 0.4*nrow(df))
val_sample
df[-val_sample, c("question1", "is_duplicate")]
with(df, table(is_duplicate, share > 0.5))
unlist(Map(function(a, b) sum(a %in% b), tokens(df$question1), tokens(df$question2)))

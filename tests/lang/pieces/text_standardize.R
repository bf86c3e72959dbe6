# Modelled on vignettes-src/examples/nlp/text_classification_from_scratch.Rmd (v1.5.1): raw reviews cleaned by regexes
reviews <- c("This movie was GREAT!<br /><br />10/10, would watch again...",
             "I can't believe it's so bad -- it cost $3,000,000?!",
             "Visit http://www.example.com or e-mail me@site.org   NOW")
standardize <- function(x) {
  x <- tolower(x)
  x <- gsub("<br />", " ", x)
  gsub("[[:punct:]]", "", x)
}
standardize(reviews)
steps <- list(
  function(s) gsub("http[s]?://\\S+", "<url>", s),
  function(s) gsub("\\b[[:alnum:]._]+@[[:alnum:].]+\\b", "<mail>", s),
  function(s) gsub("([a-z])'([a-z])", "\\1\\2", s, ignore.case = TRUE),
  function(s) gsub("[0-9]+([,/][0-9]+)*", "#", s),
  function(s) gsub("\\s+", " ", s),
  trimws
)
Reduce(function(acc, f) f(acc), steps, reviews)
regmatches(reviews, gregexpr("[A-Z]{2,}", reviews))
regmatches(reviews, regexpr("[0-9]+", reviews))
sub("(.*?)!.*", "\\1", reviews[1], perl = TRUE)
gsub("(^|\\s)(\\w)", "\\1\\U\\2", standardize(reviews[2]), perl = TRUE)
sapply(gregexpr("[aeiou]", reviews), length)
grepl("bad|awful", reviews)
regexpr("e", reviews[1])
writeLines(strwrap(reviews[2], 25))
chartr("abc", "xyz", "aabbcc")
startsWith(reviews, "I")

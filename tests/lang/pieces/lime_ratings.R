# Modelled on vignettes/examples/text_explanation_lime.R (v2.16.1): tab separated ratings to labels
suppressPackageStartupMessages({library(dplyr); library(readr)})
path <- tempfile(fileext = ".tsv")
writeLines(c("urlDrugName\trating\teffectiveness\tcommentsReview",
             "biaxin\t9\tConsiderably\tIt worked, no side effects",
             "lamictal\t9\tHighly\tDrug kept me \"stable\"",
             "depakene\t4\tModerately\tMade me sleepy",
             "sarafem\t10\tHighly\tGood"), path)
df <- read_delim(path, delim = '\t', show_col_types = FALSE)
df
df = df %>% select(rating,commentsReview) %>% mutate(rating = if_else(rating >= 8, 0, 1))
df
text <- df$commentsReview
y_train <- df$rating
text %>% head(3)
df %>% count(rating)
df %>% group_by(rating) %>% summarise(words = mean(lengths(strsplit(commentsReview, " "))), n = n())
df %>% slice(2:3) %>% pull(commentsReview) %>% nchar()
case <- df %>% mutate(len = nchar(commentsReview),
                      size = case_when(len < 5 ~ "tiny", len < 20 ~ "short", TRUE ~ "long")) %>%
  select(-commentsReview)
case
unlink(path)

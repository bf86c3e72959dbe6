# Modelled on vignettes/examples/babi_rnn.R (v2.16.1): words and punctuation apart
library(stringr)
library(magrittr)
tokenize_words <- function(x){
  x <- x %>%
    str_replace_all('([[:punct:]]+)', ' \\1') %>%
    str_split(' ') %>%
    unlist()
  x[x != ""]
}
tokenize_words("Mary moved to the bathroom. Where is Mary?")
tokenize_words("Don't -- stop!")
story <- c("1 Mary moved to the bathroom.", "2 John went to the hallway.", "3 Where is Mary? \tbathroom\t1",
           "1 Daniel took the milk.", "2 Where is the milk?\toffice\t1 2")
parts <- str_split(story, " ", n = 2)
nid <- as.integer(sapply(parts, `[[`, 1))
line <- sapply(parts, `[[`, 2)
story_id <- c(0, cumsum(nid[-length(nid)] > nid[-1]))
fields <- strsplit(line, "\t")
answer <- vapply(fields, function(f) f[2], character(1))
data.frame(nid, story_id, answer, q = trimws(sapply(fields, `[`, 1)))
split(line, story_id)
lapply(fields[!is.na(answer)], function(f) as.integer(strsplit(f[3], " ")[[1]]))
challenge <- "%stasks_1-20_v1-2/en/qa2_two-supporting-facts_%s.txt"
sprintf(challenge, str_replace("data/babi.tar.gz", fixed(".tar.gz"), "/"), c("train", "test"))

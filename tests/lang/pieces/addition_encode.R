# Modelled on vignettes/examples/addition_rnn.R (v2.16.1): sums as one-hot rows and back
library(magrittr)
charset <- c(0:9, "+", " ")
char_table <- sort(charset)
char_table
encode <- function(char, char_table){
  strsplit(char, "") %>%
    unlist() %>%
    sapply(function(x){
      as.numeric(x == char_table)
    }) %>%
    t()
}
decode <- function(x, char_table){
  apply(x,1, function(y){
    char_table[which.max(y)]
  }) %>% paste0(collapse = "")
}
e <- encode("22+7 ", char_table)
e
dimnames(e)
decode(e, char_table)
new_obs <- encode("55+22", char_table) %>%
  array(dim = c(1,5,12))
dim(new_obs)
decode(new_obs[1,,], char_table)
colSums(encode("1+1", char_table))

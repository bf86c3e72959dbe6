# strsplit of 1 MB
text <- paste(rep("the quick brown fox jumps over the lazy dog.", 22727), collapse = " ")
# work
words <- strsplit(text, " ")[[1]]
letters_of <- strsplit(text, "")[[1]]

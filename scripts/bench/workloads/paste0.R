# paste0 of 1e6
# work
x <- paste0("id", 1:1000000)

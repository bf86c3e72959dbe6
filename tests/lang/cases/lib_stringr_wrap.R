library(stringr)
t <- "Keras is a high-level neural networks API developed with a focus on enabling fast experimentation."
for (w in c(10, 15, 20, 25, 30, 40, 60)) cat(str_wrap(t, w), "\n--\n")
cat(str_wrap(t, 30, indent = 2, exdent = 4), "\n")
cat(str_wrap("aaa bb cc ddddd", 6), "\n")
cat(str_wrap("averyveryverylongword short words here", 10), "\n")
cat(str_wrap(c("one two three four five six", "a\nb  c"), 9), sep = "\n")
cat(str_wrap("The quick brown fox jumps over the lazy dog and runs away from the angry bear that lives in the wood", 24))

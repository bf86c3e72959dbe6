# text connections that are written to, code read from connections, toTitleCase
tc <- textConnection(NULL, "w")
sink(tc); print(1:3); cat("partial"); sink()
textConnectionValue(tc)
close(tc)
tc <- textConnection("out", "w", local = TRUE)
writeLines(c("a", "b"), tc); cat("c\n", file = tc); out
textConnectionValue(tc); close(tc); out
zz <- textConnection("foo", "w"); sink(zz); set.seed(1); print(summary(c(1,2))); sink(); close(zz); foo
con <- textConnection(c("x <- 1", "x + 1")); source(con, echo = TRUE); close(con)
con <- textConnection("a + b; f(x)"); parse(con); close(con)
tools::toTitleCase(c("hello world", "the art of war", "using R for data-science in practice", "a tale of two cities: the end", "keras and tensorFlow"))
library(tools)
toTitleCase("an introduction to statistical learning")
toTitleCase(c("to be or not to be", "state-of-the-art models", "what is new", "the lord of the rings (part two)", "log loss", "introduction: a summary"))

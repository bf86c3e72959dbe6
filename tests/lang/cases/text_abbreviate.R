abbreviate("summaryDefault", 8)
abbreviate(c("Sepal.Length", "Sepal.Width", "Petal.Length", "Petal.Width", "Species"))
abbreviate(state.name[1:12], 5)
abbreviate(c("hello world again", "x"), 6, named = FALSE)
abbreviate(c("alpha", "alphas", "alphb"), 3)
abbreviate("Mississippi", 5, dot = TRUE)
abbreviate(c("abcdef", NA), 3)
abbreviate(state.name, 2)[1:10]
abbreviate(c("aaab","aaac"), 2, strict = TRUE)

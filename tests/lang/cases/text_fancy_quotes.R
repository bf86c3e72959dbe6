# The option useFancyQuotes says which quotes sQuote and dQuote write
options(useFancyQuotes = FALSE)
sQuote("a"); dQuote(c("b", "c"))
options(useFancyQuotes = "TeX"); sQuote("a"); dQuote("b")
options(useFancyQuotes = TRUE); dQuote("b"); dQuote("b", "TeX"); sQuote("a", FALSE); getOption("useFancyQuotes")

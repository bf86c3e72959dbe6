# Modelled on vignettes/examples/reuters_mlp.R (cran/v2.1.5): newswire decoded and wrapped
words <- c("said", "mln", "dlrs", "pct", "vs", "year", "cts", "net", "billion", "company", "shares", "loss")
index <- setNames(seq_along(words), words)
index[1:4]
reverse <- setNames(names(index), index)
wire <- c(1, 4, 5, 15, 7, 30, 9, 10, 11, 12, 4, 13, 14, 6, 8, 4)
decoded <- vapply(wire, function(i) {
  w <- reverse[as.character(i - 3)]
  if (is.na(w)) "?" else w
}, "")
newswire <- paste(decoded, collapse = " ")
newswire
unname(decoded)
cat(strwrap(newswire, width = 30, indent = 2, exdent = 4), sep = "\n")
writeLines(formatC(unname(decoded)[1:4], width = 10))
writeLines(formatC(unname(decoded)[1:4], width = -10, flag = "-"))
rev(strsplit(newswire, " ")[[1]])[1:3]
toupper(substr(newswire, 1, 6))
nchar(newswire)

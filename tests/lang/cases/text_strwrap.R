# What stands before a line counts; paragraphs are parted by a line; what is empty stays empty
for (n in 0:3) for (w in c(8, 11, 14)) cat(n, w, paste(strwrap("aaa bb c dd eee f gg", w, prefix = strrep(">", n)), collapse = "/"), "\n")
strwrap(c("aaa bb c dd eee", "cc dddd ff\n\nbbb ddd"), width = 11, prefix = "##", initial = "*", indent = 1, exdent = 3)
strwrap("a b\n\n\n\nc d")
strwrap("\n\na b\n \n", prefix = "#", indent = 1)
strwrap(c("", "a", NA), prefix = "#", initial = "*")
strwrap(c("a b\n\nc", ""), prefix = "#", simplify = FALSE)
quarters(as.Date(c("2024-02-28", NA)))
# the width of a prefix counts, a tab has none
for (prefix in c("\t", "12345")) print(lengths(lapply(70:75, function(w)
  strwrap("4-sample test for equality of proportions without continuity correction", w, prefix = prefix))))

# source() runs a file in the global environment or another, echoing if asked
path <- tempfile(fileext = ".R")
writeLines(c("a <- 1", "b <- a + 1", "a * 10", "invisible(7)"), path)
r <- source(path)
str(r)
source(path, print.eval = TRUE)
here <- new.env()
source(path, local = here)
sort(ls(here))
f <- function() { source(path, local = TRUE); a + b }
rm(a, b)
f()
exists("a")
source(path, echo = TRUE)
source(exprs = expression(z <- 5))
z
all <- installed.packages()
"purrr" %in% rownames(all)
c("dplyr", "stats", "nosuch") %in% all[, "Package"]
colnames(all)[1:4]

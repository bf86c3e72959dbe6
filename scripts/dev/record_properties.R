# Records what R does with generated one-line programs; tests/lang/test_properties.py runs the same lines.
#   LC_ALL=C.UTF-8 TZ=UTC Rscript --vanilla scripts/dev/record_properties.R printing   (indexing, operators, sprintf, numbers)
# Each scripts/dev/properties/TABLE.R defines `cases()`, which draws lines of source text; what they print, their
# warnings and their error go to tests/lang/properties/TABLE.tsv.gz: source, a tab, output with \n and \t escaped.
recorder <- new.env()  # the lines run in the global environment, which holds nothing else
local(envir = recorder, {

table <- commandArgs(TRUE)[1]
set.seed(42)
options(keep.source = FALSE)

pick <- function(...) sample(c(...), 1)
times <- function(n, f) vapply(seq_len(n), function(i) as.character(f()), "")
chance <- function(p) runif(1) < p

source(file.path("scripts/dev/properties", paste0(table, ".R")), local = TRUE)

observed <- function(line) {
  old <- options()
  said <- character()
  keep <- ls(globalenv())
  out <- capture.output({
    failure <- tryCatch(withCallingHandlers({
      for (statement in parse(text = line)) {
        result <- withVisible(eval(statement, globalenv()))
        if (result$visible) print(result$value)
      }
      NULL
    }, warning = function(w) {
      said <<- c(said, paste("Warning:", conditionMessage(w)))
      invokeRestart("muffleWarning")
    }), error = function(e) paste("Error:", conditionMessage(e)))
  })
  options(old)
  rm(list = setdiff(ls(globalenv()), keep), envir = globalenv())
  paste(c(out, said, failure), collapse = "\n")
}
escaped <- function(text) gsub("\t", "\\t", gsub("\n", "\\n", gsub("\\", "\\\\", text, fixed = TRUE), fixed = TRUE), fixed = TRUE)

lines <- unique(cases())
rows <- vapply(lines, function(line) paste0(escaped(line), "\t", escaped(observed(line))), "")
rows <- rows[nchar(rows) < 10000]  # a whole page of numbers proves no more than its beginning
file <- gzfile(file.path("tests/lang/properties", paste0(table, ".tsv.gz")), "w", compression = 9)
writeLines(c(paste0("# Rscript scripts/dev/record_properties.R ", table, " (", R.version.string, ")"), rows), file)
close(file)
cat(length(rows), "cases\n")

})

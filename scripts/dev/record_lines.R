# Records what R does with lines of source: Rscript --vanilla scripts/dev/record_lines.R TABLE...   (from the checkout)
# scripts/dev/recorded/TABLE.R defines `lines` and, where it is so, `alone <- TRUE` (each line starts without variables
# and changed options; else the lines share a session) and `tolerance` (how far numbers may be off, relatively).
# tests/lang/recorded/TABLE.txt gets each line behind "> " and what it prints, warns and fails with behind a tab.
invisible(Sys.setlocale("LC_ALL", "C.UTF-8"))
Sys.setenv(TZ = "UTC")
local(envir = new.env(), {  # the lines run in the global environment, which holds nothing else

pick <- function(...) sample(c(...), 1)
times <- function(n, f) vapply(seq_len(n), function(i) as.character(f()), "")
chance <- function(p) runif(1) < p
# The source of a string, as one line: "\\d" is written "\\\\d"
literal <- function(text) encodeString(text, quote = '"')

printed <- function(line) {
  capture.output(tryCatch(withCallingHandlers({
    for (statement in parse(text = line, keep.source = FALSE)) {
      result <- withVisible(eval(statement, globalenv()))
      if (result$visible) print(result$value)
    }
  }, warning = function(w) {
    cat("warning: ", conditionMessage(w), "\n", sep = "")
    invokeRestart("muffleWarning")
  }), error = function(e) cat("error: ", conditionMessage(e), "\n", sep = "")))
}

forget <- function(settings) {
  options(settings)
  rm(list = ls(globalenv(), all.names = TRUE), envir = globalenv())
}

record <- function(name, lines, alone = FALSE, tolerance = 0) {
  out <- c(sprintf("# Rscript --vanilla scripts/dev/record_lines.R %s (R %s)", name, getRversion()),
    paste0("# ", if (alone) "each line alone" else "the lines share a session", if (tolerance) paste("; numbers to", tolerance)))
  settings <- options()
  for (line in lines) {
    if (alone) forget(settings)
    shown <- printed(line)
    # an address is another each time; a whole page proves no more than its beginning
    if (!any(grepl("<(environment|bytecode): 0x", shown)) && (!alone || sum(nchar(shown)) < 10000)) out <- c(out, paste0("> ", line), if (length(shown)) paste0("\t", shown))
  }
  forget(settings)
  writeLines(out, file.path("tests/lang/recorded", paste0(name, ".txt")), useBytes = TRUE)
  cat(name, sum(startsWith(out, "> ")), "lines\n")
}

for (name in commandArgs(TRUE)) {
  set.seed(42)
  table <- new.env()
  source(file.path("scripts/dev/recorded", paste0(name, ".R")), local = table, encoding = "UTF-8")
  do.call(record, c(name, mget(c("lines", "alone", "tolerance"), table, ifnotfound = list(NULL, FALSE, 0))))
}

})

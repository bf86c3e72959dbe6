# Evaluates lines of R one by one and writes each with what it prints, its warnings and its error.
# A table's script ends in record("NAME", lines); run from the checkout: Rscript scripts/dev/recorded/NAME.R
# Output is indented by a tab; a line of the table that starts with "> " is R source.

printed <- function(line) {
  expressions <- parse(text = line)
  capture.output(tryCatch(
    withCallingHandlers(
      for (expression in expressions) {
        result <- withVisible(eval(expression, globalenv()))
        if (result$visible) print(result$value)
      },
      warning = function(w) {
        cat("warning: ", conditionMessage(w), "\n", sep = "")
        invokeRestart("muffleWarning")
      }
    ),
    error = function(e) cat("error: ", conditionMessage(e), "\n", sep = "")
  ))
}

record <- function(name, lines) {
  out <- paste0("# Rscript scripts/dev/recorded/", name, ".R (R ", getRversion(), ")")
  for (line in lines) {
    shown <- printed(line)
    out <- c(out, paste0("> ", line), if (length(shown)) paste0("\t", shown))
  }
  file <- file.path("tests/lang/recorded", paste0(name, ".txt"))
  writeLines(out, file, useBytes = TRUE)
  cat(length(lines), "lines,", file.size(file), "bytes\n")
}

# The source of a string, as one line: "\\d" is written "\\\\d"
literal <- function(text) encodeString(text, quote = '"')

# What R itself makes of many files:  Rscript r_parse.R sexpr|deparse|prefixes LIST OUTFOLDER
# LIST names one file a line; the answer for the i-th is written to OUTFOLDER/i.out.
#   sexpr     one S-expression a line (see pipekeras/syntax/sexpr.py), or "ERROR line: message"
#   deparse   the lines of deparse(e) for the first expression
#   prefixes  a letter for each prefix of the text, the empty one first: complete, incomplete, error
number <- function(x) {
  if (is.na(x) && !is.nan(x)) return("NA_real_")
  if (is.nan(x)) return("NaN")
  if (is.infinite(x)) return(if (x > 0) "Inf" else "-Inf")
  for (digits in 15:17) {
    text <- sprintf("%.*g", digits, x)
    if (as.numeric(text) == x) break
  }
  text
}

quoted <- function(text) {
  code <- utf8ToInt(enc2utf8(text))
  if (!length(code)) return("\"\"")
  shown <- vapply(code, function(k) {
    known <- c("\\\"", "\\\\", "\\n", "\\t", "\\r")[match(k, c(34L, 92L, 10L, 9L, 13L))]
    if (!is.na(known)) known else if (k < 32L || k == 127L) sprintf("\\u%04x", k) else intToUtf8(k)
  }, "")
  paste0("\"", paste(shown, collapse = ""), "\"")
}

keywords <- c("if", "for", "while", "repeat", "function", "break", "next", "...", sprintf("..%d", 1:9))
symbol <- function(name) {
  if (make.names(name) == name || name %in% keywords) return(name)
  paste0("`", gsub("`", "\\\\`", gsub("\\", "\\\\", name, fixed = TRUE)), "`")
}

constant <- function(x) {
  if (is.null(x)) return("NULL")
  switch(typeof(x),
    character = if (is.na(x)) "NA_character_" else quoted(x),
    logical = if (is.na(x)) "NA" else as.character(x),
    integer = if (is.na(x)) "NA_integer_" else paste0(format(x, scientific = FALSE), "L"),
    double = number(x),
    complex = if (is.na(x)) "NA_complex_" else paste0(number(Im(x)), "i"))
}

argument <- function(value, name) {
  shown <- if (identical(value, quote(expr = ))) "<empty>" else sexpr(value)
  if (nzchar(name)) paste0(symbol(name), "=", shown) else shown
}

parameter <- function(name, default) {
  if (identical(default, quote(expr = ))) return(paste0("(", symbol(name), ")"))
  paste0("(", symbol(name), " ", sexpr(default), ")")
}

sexpr <- function(e) {
  if (is.symbol(e)) return(symbol(as.character(e)))
  if (!is.call(e)) return(constant(e))
  if (identical(e[[1]], as.name("function"))) {
    formals <- as.list(e[[2]])
    shown <- vapply(seq_along(formals), function(i) parameter(names(formals)[i], formals[[i]]), "")
    return(paste0("(function (", paste(shown, collapse = " "), ") ", sexpr(e[[3]]), ")"))
  }
  parts <- as.list(e)
  given <- if (is.null(names(parts))) rep("", length(parts)) else names(parts)
  shown <- vapply(seq_along(parts)[-1], function(i) argument(parts[[i]], given[i]), "")
  paste0("(", paste(c(sexpr(parts[[1]]), shown), collapse = " "), ")")
}

failure <- function(e) {
  message <- conditionMessage(e)
  where <- regmatches(message, regexpr("[0-9]+:[0-9]+: |line [0-9]+", message))
  line <- if (length(where)) sub("line ", "", sub(":.*", "", where)) else "0"
  paste0("ERROR ", line, ": ", sub("^.*[0-9]+:[0-9]+: ", "", strsplit(message, "\n")[[1]][1]))
}

read <- function(file) parse(file, keep.source = FALSE, encoding = "UTF-8")

verdict <- function(text) {
  tryCatch({
    parse(text = text, keep.source = FALSE)
    "c"
  }, error = function(e) if (grepl("end of input|INCOMPLETE_STRING", conditionMessage(e))) "i" else "e")
}

answers <- list(
  sexpr = function(file) vapply(as.list(read(file)), sexpr, ""),
  deparse = function(file) deparse(read(file)[[1]]),
  prefixes = function(file) {
    text <- paste(readLines(file, encoding = "UTF-8"), collapse = "\n")
    paste(vapply(0:nchar(text), function(n) verdict(substr(text, 1, n)), ""), collapse = "")
  }
)

arguments <- commandArgs(TRUE)
files <- readLines(arguments[2])
for (i in seq_along(files)) {
  answer <- tryCatch(suppressWarnings(answers[[arguments[1]]](files[i])), error = failure)
  writeLines(enc2utf8(answer), file.path(arguments[3], paste0(i, ".out")), useBytes = TRUE)
}

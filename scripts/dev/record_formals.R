# Record R 4.2's formals of functions for tests/lang/test_formals.py:
#   Rscript --vanilla scripts/dev/record_formals.R < NAMES > tests/lang/formals.json
# NAMES has one function's name a line. A primitive's formals are those of args(); null where it has none.
quoted <- function(x) encodeString(enc2utf8(x), quote = '"')
shown <- function(default) if (identical(default, quote(expr = ))) "" else paste(trimws(deparse(default, 500)), collapse = " ")
entry <- function(name) {
  f <- get0(name, mode = "function")
  if (is.null(f)) return(NULL)
  f <- if (is.primitive(f)) args(f) else f
  if (is.null(f)) return(paste0(quoted(name), ": null"))
  pairs <- vapply(names(formals(f)), function(n) paste0("[", quoted(n), ", ", quoted(shown(formals(f)[[n]])), "]"), "")
  paste0(quoted(name), ": [", paste(pairs, collapse = ", "), "]")
}
entries <- unlist(lapply(readLines("stdin"), entry))
cat("{\n", paste0("  ", entries, collapse = ",\n"), "\n}\n", sep = "")

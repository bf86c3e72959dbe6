# Record the formals of packages' functions for tests/lang/test_covered.py:
#   Rscript --vanilla scripts/dev/record_package_formals.R > tests/lang/formals_packages.json
# The functions are those of tests/lang/calls_packages.tsv; those of packages that R does not have here are left out.
quoted <- function(x) encodeString(enc2utf8(x), quote = '"')
shown <- function(default) {
  if (identical(default, quote(expr = ))) "" else paste(trimws(deparse(default, 500)), collapse = " ")
}
entry <- function(name, package) {
  f <- tryCatch(getExportedValue(package, name), error = function(e) NULL)
  if (!is.function(f)) return(NULL)
  pairs <- vapply(names(formals(args(f))), function(n) {
    paste0("[", quoted(n), ", ", quoted(shown(formals(args(f))[[n]])), "]")
  }, "")
  paste0(quoted(paste0(package, "::", name)), ": [", paste(pairs, collapse = ", "), "]")
}
script <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
listed <- read.delim(file.path(dirname(script), "../../tests/lang/calls_packages.tsv"), quote = "")
listed <- listed[listed$kind == "data", ]
entries <- unlist(Map(entry, listed$function., listed$package))
cat("{\n", paste0("  ", entries, collapse = ",\n"), "\n}\n", sep = "")

# sprintf: formats with flags, widths and precisions, `*`, vectors, missing values, wrong types and counts.
flags <- c("", "", "", "-", "+", " ", "0", "#", "-+", "+0", " 0", "#0")
widths <- c("", "", "1", "3", "5", "8", "12")
precisions <- c("", "", ".0", ".1", ".2", ".3", ".5", ".10", ".")
conversion <- function(letter) paste0("%", pick(flags), pick(widths), pick(precisions), letter)

doubles <- c("3.14159265", "-2.5", "0", "1e10", "1e-10", "123456.789", "1e5", "100000", "NA", "NaN", "Inf", "-Inf", "1/3",
  "NA_real_", "0.1+0.2", "1e15", "1e16", "123456789", "1e300", "5e-324", "-0.0", "2", "7", "-42", "99.5", "0.5", "1.5", "2147483648")
integers <- c("0L", "1L", "-7L", "42L", "255L", "NA_integer_", "123456L", "2147483647L", "8L", "-1L", "TRUE", "FALSE", "NA")
strings <- c("'abc'", "''", "'hello world'", "NA_character_", "'h\u00e9'", "'\u65e5\u672c'", "'\U1F600'", "'a%b'", "'tab\\t'", "'x'", "NULL",
  "character(0)", "'50%'")
vectors <- c("c(1.5, NA, -3)", "1:3", "c('a', 'bb', NA)", "c(TRUE, NA, FALSE)", "c(1, 2, 3)", "seq(0, 1, 0.25)", "letters[1:4]",
  "c(a = 1, b = 2)", "factor(c('u', 'v'))", "list(1, 'a', TRUE)", "numeric(0)", "c(1e10, 1)", "c(0.1, 1e-20)", "as.Date('2024-03-01')",
  "matrix(1:4, 2)", "10:8", "2+3i", "as.raw(7)", "c(123456789.123, 1)", "list(1:2)", "quote(a)", "sum", "function(x) x")

value <- function() switch(sample(4, 1), pick(doubles), pick(integers), pick(strings), pick(vectors))
fitting <- function(letter) {
  if (letter %in% c("d", "i", "x", "X", "o")) pick(integers, integers, "3", "-8", "10", "c(1, 2, NA)", "1:3", "1e5", "2147483647", "c(5L, NA)")
  else if (letter == "s") pick(strings, doubles, integers, vectors)
  else pick(doubles, doubles, integers, "c(1.5, NA, -3)", "c(0.001, 1e6, 1e-7)")
}
letters_ <- c("d", "i", "f", "e", "E", "g", "G", "x", "X", "o", "s", "s", "a")
quoted <- function(text) paste0("\"", text, "\"")
text <- function() pick("", "", "a ", " = ", "%%", ": ", "x%%y", "\u00e9 ", " [", "|", ", ")

one_fit <- function() { l <- pick(letters_); paste0("sprintf(", quoted(conversion(l)), ", ", fitting(l), ")") }
any_value <- function() paste0("sprintf(", quoted(conversion(pick(letters_))), ", ", value(), ")")
several <- function() {
  l <- sample(letters_, sample(2:3, 1), TRUE)
  paste0("sprintf(", quoted(paste0(paste0(vapply(l, function(i) paste0(text(), conversion(i)), ""), collapse = ""), text())), ", ",
    paste(vapply(l, fitting, ""), collapse = ", "), ")")
}
starred <- function() {
  l <- pick("d", "f", "s", "e", "g")
  paste0("sprintf(\"%", pick("", "-", "+", "0"), "*", pick("", "", ".2", ".0"), l, "\", ",
    pick("5", "8L", "-6", "3:5", "0", "NA", "'a'", "10"), ", ", fitting(l), ")")
}
positional <- function() {
  l <- pick(letters_)
  paste0("sprintf(", quoted(paste0("%", sample(3, 1), "$", sub("%", "", conversion(l)), text(), "%", sample(2, 1), "$",
    sub("%", "", conversion("s")))), ", ", fitting(l), ", ", fitting("s"), ")")
}
counts <- function() {
  paste0("sprintf(", quoted(pick("%d and %d", "%s %s %s", "none", "%%", "%", "100%", "%5.1f%%", "%y", "%s%", "a %q b", "%5", "%ld", "%hd",
    "%u", "%c", "%p", "%n", "% d", "%05d", "%-10s|", "%+d", "%+5.1f%%", "%s is %f feet tall", "%.3s", "%.10s|", "%5s|%-5s|", "%08.2f", "")),
    pick("", "", ", 1L", ", 5", ", 'a'", ", 1.5, 'b'", ", 1, 2, 3", ", NA", ", NULL", ", 1:3, c('x', 'y')", ", 1:2, 1:4", ", list()"), ")")
}
formats <- function() {
  paste0("sprintf(", pick("c('%d', '%5d')", "c('%s-', '%s+', '%s*')", "character(0)", "NA", "NA_character_", "c('%d', NA)", "1", "NULL",
    "list('%d', '%s')", "c(a = '%d')", "c('%d', '%s')", "fmt = '%d'", "factor('%s')", "'%s'"), ", ",
    pick("1:4", "3L", "'a'", "c(2, 4)", "NA", "1.5", "TRUE", "letters[1:2]", "c(x = 1L)"), ")")
}
related <- function() {
  pick(
    paste0("gettextf(", quoted(conversion("d")), ", ", pick(integers), ")"),
    paste0("nchar(sprintf(", quoted(conversion("s")), ", ", pick(strings), "))"),
    paste0("cat(sprintf(", quoted(paste0(conversion("f"), "\\n")), ", ", pick("c(1, 22.333, 333)", "1:3", doubles), "), sep = '')"),
    paste0("paste0(sprintf(", quoted(conversion("g")), ", ", pick(doubles), "), '|')"))
}
lines <- unique(c(times(330, one_fit), times(280, any_value), times(150, several), times(60, starred), times(60, positional),
  times(150, counts), times(60, formats), times(60, related)))
alone <- TRUE

# How values print: vectors that wrap, names, matrices, arrays, complex, text with escapes and wide characters, lists,
# factors, data frames, dates, times, zero extents, raw; with str and summary of each.
words <- c("'a'", "'bb'", "'ccc'", "'hello world'", "''", "NA", "'\u00e9t\u00e9'", "'\u65e5\u672c'", "'\U1F600'", "'q\"q'", "'tab\\t'", "'new\\nline'",
  "'back\\\\slash'", "'a b'", "'NA'", "'zz top'", "'it\\'s'", "'\\u00fc'", "'x1'", "'long long long text'")
vec <- function(n, one) paste0("c(", paste(times(n, one), collapse = ", "), ")")
number <- function() if (chance(0.1)) pick("NA", "NaN", "Inf", "-Inf") else
  pick(sample(-20:20, 1), signif(rnorm(1), sample(1:8, 1)), round(rnorm(1, 0, 100), sample(0:3, 1)), signif(rnorm(1) * 10^sample(-8:10, 1), sample(1:5, 1)), 1e5, 0.1, 1/3)
whole <- function() if (chance(0.1)) "NA" else paste0(pick(-9:9, 123, 45678), "L")
truth <- function() pick("TRUE", "FALSE", "NA")
word <- function() pick(words)
cplx <- function() paste0("complex(real = ", pick(-3:3, 1.5, 0.25, 100), ", imaginary = ", pick(-3:3, 2.75, 1e3), ")")
date <- function() pick("'2024-02-29'", "'1999-12-31'", "NA", "'1970-01-01'", "'2030-07-04'")
stamp <- function() pick("'2024-02-29 12:34:56'", "'1999-12-31 00:00:00'", "NA", "'2030-07-04 23:59:59'")
size <- function() pick(0, 1, 2, 3, 5, 8, 13, 21)
atomic <- function(n = size()) switch(sample(8, 1), vec(n, number), vec(n, number), vec(n, whole), vec(n, truth), vec(n, word), vec(n, word), vec(n, cplx),
  paste0("as.raw(", vec(n, function() paste0(sample(0:255, 1))), ")"))
labels <- function(n) vec(n, function() pick("'a'", "'bb'", "'ccc'", "'long name'", "''", "NA", "'\u65e5'", "'x y'", "'z'", "'\u00e9'"))
named <- function() { n <- pick(1, 2, 3, 5, 8, 13); paste0("setNames(", atomic(n), ", ", labels(n), ")") }
dimnames_ <- function(dims) paste0("list(", paste(vapply(dims, function(d) if (d == 0 || chance(0.3)) "NULL" else
  paste0("c(", paste0("'", make.unique(sample(c("a", "bb", "ccc", "r1", "total", "\u00e9", "x y", "long label"), d, TRUE)), "'", collapse = ", "), ")"), ""), collapse = ", "), ")")
titled <- function(dims) paste0("list(", paste(vapply(seq_along(dims), function(i) paste0(pick("r", "cols", "third")[1], i, " = ",
  if (dims[i] == 0) "NULL" else paste0("c(", paste0("'", letters[seq_len(dims[i])], "'", collapse = ", "), ")")), ""), collapse = ", "), ")")
arr <- function(rank) {
  dims <- if (rank == 2) sample(c(0:5, 2:4, 12), 2, TRUE) else sample(c(0:3, 2, 2), rank, TRUE, c(1, 2, 4, 4, 2, 2))
  n <- prod(dims)
  data <- if (n == 0) pick("numeric(0)", "character(0)", "logical(0)") else atomic(min(n, 12))
  dn <- if (chance(0.3)) "" else paste0(", ", if (chance(0.75)) dimnames_(dims) else titled(dims))
  if (rank == 2) paste0("matrix(", data, ", ", dims[1], ", ", dims[2], if (nzchar(dn)) paste0(", dimnames = ", substring(dn, 3)) else "", ")")
  else paste0("array(", data, ", c(", paste(dims, collapse = ", "), ")", dn, ")")
}
a_factor <- function() pick(paste0("factor(", vec(pick(0, 1, 3, 6, 12), function() pick("'lo'", "'mid'", "'high'", "NA")), pick("", ", levels = c('lo', 'mid', 'high')"),
  pick("", ", ordered = TRUE"), ")"), paste0("factor(", vec(pick(2, 5), whole), ")"), paste0("addNA(factor(", vec(4, function() pick("'a'", "NA")), "))"),
  paste0("cut(", vec(4, function() paste0(sample(0:9, 1))), ", c(0, 3, 6, 9))"), "factor(character(0))", "factor(letters)", "factor(1:30)", "factor(c(TRUE, FALSE))")
a_date <- function() paste0("as.Date(", vec(pick(1, 2, 5, 9), date), ")")
a_time <- function() pick(paste0("as.POSIXct(", vec(pick(1, 2, 4), stamp), ", tz = 'UTC')"), paste0("as.difftime(", vec(pick(1, 3), function() paste0(sample(1:90, 1))), ", units = ",
  pick("'mins'", "'hours'", "'days'", "'secs'", "'weeks'"), ")"), "as.Date('2024-03-10') - as.Date('2024-02-01')", "as.POSIXct('2024-01-02', tz = 'UTC') - as.POSIXct('2024-01-01 12:00', tz = 'UTC')",
  "as.POSIXct(c('2024-01-02', '2024-05-06'), tz = 'UTC')", "as.POSIXlt('2024-01-02 03:04:05', tz = 'UTC')", "ISOdate(2024, 1:3, 1)")
column <- function(n) switch(sample(9, 1), vec(n, number), vec(n, number), vec(n, whole), vec(n, truth), vec(n, word), paste0("factor(", vec(n, function() pick("'u'", "'v'", "NA")), ")"),
  paste0("as.Date(", vec(n, date), ")"), vec(n, cplx), paste0("as.POSIXct(", vec(n, stamp), ", tz = 'UTC')"))
frame <- function() {
  n <- pick(0, 1, 2, 3, 4, 11)
  k <- pick(1, 2, 3, 5)
  if (n == 0) return(pick("data.frame()", "data.frame(a = numeric(0), b = character(0))", "data.frame(x = 1:3)[0, , drop = FALSE]", "data.frame(row.names = c('a', 'b'))"))
  paste0("data.frame(", paste0(c("x", "yy", "a.long.name", "z", "w")[seq_len(k)], " = ", times(k, function() column(n)), collapse = ", "),
    if (chance(0.2)) paste0(", row.names = c(", paste0("'", make.unique(sample(c("r", "row two", "\u00e9"), n, TRUE)), "'", collapse = ", "), ")") else "",
    if (chance(0.1)) ", stringsAsFactors = TRUE" else "", ")")
}
leaf <- function() switch(sample(8, 1), atomic(pick(1, 2, 4)), "NULL", named(), arr(2), a_factor(), "function(x) x + 1", a_date(), "quote(a + b)")
a_list <- function(depth = 2) {
  n <- pick(0, 1, 2, 3)
  paste0("list(", paste(times(n, function() paste0(pick("", "", "a = ", "bb = ", "`c d` = "), if (depth > 0 && chance(0.35)) a_list(depth - 1) else leaf())), collapse = ", "), ")")
}
cells <- function() paste0("matrix(list(", paste(times(4, leaf), collapse = ", "), "), 2)")
empty <- function() pick("integer(0)", "character(0)", "logical(0)", "numeric(0)", "complex(0)", "raw(0)", "list()", "NULL", "setNames(list(), character(0))", "setNames(numeric(0), character(0))",
  "matrix(0, 0, 0)", "matrix(0, 0, 3)", "matrix(0, 3, 0)", "array(0, c(2, 0, 2))", "array(0, c(0, 2, 2))", "array(1, c(2, 2, 0))", "as.Date(character(0))", "factor(character(0), levels = c('a', 'b'))", "expression()",
  "data.frame(a = 1:2)[, 0]", "array(1:3)", "array(1:3, 3, list(c('a', 'b', 'c')))", "table(c('a', 'b', 'a'))", "table(c(1, 2, 2), c('u', 'v', 'u'))", "structure(1:3, note = 'hi')", "structure(list(a = 1), class = 'thing')",
  "table(integer(0))", "structure(1:4, dim = c(2, 2), extra = list(1, 'a'))", "as.name('a b')", "quote(if (a) b else c)", "~ x + y", "y ~ .", "expression(a + b, 2)", "ts(1:5)", "ts(c(1.5, 2, 3), start = 2000, frequency = 4)", "ts(1:14, start = c(2020, 3), frequency = 12)",
  "invisible(3)", "(invisible(3))", "identity(invisible(3))", "f <- function() invisible(7); f()", "f <- function() invisible(7); y <- f(); y", "if (TRUE) invisible(3)", "f <- function(x) x; f(invisible(5))", "c(invisible(3))", "x <- 5", "(x <- 5)", "NULL", "for (i in 1:3) i", "{invisible(3); 4}", "repeat break", "x <- c(1, 2); x[2] <- 5", "TRUE && NA",
  "diff(table(c(1, 1, 2)))", "!table(c('a', 'b'))", "-table(c('a', 'b'))", "table(c('a', 'b')) / 2", "prop.table(table(c('a', 'b', 'a')))", "summary(table(c('a', 'b')))", "rev(table(c('a', 'b', 'a')))", "table(c(TRUE, NA), useNA = 'ifany')", "round(prop.table(table(c('a', 'b', 'a'))), 2)", "table(a = c(1, 2), b = c('x', 'y'))", "table(c('a', 'b')) > 1", "sqrt(table(c('a', 'b', 'a')))")
any_value <- function() switch(sample(14, 1), atomic(), atomic(), named(), named(), arr(2), arr(2), arr(3), a_factor(), a_date(), a_time(), frame(), frame(), a_list(), pick(cells(), empty(), arr(4)))
value <- function() { v <- any_value(); while (grepl("; |^x <- |^f <- |^\\{|^repeat|^for", v)) v <- any_value(); v }
width <- function() if (chance(0.5)) paste0("options(width = ", sample(20:120, 1), "); ") else ""
digits <- function() if (chance(0.15)) paste0("options(digits = ", sample(1:12, 1), "); ") else ""
shown <- function() paste0(width(), digits(), value())
printed <- function() paste0(width(), "print(", value(), pick("", ", quote = FALSE", ", digits = 3", ", right = TRUE", ", na.print = '-'", ", row.names = FALSE", ", max = 5", ", quote = FALSE, right = TRUE", ", print.gap = 3", ", zero.print = '.'"), ")")
structured <- function() paste0(width(), "str(", value(), pick("", "", "", ", max.level = 1", ", vec.len = 2", ", give.attr = FALSE", ", give.head = FALSE", ", indent.str = '##'"), ")")
summarised <- function() paste0(width(), "summary(", value(), ")")
texts <- function() paste0(width(), pick("format", "toString", "noquote", "as.character", "paste", "cat", "head", "tail", "rev", "t", "unique", "is.na", "dim", "names", "length", "class", "levels", "nchar", "encodeString", "print.default", "unclass", "unlist", "sort", "table", "nlevels", "rownames", "as.list", "dput", "deparse"), "(", value(), ")")
written <- function() paste0("cat(", atomic(), ", ", atomic(pick(0, 1, 3)), pick("", ", sep = ', '", ", fill = 30", ", sep = '\\n'", ", sep = c(',', '\\n')"), ")")
formats <- function() paste0("format(", value(), pick("", ", width = 12", ", justify = 'right'", ", digits = 3", ", nsmall = 2", ", justify = 'centre'", ", big.mark = ','"), ")")
lines <- unique(c(times(1100, shown), times(450, printed), times(500, structured), times(250, summarised), times(300, texts), times(100, written), times(150, formats), times(160, empty), times(100, function() paste0(width(), "str(", value(), ")"))))
alone <- TRUE

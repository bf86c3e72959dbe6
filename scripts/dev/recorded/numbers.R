# Numbers as text: format, print, cat, as.character, paste, toString, formatC, prettyNum, signif, round with their arguments.
hex <- function(x) if (is.na(x)) "NA" else sprintf("%.17g", x)
double1 <- function() {
  x <- switch(sample(10, 1),
    rnorm(1), rnorm(1) * 10^sample(-12:15, 1), runif(1, 0, 1000), round(rnorm(1, 0, 100), sample(0:4, 1)), sample(-1e6:1e6, 1),
    10^sample(-20:20, 1), 10^sample(1:9, 1) - 10^-sample(0:6, 1), signif(rnorm(1) * 10^sample(-5:8, 1), sample(1:9, 1)),
    sample(-20:20, 1), sample(c(0.1, 0.5, 2.5, 1/3, 2/3, 100, 1e5, 123456, 1e15, 0.00001, 99999.5, 1234567.8), 1))
  hex(x)
}
odd <- function() pick("NA", "NaN", "Inf", "-Inf", "0", "1e-300", "1e300", "5e-324", "0.1", "1e5")
item <- function() if (chance(0.15)) odd() else double1()
doubles <- function() { n <- pick(1, 1, 2, 3, 4); if (n == 1) item() else paste0("c(", paste(times(n, item), collapse = ", "), ")") }
integers <- function() {
  n <- pick(1, 1, 2, 3)
  one <- function() if (chance(0.15)) "NA" else paste0(sample(c(-9:9, 123L, -45678L, 1234567L, 2147483647L, 100000L), 1), "L")
  if (n == 1) one() else paste0("c(", paste(times(n, one), collapse = ", "), ")")
}
complexes <- function() paste0("complex(real = ", double1(), ", imaginary = ", double1(), ")")
named <- function() paste0("c(a = ", item(), ", bb = ", item(), ")")
other <- function() pick("c(TRUE, NA, FALSE)", "NULL", "character(0)", "c('a', NA, 'ccc')", "list(1, 2.5, 'a')", "as.raw(c(1, 255))",
  "factor(c('a', 'b'))", "c(1+2i, NA)", "numeric(0)", "as.Date('2024-02-29')", "matrix(c(1.5, 2, 3, 4), 2)")
x <- function() switch(sample(12, 1), doubles(), doubles(), doubles(), doubles(), doubles(), doubles(), doubles(), integers(), integers(),
  complexes(), named(), other())
maybe <- function(name, values, p = 0.4) if (chance(p)) paste0(", ", name, " = ", pick(values)) else ""
call_of <- function(f, ...) paste0(f, "(", ..., ")")
format_arguments <- function() paste0(maybe("digits", c(1:15, "NULL")), maybe("nsmall", 0:6, 0.25), maybe("width", c(0, 1, 5, 10, 15), 0.2),
  maybe("big.mark", c("','", "\"'\"", "' '", "''"), 0.25), maybe("scientific", c("TRUE", "FALSE", "2", "-3"), 0.25),
  maybe("trim", "TRUE", 0.1), maybe("justify", c("'left'", "'right'", "'centre'", "'none'"), 0.1), maybe("drop0trailing", "TRUE", 0.15),
  maybe("decimal.mark", "','", 0.1), maybe("zero.print", c("'-'", "TRUE", "FALSE", "NULL"), 0.05), maybe("na.encode", "FALSE", 0.05))
a_format <- function() call_of("format", x(), format_arguments())
a_print <- function() call_of("print", x(), maybe("digits", 1:15, 0.7), maybe("quote", "FALSE", 0.1), maybe("na.print", c("'-'", "''"), 0.1),
  maybe("right", "TRUE", 0.05))
a_formatc <- function() call_of("formatC", x(), maybe("digits", 0:12, 0.6), maybe("width", c(0:3, 6, 10, 14, -8), 0.5),
  maybe("format", c("'f'", "'f'", "'e'", "'g'", "'d'", "'fg'", "'E'", "'G'"), 0.7), maybe("flag", c("''", "'0'", "'-'", "'+'", "' '", "'#'", "'0+'", "'-#'"), 0.4),
  maybe("big.mark", c("','", "'_'"), 0.25), maybe("mode", c("'double'", "'integer'", "'character'"), 0.06), maybe("drop0trailing", "TRUE", 0.1),
  maybe("decimal.mark", "','", 0.05), maybe("zero.print", "'.'", 0.04), maybe("preserve.width", c("'common'", "'none'"), 0.03))
a_pretty <- function() call_of("prettyNum", x(), maybe("big.mark", c("','", "' '", "'_'"), 0.7), maybe("big.interval", 2:4, 0.1),
  maybe("small.mark", "' '", 0.1), maybe("drop0trailing", "TRUE", 0.15), maybe("preserve.width", c("'common'", "'individual'", "'none'"), 0.1),
  maybe("digits", 1:10, 0.2))
a_cat <- function() paste0("cat(", x(), maybe("sep", c("', '", "''", "'\\n'"), 0.3), maybe("fill", c("TRUE", "20"), 0.1), ")")
a_text <- function() call_of(pick("as.character", "paste", "toString", "paste0", "format", "print", "nchar", "I", "noquote", "dQuote", "summary", "str",
  "format", "encodeString", "deparse", "dput"), x())
a_round <- function() switch(sample(4, 1), call_of("round", x(), ", ", pick(-3:8)), call_of("signif", x(), ", ", pick(0:10)),
  call_of(pick("round", "ceiling", "floor", "trunc", "signif"), x()), call_of("zapsmall", x(), maybe("digits", 1:10)))
with_option <- function() {
  o <- pick("digits", "digits", "scipen", "scipen", "OutDec", "both")
  setting <- switch(o, digits = paste0("digits = ", pick(1:15)), scipen = paste0("scipen = ", pick(-5, -2, 1, 3, 5, 10, 100, 999)), OutDec = "OutDec = ','",
    both = paste0("digits = ", pick(1:15), ", scipen = ", pick(-3:8)))
  paste0("options(", setting, "); ", switch(sample(6, 1), x(), paste0("cat(", x(), ")"), a_text(), a_format(), paste0("print(", x(), ")"), paste0("paste(", x(), ", ", x(), ")")))
}
mixture <- function() switch(sample(4, 1), paste0("paste(", x(), ", ", x(), maybe("sep", c("''", "'-'")), maybe("collapse", c("'+'", "NULL"), 0.3), ")"),
  paste0("c(", x(), ", ", x(), ")"), paste0("cat(", x(), ", ", x(), ", '\\n')"), paste0("format(c(", x(), ", ", x(), ")", format_arguments(), ")"))
percent <- function() pick(paste0("format(Sys.Date() - Sys.Date() + ", pick(0:9), ")"), paste0("format.pval(", doubles(), maybe("digits", 1:6), maybe("eps", c("1e-3", "0.05")), ")"),
  paste0("format(", doubles(), ", digits = 3, nsmall = 2)"), paste0("round(", doubles(), ", 2)"), paste0("format(c(", item(), ", 0.5), digits = 2)"),
  paste0("format(as.difftime(", pick(1:100), ", units = 'mins'))"), paste0("print(c(", paste(times(12, double1), collapse = ", "), "), digits = ", pick(1:8), ")"),
  paste0("summary(c(", paste(times(5, item), collapse = ", "), "))"), paste0("cat(signif(", doubles(), ", 3), '\\n')"), paste0("cat(format(", doubles(), ", width = 12), sep = '\\n')"),
  paste0("as.numeric('", item(), "')"), paste0("type.convert('", item(), "', as.is = TRUE)"), paste0("as.integer(", item(), ")"), paste0("quantile(c(", paste(times(5, double1), collapse = ", "), "))"))
lines <- unique(c(times(1300, a_format), times(600, a_print), times(900, a_formatc), times(400, a_pretty), times(300, a_cat), times(500, a_text),
  times(450, a_round), times(600, with_option), times(300, mixture), times(300, percent)))
alone <- TRUE

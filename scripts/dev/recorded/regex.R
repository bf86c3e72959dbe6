# Regular expressions.
# p() shows one pattern through the functions that use it; ~ stands between results, ^ around them shows blanks.

setup <- c(
  'shown <- function(x) paste0(ifelse(is.na(x), "<NA>", chartr("\\n\\r", "/!", x)), collapse = "~")',
  'places <- function(m) paste(ifelse(is.na(m), "NA", m), attr(m, "match.length"), sep = "+", collapse = " ")',
  paste('p <- function(pattern, s, r = "<\\\\1>", split = TRUE, ...) {',
        'cat(substr(as.character(grepl(pattern, s, ...)), 1, 1), places(regexpr(pattern, s, ...)), "\\n");',
        'cat(shown(sub(pattern, r, s, ...)), "\\n");',
        'cat(shown(gsub(pattern, r, s, ...)), "\\n");',
        'm <- gregexpr(pattern, s, ...);',
        'cat(vapply(m, places, ""), sep = ";"); cat("\\n");',
        'if (split) cat(vapply(strsplit(s, pattern, ...), shown, ""), sep = " ; "); cat("\\n") }'),
  paste('g <- function(pattern, s, ...) { m <- regexec(pattern, s, ...);',
        'cat(vapply(m, places, ""), sep = ";"); cat("\\n");',
        'cat(vapply(regmatches(s, m), shown, ""), sep = " ; "); cat("\\n");',
        'cat(vapply(regmatches(s, gregexpr(pattern, s, ...), invert = TRUE), shown, ""), sep = " ; "); cat("\\n") }'))

quoted <- function(s) if (length(s) > 1) paste0("c(", paste(literal(s), collapse = ", "), ")") else literal(s)
# subjects used often are variables of the table
call_p <- function(pattern, s, more = "", f = "p") {
  known <- names(subjects)[vapply(subjects, identical, NA, s)]
  paste0(f, "(", literal(pattern), ", ", if (length(known)) known else quoted(s), more, ")")
}

# patterns that mean the same or nearly the same in both syntaxes: each is tried in both
text <- c("the cat sat", "", "aab abb", "Hello, World 42!")
accents <- c("na\u00efve caf\u00e9", "\u00dcber stra\u00dfe", "\u65e5\u672c\u8a9e 12", "x\u00b2 \u20ac5", "e\u0301a")
many <- c("one\ntwo", "a\n\nb", "x\r\ny", "tab\tend\n")
groups <- c("me@home", "abc", "b", "")
samples <- c(" keras.layers.GlobalAveragePooling2D >=2.1-gpu ", "val_loss: shape=(None,) at 0x7f00aa11bb>",
  "weights.07-0.31.hdf5", "<p>https://x.org/a_b #tag &amp; [1] 2020-01-02", "data-raw/PetImages/Dog/1.csv\nNA.x\t$5 rc12")
subjects <- list(text = text, accents = accents, many = many, groups = groups, samples = samples)
words <- c("a", "b", "at|cat", "cat|at", "a|ab", "ab|a", "(a|ab)(c|bcd)?", "(a|ab)(b?)", "a*", "b*", "x*", "a+", "a?", "a{2}",
  "a{1,2}", "a{0,1}b", "a{2,}", "(a)(b)", "(a*)b", "(a*)(b*)", "(a+|b+)*", "(a|b)*c", "(a|b)+", "()", "(|a)b", "a||b", "(a|)b",
  "^a", "^", "$", "b$", "^$", "^a|b$", "a^b", "a$b", "(^a)", "(b$)", "^^a", "a$$", "^*a", "(^)", "(^| )a", " (a|$)",
  ".", ".*", ".+", ".?", "..", "a.b", "a.*b", "a.*?b", "a+?", "a*?", "a??b", "a{1,2}?", "(.*?)b", "(.*)b", "[^ ]+",
  "[a]", "[^a]", "[abc]+", "[a-c]+", "[^a-c ]+", "[]a]", "[]]", "[^]]", "[^]a]+", "[a-]", "[-a]+", "[a\\]", "[a\\]]", "[\\^a]", "[\\d]",
  "[\\w ]+", "[.]", "[*+]", "[ ,]", "[A-Z]", "[A-Za-z]+", "[0-9]+", "[^0-9]+", "[[:alpha:]]+", "[[:digit:]]+", "[[:space:]]+",
  "[[:punct:]]", "[[:upper:]]", "[[:lower:]]+", "[[:alnum:]]+", "[^[:alnum:]]+", "[[:alpha:][:digit:]]+", "[[:blank:]]",
  "[[:xdigit:]]+", "[[:cntrl:]]", "[[:graph:]]+", "[[:print:]]+", "[^[:space:]]+$", "[[:alpha:]_]", "[[:alpha:]-]+", "[a[:space:]]+",
  "\\b", "\\bc", "t\\b", "\\Ba", "\\B", "\\bcat\\b", "\\w", "\\w+", "\\W", "\\W+", "\\d", "\\d+", "\\D+", "\\s", "\\s+", "\\S+", "\\s*", "\\w*",
  "(\\w+) (\\w+)", "(.)\\1", "(a)(b)\\2", "(l)\\1", "(a*)\\1", "([a-z])([a-z])\\2\\1?", "\\.", "\\,", "\\!", "\\ ", "\\-", "\\/",
  "(?:a)(b)", "(?i)hello", "(?i:H)e", "h(?i)E", "a|b|", "|a", "((a)(b))", "(((a)))", "(a(b)?)+", "(a)|(b)", "(a)|b", "(at|c)+",
  "(l+)o", "[lo]+", "o, W", "e|l|o", "wor", "World|Wor", "(c|s)at", "(c|s)a(t)", "t( |$)", " +", "[ ]*", "(ab|a)(bb|b)", "(a|ab)(bb|b)",
  "x+|y*", "a{,2}", "a{0}", "a{0,0}b", "(ab){2}", "(ab){1,2}", "(a b| )+", "\\x61", "\\x{61}b", "a\\x62", "\\t", "\\n", "\\Qa.b\\E", "\\Q.\\E",
  "(?=a)", "(?!a).", "(?<=a)b", "(?<!a)b", "a(?=b)", "a(?!b)", "(?>a+)b", "a++", "a*+b", "a?+",
  "(?<x>a)b", "(?P<x>a)b", "(?<first>\\w+) (?<second>\\w+)", "(?x) a b ", "(?s).", "(?m)^a", "(?U)a+", "(a)(?1)", "\\K", "a\\Kb", "\\Aa", "b\\z", "b\\Z", "\\G.",
  "\\h", "\\H+", "\\R", "\\N", "\\v", "\\e", "\\f", "\\a", "\\pL", "\\p{L}+", "\\p{Lu}", "\\PL", "\\X", "\\cA", "\\07", "\\0", "\\10", "(?#note)a", "a(?#x)b",
  "[\\s,]+", "[\\W]", "[\\D]+", "[^\\w]", "[^\\s]+", "[a\\-c]", "[a\\d]", "[\\]]", "[\\\\]", "[\\.]", "[\\n]", "[\\t ]", "[\\x61]", "[\\Qa]\\E]", "[\\b]",
  "[+--]", "[ -~]+", "[!-/]", "[^[:alpha:] ]", "[a^]", "[a|b]", "[(]", "[)]", "[{}]", "[$]", "[a$]", "[&&]", "[~~]", "[--a]", "[a--]", "[[]", "[[a]", "[]-a]", "[[.a.]]", "[[=a=]]", "[[.-.]]")
refused <- c("(", ")", "a)", "(a", "[", "[a", "[]", "[^]", "*", "+", "?", "*a", "a**", "a*+", "a+*", "a?*", "a??", "a???", "{", "a{", "a{1", "a{1,", "a{x}", "a{2,1}", "a{1,2",
  "a{,}", "a{-1}", "a{256}", "a{1}{2}", "(a){2}{3}", "(*)", "(+a)", "(?)", "(?a", "(?<", "(?<a", "(?z)", "\\", "a\\", "[\\", "[[:foo:]]", "[[:alpha:]", "[[:alpha", "[:alpha:]", "[z-a]", "[a-\\d]", "[[.foo.]]",
  "(?<=a*)b", "(?<=a|bc)d", "\\1", "(a)\\2", "\\8", "\\g1", "\\p", "\\p{Foo}", "\\c", "\\E", "\\Q", "a|*", "|*", "(|*)", "^*", "^+", "$*", "$+a", "\\b*", "\\b+a", "a|", "()*", "()+a", "(a*)*", "(a*)+", "((a*)*)*b",
  "\\<", "\\>", "\\<a", "t\\>", "\\<\\w", "\\w\\>", "\\<cat\\>", "a\\<", "}", "]", "a}", "a]", "{a", "a{1,2}b{0,1}c{0}", "\\u0061", "\\N{a}", "\\x", "\\xg", "\\x{", "\\x6", "[\\x]", "\\i", "\\y", "\\_", "\\:", "\\\"", "\\'", "(?-i)a", "(?n)a", "(?i-s)A")

lines <- c(setup, paste(names(subjects), "<-", vapply(subjects, quoted, "")))
for (pattern in c(words, refused)) {
  lines <- c(lines, call_p(pattern, text), call_p(pattern, text, ", perl = TRUE"))
}

# fixed text, letters' case, bytes
for (pattern in c("a", "ab", ".", "*", " ", "\\", "\\1", "[a]", "aa", "t", "World", "^a", "$", "(", "", "the cat sat", "!", "a b"))
  lines <- c(lines, call_p(pattern, text, ", fixed = TRUE"), call_p(pattern, text, ', r = "\\\\1\\\\\\\\x", fixed = TRUE, split = FALSE'))
for (pattern in c("A", "[A-C]+", "HELLO", "[[:upper:]]+", "(L)\\1", "w|T", "\\bC", "[^A]+", "THE"))
  lines <- c(lines, call_p(pattern, text, ", split = FALSE, ignore.case = TRUE"), call_p(pattern, text, ", split = FALSE, ignore.case = TRUE, perl = TRUE"))
for (pattern in c("a", "[a-z]+", "\\w", "l+"))
  lines <- c(lines, call_p(pattern, text, ", useBytes = TRUE"), call_p(pattern, text, ", perl = TRUE, useBytes = TRUE"))
lines <- c(lines, call_p("a", text, ", fixed = TRUE, ignore.case = TRUE, split = FALSE"), call_p("a", text, ", fixed = TRUE, perl = TRUE, split = FALSE"),
  call_p("A", text, ", fixed = TRUE, useBytes = TRUE"))

# beyond ASCII
for (pattern in c(".", "\u00e9", "[\u00e0-\u00ff]", "\\w+", "\\W", "[[:alpha:]]+", "[[:upper:]]", "[[:lower:]]+", "[[:punct:]]", "[^[:alnum:] ]", "[^a-z ]+", "\\b", "\\d+", "\\s", "\u00fc",
  "\u00df|\u65e5", "(.)(.)", "[[:digit:]]", ".$", "^.", "[^ ]+ ", "\\bc", "\u672c", "[\u65e5\u8a9e]"))
  lines <- c(lines, call_p(pattern, accents), call_p(pattern, accents, ", perl = TRUE"), call_p(pattern, accents, ", split = FALSE, ignore.case = TRUE"))
for (pattern in c("\u00e9", " ", "\u65e5\u672c", "\u20ac"))
  lines <- c(lines, call_p(pattern, accents, ", fixed = TRUE"), call_p(pattern, accents, ", fixed = TRUE, useBytes = TRUE, split = FALSE"))
for (pattern in c("\\p{L}+", "\\p{Lu}", "\\p{Han}+", "\\p{N}", "\\X", "(*UCP)\\w+", "(*UCP)\\b.", "\\x{e9}", "\\p{P}|\\p{S}"))
  lines <- c(lines, call_p(pattern, accents, ", perl = TRUE"))

# several lines in a text
for (pattern in c("^.", ".$", "$", ".", ".*", "n.t", "\\n", "\n", "[^a]", "\\s", "o$", "^t", "\\t", "[[:space:]]+", "[[:cntrl:]]", "[[:print:]]+", "\\R", "(?m)^", "(?m)$", "(?s).+", "\\N+", "e\\z", "d\\Z", "a\\n+b"))
  lines <- c(lines, call_p(pattern, many), call_p(pattern, many, ", perl = TRUE"))

# replacements
for (r in c("\\0", "\\\\", "\\\\1", "\\2\\1", "\\3", "\\9", "[\\1]", "\\", "x\\", "a\\b", "&", "$1", "\\n", "\\U\\1", "\\U\\1\\E\\2", "\\L\\1\\U\\2", "\\u\\1", "\\E\\1", "\\Ux", "x\\U\\1y", "\\U\\0", "\\l\\1", "\\10", "", "\n", "\u00e9\\1")) {
  for (more in c("", ", perl = TRUE")) {
    lines <- c(lines, paste0("print(sub(\"(\\\\w)(\\\\w*)\", ", literal(r), ", c(\"the Cat\", \"\", NA, \"\u00e9t\u00e9 x\")", more, "))"),
      paste0("gsub(\"(\\\\w)(\\\\w*)\", ", literal(r), ", c(\"the Cat\", \"a1\")", more, ")"))
  }
}
lines <- c(lines, 'gsub("\\\\b([a-z])", "\\\\U\\\\1", c("the cat sat", "o\'neil a"), perl = TRUE)', 'gsub("(^|\\\\s)(\\\\w)", "\\\\1\\\\U\\\\2", "the quick brown", perl = TRUE)',
  'gsub("(?<=a)(?=b)", "-", "abab", perl = TRUE)', 'gsub("", "-", c("abc", "", NA))', 'gsub("", "-", "abc", perl = TRUE)', 'sub("", "-", c("abc", ""))', 'gsub("", "-", "abc", fixed = TRUE)', 'sub("", "-", "abc", fixed = TRUE)',
  'gsub("(?=b)", "-", "abab", perl = TRUE)', 'gsub("(?<!^)(?=[A-Z])", "_", "myVarName", perl = TRUE)', 'gsub("([a-z])([A-Z])", "\\\\1_\\\\2", "myVarName")', 'tolower(gsub("(.)([A-Z])", "\\\\1_\\\\2", "LayerNormLSTM"))',
  'gsub("^\\\\s+|\\\\s+$", "", c("  a b ", "\\t\\nx\\n"))', 'gsub("\\\\s+", " ", " a  b\\n\\nc ")', 'gsub("[^[:alnum:][:space:]]", "", "it\'s, ok! 5%")', 'gsub("(a)|(b)", "[\\\\1|\\\\2]", "abc")', 'gsub(".", "-", "a.b", fixed = TRUE)',
  'gsub("a|e|i|o|u", "", "education")', 'gsub("^", "> ", c("a", ""))', 'gsub("$", "!", c("a", ""))', 'gsub("^|$", "\'", "ab")', 'gsub("\\\\b", "|", "ab cd")', 'gsub("\\\\b", "|", "ab cd", perl = TRUE)', 'gsub("\\\\B", "|", "ab cd", perl = TRUE)', 'gsub("b*", "-", "abc")', 'gsub("b*", "-", "abc", perl = TRUE)', 'gsub("b*?", "-", "abbc", perl = TRUE)', 'gsub("(b)*", "<\\\\1>", "abbc")', 'gsub("x*", "-", "\u00e9a\u00df")', 'gsub("x*", "-", "\u00e9a\u00df", perl = TRUE)')

# NA, names, dimensions, factors, numbers, empty vectors, bad arguments
odd <- c('x <- c(one = "a1", two = NA, three = "b")', 'grepl("a", x)', 'grep("a", x)', 'grep("a|b", x, value = TRUE)', 'grep("a", x, invert = TRUE)', 'grep("a", x, invert = TRUE, value = TRUE)', 'sub("a", "z", x)', 'gsub("[0-9]", "", x)', 'regexpr("[0-9]", x)', 'gregexpr("[a-z]", x)', 'regexec("([a-z])([0-9])?", x)',
  'strsplit(x, "")', 'strsplit(x, "1")', 'grepl(NA, x)', 'grep(NA, x)', 'grep(NA, x, value = TRUE)', 'sub(NA, "z", x)', 'sub("a", NA, x)', 'gsub("q", NA, x)', 'regexpr(NA, x)', 'gregexpr(NA, "a")', 'regexec(NA, "a")', 'strsplit(x, NA)', 'grepl("a", NULL)', 'grep("a", character(0))', 'sub("a", "b", character(0))', 'sub("a", "b", NULL)', 'regexpr("a", character(0))', 'gregexpr("a", character(0))', 'regexec("a", character(0))', 'strsplit(character(0), "a")', 'strsplit(NULL, "a")', 'strsplit(1, "a")', 'strsplit(factor("a"), "a")',
  'grepl("1", 1:12)', 'sub("1", "x", c(1.5, 10))', 'grepl("a", factor(c("a", "b")))', 'sub("a", "z", factor(c(x = "a", y = "b")))', 'sub("a", "z", matrix(c("a", "b", "ca", "d"), 2))', 'grep("a", list("a", c("b", "a"), 1))', 'grepl(character(0), "a")', 'grepl(c("a", "b"), "b")', 'sub(c("a", "b"), "x", "b")', 'sub("a", c("x", "y"), "a")', 'sub("a", character(0), "a")', 'strsplit("a1b2", c("1", "2"))', 'strsplit(c("a1b2", "a1b2"), c("1", "2"))', 'strsplit("abc", character(0))', 'strsplit(c(p = "a b", q = "c"), " ")', 'strsplit("", " ")', 'strsplit(" a b", " ")', 'strsplit("a  b", " ")', 'strsplit("a.b.c", ".", fixed = TRUE)', 'strsplit("a.b", ".")', 'strsplit("a|b", "|", fixed = TRUE)', 'strsplit("a|b", "|")', 'strsplit("2020-01-02", "-")[[1]][2]', 'strsplit("a, b,c", ", *")', 'strsplit("CamelCaseWord", "(?<=[a-z])(?=[A-Z])", perl = TRUE)', 'strsplit("a1b22c", "[0-9]+")', 'strsplit("abc", "(?=b)", perl = TRUE)', 'strsplit("aXbXc", "x")', 'strsplit("a\\\\b", "\\\\", fixed = TRUE)', 'strsplit("\u00e9a\u00df", "")', 'strsplit("\u00e9,\u00df", ",")',
  'regexpr("(?<w>a)(?<n>[0-9])?", x, perl = TRUE)', 'gregexpr("(?<w>[a-z])(?<n>[0-9])?", c("a1b", "c"), perl = TRUE)', 'regexpr("(a)|(b)", c("a", "b", "c"), perl = TRUE)', 'regexec("(a)|(b)", c("a", "b", "c"))', 'regexec("(a)|(b)", "b", perl = TRUE)', 'regexpr("a", "bab")', 'regexpr("\u00e9", "caf\u00e9")', 'gregexpr("a", "bab")[[1]]', 'regexpr("a", "bab", fixed = TRUE)', 'gregexpr("", "abc")[[1]]', 'gregexpr("aa", "aaaa")[[1]]', 'gregexpr("a", "")[[1]]', 'regexpr("a*", "baa")', 'unlist(gregexpr("o", "foo boo"))',
  'regmatches(x, regexpr("[a-z]", x))', 'regmatches(x, gregexpr("[a-z]", x))', 'regmatches(c(p = "a1", q = "b"), regexpr("[0-9]", c("a1", "b")))', 'regmatches("a1b22", gregexpr("[0-9]+", "a1b22"))[[1]]', 'regmatches("key=val", regexec("(\\\\w+)=(\\\\w+)", "key=val"))', 'regmatches("none", regexec("(x)", "none"))', 'regmatches("a,b;c", gregexpr("[,;]", "a,b;c"), invert = TRUE)', 'regmatches(c("a1", "b"), regexpr("[0-9]", c("a1", "b")), invert = TRUE)',
  '{y <- c("a1b22", "c", NA); regmatches(y, gregexpr("[0-9]+", y)) <- list(c("X", "YY"), character(), "z"); y}', '{y <- c("a1", "b2", "c"); regmatches(y, regexpr("[0-9]", y)) <- c("ONE", "TWO"); y}', '{y <- "a1b2"; regmatches(y, gregexpr("[0-9]", y)) <- "n"; y}', '{y <- c(u = "k1"); regmatches(y, regexpr("1", y)) <- ""; y}',
  'regexpr("a", "a", perl = 2)', 'grepl("a")', 'sub("a", "b")', 'grepl(list("a"), "a")', 'grepl(1, "a1")', 'sub(1, 2, 121)', 'gsub("a", 1, "aa")', 'grep("A", c("a", "A"), ignore.case = TRUE)', 'grepl("^\\\\s*$", c("", "  ", "a"))', 'grep("[", "a[b", fixed = TRUE)', 'grep("a", c("b", "c"))', 'grep("a", c("b", "c"), value = TRUE)', 'regexpr("a{2}", c("baab", "a"))[1:2]', 'startsWith(c("abc", NA), "a")', 'endsWith("abc", c("c", "b"))', 'basename(sub("\\\\.[^.]*$", "", "x/y.tar.gz"))', 'toupper(letters[1:3])', 'casefold("Ab", upper = TRUE)', 'chartr("abc", "xyz", "aabbcc")', 'regexpr("b+", "abbb", perl = TRUE)[[1]]', 'agrepl("lasy", "1 lazy 2")', 'grepRaw("b", "abc")', 'glob2rx("abc.*")', 'glob2rx("a?b*")', 'glob2rx("*[*")', 'glob2rx("*.csv", trim.head = TRUE)', 'regexpr("(?i)B", "abc", perl = TRUE)[1]', 'gregexec("([a-z])([0-9])", "a1b2")', 'regmatches("a1b2", gregexec("([a-z])([0-9])", "a1b2"))')
lines <- c(lines, odd)

# groups and their places
for (pattern in c("(\\w+)@(\\w+)", "(a)?(b)", "(a|b)*", "((a)b)?c", "x", "()", "([a-z]+)([0-9]*)", "(?:a)(b)", "^(.*)$", "(.)(.)(.)", "(b)|(a)"))
  lines <- c(lines, call_p(pattern, groups, f = "g"), call_p(pattern, groups, ", perl = TRUE", f = "g"))

# what scripts of Keras users do
scripts <- c("^\\s+|\\s+$", "(\\s\\s+)", "\t|\n", "^val_", "keras.([^.]+)$", "saved_model\\.pb", "^([0-9\\.]+).*$", "\\n\\|\\s+\\|\\n", "^[0-9]+$", "^GPU [0-9]: ", "^.*_constraint$", "^Other .+:$", "shape=\\((None|[[:digit:]]+),\\)",
  "layer_(.*)_cell$", "^([><=~]{,2}).*", "^([ ]*)(.*[^ ].*)+[ ]+- (If|Else)", "\\.[qrR]md$", ".0rc[0-9]+", "-?(gpu|cpu)$", "(value=.+)", " at 0[xX][0-9A-Fa-f]{9,16}>", "[[:space:]]+", ":.+$", "data-raw/PetImages/(Dog|Cat)/", "[^A-Z]*", "[=<>~]{1,2}[0-9.]+$", "[.-]+", "NA.", "tensorflow|tf-nightly",
  "keras\\.layers\\.(Global)?(Avg|Average|Max)Pool(ing)?[1234]D", "Cells?$", "^python\\.builtin\\.", "rc[0-9]+", "<br />", "[^a-z ]", "([[:punct:]])", "[^[:alpha:][:space:]]", "\\[.*?\\]", "https?://\\S+", "<[^>]+>", "[\r\n]+", "\\.csv$", "(\\d{4})-(\\d{2})-(\\d{2})", "^(\\w+)\\s(\\w+)$", "[aeiou]", "\\$", "\\\\", "/+$", "\\s{2,}", "@\\w+", "#(\\w+)", "&amp;", "^#+\\s*", "[\"']", "\\(.*\\)", "\\d+\\.\\d+", "(.*)/(.*)", "_([a-z])", "([A-Z])", "weights\\.([0-9]{2})-([0-9.]+)\\.hdf5")
for (pattern in scripts) lines <- c(lines, call_p(pattern, samples), call_p(pattern, samples, ", perl = TRUE"))

set.seed(7)
# random patterns of a small alphabet
atom <- function() sample(c("a", "b", "c", ".", "[ab]", "[^a]", "(a|b)", "(ab|a)", "(b*)", "(a|bc)", "\\w", "c?", "a*", "b+", "(c|)", "a{1,2}", "(a|ab|abc)", "^", "$"), 1)
for (i in 1:70) {
  pattern <- paste0(replicate(sample(2:4, 1), atom()), collapse = "")
  if (runif(1) < 0.35) pattern <- paste0(pattern, "|", paste0(replicate(sample(1:3, 1), atom()), collapse = ""))
  subjects <- replicate(2, paste(sample(c("a", "b", "c"), sample(3:8, 1), TRUE), collapse = ""))
  lines <- c(lines, call_p(pattern, subjects), call_p(pattern, subjects, ", perl = TRUE"))
}


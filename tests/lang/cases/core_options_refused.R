# values that options() refuses, and what it takes
said <- function(expr) tryCatch(expr, error = function(e) conditionMessage(e))
for (n in list(0, 100, NA, -1)) print(said(options(digits = n)))
said(options(width = 5)); said(options(width = "x")); said(options(width = NULL)); said(options(digits = NULL))
said(options(warn = "a")); said(options(warn = NULL)); said(options(max.print = -1)); said(options(expressions = 1))
said(options(OutDec = 1)); said(options(1)); said(options(sum)); said(options(list(1))); said(options(warning.length = 1))
said(getOption(1)); said(getOption(c("digits", "width")))
options(digits = 5.7); getOption("digits"); typeof(getOption("digits"))
options(c("digits", "width"))
options(scipen = NULL); getOption("scipen"); 1e10
said(print(pi, digits = 0)); said(format(pi, digits = 0))

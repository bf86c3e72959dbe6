# USE.NAMES makes names of strings; names that are there stay
sapply(c(a = 1, b = 2), identity, USE.NAMES = FALSE)
sapply(list(a = 1, b = 2:3), length, USE.NAMES = FALSE)
sapply(c("x", "yy"), nchar, USE.NAMES = FALSE)
sapply(c("x", "yy"), nchar)
sapply(c(p = "x", q = "yy"), nchar, USE.NAMES = FALSE)

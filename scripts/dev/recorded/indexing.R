# Indexing and assignment: every form on vectors, lists, matrices, arrays, factors and data frames, errors by message.
vectors <- c("x <- c(5, 6, 7, 8)", "x <- c(a = 1, b = 2, abc = 3)", "x <- 1:6", "x <- c(TRUE, NA, FALSE)", "x <- c('p', 'q', NA, 's')", "x <- setNames(c('u', 'v'), c('one', NA))",
  "x <- c(1+1i, 2)", "x <- as.raw(1:3)", "x <- numeric(0)", "x <- NULL", "x <- c(a = 1L, a = 2L, b = 3L)", "x <- as.Date(c('2024-01-01', '2024-02-03', NA))", "x <- structure(1:3, class = 'zz', note = 'n')")
lists <- c("x <- list(a = 1, b = 'two', abc = list(d = 3, e = 4:6))", "x <- list(1, 'b', NULL, 4:5)", "x <- list()", "x <- list(a = NULL, b = list())", "x <- list(value = list(inner = list(deep = 1:3)), other = 'z')",
  "x <- list(f = function(x) x, n = 1:3)", "x <- list(a = 1:3, b = letters[1:2])", "x <- list(a = 1, a = 2)")
matrices <- c("x <- matrix(1:6, 2)", "x <- matrix(1:6, 2, dimnames = list(c('r', 's'), c('A', 'B', 'C')))", "x <- matrix(c('a', 'b', 'c', 'd'), 2)", "x <- matrix(c(1.5, NA, 3, 4, 5, 6, 7, 8, 9), 3, dimnames = list(NULL, c('u', 'v', 'w')))",
  "x <- matrix(list(1, 'a', NULL, 2:3), 2)", "x <- diag(3)", "x <- matrix(0, 0, 3)", "x <- matrix(1:4, 1, dimnames = list('only', NULL))", "x <- matrix(TRUE, 2, 2)", "x <- table(c('a', 'b', 'a'), c('x', 'y', 'y'))")
arrays <- c("x <- array(1:24, c(2, 3, 4))", "x <- array(1:8, c(2, 2, 2), list(c('a', 'b'), c('c', 'd'), c('e', 'f')))", "x <- array(1:16, c(2, 2, 2, 2))", "x <- array(1:3, 3, list(c('a', 'b', 'c')))", "x <- array(c('a', 'b'), c(1, 2, 1))", "x <- table(c('a', 'b', 'a'))")
frames <- c("x <- data.frame(a = 1:3, b = c('x', 'y', 'z'))", "x <- data.frame(a = c(1.5, NA), b = c(TRUE, FALSE), row.names = c('r1', 'r2'))", "x <- data.frame(g = factor(c('u', 'v', 'u')), n = c(10, 20, 30), d = as.Date(c('2024-01-01', NA, '2024-03-01')))",
  "x <- data.frame()", "x <- data.frame(alpha = 1:4, beta = 4:1)", "x <- head(mtcars[, 1:3], 4)", "x <- data.frame(a = 1:2, a = 3:4, check.names = FALSE)")
factors <- c("x <- factor(c('lo', 'hi', 'lo', NA))", "x <- factor(c('a', 'b'), levels = c('b', 'a', 'c'), ordered = TRUE)", "x <- factor(c(n1 = 'p', n2 = 'q'))")
one <- c("1", "2", "3", "0", "-1", "-2", "5", "NA", "TRUE", "FALSE", "'a'", "'b'", "'zz'", "'ab'", "2.7", "-1.5", "1L", "NULL", "NA_character_", "''", "10", "Inf", "1i", "as.raw(1)", "list(1)", "'A'", "'r'", "NA_integer_", "-10", "NaN", "factor('b')", "0L")
many <- c("c(1, 3)", "c(2, 2)", "-c(1, 2)", "c(TRUE, FALSE)", "c(TRUE, NA)", "c(NA, 1)", "c(-1, 1)", "c(-1, NA)", "c('a', 'b')", "c('b', 'nope')", "c(0, 1)", "integer(0)", "character(0)", "logical(0)", "c(1, 10)", "2:1", "c(TRUE, FALSE, TRUE, TRUE, FALSE, TRUE, TRUE)",
  "x == x[1]", "is.na(x)", "seq_along(x)", "-seq_along(x)", "c(a = 1, b = 2)", "c('abc', 'e')", "NULL", "c(1.9, 2.1)", "which(TRUE)", "c('r', 's')", "c('C', 'A')", "c('lo', 'hi')", "factor(c('b', 'a'))", "list(1, 2)", "c(0, -1)", "c(0, 0)", "length(x)", "length(x) + 1")
matrix_index <- c("cbind(1, 2)", "cbind(c(1, 2), c(1, 1))", "matrix(c(1, 2, 3, 1), 2)", "matrix(c('r', 'A'), 1)", "matrix(c('r', 's', 'B', 'C'), 2)", "x > 2", "!is.na(x)", "cbind(c(1, NA), c(1, 2))", "cbind(1, 9)", "cbind(0, 1)", "cbind(-1, 1)", "cbind(1, 2, 3)", "upper.tri(x)", "matrix(TRUE, 2, 2)", "matrix(1:2, 1)", "which(x > 2, arr.ind = TRUE)", "row(x) == col(x)")
values <- c("9", "99L", "'new'", "NA", "TRUE", "NULL", "c(7, 8)", "1:3", "list(1)", "list(1, 'z')", "1i", "numeric(0)", "c('k', 'l')", "factor('hi')", "character(0)", "list()", "list(NULL)", "c(n = 5)", "as.raw(9)", "NA_character_", "matrix(0, 2, 2)", "data.frame(q = 1)", "'hi'", "3.5", "as.Date('2020-01-01')", "10:15", "FALSE")
index1 <- function() if (chance(0.45)) pick(one) else pick(many)
axis <- function() pick("", "", "1", "2", "-1", "'A'", "'a'", "'r'", "c(1, 2)", "c(2, 1)", "TRUE", "c(TRUE, FALSE)", "0", "9", "NA", "c('A', 'B')", "-9", "integer(0)", "'nope'", "c(1, 1)", "3", "c(NA, 1)", "1.5", "-c(1, 2)", "NULL", "c('a', 'b')")
subs <- function(k) paste(times(k, axis), collapse = ", ")
drop <- function() pick("", "", "", "", ", drop = FALSE", ", drop = TRUE")
exact <- function() pick("", "", "", "", ", exact = FALSE")
name <- function() pick("a", "b", "ab", "abc", "zz", "value", "n", "`b c`", "alpha", "al", "g", "inner")
flat <- function() pick(vectors, vectors, lists, factors)
deep <- function() pick(arrays)
get_vector <- function() paste0(flat(), "; x[", index1(), "]")
get_element <- function() paste0(pick(vectors, lists, lists, factors, frames, matrices), "; x[[", index1(), exact(), "]]")
get_dollar <- function() paste0(pick(lists, frames, vectors[1:3]), "; x$", name(), pick("", "", "", "[2]", "[[1]]", "$inner", "$d"))
get_matrix <- function() paste0(pick(matrices, matrices, frames), "; x[", switch(sample(5, 1), subs(2), subs(2), subs(2), pick(matrix_index), index1()), drop(), "]")
get_array <- function() { a <- deep(); k <- pick(1, 2, 3, 3, 4); paste0(a, "; x[", subs(k), drop(), "]") }
get_double <- function() paste0(pick(matrices, arrays, frames), "; x[[", paste(times(pick(2, 2, 3), function() pick(one[c(1:6, 8, 11:13, 29:30)])), collapse = ", "), "]]")
finish <- function(s) paste0(s, "; ", pick("x", "x", "x", "x", "str(x)"))
set_vector <- function() finish(paste0(flat(), "; x[", index1(), "] <- ", pick(values)))
set_element <- function() finish(paste0(pick(vectors, lists, lists, factors, frames), "; x[[", index1(), "]] <- ", pick(values)))
set_dollar <- function() finish(paste0(pick(lists, frames, vectors[1:3], "x <- NULL"), "; x$", name(), pick("", "", "", "[2]", "$q", "[['w']]", "[[2]]"), " <- ", pick(values)))
set_matrix <- function() finish(paste0(pick(matrices, matrices, frames, frames), "; x[", switch(sample(5, 1), subs(2), subs(2), subs(2), pick(matrix_index), index1()), "] <- ", pick(values)))
set_array <- function() finish(paste0(deep(), "; x[", subs(pick(1, 3, 3, 4)), "] <- ", pick(values)))
set_nested <- function() finish(paste0(pick(lists, frames), "; x", pick("$a[[2]]$b[3]", "$abc$e[2]", "[['abc']][['d']]", "$new$deep$er", "$value$inner$deep[2]", "[[3]][[2]]", "$a[2]", "[['k']][['l']][3]", "$abc[['e']][[1]]", "[2][[1]]", "$b[[1]][2]", "$value[['inner']]$deep[[3]]",
  "$other[2]", "[[c('value', 'inner')]]", "[[c(3, 1)]]", "$a$b$c", "[['a']]$z"), " <- ", pick(values)))
set_function <- function() finish(paste0(pick(vectors, lists, matrices, arrays, frames, factors), "; ", pick("names(x) <- c('k', 'l')", "names(x) <- NULL", "names(x)[2] <- 'N'", "dim(x) <- c(2, 3)", "dim(x) <- NULL", "dim(x) <- length(x)", "dim(x) <- c(2, -3)", "dimnames(x) <- list(c('i', 'j'), NULL)", "dimnames(x) <- NULL",
  "dimnames(x) <- list(1:2, letters[1:3])", "dimnames(x)[[1]] <- c('i', 'j')", "levels(x) <- c('P', 'Q')", "levels(x)[1] <- 'first'", "levels(x) <- list(Z = c('lo', 'hi'))", "attr(x, 'note') <- 'hey'", "attr(x, 'dim') <- 4", "attr(x, 'names') <- 1:3", "is.na(x) <- 2", "is.na(x) <- 'a'", "diag(x) <- 0", "diag(x) <- c(9, 8)",
  "rownames(x) <- c('i', 'j')", "colnames(x) <- c('i', 'j', 'k')", "colnames(x)[2] <- 'mid'", "row.names(x) <- NULL", "row.names(x) <- c('i', 'i', 'k')", "length(x) <- 2", "length(x) <- 6", "attributes(x) <- NULL", "attributes(x) <- list(names = c('a', 'b', 'c', 'd'))", "class(x) <- 'foo'", "class(x) <- NULL", "class(x) <- 'factor'",
  "storage.mode(x) <- 'character'", "mode(x) <- 'numeric'", "x[['a']] <- NULL", "x['b'] <- NULL", "x$b <- NULL", "x[c('a', 'b')] <- list(NULL)", "names(x)[[1]] <- 'first'", "substr(x[1], 1, 1) <- 'Z'", "oldClass(x) <- 'bar'", "x[is.na(x)] <- 0", "x[x > 2] <- 0", "x[nrow(x):1, ] <- x", "x[['new']] <- 1:3", "x$new <- x$a", "x[5] <- 1", "x[[5]] <- 1",
  "body(x$f) <- quote(x + 1)", "formals(x$f) <- alist(y = )", "levels(x$g)[2] <- 'w'", "x[order(x), ]", "units(x) <- 'days'", "x[2:3] <- x[1:2]", "x[-1] <- 0", "x[] <- 0", "x[] <- lapply(x, rev)", "dim(x) <- c(4, 1)", "names(dimnames(x)) <- c('R', 'C')")))
# Left out: subscripts of data frames and [[<- that R refuses by accident of its implementation, with a message about its insides.
by_accident <- function(line) grepl("data.frame|mtcars", line) & grepl("NULL|list\\(|NaN|NA_|as.raw|1i|\\[''|factor\\('b|cbind\\(-1|units\\(|formals|body\\(|attributes\\(|x <- data.frame\\(\\);|, -?[0-9A-Za-z'_]+, [^,]*\\]\\]|integer\\(0|character\\(0|numeric\\(0", line) |
  grepl("\\[\\[(c\\(NA|1i|as.raw|list|is.na|c\\(TRUE|x == )|units\\(|class\\(x\\) <- 'factor'|order\\(x\\)|x <- NULL; (dim|names|is.na|attr|diag|body|formals)", line)
lines <- unique(Filter(Negate(by_accident), c(times(450, get_vector), times(320, get_element), times(120, get_dollar), times(380, get_matrix), times(220, get_array), times(120, get_double),
  times(500, set_vector), times(380, set_element), times(200, set_dollar), times(420, set_matrix), times(160, set_array), times(200, set_nested), times(550, set_function))))
alone <- TRUE

# values and code written as code
dput(c(1.5, 2, NA)); dput(1:5); dput(c(1L, 3L, NA)); dput("a\"b\n"); dput(c(a = 1, b = 2)); dput(list(x = 1, y = "b", 3))
dput(1/3); dput(1e-20); dput(1e6); dput(100000); dput(123456789012); dput(-1.5); dput(c(-1L, 2L)); dput(TRUE); dput(NULL); dput(NA_character_); dput(c("a", NA))
dput(list()); dput(character(0)); dput(integer(0)); dput(NaN); dput(Inf); dput(c(Inf, -Inf)); dput(3+2i); dput(as.raw(c(1, 255)))
dput(function(x, y = 2) x + y); dput(quote(a + b)); dput(as.name("foo")); dput(y ~ x + z)
dput(list(a = list(b = 1:3, c = "d"), e = NULL)); dput(c(`my name` = 1)); dput(structure(list(1), class = "foo"))
deparse(c(1, 2, 3)); deparse(1:10); deparse("x"); deparse(list(a = 1)); deparse(c(1.5, 2.5)); deparse(TRUE); deparse(5L); deparse(5)
f <- function(x) { y <- x # comment
  y }
deparse(f); cat(deparse(quote(if (a) b else c)), "\n"); deparse(quote(x[[1]][2]$a)); deparse(quote(-(1 + 2))); deparse(quote(`my var` + 1))
dput(array(1:8, c(2, 2, 2))); dput(c(a = "x")); dput(-5L); dput(2147483647); dput(0x10L); dput(1e5L); dput(1e-5); dput(12345.678)
dput(expression(a, b + 1)); dput(pi); dput(exp(1) * 1e10); dput(c(1e10, 1)); dput(0.1 + 0.2); dput(1e15); dput(1e16); dput(123456.7)

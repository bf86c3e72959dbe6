# Modelled on preprocessing_layers.Rmd (v2.16.1) and the feature columns guides: one specification a column by type
library(purrr)
df <- data.frame(age = c(22, 38, 26), sex = c("m", "f", "f"), fare = c(7.25, 71.28, 7.92), alone = c(TRUE, FALSE, TRUE),
                 port = factor(c("S", "C", "Q")), stringsAsFactors = FALSE)
spec <- function(column, name) {
  switch(class(column)[1],
    numeric = list(name = name, kind = "normalise", mean = mean(column), sd = sd(column)),
    character = list(name = name, kind = "lookup", vocabulary = sort(unique(column))),
    factor = list(name = name, kind = "lookup", vocabulary = levels(column)),
    logical = list(name = name, kind = "flag"),
    stop("no specification for ", class(column)))
}
specs <- imap(df, spec)
str(specs)
map_chr(specs, "kind")
specs %>% keep(~ .x$kind == "lookup") %>% map_int(~ length(.x$vocabulary))
iwalk(specs, ~ cat(sprintf("%-6s -> %s\n", .y, .x$kind)))
encode <- function(column, s) switch(s$kind,
  normalise = matrix((column - s$mean) / s$sd, dimnames = list(NULL, s$name)),
  lookup = sapply(s$vocabulary, function(v) as.numeric(column == v)),
  flag = matrix(as.numeric(column), dimnames = list(NULL, s$name)))
m <- map2(df, specs, encode) %>% reduce(cbind)
round(m, 3)
map_lgl(df, is.numeric) %>% which() %>% names()
detect(specs, ~ .x$kind == "flag")$name
specs %>% map(~ discard(.x, is.numeric)) %>% pluck("age")
compact(map(specs, "vocabulary"))
safe <- safely(spec)(1i, "z")
safe$error$message
some(df, is.factor); every(df, is.numeric)
map_dfr(specs, ~ tibble::tibble(name = .x$name, kind = .x$kind))

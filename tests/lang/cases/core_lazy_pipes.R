library(magrittr)
stop("a") %>% try(silent = TRUE) %>% class
"x" %>% as.numeric %>% suppressWarnings
"x" %>% as.numeric() %>% suppressWarnings() %>% is.na
list(1) %>% sum %>% tryCatch(error = function(e) "caught")
4 %>% sqrt %>% try
{message("hi"); 3} %>% suppressMessages
library(purrr)
reduce(list(1:2, 3:4, 5:6), rbind)
reduce(list(1:2, 3:4), cbind)
reduce(list(1:2, 3:4), rbind, .dir = "backward")
accumulate(list(1:2, 3:4), rbind)
Reduce(rbind, list(1:2, 3:4, 5:6))
do.call(rbind, list(1:2, 3:4))
length.ds <- function(x) 4L
seq_along(structure(list(1, 2), class = "ds"))
library(dplyr, warn.conflicts = FALSE)
sel <- function(df, cols) df %>% select({{ cols }}) %>% names
sel(mtcars, c(mpg, starts_with("d")))
sel(mtcars, -c(mpg, cyl)); sel(mtcars, mpg:disp)
mean_of <- function(df, col) df %>% summarise("mean_{{ col }}" := mean({{ col }}))
mean_of(mtcars, mpg)
piv <- function(df, cols) df %>% tidyr::pivot_longer({{ cols }}) %>% nrow
piv(mtcars, c(mpg, cyl))
acr <- function(df, cols) df %>% summarise(across({{ cols }}, mean))
acr(mtcars, c(mpg, hp))
invisible(mtcars %>% group_walk(~ cat(nrow(.x), "rows\n")))
suppressPackageStartupMessages(library(caret))
set.seed(1); str(createFolds(1:10, k = 2))
set.seed(1); str(createFolds(c(2.5, 3, 1, 7, 8, 9, 10.5, 4), k = 3))
set.seed(1); str(createFolds(factor(rep(c("b", "a"), c(5, 7))), k = 3))
v <- "cyl"; mtcars %>% count(.data[[v]])
mtcars %>% group_by(.data$gear) %>% summarise(n = n())
withCallingHandlers({ rlang::inform("note"); "done" }, message = function(m) { cat("got:", conditionMessage(m), "\n"); invokeRestart("muffleMessage") })

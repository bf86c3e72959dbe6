# Modelled on the fraud posts (tensorflow for R): quantiles of every variable, then joined and normalised
suppressPackageStartupMessages({library(dplyr); library(tidyr); library(purrr)})
set.seed(13)
df <- tibble(Time = 1:8, V1 = rnorm(8), V2 = runif(8), Class = rep(0:1, 4))
df_train <- df %>% filter(row_number(Time) <= 6) %>% select(-Time)
df_test <- df %>% filter(row_number(Time) > 6) %>% select(-Time)
get_desc <- function(x) {
  map(x, ~list(
    min = min(.x),
    max = max(.x),
    mean = mean(.x),
    sd = sd(.x)
  ))
}
desc <- df_train %>%
  select(-Class) %>%
  get_desc()
str(desc)
normalization_minmax <- function(x, desc) {
  map2_dfc(x, desc, ~(.x - .y$min)/(.y$max - .y$min))
}
x_train <- df_train %>%
  select(-Class) %>%
  normalization_minmax(desc) %>%
  as.matrix()
round(x_train, 3)
df_train %>%
  gather(variable, value, -Class) %>%
  group_by(variable, Class) %>%
  summarise(q50 = median(value), .groups = "drop") %>%
  mutate(Class = ifelse(Class == 0, "normal", "fraud"))
mse <- c(.1, .9, .3, .2, .8, .05)
possible_k <- seq(0, 0.5, length.out = 6)
precision <- sapply(possible_k, function(k) {
  predicted_class <- as.numeric(mse > k)
  sum(predicted_class == 1 & df_train$Class == 1)/sum(predicted_class)
})
precision
bind_cols(k = possible_k, precision = precision) %>% filter(precision == max(precision))
map_df(desc, as_tibble, .id = "variable")

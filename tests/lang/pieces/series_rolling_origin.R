# Modelled on the sunspot posts (tensorflow for R): rolling splits of a series, plotted as long tables
suppressPackageStartupMessages({library(rsample); library(purrr); library(dplyr); library(tibble)})
sun <- tibble(index = as.Date("2000-01-01") + 31 * (0:15), value = c(5, 8, 13, 21, 18, 11, 7, 4, 6, 9, 14, 20, 17, 12, 8, 5))
rolling <- rolling_origin(sun, initial = 8, assess = 3, cumulative = FALSE, skip = 1)
rolling
split1 <- rolling$splits[[1]]
split1
analysis(split1) %>% tail(2)
assessment(split1)
map_dbl(rolling$splits, ~ mean(analysis(.x)$value))
map(rolling$splits, ~ range(assessment(.x)$index)) %>% set_names(rolling$id)
both <- bind_rows(
  training(split1) %>% add_column(key = "training"),
  testing(split1) %>% add_column(key = "testing")
)
both %>% group_by(key) %>% summarise(n = n(), first = min(index), last = max(index))
both %>% mutate(value = (sqrt(value) - mean(sqrt(value))) / sd(sqrt(value))) %>% slice(c(1, 11))

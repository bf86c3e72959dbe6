# Modelled on vignettes-src/examples/structured_data/structured_data_classification_with_feature_space.Rmd (v1.5.1)
library(readr)
library(dplyr, warn.conflicts = FALSE)
file <- tempfile(fileext = ".csv")
writeLines(c("age,sex,cp,trestbps,chol,oldpeak,ca,thal,target", "63,1,1,145,233,2.3,0,fixed,0", "67,1,4,160,286,1.5,3,normal,1",
  "67,1,4,120,229,2.6,2,reversible,0", "37,1,3,130,250,3.5,0,normal,0", "41,0,2,130,204,1.4,0,1,0", "56,1,2,120,236,0.8,0,normal,0"), file)
df <- read_csv(file, col_types = cols(
  oldpeak = col_double(),
  thal = col_character(),
  .default = col_integer()
))
df <- df |> filter(!thal %in% c("1", "2"))
glimpse(df)
df
set.seed(1)
val_idx <- nrow(df) %>% sample.int(., . * 0.4)
val_df <- df[val_idx, ]
train_df <- df[-val_idx, ]
cat(sprintf(
  "Using %d samples for training and %d for validation",
  nrow(train_df), nrow(val_df)
))
labels <- train_df |> pull(target) |> as.integer()
inputs <- train_df |> select(-target) |> as.list()
cat("\nInput: "); str(inputs[1:3])
cat("Target: "); str(labels)
sample <- list(age = 60, sex = 1, thal = "fixed")
input_dict <- lapply(sample, \(x) array(x))
str(input_dict)
predictions <- 0.43217
glue::glue(r"---(
  This particular patient had a {(100 * predictions) |> signif(3)}% probability
  of having a heart disease, as evaluated by our model.
)---")
spec(df)

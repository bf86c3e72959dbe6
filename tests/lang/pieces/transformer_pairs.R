# Modelled on vignettes-src/examples/nlp/neural_machine_translation_with_transformer.Rmd (v1.5.1): pairs split and glued
library(glue)
library(magrittr)
text_pairs <- data.frame(
  english = c("Go.", "Run!", "Help!", "Stop it.", "I see.", "Wait.", "Sign here.", "Hello!", "Cheers!", "I try."),
  spanish = c("Ve.", "Corre!", "Ayuda!", "Para.", "Ya veo.", "Espera.", "Firme.", "Hola.", "Salud!", "Intento.")
) %>%
  within(spanish %<>% paste("[start]", ., "[end]"))
set.seed(1)
df <- text_pairs[sample(nrow(text_pairs), 2), ]
glue::glue_data(df, r"(
  english: {english}
  spanish: {spanish}
)") |> cat(sep = "\n\n")
num_test_samples <- num_val_samples <-
  round(0.15 * nrow(text_pairs))
num_train_samples <- nrow(text_pairs) - num_val_samples - num_test_samples
pair_group <- sample(c(
  rep("train", num_train_samples),
  rep("test", num_test_samples),
  rep("val", num_val_samples)
))
table(pair_group)
train_pairs <- text_pairs[pair_group == "train", ]
val_pairs <- text_pairs[pair_group == "val", ]
glue(r"(
  {nrow(text_pairs) * 1e5} total pairs
  {nrow(train_pairs) * 1234} training pairs
)", .transformer = function(text, envir) {
  val <- eval(str2lang(text), envir)
  prettyNum(val, big.mark = ",")
})
val_pairs
split(text_pairs$english, pair_group) |> sapply(FUN = length)
c(1, 4, 9) |> (\(v) sqrt(v))() |> paste(collapse = "-")
text_pairs |> subset(nchar(english) < 5, select = english) |> lapply(X = _, FUN = rev)

# Modelled on vignettes/examples/lstm_text_generation.R (v2.16.1): a next character drawn at several temperatures
library(magrittr)
sample_mod <- function(preds, temperature = 1){
  preds <- log(preds)/temperature
  exp_preds <- exp(preds)
  preds <- exp_preds/sum(exp(preds))
  rmultinom(1, 1, preds) %>%
    as.integer() %>%
    which.max()
}
chars <- c("\n", " ", letters[1:6])
fake_predict <- function(sentence) {
  p <- seq_along(chars) + 3 * (chars == sentence[length(sentence)])
  p / sum(p)
}
set.seed(42)
on_epoch_end <- function(epoch, logs = list()) {
  cat(sprintf("epoch: %02d ---------------\n\n", epoch))
  for(diversity in c(0.2, 0.5, 1, 1.2)){
    cat(sprintf("diversity: %f ---------------\n\n", diversity))
    sentence <- c("a", "b", "c")
    generated <- ""
    for(i in 1:12){
      preds <- fake_predict(sentence)
      next_char <- chars[sample_mod(preds, diversity)]
      generated <- paste0(generated, next_char, collapse = "")
      sentence <- c(sentence[-1], next_char)
    }
    cat(generated)
    cat("\n\n")
  }
}
on_epoch_end(3L)
table(replicate(50, sample_mod(c(.1, .2, .7), .5)))

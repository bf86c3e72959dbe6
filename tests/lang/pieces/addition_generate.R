# Modelled on vignettes/examples/addition_rnn.R (cran/v2.1.5): random sums, padded and reversed
library(stringr)
generate_data <- function(size, digits, invert = TRUE){
  max_num <- as.integer(paste0(rep(9, digits), collapse = ""))
  x <- sample(1:max_num, size = size, replace = TRUE)
  y <- sample(1:max_num, size = size, replace = TRUE)
  left_side <- ifelse(x <= y, x, y)
  right_side <- ifelse(x >= y, x, y)
  results <- left_side + right_side
  questions <- paste0(left_side, "+", right_side)
  questions <- str_pad(questions, width = 2*digits+1, side = "right", pad = " ")
  if(invert){
    questions <- sapply(strsplit(questions, NULL), function(ch) paste(rev(ch), collapse = ""))
  }
  results <- formatC(results, width = digits + 1, flag = " ")
  list(
    questions = questions,
    results = results
  )
}
set.seed(7)
examples <- generate_data(size = 8, digits = 2)
examples
straight <- generate_data(4, 3, invert = FALSE)
as.data.frame(straight)
TRAINING_SIZE <- length(examples$questions)
indices <- sample(1:TRAINING_SIZE, size = TRAINING_SIZE)
split_at <- trunc(TRAINING_SIZE/4)
val <- indices[1:split_at]
train <- indices[(split_at + 1):TRAINING_SIZE]
print('Validation Data:')
print(examples$questions[val])
print(length(train))
str(lapply(examples, `[`, val))

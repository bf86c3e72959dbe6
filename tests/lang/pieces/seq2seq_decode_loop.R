# Modelled on vignettes/examples/lstm_seq2seq.R (v2.16.1): a decoder's loop until the stop character
target_characters <- c("\t", "\n", "a", "b", "c")
target_token_index <- setNames(1:5, target_characters)
max_decoder_seq_length <- 8
step <- function(target_seq, state) {
  i <- which.max(target_seq[1, 1, ])
  out <- array(0, dim = c(1, 1, 5))
  out[1, 1, if (state >= 4) 2 else 3 + (i + state) %% 3] <- 1
  list(out, state + 1)
}
decode_sequence <- function(seed) {
  target_seq <- array(0, dim=c(1, 1, length(target_characters)))
  target_seq[1, 1, target_token_index['\t']] <- 1.
  stop_condition = FALSE
  decoded_sentence = ''
  niter = 1
  state <- seed
  while (!stop_condition && niter < max_decoder_seq_length) {
    result <- step(target_seq, state)
    output_tokens <- result[[1]]
    sampled_token_index <- which.max(output_tokens[1, 1, ])
    sampled_char <- target_characters[sampled_token_index]
    decoded_sentence <-  paste0(decoded_sentence, sampled_char)
    if (sampled_char == '\n' ||
        length(decoded_sentence) > max_decoder_seq_length) {
      stop_condition = TRUE
    }
    target_seq[1, 1, ] <- 0
    target_seq[1, 1, sampled_token_index] <- 1.
    state <- result[[2]]
    niter <- niter + 1
  }
  return(decoded_sentence)
}
for (seq_index in 1:3) {
  decoded <- decode_sequence(seq_index)
  cat('-\n')
  cat('Decoded sentence: ', gsub("\t|\n","",decoded),'\n')
  print(decoded)
}

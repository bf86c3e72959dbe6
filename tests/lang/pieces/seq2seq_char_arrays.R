# Modelled on vignettes/examples/lstm_seq2seq.R (v1.5.1): teacher forcing arrays of characters
text <- data.frame(V1 = c("Hi.", "Run!", "Wow!"), V2 = c("Salut!", "Cours !", "Oh la"))
input_texts  <- text[[1]]
target_texts <- paste0('\t',text[[2]],'\n')
input_texts  <- lapply( input_texts, function(s) strsplit(s, split="")[[1]])
target_texts <- lapply( target_texts, function(s) strsplit(s, split="")[[1]])
input_characters  <- sort(unique(unlist(input_texts)))
target_characters <- sort(unique(unlist(target_texts)))
num_encoder_tokens <- length(input_characters)
max_encoder_seq_length <- max(sapply(input_texts,length))
max_decoder_seq_length <- max(sapply(target_texts,length))
cat('Number of samples:', length(input_texts),'\n')
cat('Number of unique input tokens:', num_encoder_tokens,'\n')
cat('Max sequence length for outputs:', max_decoder_seq_length,'\n')
target_token_index <- 1:length(target_characters)
names(target_token_index) <- target_characters
target_token_index
encoder_input_data <- array(0, dim = c(length(input_texts), max_encoder_seq_length, num_encoder_tokens))
decoder_target_data <- array(0, dim = c(length(input_texts), max_decoder_seq_length, length(target_characters)))
for(i in 1:length(input_texts)) {
  d1 <- sapply( input_characters, function(x) { as.integer(x == input_texts[[i]]) })
  encoder_input_data[i,1:nrow(d1),] <- d1
  d3 <- sapply( target_characters, function(x) { as.integer(x == target_texts[[i]][-1]) })
  decoder_target_data[i,1:nrow(d3),] <- d3
}
d1
encoder_input_data[1,,]
apply(decoder_target_data, 1, sum)
target_token_index['\t']

# Modelled on vignettes/examples/eager_image_captioning.R (v2.16.1): captions and file names from nested lists
suppressPackageStartupMessages({library(dplyr); library(purrr); library(stringr)})
annot_captions <- list(
  list(image_id = 318556, id = 48, caption = "A clean bathroom"),
  list(image_id = 116100, id = 67, caption = "A panoramic view of a kitchen."),
  list(image_id = 379340, id = 126, caption = "A parked car by the bus")
)
num_captions <- length(annot_captions)
all_captions <- vector(mode = "list", length = num_captions)
all_img_names <- vector(mode = "list", length = num_captions)
for (i in seq_len(num_captions)) {
  caption <- paste0("<start> ", annot_captions[[i]][["caption"]], " <end>")
  image_id <- annot_captions[[i]][["image_id"]]
  all_img_names[[i]] <- sprintf("train2014/COCO_train2014_%012d.jpg", image_id)
  all_captions[[i]] <- caption
}
all_img_names
caption_lengths <- map(all_captions, function(c) str_split(c, " ")[[1]] %>% length()) %>% unlist()
fivenum(caption_lengths)
max_length <- fivenum(caption_lengths)[5]
words <- unlist(all_captions) %>% str_split(" ") %>% unlist() %>% unique()
word_index_df <- data.frame(word = c(words, "<pad>"), index = c(seq_along(words), 0), stringsAsFactors = FALSE)
word_index_df <- word_index_df %>% arrange(index)
head(word_index_df, 4)
decode_caption <- function(text) {
  paste(map(text, function(number)
    word_index_df %>%
      filter(index == number) %>%
      select(word) %>%
      pull()),
    collapse = " ")
}
decode_caption(c(1, 2, 3, 4, 5, 0, 0)) %>% str_remove_all(" <pad>")
all_img_names[[2]] %>% basename() %>% str_sub(16, -5)
transpose(annot_captions)$id %>% unlist()

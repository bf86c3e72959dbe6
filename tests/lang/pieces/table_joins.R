# Modelled on pretrained_word_embeddings.R (v2.16.1) and recommender posts: tables joined, gaps filled with zeros
suppressPackageStartupMessages({library(dplyr); library(tidyr)})
word_index <- c(the = 1, movie = 2, bad = 3, zzz = 4)
dic = data.frame(word = names(word_index), key = word_index, stringsAsFactors = FALSE) %>%
  arrange(key) %>% .[1:4,]
dic
vectors = data.frame(word = c("bad", "the", "good"), dim_1 = c(.5, .1, .9), dim_2 = c(-1, 0, 1))
word_embeds = dic %>% left_join(vectors, by = "word") %>% .[,3:4] %>% replace(., is.na(.), 0) %>% as.matrix()
word_embeds
anti_join(dic, vectors, by = "word")
semi_join(vectors, dic, by = "word")
full_join(as_tibble(dic), vectors, by = "word")
ratings <- tibble(userId = c(1, 1, 2, 5), movieId = c(31, 1029, 31, 7), rating = c(2.5, 3, 4, 5))
users <- ratings %>% distinct(userId) %>% mutate(user_dense = row_number() - 1)
ratings %>% inner_join(users) %>% rename(user_id = userId)
ratings %>% mutate(user = as.integer(factor(userId)) - 1L, movie = dense_rank(movieId))
ratings %>% group_by(movieId) %>% mutate(mean_rating = mean(rating), n = n()) %>% ungroup() %>% arrange(desc(n), movieId)
ratings %>% complete(userId, movieId, fill = list(rating = 0)) %>% pivot_wider(names_from = movieId, values_from = rating)
bind_rows(ratings[1, ], tibble(userId = 9, note = "new"))
ratings %>% summarise(minrating = min(rating), n_users = n_distinct(userId))
ratings %>% slice_head(n = 1) %>% nrow()
replace_na(list(a = NA, b = 2), list(a = 1))$a

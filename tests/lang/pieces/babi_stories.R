# Modelled on vignettes/examples/babi_rnn.R (v2.16.1): stories and questions by a dplyr pipeline
suppressPackageStartupMessages({library(stringr); library(purrr); library(tibble); library(dplyr)})
lines <- c("1 Mary got the milk there.", "2 John moved to the bedroom.", "3 Where is the milk?\thallway\t1 2",
           "4 Mary travelled to the hallway.", "5 Where is John?\tbedroom\t2",
           "1 Sandra is here.", "2 Where is Sandra?\there\t1")
lines <- lines %>%
  str_split(" ", n = 2) %>%
  map_df(~tibble(nid = as.integer(.x[[1]]), line = .x[[2]]))
lines <- lines %>%
  mutate(
    split = map(line, ~str_split(.x, "\t")[[1]]),
    q = map_chr(split, ~.x[1]),
    a = map_chr(split, ~.x[2]),
    supporting = map(split, ~.x[3] %>% str_split(" ") %>% unlist() %>% as.integer()),
    story_id = c(0, cumsum(nid[-nrow(.)] > nid[-1]))
  ) %>%
  select(-split)
lines
stories <- lines %>%
  filter(is.na(a)) %>%
  select(nid_story = nid, story_id, story = q)
questions <- lines %>%
  filter(!is.na(a)) %>%
  select(-line) %>%
  left_join(stories, by = "story_id") %>%
  filter(nid_story < nid)
questions %>% filter(map2_lgl(nid_story, supporting, ~.x %in% .y)) %>% select(nid, nid_story, story)
done <- questions %>%
  group_by(story_id, nid, question = q, answer = a) %>%
  summarise(story = paste(story, collapse = " "), .groups = "drop_last") %>%
  ungroup() %>%
  mutate(question = map(question, ~strsplit(.x, " ")[[1]]), id = row_number()) %>%
  select(id, question, answer, story)
done
done$story
map_int(done$question, length)

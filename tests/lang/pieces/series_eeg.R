# Modelled on the EEG posts (tensorflow for R): electrodes in long form, outliers removed, means by eye state
suppressPackageStartupMessages({library(dplyr); library(tidyr)})
set.seed(20)
eeg <- data.frame(AF3 = 4300 + rnorm(12, sd = 5), F7 = 4010 + rnorm(12, sd = 9), eyeDetection = rep(0:1, each = 6))
eeg$AF3[4] <- 300000
long <- eeg %>%
  mutate(t = row_number()) %>%
  gather(electrode, microvolts, -eyeDetection, -t)
head(long)
clean <- long %>%
  group_by(electrode) %>%
  mutate(z = abs(microvolts - median(microvolts)) / mad(microvolts)) %>%
  filter(z < 6) %>%
  ungroup()
clean %>% count(electrode)
res <- clean %>%
  group_by(electrode, eye = factor(eyeDetection, labels = c("open", "closed"))) %>%
  summarise(mean = mean(microvolts), sd = sd(microvolts), n = n(), .groups = "drop")
res
res %>% select(-sd, -n) %>% spread(eye, mean)
clean %>%
  select(t, electrode, microvolts) %>%
  spread(electrode, microvolts) %>%
  slice(3:5)
resamp <- function(x, by) colMeans(matrix(x[seq_len(length(x) %/% by * by)], nrow = by))
lapply(split(clean$microvolts, clean$electrode), resamp, by = 4)

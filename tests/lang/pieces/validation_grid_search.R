# Modelled on tfruns examples in training guides (v2.16.1): a grid of hyperparameters tried in turn
grid <- expand.grid(units = c(16, 32), dropout = c(0.2, 0.5), optimizer = c("adam", "sgd"), stringsAsFactors = FALSE)
str(grid)
nrow(grid)
train <- function(units, dropout, optimizer, epochs = 2) {
  base <- log(units) / 10 - dropout / 5
  if (optimizer == "adam") base + epochs / 100 else base
}
scores <- vapply(seq_len(nrow(grid)), function(i) do.call(train, as.list(grid[i, ])), numeric(1))
grid$score <- scores
grid[order(grid$score, decreasing = TRUE), ][1:3, ]
best <- as.list(grid[which.max(grid$score), ])
str(best)
with(grid, tapply(score, list(units, optimizer), max))
results <- list()
for (i in seq_len(3)) {
  run <- modifyList(list(epochs = 5, seed = i), as.list(grid[i, 1:2]))
  results[[paste0("run_", i)]] <- run
}
do.call(rbind, lapply(results, as.data.frame))
do.call("train", list(units = 64, dropout = 0, optimizer = "sgd"))
mapply(train, units = c(8, 16), dropout = .1, MoreArgs = list(optimizer = "adam"))
outer(c(16, 32), c(.1, .2), Vectorize(function(u, d) round(train(u, d, "sgd"), 3)))
Map(function(u, d) paste(u, d), c(a = 1, b = 2), c(.1, .2))
unlist(lapply(split(grid$score, grid$units), max))
head(merge(grid, data.frame(optimizer = "adam", lr = 0.001)), 2)

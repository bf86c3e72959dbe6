# pbapply, progress: what loops with progress bars give; the bars are not shown in scripts
suppressPackageStartupMessages({library(pbapply); library(progress)})
pblapply(1:2, function(i) i^2)
pbsapply(c(a = 1, b = 2), sqrt)
pbapply(matrix(1:4, 2), 1, sum)
set.seed(1)
pbreplicate(3, runif(1))
pb <- progress_bar$new(total = 3)
for (i in 1:3) pb$tick()
pb$finished
bar <- progress_bar$new(format = "  working [:bar] :percent eta: :eta", total = 10, clear = FALSE, width = 60)
x <- bar$tick(0)
x <- bar$update(0.5)
bar$finished

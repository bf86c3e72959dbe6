# while loop of 3e5 steps at top level
i <- 0
total <- 0
# work
while (i < 300000) {
  i <- i + 1
  total <- total + sqrt(i)
}

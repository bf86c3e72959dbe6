# Filter and Map over 1e5
# work
kept <- Filter(function(i) i %% 2 == 0, 1:100000)
both <- Map(function(a, b) a + b, 1:100000, 100000:1)

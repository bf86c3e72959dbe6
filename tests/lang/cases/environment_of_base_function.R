# a closure of base lives in its namespace, a primitive nowhere; evalq shows what a bare name gives
environment(mean)
environmentName(environment(paste))
environment(sum)
evalq(x, e <- list2env(list(x = 5)))

# x["name"] <- v leaves an array of one dimension names instead of its dimension; x[[...]] and numbers do not
t1 <- table(c("a", "b", "a")); t1["b"] <- 0L; attributes(t1); t1
t1 <- table(g=c("a", "b", "a")); t1["b"] <- 0L; t1
t1 <- table(g=c("a", "b", "a")); t1[["b"]] <- 0L; t1
t1 <- table(g=c("a", "b", "a")); t1[2] <- 0L; t1
t1 <- table(g=c("a", "b", "a")); t1[t1>1] <- 0L; t1
t1 <- table(g=c("a", "b", "a")); t1["z"] <- 0L; t1
a <- array(1:2,2,list(k=c("a","b"))); a["a"] <- 9L; a; attributes(a)
a <- array(1:2,2,list(k=c("a","b"))); a[["a"]] <- 9L; a
a <- array(1:2,2,list(c("a","b"))); a["a"] <- 9L; attributes(a)

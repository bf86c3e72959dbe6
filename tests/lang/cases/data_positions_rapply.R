# titles of positions in named arrays, rapply in data frames, inverse.rle of doubles
x <- matrix(c(1, NA, 3, 4), 2, dimnames = list(NULL, c("x", "y")))
which(is.na(x), arr.ind = TRUE)
m2 <- matrix(c(1,NA,3,4), 2, dimnames = list(x = c("a", "b"), y = c("c", "d")))
which(is.na(m2), arr.ind = TRUE)
rownames(m2) <- NULL; m2
which(is.na(m2), arr.ind = TRUE)
which(array(1:8,c(2,2,2)) > 7, arr.ind=TRUE)
arrayInd(3, c(2,2), list(x=NULL,y=NULL), useNames=TRUE)
d <- data.frame(a = 1:2, b = c("x", "y"))
rapply(d, toupper, classes = "character", how = "replace")
rapply(d, function(x) x*2, classes = "numeric", how = "replace")
rapply(list(a=1,b=list(c="z")), toupper, classes = "character", how = "replace")
inverse.rle(list(lengths = c(2, 1), values = c("a", "b")))

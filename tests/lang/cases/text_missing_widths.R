cut(c(1,5,50), c(-Inf,0,10,Inf)); cut(1:3, c(0,2,Inf)); cut(-3, c(-Inf,0), right=FALSE)
formatC(c(-Inf,0,Inf), digits=3, width=1); formatC(c(Inf,1.5,NA,NaN)); formatC(-Inf, width=6)
nchar(NA); nchar(c(NA,TRUE)); nchar(NA, "width"); nchar(c(1,NA)); nchar(NA, keepNA=FALSE)
stack(c(a=1,b=2)); stack(list(x=1:2,y="a"))

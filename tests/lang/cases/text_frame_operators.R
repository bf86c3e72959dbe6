df <- data.frame(a=1:3,b=c(1.5,2.5,3.5),c=c("x","y","z"))
attempt <- function(e) tryCatch(print(e),error=function(e) cat("E:",conditionMessage(e),"\n"),warning=function(w) cat("W:",conditionMessage(w),"\n"))
attempt(df*2)
d <- df[1:2]
d+1
d-d
d/c(1,2,3)
2^d
d%%2
d==1.5
d>1
!(d>1)
d&TRUE
-d
d+list(1,2)
d==d
log(d)
round(d)
exp(d[1,])
cumsum(d)
attempt(sqrt(df))
max(d)
min(d)
sum(d)
range(d)
attempt(sum(df))
any(d>3)
all(d>0)
prod(d)
abs(-d)
d[1:2,]+1
d*data.frame(u=1:3,v=2)
attempt(d+d[1:2,])
d^2
1/d
d %/% 2
signif(d,1)
is.na(d)|d>2
mean(d)
median(d$a)
d==c(1,2,3)
rownames(d)<-c("p","q","r")
d*2
d>2
trunc(d)
floor(d)

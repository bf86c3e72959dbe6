attempt <- function(e) tryCatch(print(e),error=function(e) cat("E:",conditionMessage(e),"\n"),warning=function(w) cat("W:",conditionMessage(w),"\n"))
attempt(factor(1:3,labels=c("a","b")))
attempt(factor(1:2,levels=c(1,1)))
attempt(factor(c("a","b"),labels="L"))
f <- factor(c("a","b","a"))
attempt(levels(f))
levels(f) <- c("x","y")
f
attempt({levels(f) <- "x"})
levels(f) <- list(A="x",B="y")
f
attempt({f[1] <- "zzz"; f})
f[2] <- "A"
f
f[[1]]
f[5]
f[-1,drop=TRUE]
attempt(f+1)
attempt(f<"A")
f=="A"
as.vector(f)
as.integer(f)
rev(f)
rep(f,2)
c(f,factor("q"))
unique(f)
sort(factor(c("b","a")))
o <- factor(c("lo","hi"),levels=c("lo","hi"),ordered=TRUE)
o<"hi"
max(o)
attempt(max(f))
o[1]>o[2]
ifelse(f=="A",1,2)
droplevels(factor(c("a","b"))[1])
interaction(c("a","b"),c("x","y"))
as.factor(3:1)
as.factor(c("z","y"))
nlevels(f)
is.ordered(o)
as.ordered(c(1,2))
relevel(factor(c("a","b")),ref="b")
factor(c(1.5,2.25))
factor(c(TRUE,FALSE))
levels(factor(c(10,9,2)))
factor(f,levels=c("B","A"))
split(1:6,c(1,2))
split(1:4,list(c("a","b","a","b"),c("x","x","y","y")))
unsplit(split(1:4,c(1,2,1,2)),c(1,2,1,2))
factor(letters[1:3],labels=c("x","x","y"))
tapply(1:4,c("a","b","a","b"),sum)
by <- aggregate(mtcars$mpg,by=list(cyl=mtcars$cyl),FUN=mean)
by
cut(1:3,3)
levels(cut(c(1,5,10),3))
addNA(f)
length(f)
summary(f)
is.na(factor(c("a",NA)))
f[f=="A"]
table(f,useNA="always")
mapply(function(x) x, f)
sapply(f,as.character)
lapply(split(f,f),length)
names(f) <- c("p","q","r")
f
for (l in f) print(l)
seq_along(levels(f))
match("A",f)
f %in% "A"
paste(f)
nchar(as.character(f))
levels(f)[2]
data.frame(f)
factor(c(a=1))
as.integer(factor(c("3","1")))
str(f)
str(o)
print(f,max.levels=0)
reorder(factor(c("a","b","c")),c(3,1,2))
factor(NA)
factor(c("a",NA),levels=c("a",NA),exclude=NULL)
f2<-factor(c("a","b"))
f2[3]<-"a"
f2
is.factor(f2)
class(o)
merge(1,2)
levels(1)
rbind(table(1:2),table(1:2))
f2 != "a"
factor("a") == factor("a")
attempt(factor("a")==factor("b"))
dim(table(1:3,1:3))
tt <- table(c("a","b","a"),c("u","v","v"),dnn=c("R","C"))
tt
tt["a","u"]
tt["a",]
tt[,"v"]
names(tt)
dimnames(tt)
rownames(tt)
summary(tt)$n.cases
tt/sum(tt)
tt*2
tt==1
as.matrix(tt)
unclass(tt)
apply(tt,1,sum)
rowSums(tt)
attempt(tt)
tt[order(tt[,1]),]
sum(tt)
round(prop.table(tt,2),2)
margin.table(tt)
as.vector(tt)
length(tt)
data.frame(tt)
table(c(1,2,2))[["2"]]
table(c(1,2,2))[2]
table(c(x=1))
names(table(1:2))
rev(table(c(1,2,2)))
sort(table(c(1,2,2,3,3,3)))
tb<-table(c("x","y","x"))
tb[tb>1]
names(tb)[tb==max(tb)]
barplot<-1
paste(names(tb),tb)
for(n in names(tb)) cat(n,tb[n],"\n")
tb["x"]+1
str(tb)
table(mtcars$cyl,mtcars$gear)
with(mtcars,table(cyl,gear))
table(iris$Species)
ftab<-xtabs(~cyl,mtcars)
ftab
table(data.frame(a=c(1,2),b=c("x","y")))
which.max(tb)
unlist(lapply(tb,function(x) x))
sapply(tb,identity)
tb[["x"]]
is.table(tb)
quantile(c(1,2,3))
table(c(2.5,1))
prop.table(c(a=1,b=3))
as.table(matrix(1:4,2))
table(1:3 > 2, c("a","b","c"))
table(NULL)
aggregate(cbind(mpg,hp)~cyl,mtcars,mean)

attempt <- function(e) tryCatch(print(e),error=function(e) cat("E:",conditionMessage(e),"\n"),warning=function(w) cat("W:",conditionMessage(w),"\n"))
attempt(data.frame(a=1:3,b=1:2))
data.frame(a=1:4,b=1:2)
data.frame(1:2,c("a","b"))
x<-1:2
data.frame(x,x)
data.frame(x,y=x+1,x*2)
data.frame(matrix(1:4,2))
data.frame(m=matrix(1:4,2))
data.frame(c(a=1,b=2))
data.frame(`a b`=1)
data.frame(`a b`=1,check.names=FALSE)
data.frame(list(p=1,q="z"))
data.frame(a=c(x=1,y=2),row.names=NULL)
data.frame(a=1:2,row.names=c("r1","r2"))
data.frame(id=c("u","v"),a=1:2,row.names="id")
data.frame(a=I(list(1,2:3)))
data.frame(a=1:2,stringsAsFactors=TRUE,b=c("x","y"))$b
data.frame(a=character(0))
data.frame(a=1)[0,,drop=FALSE]
attempt(data.frame(a=sum))
data.frame(d=as.Date("2020-01-01")+0:1)
data.frame(a=c(TRUE,NA),b=c(1.5,NA),c=c("x",NA),d=factor(c(NA,"z")))
df <- data.frame(a=1:3,b=c("x","y","z"),c=c(1.5,2.5,NA))
df[2]
df["a"]
df[c(TRUE,FALSE,TRUE)]
df[-1]
df[["b"]]
df[[2,"c"]]
df[2,3]
df[2,]
df[,2]
df[,2,drop=FALSE]
df[1:2,c("a","c")]
df[df$a>1,"b"]
df[c(1,1,2),]
df[-1,]
df[order(-df$a),]
df[5,]
attempt(df[,"zz"])
attempt(df["zz"])
df$zz
attempt(df[["zz"]])
df[NULL,]
df[df$c>2,]
df[which(df$c>2),]
df[c("1","3"),]
df[is.na(df)]
df[3,"c"] <- 9
df
df[df$a==2,"b"] <- "Q"
df
df$d <- 3:1
df
df["e"] <- 0
df
df[["f"]] <- letters[1:3]
df
df$a <- NULL
df
df[c("d","e")] <- NULL
df
attempt({df$g <- 1:2; df})
df[nrow(df)+1,] <- list("n",1,"m")
df
df[2,] <- list("k",2,"j")
df
df[,"c"] <- 0
df
df[df==0] <- 5
df
names(df) <- c("A","B","C")
df
colnames(df)
rownames(df)
rownames(df) <- letters[1:4]
df
df["b",]
df[["A"]][2] <- "zz"
df
dim(df)
nrow(df)
length(df)
dimnames(df)
row.names(df)
is.list(df)
is.data.frame(df)
class(df)
attributes(data.frame(a=1:2))
rownames(df) <- NULL
df
attempt({rownames(df) <- c("a","a","b","c")})
attempt(df[list(1)])
df[2:3,"B"] <- c(7,8)
df
df[["B"]]
df$B[1] <- 100
df
df[1,1]
within(df,{Z <- B*2; rm(C)})
transform(df,B=B*2,N=1)
with(df,sum(B))
subset(df,B>5,select=c(A,B))
subset(df,select=-C)
subset(df,B>5,A:B)
head(df,-1)
tail(df,2)
tail(df,-3)
attempt(as.matrix(df))
as.matrix(data.frame(a=1:2,b=3:4))
as.matrix(data.frame(a=1:2,b=c("x","y")))
as.list(data.frame(a=1,b="x"))
data.matrix(data.frame(a=1:2,b=factor(c("x","y"))))
attempt(data.frame(a=1:2,b=3:4))
unlist(data.frame(a=1:2,b=3:4))
sapply(df,class)
lapply(df,length)
df2<-data.frame(a=1:2,b=3:4)
df2*2
df2+df2
-df2
df2==1
df2>c(1,4)
sqrt(df2)
round(df2/3,2)
sum(df2)
max(df2)
range(df2)
!df2
df2[df2>1]
colSums(df2)
rowSums(df2)
colMeans(df2)
rowMeans(df2)
apply(df2,1,sum)
apply(df2,2,max)
cbind(df2,z=5:6)
cbind(df2,df2)
cbind(1:2,df2)
rbind(df2,df2)
rbind(df2,c(9,9))
rbind(df2,list(7,8))
rbind(df2,data.frame(b=1,a=2))
attempt(rbind(df2,data.frame(q=1)))
do.call(rbind,list(df2,df2,df2))
rbind(data.frame(),df2)
do.call(cbind,list(df2,q=1))
unique(rbind(df2,df2))
duplicated(rbind(df2,df2))
rev(df2)
na.omit(data.frame(a=c(1,NA),b=1:2))
complete.cases(data.frame(a=c(1,NA)))
expand.grid(x=1:2,y=c("a","b"))
nrow(expand.grid(1:3,1:4))
merge(data.frame(k=c(1,2,3),a=4:6),data.frame(k=c(3,1,5),b=7:9),all=TRUE)
merge(data.frame(k=1:2,v=1:2),data.frame(k=1:2,v=3:4),by="k")
merge(data.frame(a=1:2),data.frame(b=1:2))
merge(data.frame(x=1:2,p=3:4),data.frame(y=2:3,q=5:6),by.x="x",by.y="y")
aggregate(mpg~cyl,data=mtcars,FUN=mean)
aggregate(cbind(mpg,hp)~cyl+gear,data=mtcars,FUN=mean)
aggregate(mtcars[c("mpg","hp")],by=list(g=mtcars$gear),mean)
aggregate(.~Species,iris,mean)
aggregate(x=iris$Sepal.Length,by=list(iris$Species),FUN=range)
stack(list(a=1:2,b=3))
colnames(df2)[2]<-"z"
df2
df2$z2 <- with(df2,a+z)
df2
df2[["a"]] <- NULL
df2
df2[order(df2$z,decreasing=TRUE),]
mapply(function(a,b) a+b,df2$z,df2$z2)
Reduce(`+`,df2)

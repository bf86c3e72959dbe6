df <- data.frame(id=1:5, name=c("Al","Bo","Cy","Di","Ed"), score=c(90.5,80,NA,70.25,60), stringsAsFactors=FALSE)
df
summary(df)
str(df)
head(df,2)
df[order(-df$score),]
df[!is.na(df$score) & df$score>65,]
colnames(df)
sapply(df,class)
sapply(df,is.numeric)
df$grade <- ifelse(df$score>75,"A","B")
df
table(df$grade)
table(df$grade,useNA="ifany")
aggregate(score~grade,data=df,mean)
tapply(df$score,df$grade,mean,na.rm=TRUE)
mean(df$score,na.rm=TRUE)
apply(df[,c("id","score")],1,sum)
lapply(split(df$score,df$grade),mean)
do.call(rbind,lapply(1:3,function(i) data.frame(i=i,sq=i^2)))
merge(df,data.frame(grade=c("A","B"),pts=c(4,3)))
df[df$name %in% c("Al","Ed"),c("name","score")]
with(df,tapply(score,grade,max))
within(df,{double <- score*2})
df[nrow(df):1,]
df[["name"]][2]
df[2,"score"] <- 99
df
df[df$id==3,"score"] <- 0
df$score
nrow(df); ncol(df); dim(df)
cbind(df,z=letters[1:5])
rbind(df,df[1,])
unique(df$grade)
df[sample(nrow(df),0),]
colMeans(df[,c("id","score")])
as.list(df[1,])
unlist(df[1,])
t(df[1:2,c("id","score")])
data.frame(x=c(a=1,b=2))
data.frame(a=1:3,b=letters[1:3])[2,]
df2 <- data.frame(x=c(1.5,2.25),y=c("a","b")); df2$x <- df2$x*2; df2
is.na(df)
which(is.na(df$score))
complete.cases(df)
df[complete.cases(df),]
names(df)[names(df)=="score"] <- "points"; names(df)
df[,"points"]
df[,-1]
df[-(1:2),]
df[c("id","name")]
lapply(df,function(c) c[1])
Reduce(rbind,list(df[1,],df[2,]))
mapply(function(a,b) paste(a,b),df$id,df$name)
for(i in seq_len(nrow(df))) cat(df$name[i],df$points[i],"\n")
max(df$points)
df[which.max(df$points),]
cor(df$id,df$points)
cut(df$points,c(-1,50,80,100))
quantile(df$points)
data.frame(n=c(1000000,2),s=c(0.00001,1))
data.frame(a=c(1.123456789,2),b=c(1e10,1))
data.frame()
data.frame(a=integer(0))
head(mtcars,3)
tail(iris,3)
levels(iris$Species)
aggregate(cbind(Sepal.Length,Sepal.Width)~Species,iris,mean)
by_sp <- split(iris,iris$Species); names(by_sp); sapply(by_sp,nrow)
sapply(by_sp,function(d) colMeans(d[,1:4]))
iris[1:3,]
iris[iris$Sepal.Length>7.5,"Species"]
summary(iris$Species)
table(iris$Species,iris$Petal.Width>1)
mtcars["Fiat 128","mpg"]
mtcars[mtcars$cyl==4 & mtcars$mpg>30,c("mpg","cyl")]
colnames(mtcars)[1:3]
rownames(mtcars)[1:3]
mtcars[order(mtcars$mpg),][1:3,1:4]
apply(as.matrix(head(iris[,1:4])),1,mean)
x <- scale(iris[,1:4]); dim(x); round(head(x,2),3); attributes(x)$`scaled:center`
nrow(na.omit(data.frame(a=c(1,NA,3))))
expand.grid(a=1:2,b=c("x","y"))
df3 <- data.frame(g=c("a","b","a"),v=1:3); df3$g <- factor(df3$g); str(df3); levels(df3$g); as.integer(df3$g)
model.matrix(~g-1,df3)
model.matrix(~v+g,df3)
stack(list(a=1:2,b=3:4))
reshape <- NULL
data.frame(a=1:2,b=I(list(1,2:3)))
array(1:4,c(2,2))
df3[order(df3$g,-df3$v),]
ave(df3$v,df3$g)
cumsum(df3$v)
rowSums(df3[,"v",drop=FALSE])
rev(df3)
df3[[2]]
df3[2]
df3[["g"]]
seq_along(df3)
length(df3)
identical(df3,df3)
all.equal(df3,df3)
colnames(df3) <- c("G","V"); df3
df3[df3$V>5,]
df3[0,]
transform(df3,W=V^2)
subset(df3,V>1,select=-G)
print(df3,row.names=FALSE)
print(head(mtcars[,1:3],2),digits=2)
format(df3)
toupper(names(df3))

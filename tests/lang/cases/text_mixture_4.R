l <- list(1,"a",TRUE,NULL,c(1,2),list(x=1,y=list(z="deep")))
l
str(l)
list(a=1:3,b=matrix(1:4,2),c=data.frame(x=1:2,y=c("p","q")),d=factor(c("u","v")),e=function(x) x^2,f=NULL,g=as.Date("2020-01-01"))
str(list(a=1:3,b=matrix(1:4,2),c=data.frame(x=1:2),d=factor("u"),e=function(x,...) x,f=NULL,g=as.Date("2020-01-01"),h=quote(x+y),i=1i,j=list()))
list(list(1,2),list("a"))
setNames(as.list(1:3),c("a","b","c"))
l2 <- list(); l2$x <- 5; l2[["y"]] <- "z"; l2
names(l2); l2$x <- NULL; length(l2); l2
list(`my name`=1,`2b`=2)
rapply(list(1,2,list(3)),function(x) x*2,how="unlist")
array(1:24,c(2,3,4))
array(1:3,3)
array(letters[1:8],c(2,2,2))
array(c(TRUE,FALSE),c(1,2,2))
array(1:4,c(2,2,1))
array(1:16,c(2,2,2,2))
x <- array(1:8,c(2,2,2),dimnames=list(c("a","b"),c("c","d"),c("e","f"))); x; x["a",,]; dimnames(x)
matrix(c("a","bb","ccc","d"),2,dimnames=list(NULL,c("x","y")))
matrix(c(1.5,NA,-3,1e6),2)
matrix(c(TRUE,FALSE,NA,TRUE),2)
matrix(1:6,2,dimnames=list(c("r1","r2"),c("A","B","C")))
matrix(list(1,"a",TRUE,NULL),2)
matrix(1i,1,2)
matrix(c(0.001,1000,123456,1e-10),2)
m <- matrix(1:4,2); rownames(m) <- c("x","y"); m
m[1,]; m["x",]; m[,1,drop=FALSE]; m%*%m; m*2; m>2; t(m); dim(t(m)); cbind(m,9); rbind(m,z=0)
rbind(c(a=1,b=2),c(3,4)); cbind(x=1:2,y=c("a","b")); cbind(1:3,c("a","b","c"))
noquote(matrix(c("a","b"),1)); print(matrix(c("a","b"),1),quote=FALSE)
diag(2); solve(matrix(c(2,0,0,2),2)); det(matrix(c(1,2,3,4),2))
apply(matrix(1:4,2),1,function(r) r/sum(r)); sapply(1:3,function(i) c(i,i^2)); sapply(c(a=1,b=2),function(x) x*2); sapply(list(),length); sapply(1:2,function(i) list(i)); vapply(1:3,function(i) i*2,0); mapply(rep,1:3,3:1); t(sapply(1:2,function(i) c(x=i,y=i*2)))
matrix(1:40,2)
matrix(rep("long text here",12),2)
m2 <- matrix(round(seq(0.1,2.4,length.out=24),3),4); m2
colnames(m2) <- paste0("column_",1:6); m2
print(m2,digits=2)
head(matrix(1:20,10),3); tail(matrix(1:20,10),2)
summary(matrix(1:4,2))
max(m2); which(m2>2); which(m2>2,arr.ind=TRUE)
round(m2/3,2)
outer(1:3,1:4,"+")
table(c(1,2,2,3,3,3)); table(c(TRUE,FALSE,TRUE),c("x","y","x"))
f <- factor(c("lo","hi","lo"),levels=c("lo","hi")); f; table(f); as.integer(f); levels(f); f[2]; f=="lo"; summary(f); factor(f,labels=c("L","H")); droplevels(f[f=="lo"]); c(f,f); nlevels(f); is.factor(f); tapply(c(1,2,3),f,sum); cut(c(1,5,9),c(0,3,6,10)); cut(1:5,2,labels=FALSE); cut(0:10,5); cut(c(1,5,9),c(0,3,6,10),right=FALSE); findInterval(c(1,5),c(0,3)); interaction(c("a","b"),c("x","y")); factor(1:3,labels=c("one","two","three")); factor(c("a","b"),levels=c("b","a","c")); ordered(c("S","L"),levels=c("S","M","L")); unclass(f); rev(f); f2<-f; levels(f2)[1]<-"LOW"; f2; as.vector(f); paste(f); sapply(split(1:3,f),sum); by <- NULL; split(c(1,2,3),f); unsplit(split(1:3,f),f); model.matrix(~f); str(f); print(f,max.levels=0); factor(c(1.5,2.5)); factor(c("a",NA)); is.na(factor(c("a",NA))); levels(factor(c("b","a","c"))); match("hi",f); f %in% "hi"; ifelse(f=="lo","L","H"); as.numeric(as.character(factor(c("3","7")))); mapply(function(a,b) paste(a,b),f,1:3); factor(letters[1:3])[-1]; nchar(levels(f)); toupper(f); f[4] <- "hi"; f; length(f)
rle(c(1,1,2)); expression(a*b); quote(f(x,y=2)); as.name("abc"); function(x,y=2) x+y; (function(x) { x^2 })
f <- function(x, ...) {
  # comment
  if (x > 1) {
    for (i in 1:3) print(i)
  } else {
    stop("no")
  }
  y <- x |> sqrt()
  invisible(y)
}
f
body(f); formals(f); args(sum); deparse(quote(if (a) b else c))
new_env <- new.env(); class(new_env); environmentName(globalenv()); is.environment(new_env)
structure(list(a=1,b="x"),class="myclass")
print.myclass <- function(x,...) cat("<myclass a=",x$a,">\n",sep=""); structure(list(a=1,b="x"),class="myclass"); list(structure(list(a=1),class="myclass"),2); format.myclass <- function(x,...) "FMT"; format(structure(list(a=1),class="myclass")); toString(structure(list(1,2),class="myclass"))
structure(1:3,class="bar"); structure(1:3,myattr="hello"); structure(list(1),names="a",extra=TRUE)
invisible(3); NULL; (invisible(4)); if (FALSE) 1; for(i in 1) i; x <- y <- 2; x; TRUE && NA; xor(TRUE,FALSE)
1:3 == c(1,2,4); identical(c(a=1),c(a=1)); all.equal(1,1+1e-10); isTRUE(all.equal(1,1.1)); all.equal(1,1.1)
seq(10,1,by=-3); seq_len(0); rev(1:3); rep(c("a","b"),times=c(2,1)); rep(1:2,each=2); append(1:3,99,after=1); head(letters,-23); tail(1:10,3); which(c(F,T,T)); which.max(c(1,3,2)); any(c(F,T)); all(logical(0)); cumprod(1:5); rev(list(1,"a")); do.call(paste,list("a","b",sep="-")); Reduce(`+`,1:4,accumulate=TRUE); Filter(function(x) x>2,1:4); unlist(list(a=1,b=list(c=2,d=3))); nchar(c("apple","fig")); order(c(3,1,2)); sort(c(3,1,2),decreasing=TRUE); unique(c(1,2,1)); duplicated(c(1,2,1)); rowSums(matrix(1:4,2)); union(1:3,2:5); setdiff(1:3,2); is.element(2,1:3); Sys.time() > as.POSIXct("2020-01-01"); nchar(Sys.getenv("HOME"))>0; class(1L); class(1); class("a"); class(NULL); class(sum); class(matrix(1)); class(data.frame()); class(quote(a)); class(quote(a+b)); typeof(1:2); mode(1); is.numeric(1L); as.integer("3"); as.numeric("1e3"); as.character(1.0); as.logical("TRUE"); as.logical("yes"); as.character(c(1.5,2)); as.character(TRUE); as.numeric(TRUE); as.integer(3.9)

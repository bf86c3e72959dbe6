attributes(combn(4,2,sum)); attributes(combn(c(a=1,b=2,c=3),2)); attributes(combn(3,1)); combn(3,2,simplify=FALSE)
try(combn(2,3)); combn(c("x","y","z"),2); combn(4,2,function(v) v*2); combn(factor(c("a","b","c")), 2)
x <- as.hexmode(c(1,16,255)); x; format(x); unclass(x); as.character(x); format(as.hexmode(10), upper.case=TRUE); format(as.hexmode(255), width=4); as.octmode(8); as.integer(x); as.hexmode("ff")
arrayInd(5, c(2,3)); arrayInd(c(1,6), c(2,3)); arrayInd(7, c(2,2,2), list(c("a","b"),NULL,NULL))
f <- function(x) (x-2)^2
str(optimize(f, c(0,5))); str(uniroot(function(x) x^2-2, c(0,2))); optimize(f, c(0,5), maximum=TRUE)$maximum
uniroot(function(x) x^2-2, c(0,2), tol=1e-9)$root; try(uniroot(f, c(3,5)))
print(optimize(function(x) abs(x-1/3)+x^4, c(-1,2)), digits=15)
print(uniroot(function(x) cos(x)-x, lower=0, upper=1), digits=15)
print(uniroot(function(x, a) exp(x)-a, c(0,10), a=7), digits=12)
print(optimise(function(x) sin(x), c(0,2*pi)), digits=12)

x <- c(a=1.123456,b=22.1,c=333)
x
print(x,digits=3)
1e-15
c(1e-15,1)
100000
123456.7
0.1+0.2==0.3
1/0
-1/0
0/0
c(1.10,22.22,333.333)
1e5L
5 %/% 2
2^10
10 %% 3
.5
exp(1)^20
factorial(20)
factorial(10)
choose(50,25)
sqrt(2)*1e8
1234.5678
c(0.00001234,123)
seq(0,1,0.1)
1:100
rev(seq(-1,1,length.out=7))
(1:10)^2
c(1e3,1e4,1e5,1e6)
c(123456,0.001)
options(digits=4); pi*1000; c(1.23456789,123.456789); options(digits=7)
options(scipen=10); 1e10; 1e-7; c(1e12,1); options(scipen=0)
options(width=40); 1:30; letters; c(first=1,second=2,third=3,fourth=4,fifth=5); options(width=80)
c(TRUE,FALSE,NA)
c("a",NA,"ccc")
complex(real=1,imaginary=-2)
c(1+2i,3.5-1i)
as.integer("12")
round(-2.567,1)
signif(0.00123456,3)
format(Sys.time(),"%Y")>"2000"
print(1:3)
print(c(1.0,2.5),digits=1)
matrix(c(1.5,2,3,4),2)
m <- matrix(rnorm(4),2); dim(m)
x <- 1:20; x[x>10]
-5:5
numeric(0); character(0); logical(0); NULL; list()
c(0.1,0.12,0.123,0.1234)
1e-300*1e-300
2147483647L
.Machine$integer.max
5L/2L
7.0
1e2
1e15+0.5
123456789.123
c(1,NA,3)
c(a=NA,b=1)
c(1.5,NaN,-Inf)
100*1.1
33.333333333
66.67
1/7
22/7
print(22/7,digits=10)
print(pi,3)
format(pi,digits=3); format(1e6,big.mark=","); format(123.456,nsmall=2); format(TRUE); format(c("a","bb")); format(-1.5)
noquote("hi"); invisible(5)
x <- c(1.123456789,2.1,3); x
mean(c(1,2,3,4)); var(1:10); sd(c(1,2,3,4))
summary(c(1,2,3,4,100))
summary(c(0.001,0.002))
summary(1:1000*1000)
quantile(1:10)
table(c("a","b","a"))
range(c(3,1,2))
cumsum(1:10)
diff(c(1,4,9))
outer(1:3,1:3)

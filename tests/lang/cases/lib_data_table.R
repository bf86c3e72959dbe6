# data.table: x[i, j, by], changed in place, printed
library(data.table)
d <- data.table(x = c("b", "b", "a", "c"), v = 1:4, w = c(1.5, 2, NA, 4))
d
class(d)
dim(d); nrow(d); names(d)
d[x == "b"]
d[2]; d[c(1, 3)]; d[-1]; d[v > 1 & x != "a"]
d[order(-v)]
d[order(x, -v)]
d[, v]
d[, "v"]
d[["v"]]
d$v
d[, .(x, v)]
d[, list(total = sum(v), n = .N)]
d[, c("x", "w")]
cols <- c("v", "w")
d[, ..cols]
d[, cols, with = FALSE]
d[, !"w"]
d[, x:v]
d[, sum(v)]
d[, .N]
d[x == "b", .N]
d[, .N, by = x]
d[, .(total = sum(v)), by = x]
d[, .(total = sum(v), first = v[1]), by = .(x)]
d[, mean(v), by = "x"]
d[, .N, by = .(big = v > 2)]
d[, .N, keyby = x]
d[, .SD[1], by = x]
d[, lapply(.SD, sum), .SDcols = c("v", "w")]
d[, lapply(.SD, mean), by = x, .SDcols = is.numeric]
d[, z := v * 2]
d
d[]
d[x == "b", z := 0]
d
d[, c("p", "q") := list(1, letters[1:4])][]
d[, `:=`(r = v + 1L, s = x)][]
d[, c("p", "q", "r", "s") := NULL]
names(d)
d[, m := mean(v), by = x][]
d[, m := NULL][]
e <- d
e[, k := 1L]
names(d)
f <- copy(d)
f[, k := 2L]
d$k
d[v > 1][x == "b", .(v, z)]
d[v >= 2, .(s = sum(z)), by = x][order(s)]
setnames(d, "v", "value")
names(d)
setnames(d, c("a1", "a2", "a3", "a4", "a5"))
names(d)
g <- data.table(id = c(3L, 1L, 2L), val = c("c", "a", "b"))
setkey(g, id)
g
key(g)
setorder(g, -val)
g
setcolorder(g, c("val", "id"))
g
h <- data.frame(a = 1:2, b = c("x", "y"))
setDT(h)
h
class(h)
as.data.table(matrix(1:4, 2))
as.data.table(list(a = 1:2, b = c("u", "v")))
as.data.frame(g)
rbindlist(list(data.table(a = 1, b = "x"), data.table(a = 2, b = "y")))
rbindlist(list(one = data.table(a = 1), two = data.table(a = 2, b = 3)), fill = TRUE, idcol = "from")
rbind(data.table(a = 1), data.table(a = 2))
merge(data.table(k = c(1, 2, 3), l = c("a", "b", "c")), data.table(k = c(2, 3, 4), r = c("B", "C", "D")), by = "k")
merge(data.table(k = c(1, 2), l = c("a", "b")), data.table(k = c(2, 3), r = c("B", "C")), by = "k", all = TRUE)
data.table(k = c(1, 2, 3), l = c("a", "b", "c"))[data.table(k = c(3, 1), r = c("x", "y")), on = "k"]
unique(data.table(a = c(1, 1, 2), b = c(1, 1, 3)))
unique(data.table(a = c(1, 1, 2), b = 1:3), by = "a")
uniqueN(c(1, 2, 2, NA)); uniqueN(data.table(a = c(1, 1), b = c(2, 2)))
shift(1:4); shift(1:4, type = "lead"); shift(1:4, 2, fill = 0L); shift(1:3, 1:2)
fifelse(c(TRUE, FALSE, NA), 1, 2); fcase(c(TRUE, FALSE, FALSE), "a", c(FALSE, TRUE, FALSE), "b", default = "c")
c(1, 5, 9) %between% c(2, 9); c("abc", "xbz") %like% "^a"; "a" %chin% letters
tstrsplit(c("a-b", "c-d"), "-"); rleid(c(1, 1, 2, 2, 1)); nafill(c(NA, 1, NA, 3), "locf"); CJ(a = 1:2, b = c("x", "y"))
big <- data.table(n = 1:250, s = rep(letters[1:5], 50))
big
big[1:25]
big[n > 245]
head(big, 3); tail(big, 2)
data.table(a = c(1.123456789, 22), b = c(TRUE, NA), f = factor(c("u", NA)), d = as.Date("2020-01-31") + 0:1, l = list(1:3, "x"))
data.table()
d[0]
file <- tempfile(fileext = ".csv")
writeLines(c("id,name,score,ok", "1,Ann,2.5,TRUE", "2,\"Bo, Jr\",3,FALSE", "3,,NA,TRUE"), file)
r <- fread(file)
r
sapply(r, class)
fread(file, select = c("id", "score"))
fread(file, nrows = 2, header = TRUE, data.table = FALSE)
fread("a;b\n1;x\n2;y")
fread(text = c("1 2", "3 4"))
fread("a\tb\n1\t2")
fwrite(r)
out <- tempfile()
fwrite(data.table(a = c(1.5, NA), b = c("x", "y,z")), out)
readLines(out)
for (i in 1:2) set(g, i, "id", 10L * i)
g
iris2 <- as.data.table(iris)
iris2[, .(mean = mean(Sepal.Length), n = .N), by = Species]
iris2[Species == "setosa" & Sepal.Length > 5.4, .(Sepal.Length, Species)]
iris2[, lapply(.SD, max), by = Species]
split(data.table(a = 1:3, b = c("x", "y", "x")), by = "b")
str(data.table(a = 1:2)[, .(a)]$a)
summary(data.table(a = 1:4))
sapply(d, class)

# replacement and s3 deeper
x <- 1:5; x[8] <- 10L; x
x[["a"]] <- 3L; x
l <- list(a = 1, b = "x"); l[["c"]] <- list(1, 2); l$c[[2]] <- "changed"; str(l)
l["b"] <- NULL; names(l); l[c("d", "e")] <- list(4, 5); names(l)
m <- matrix(1:6, 2, dimnames = list(c("r1", "r2"), c("a", "b", "c"))); m["r1", "b"] <- 100L; m; m[, "c"] <- 0L; m
dimnames(m)[[1]][2] <- "second"; m; colnames(m)[1] <- "first"; m
df <- data.frame(x = 1:3, y = c("a", "b", "c")); df$z <- df$x * 2; df[df$x > 1, "y"] <- "big"; df; names(df)[2] <- "label"; df
df[["w"]] <- 3:1; df[2, "w"] <- 99L; df; df$x[2] <- 50L; df
levels(f <- factor(c("a", "b"))) ; levels(f) <- c("A", "B"); f
attr(x, "units") <- "cm"; attributes(x)$units; attributes(x) <- NULL; x
is.na(x) <- 2; x
substr(s <- "hello", 1, 1); substr(s, 1, 1) <- "J"; s
body(fun <- function(x) x)  ; body(fun) <- quote(x * 2); fun(4); formals(fun) <- alist(x = 10); fun()
diag(mm <- matrix(0, 2, 2)); diag(mm) <- 1; mm
nested <- list(); nested$level1$level2$level3 <- "deep"; nested[["level1"]][["other"]] <- 1:3; str(nested)
nested$level1$other[2] <- 20L; nested$level1$other
"second<-" <- function(x, value) { x[2] <- value; x }; v <- 1:3; second(v) <- 9L; v
"modify<-" <- function(obj, field, value) { obj[[field]] <- value; obj }; o <- list(); modify(o, "k") <- 5; o
a <- b <- c(1, 2); b[1] <- 100; a; b
z <- c(1, 2, 3); z[-1] <- 0; z; z[c(TRUE, FALSE, TRUE)] <- c(7, 8); z; z[10] <- 1; length(z)
lst <- setNames(vector("list", 2), c("p", "q")); lst$p <- 1:2; lst
e <- new.env(); e$v <- c(1, 2, 3); e$v[2] <- 20; e$v
t1 <- structure(list(celsius = 20), class = "temperature")
print.temperature <- function(x, ...) cat("Temp:", x$celsius, "C\n"); t1; print(t1)
format.temperature <- function(x, ...) paste0(x$celsius, "C"); format(t1)
"$<-.temperature" <- function(x, name, value) { cat("setting", name, "\n"); y <- unclass(x); y[[name]] <- value; structure(y, class = "temperature") }
t1$celsius <- 30; t1
"[[.temperature" <- function(x, i) paste("elem", i); t1[["q"]]
length.temperature <- function(x) 42L; length(t1)
Ops.temperature <- function(e1, e2) { r <- get(.Generic)(e1$celsius, if (inherits(e2, "temperature")) e2$celsius else e2); r }
"$.temperature" <- function(x, name) unclass(x)[[name]]
t1 > 25; t1 == 30
c.temperature <- function(...) "combined"; c(t1, t1)
as.character.temperature <- function(x, ...) "temp!"; as.character(t1); paste(t1)
sort.deck <- function(x, decreasing = FALSE, ...) "sorted deck"; sort(structure(list(), class = "deck"))
mean.temperature <- function(x, ...) "mean temp"; mean(t1)
unique.temperature <- function(x, ...) "uniq"; unique(t1)
rev.temperature <- function(x) "rev"; rev(t1)
speak <- function(x, ...) UseMethod("speak")
speak.default <- function(x, ...) cat("unknown\n")
speak.cat <- function(x, ...) { cat("meow\n"); NextMethod() }
speak.animal <- function(x, ...) { cat("generic animal\n"); NextMethod() }
speak(structure(list(), class = c("cat", "animal"))); speak(NULL); speak(1:3)
area <- function(s, ...) UseMethod("area"); area.square <- function(s, scale = 1, ...) s$side^2 * scale
area(structure(list(side = 3), class = "square"), scale = 2)
update_obj <- function(o) UseMethod("update_obj"); update_obj.thing <- function(o) { o$n <- o$n + 1; o }
th <- structure(list(n = 1), class = "thing"); th <- update_obj(th); th$n; unclass(th)
inherits(th, c("x", "thing")); inherits(th, what = "thing"); is(th, "thing")
methods_exist <- exists("update_obj.thing"); methods_exist
summary.thing <- function(object, ...) { structure(list(total = object$n), class = "summary.thing") }
print.summary.thing <- function(x, ...) cat("Total:", x$total, "\n"); summary(th); s <- summary(th); s$total
seq_gen <- structure(list(), class = c("b", "a")); print.a <- function(x, ...) cat("<a>\n"); seq_gen
toString(1:5); toString.thing <- function(x, ...) "thing!"; toString(th)
"==.thing" <- function(e1, e2) e1$n == e2$n; th == th; "<.thing" <- function(e1, e2) e1$n < e2$n; th < th
"+.money" <- function(e1, e2) { structure(list(v = e1$v + e2$v), class = "money") }; print.money <- function(x, ...) cat("$", x$v, "\n"); structure(list(v = 5), class = "money") + structure(list(v = 6), class = "money")
"-.money" <- function(e1, e2) if (missing(e2)) "neg" else "minus"; -structure(list(v = 5), class = "money")
"!.money" <- function(x) "not money"; !structure(list(v = 5), class = "money")
"[.money" <- function(x, i) paste("idx", i); structure(list(v = 5), class = "money")[3]
"%%.money" <- function(e1, e2) "mod"; structure(list(v = 5), class = "money") %% 2
cat(format(structure(1.5, class = "zzz")), "\n")
print(structure(1:3, class = "zzz"))
print(unclass(structure(1:3, class = "zzz", extra = "e")))
structure(list(a = 1), class = "rec")
all.equal(1, 1 + 1e-10); identical(list(1), list(1)); isTRUE(all.equal(1, 1.1))
head(letters, -20); tail(1:10, 3)
within(data.frame(a = 1:2), b <- a * 2)

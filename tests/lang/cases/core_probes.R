# more probes
x <- list(a = 1, b = list(c = 2, d = "e"))
x[["b"]][["c"]] <- 20; x$b$d <- NULL; str(x)
x["a"] <- list(NULL); str(x); x[["zz"]] <- 1:3; length(x)
y <- 1:3; y[["b"]] <- 4L; y; names(y) <- NULL; y
arr <- array(0, c(2, 2, 2)); arr[1, 2, 2] <- 5; arr[, , 2]; dim(arr)
s <- c("one", "two"); s[4] <- "four"; s; s[is.na(s)] <- "filled"; s
e <- quote(f(x)); e[[2]] <- quote(y + 1); e; e$z <- 3; e; as.list(e)
f <- function(a, b) { mc <- match.call(); mc[[1]]; as.list(mc)[-1] }; f(1 + 1, b = "q")
g <- function(...) { cl <- match.call(); names(cl) }; g(a = 1, 2)
h <- function(x) { x <- substitute(x); class(x) }; h(a); h(a + b); h(1); h("s"); h(function(x) x)
do.call(what = "paste", args = list("a", "b", sep = "-"))
eval(parse(text = c("u <- 1", "u + 1"))); expression(a + b)[[1]]; length(expression(a, b))
fn <- as.function(alist(a = , b = 2, a * b)); fn(3); body(fn)
environment(fn) <- new.env(); is.environment(environment(fn))
k <- function() { v <- 1; l <- function() { v <<- v + 1; v }; l(); l() }; k()
tryCatch({ lockBinding("k", environment()); k <- 2 }, error = function(e) cat(conditionMessage(e), "\n")); unlockBinding("k", environment())
const <- 3; lockBinding("const", globalenv()); r <- try(const <- 4, silent = TRUE); cat(r)
makeActiveBinding("rnd", function() 42, environment()); rnd
delayedAssign("lazy", { cat("evaluated!\n"); 7 }); lazy; lazy
nchar(deparse(function(x) x + 1)); is.name(quote(x)); as.character(quote(x + y)); as.character(quote(x))
identical(quote(x), as.name("x")); class(quote(if (a) b)); class(quote(for (i in x) y)); class(quote({})); class(quote((a))); class(quote(x <- 1))
rapply(list(a = 1, b = "x"), toupper, classes = "character", how = "replace")
Reduce(function(a, b) a + b, 1:4, accumulate = TRUE, right = TRUE)
Reduce(`+`, list(), 0); Map(function(n, i) paste(n, i), c(x = "a", y = "b"), 1:2)
mapply(function(...) sum(...), 1:2, 3:4, 5:6); sapply(character(0), nchar); sapply(list(), length)
array(1:4, 4); outer(1:2, 1:2, Vectorize(function(a, b) a + b))
Recall <- NULL; is.null(Recall)
tryCatch(stop("E1"), error = function(e) tryCatch(stop("E2"), error = function(e2) cat(conditionMessage(e), conditionMessage(e2), "\n")))
withCallingHandlers({ x <- 1; message("note 1"); message("note 2"); x + 1 }, message = function(m) { cat("<", trimws(conditionMessage(m)), ">\n", sep = ""); invokeRestart("muffleMessage") })
result <- tryCatch({ warning("first"); "unreached" }, warning = function(w) { paste("W:", conditionMessage(w)) }, error = function(e) "E", finally = { cat("fin\n") }); result
f <- function() { warning("fw"); "after" }; suppressWarnings(f())
res <- lapply(list(1, "a", 3), function(v) tryCatch(v * 2, error = function(e) NA)); unlist(res)
simpleError("msg")$message; class(simpleWarning("w")); conditionMessage(simpleCondition("sc"))
stopifnot(TRUE, 1 < 2); tryCatch(stopifnot("must be pos" = -1 > 0), error = function(e) cat(conditionMessage(e), "\n"))
tryCatch(match.arg("z", c("a", "b")), error = function(e) cat(conditionMessage(e), "\n"))
inherits(try(stop("x"), silent = TRUE), "try-error")
while (TRUE) { tryCatch({ break }, finally = cat("in finally\n")) }
f <- function() { for (i in 1:3) { tryCatch({ if (i == 2) return(i) }, finally = cat("f", i, "\n")) } }; f()
sapply(1:3, function(i) { if (i == 2) return(NA); i })
(function() { invisible(5) })(); v <- (function() invisible(6))(); v
if (FALSE) 1 else invisible(2)
print(if (FALSE) 1)
switch("a", a = invisible(3))
NULL -> n; n; assign("q1", 5) ; q1
function(x) x^2
(\(x, ...) x)(4, 5)
print(c(a = 1, b = 2)["b"]); "a" -> b; b
repeat { if (TRUE) break }; for (i in 1:2) { }; i
5 %/% 2; -5 %/% 2; 5 %% -2; 5L / 2L; 2 ** 3; 1e308 * 10; 0L %/% 0L; TRUE + TRUE
xor(TRUE, FALSE); any(c(FALSE, NA, TRUE)); all(logical(0)); isTRUE(c(TRUE, TRUE)); !c(TRUE, NA)

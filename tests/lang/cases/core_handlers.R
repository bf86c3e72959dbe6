# conditions deeper
f <- function() { warning("W!"); "f value" }
x <- withCallingHandlers(f(), warning = function(w) { message("log: ", conditionMessage(w)); tryInvokeRestart("muffleWarning") })
x
out <- tryCatch({ message("hello"); 1 }, message = function(m) { cat("Got message:", conditionMessage(m)); 2 }); out
tryCatch({ tryCatch(stop("inner"), error = function(e) stop(paste("outer:", conditionMessage(e)))) }, error = function(e) cat(conditionMessage(e), "\n"))
res <- tryCatch(stop("a"), error = function(e) e, finally = cat("cleanup\n")); print(class(res))
g <- function(x) { if (!is.numeric(x)) stop("need numeric: ", class(x), call. = FALSE); x * 2 }
tryCatch(g("a"), error = function(e) print(e))
print(tryCatch(g(2)))
h <- function(...) { args <- list(...); if (length(args) == 0) stop("no args"); args[[1]] }
r <- try(h(), silent = TRUE); cat(r); print(inherits(r, "try-error")); print(conditionMessage(attr(r, "condition")))
w <- NULL
val <- withCallingHandlers({ warning("one"); warning("two"); 10 }, warning = function(c) { w <<- c(w, conditionMessage(c)); invokeRestart("muffleWarning") })
print(w); val
cnd <- simpleCondition("sig"); class(cnd) <- c("mine", "condition")
print(withCallingHandlers(signalCondition(cnd), mine = function(c) cat("handling\n")))
tryCatch(as.numeric("abc"), warning = function(w) cat("W:", conditionMessage(w), "\n"))
tryCatch(1:3 + 1:2, warning = function(w) cat("W:", conditionMessage(w), "\n"))
tryCatch(sqrt(-1), warning = function(w) print(w))
tryCatch(log("a"), error = function(e) print(e))
tryCatch(matrix(1:6, 2) %*% matrix(1:4, 2), error = function(e) print(conditionMessage(e)))
tryCatch(list(a = 1)$a$b$c, error = function(e) print(conditionMessage(e)))
tryCatch(NULL[[1]], error = function(e) print(conditionMessage(e)))
tryCatch(c(1)[[3]], error = function(e) print(conditionMessage(e)))
tryCatch(list(a = 1)[["b"]], error = function(e) print(conditionMessage(e)))
tryCatch(get("nope"), error = function(e) print(conditionMessage(e)))
tryCatch(match.arg("x", c("a", "b")), error = function(e) print(conditionMessage(e)))
tryCatch(stopifnot(all.equal(1, 1.1)), error = function(e) print(conditionMessage(e)))
tryCatch(stopifnot(c(TRUE, FALSE, TRUE)), error = function(e) print(conditionMessage(e)))
tryCatch(new_fun(), error = function(e) print(conditionMessage(e)))
tryCatch(sum("a"), error = function(e) print(conditionMessage(e)))
tryCatch(mean(), error = function(e) print(conditionMessage(e)))
tryCatch(strsplit(1, "a"), error = function(e) print(conditionMessage(e)))
tryCatch(rep(1:2, times = -1), error = function(e) print(conditionMessage(e)))
tryCatch(if ("a") 1, error = function(e) print(conditionMessage(e)))
tryCatch(while (NULL) 1, error = function(e) print(conditionMessage(e)))
tryCatch(for (i in function() 1) 1, error = function(e) print(conditionMessage(e)))
tryCatch(lm(), error = function(e) cat("lm error\n"))
tryCatch(vapply(1:2, function(i) "a", numeric(1)), error = function(e) print(conditionMessage(e)))
tryCatch(do.call("nofun", list()), error = function(e) print(conditionMessage(e)))
tryCatch(UseMethod("zzz"), error = function(e) cat("UM\n"))
tryCatch(library(notapkg), error = function(e) print(conditionMessage(e)))
tryCatch(environment(1)$a, error = function(e) print(conditionMessage(e)))
tryCatch(x$y$z <- 1, error = function(e) print(conditionMessage(e)))
tryCatch("a" + 1, error = function(e) print(conditionMessage(e)))
tryCatch(-"a", error = function(e) print(conditionMessage(e)))
tryCatch(!"a", error = function(e) print(conditionMessage(e)))
tryCatch(undefined_var + 1, error = function(e) print(e))
f <- function(n) { if (n == 0) stop("bottom"); f(n - 1) }
tryCatch(f(3), error = function(e) print(conditionCall(e)))
print(tryCatch(warning("ww"), condition = function(c) class(c)))
e <- structure(class = c("http_error", "error", "condition"), list(message = "404", call = NULL))
tryCatch(stop(e), http_error = function(err) cat("HTTP", conditionMessage(err), "\n"))
withCallingHandlers(
  tryCatch({ warning("A"); cat("unreached\n") }, warning = function(w) cat("exiting:", conditionMessage(w), "\n")),
  warning = function(w) cat("calling outer\n"))
tryCatch({ on.exit(cat("never\n")); 1 }, error = identity)
ff <- function() { on.exit({ cat("first\n") }); on.exit(cat("second\n"), add = TRUE, after = FALSE); invisible("r") }
y <- ff(); y
rlang_abort <- function(msg, class) stop(structure(class = c(class, "rlang_error", "error", "condition"), list(message = msg, call = sys.call(-1))))
tryCatch(rlang_abort("bad", "my_class"), my_class = function(e) cat("class caught:", conditionMessage(e), "\n"))
nested <- function() { tryCatch({ warning("x") ; 1 }, warning = function(w) { tryCatch(stop("y"), error = function(e) "yy") }) }; nested()
op <- options(digits = 3); pi; options(op); pi
options(warn = 1); getOption("warn"); getOption("nope", "default")

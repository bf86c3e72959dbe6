# Modelled on R/package.R, custom layers' env handling and faq.Rmd (v2.16.1): state in environments
registry <- new.env(parent = emptyenv())
register <- function(name, f) { if (exists(name, envir = registry, inherits = FALSE)) stop("twice: ", name); assign(name, f, envir = registry); invisible(f) }
register("relu", function(x) pmax(x, 0))
register("sigmoid", function(x) 1 / (1 + exp(-x)))
register("elu", function(x, alpha = 1) ifelse(x > 0, x, alpha * (exp(x) - 1)))
sort(ls(registry))
for (n in sort(ls(registry))) cat(sprintf("%8s", n), format(registry[[n]](c(-1, 0, 2)), digits = 3), "\n")
tryCatch(register("relu", identity), error = function(e) cat(conditionMessage(e), "\n"))
get0("tanh2", registry, ifnotfound = "absent")
eapply(registry, function(f) names(formals(f)))[c("elu", "relu")]
memo <- local({ cache <- c(); function(n) { key <- as.character(n); if (!is.null(cache[key]) && !is.na(cache[key])) return(cache[[key]]); v <- if (n < 2) n else memo(n - 1) + memo(n - 2); cache[key] <<- v; v } })
memo(30)
length(environment(memo)$cache)
make_model <- function() { weights <- 0; list(fit = function(n) { weights <<- weights + n; invisible(weights) }, get = function() weights) }
m1 <- make_model(); m2 <- make_model(); m1$fit(3); m1$fit(4); c(m1$get(), m2$get())
f <- function() { x <- 1; g <- function() { x <<- x + 1; parent.frame() }; identical(g(), environment()) && x == 2 }
f()
outer_fun <- function() { v <- "outer"; inner <- function() eval(quote(v), parent.frame()); inner() }
outer_fun()
local({ a <- 2; b <- a * 3; environmentName(globalenv()) })
e1 <- list2env(list(a = 1, b = "z")); mget(c("a", "b"), envir = e1); rm("a", envir = e1); ls(e1)
ff <- function(n) if (n == 0) "done" else sys.function()(n - 1); ff(3)
as.list(e1); is.null(e1$nothing); identical(e1, e1)
lockBinding("b", e1); tryCatch(e1$b <- 1, error = function(e) cat(conditionMessage(e), "\n"))
vars <- c("u", "v"); for (i in seq_along(vars)) assign(vars[i], i * 10); u + v
within(list(a = 1), { b <- a + 1; rm(a) })
environmentName(parent.env(globalenv())) != ""
delayedAssign("lazy", {cat("evaluated\n"); 42}); lazy + lazy

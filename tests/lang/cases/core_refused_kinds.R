# messages about values of the wrong kind: attributes, storage modes, sets, factors
said <- function(expr) tryCatch(expr, error = function(e) conditionMessage(e))
m <- matrix(1:4, 2)
said(attr(m, 1) <- 2); said(attr(m, NULL) <- 2); said(attr(m, c("a", "b")) <- 2); said(attr(m, "") <- 2)
said(attr(m, 1)); said(attr(m, c("a", "b")))
said(storage.mode(m) <- "factor"); said(storage.mode(m) <- "foo"); said(storage.mode(m) <- 1)
said(union(1, sum)); said(intersect(mean, 1)); said(setdiff(1, globalenv())); said(setequal(1, sum)); said(is.element(sum, 1))
said(sum %in% 1); said(unique(globalenv())); said(duplicated(sum)); said(anyDuplicated(sum)); said(match(1, globalenv()))
bad <- structure(c(1L, 3L), levels = c("a", "b"), class = "factor"); said(print(bad)); said(as.character(bad))
f <- factor("a"); said(levels(f) <- NULL); f
x <- 1.5; said(class(x) <- "factor")

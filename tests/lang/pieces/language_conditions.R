# Modelled on fine_tuning.R and tests/testthat helpers (v2.16.1): failures caught, warnings counted, clean-up done
read_image <- function(path) {
  if (grepl("broken", path)) stop("corrupt image: ", path)
  if (grepl("odd", path)) warning("unusual header")
  nchar(path)
}
all_imgs <- c("cat.1.jpg", "broken.2.jpg", "odd.3.jpg", "dog.4.jpg")
good <- character()
for (im in all_imgs) {
  out <- try(suppressWarnings(read_image(im)), silent = TRUE)
  if (inherits(out, "try-error")) {
    cat("removed image: ", im, "\n", attr(out, "condition")$message, "\n", sep = "")
    next
  }
  good <- c(good, im)
}
good
count <- 0
r <- withCallingHandlers(
  sapply(good, read_image),
  warning = function(w) { count <<- count + 1; message("note: ", conditionMessage(w)); invokeRestart("muffleWarning") })
r; count
f <- function() { on.exit(cat("closing\n")); cat("open\n"); stop("in the middle") }
tryCatch(f(), error = function(e) cat("caught:", conditionMessage(e), "\n"), finally = cat("finally\n"))
retry <- function(fun, times) { for (i in seq_len(times)) { v <- tryCatch(fun(i), error = function(e) NULL); if (!is.null(v)) return(v); cat("attempt", i, "failed\n") }; NA }
retry(function(i) if (i < 3) stop("no") else i * 10, 5)
cond <- simpleCondition("epoch done"); class(cond) <- c("epoch_end", "condition")
withCallingHandlers({ signalCondition(cond); "value" }, epoch_end = function(c) cat("signal:", conditionMessage(c), "\n"))
e <- tryCatch(stopifnot("x must be positive" = -1 > 0), error = identity)
conditionMessage(e); class(e)
tryCatch(match.arg("ad", c("adam", "sgd")), error = function(e) "none")
tryCatch(as.integer("12a"), warning = function(w) conditionMessage(w))
tryCatch(log(-1), warning = function(w) class(w))
geterrmessage() |> nchar() > 0
inherits(try(stop("x"), silent = TRUE), "try-error")
tryCatch({ warning("first"); cat("not here") }, warning = function(w) print(w), error = function(e) print(e))

# Modelled on vignettes/new-guides/python_subclasses.Rmd and R6 generators in tests (v2.16.1): a data set that yields batches
library(R6)
Dataset <- R6Class("Dataset",
  public = list(
    initialize = function(x, y, batch_size = 2L) {
      stopifnot(nrow(x) == length(y))
      private$x <- x; private$y <- y
      private$batch_size <- as.integer(batch_size)
    },
    reset = function() { private$at <- 0L; invisible(self) },
    next_batch = function() {
      if (private$at >= length(private$y)) return(NULL)
      rows <- seq(private$at + 1L, min(private$at + private$batch_size, length(private$y)))
      private$at <- max(rows)
      list(x = private$x[rows, , drop = FALSE], y = private$y[rows])
    },
    map = function(f) { private$x <- f(private$x); invisible(self) }
  ),
  active = list(size = function() length(private$y)),
  private = list(x = NULL, y = NULL, batch_size = NULL, at = 0L)
)
ds <- Dataset$new(matrix(1:10, 5), letters[1:5])
ds$size
while (!is.null(batch <- ds$next_batch())) {
  cat(dim(batch$x), ":", batch$y, "\n")
}
ds$reset()$map(function(x) x / 10)$next_batch()
res <- tryCatch(Dataset$new(matrix(1:4, 2), 1:3), error = function(e) conditionMessage(e))
res
Counter <- R6Class("Counter", public = list(n = 0, add = function(by = 1) { self$n <- self$n + by; invisible(self) }))
c1 <- Counter$new(); c2 <- c1
c1$add()$add(5)
c2$n
names(Counter$public_methods)
"add" %in% ls(c1)
is.environment(ds)

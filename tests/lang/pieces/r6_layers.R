# Modelled on vignettes/custom_layers.Rmd and guide_keras.Rmd (v2.16.1): R6 layers that inherit, with active and private parts
library(R6)
Base <- R6Class("Base", public = list(
  name = NULL,
  initialize = function(name = "layer") self$name <- name,
  call = function(x, mask = NULL) stop("not implemented"),
  print = function(...) { cat("<", class(self)[1], " ", self$name, ">\n", sep = ""); invisible(self) }
))
CustomLayer <- R6Class("CustomLayer", inherit = Base,
  public = list(
    output_dim = NULL,
    kernel = NULL,
    initialize = function(output_dim, ...) {
      super$initialize(...)
      self$output_dim <- output_dim
    },
    build = function(input_shape) {
      self$kernel <- matrix(seq_len(input_shape[[2]] * self$output_dim), input_shape[[2]])
      private$built <- TRUE
      invisible(self)
    },
    call = function(x, mask = NULL) x %*% self$kernel,
    units = function() self$output_dim
  ),
  active = list(
    params = function(value) {
      if (missing(value)) length(self$kernel) else stop("params is read-only", call. = FALSE)
    },
    is_built = function() private$built
  ),
  private = list(built = FALSE)
)
l <- CustomLayer$new(2, name = "dense_1")
l
l$build(list(NULL, 3))$call(diag(3)[1:2, ])
l$params
tryCatch(l$params <- 3, error = function(e) cat("Error:", conditionMessage(e), "\n"))
copy <- l$clone(); copy$name <- "copy"; c(l$name, copy$name)
inherits(l, "Base")
tryCatch(Base$new()$call(1), error = function(e) print(e))

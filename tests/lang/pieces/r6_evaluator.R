# Modelled on vignettes/examples/neural_style_transfer.R (v2.16.1): an R6 object that keeps loss and gradient
library(R6)
eval_loss_and_grads <- function(x) list(loss_value = sum((x - c(1, 2))^2), grad_values = 2 * (x - c(1, 2)))
Evaluator <- R6Class(
  "Evaluator",
  public = list(
    loss_value = NULL,
    grad_values = NULL,
    initialize = function() {
      self$loss_value <- NULL
      self$grad_values <- NULL
    },
    loss = function(x){
      loss_and_grad <- eval_loss_and_grads(x)
      self$loss_value <- loss_and_grad$loss_value
      self$grad_values <- loss_and_grad$grad_values
      self$loss_value
    },
    grads = function(x){
      grad_values <- self$grad_values
      self$loss_value <- NULL
      self$grad_values <- NULL
      grad_values
    }
  )
)
evaluator <- Evaluator$new()
evaluator$loss(c(0, 0))
evaluator$grads(c(0, 0))
is.null(evaluator$loss_value)
x <- c(5, -3)
for(i in 1:4){
  value <- evaluator$loss(x)
  x <- x - 0.25 * evaluator$grads(x)
  cat(i, format(value, digits = 4), "\n")
}
opt <- optim(c(0, 0), fn = evaluator$loss, gr = function(x) 2 * (x - c(1, 2)), method = "BFGS", control = list(maxit = 15))
round(opt$par, 4); opt$convergence
class(evaluator)

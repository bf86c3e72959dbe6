# Nonlinear least squares by Gauss and Newton's method: nls.

nls.control <- function(maxiter = 50, tol = 1e-05, minFactor = 1 / 1024, printEval = FALSE, warnOnly = FALSE,
                        scaleOffset = 0, nDcentral = FALSE) {
  mget(names(formals(nls.control)))
}

nls <- function(formula, data = parent.frame(), start, control = nls.control(), algorithm = "default", trace = FALSE, ...) {
  if (algorithm != "default") stop("nls() is available by its default algorithm only")
  control <- modifyList(nls.control(), as.list(control))
  if (missing(start)) stop("parameters without starting value in 'data': give 'start'")
  env <- new.env(parent = environment(formula))
  for (name in names(data)) assign(name, data[[name]], envir = env)
  lengths <- lengths(start)
  names <- if (all(lengths == 1L)) names(start) else rep(names(start), lengths)
  set <- function(values) {
    parts <- split(values, rep(factor(names(start), names(start)), lengths))
    for (name in names(start)) assign(name, unname(parts[[name]]), envir = env)
  }
  predicted <- function() as.numeric(eval(formula[[3L]], env))
  y <- as.numeric(eval(formula[[2L]], env))
  values <- unlist(start, use.names = FALSE)
  slopes <- function(values, base) vapply(seq_along(values), function(i) {
    step <- if (values[i] == 0) sqrt(.Machine$double.eps) else sqrt(.Machine$double.eps) * abs(values[i])
    moved <- values
    moved[i] <- moved[i] + step
    set(moved)
    (predicted() - base) / step
  }, y)
  set(values)
  fit <- predicted()
  residual <- y - fit
  deviance <- sum(residual^2)
  factor <- 1
  converged <- FALSE
  for (iteration in 0:control$maxiter) {
    gradient <- slopes(values, fit)
    set(values)
    q <- qr(gradient)
    if (q$rank < length(values)) stop("singular gradient", if (iteration == 0L) " matrix at initial parameter estimates")
    across <- qr.qty(q, residual)
    inside <- seq_along(values)
    measure <- sqrt(sum(across[inside]^2) / sum(across[-inside]^2))
    if (measure <= control$tol) {
      converged <- TRUE
      break
    }
    if (iteration == control$maxiter) stop(gettextf("number of iterations exceeded maximum of %d", control$maxiter))
    direction <- qr.coef(q, residual)
    repeat {
      if (factor < control$minFactor) stop(gettextf("step factor %g reduced below 'minFactor' of %g", factor, control$minFactor))
      set(values + factor * direction)
      tried <- predicted()
      if (any(!is.finite(tried))) stop("missing value or an infinity produced when evaluating the model")
      if (sum((y - tried)^2) <= deviance) break
      factor <- factor / 2
    }
    values <- values + factor * direction
    factor <- min(2 * factor, 1)
    fit <- tried
    residual <- y - fit
    deviance <- sum(residual^2)
  }
  structure(list(coefficients = setNames(values, names), residuals = residual, fitted.values = fit, formula = formula,
                 data = substitute(data), convInfo = list(isConv = converged, finIter = iteration, finTol = measure),
                 df.residual = length(y) - length(values), r = qr.R(q), env = env, call = match.call()), class = "nls")
}

coef.nls <- function(object, ...) object$coefficients

fitted.nls <- function(object, ...) structure(object$fitted.values, label = "Fitted values")

residuals.nls <- function(object, ...) structure(object$residuals, label = "Residuals")

deviance.nls <- function(object, ...) sum(object$residuals^2)

df.residual.nls <- function(object, ...) object$df.residual

formula.nls <- function(x, ...) x$formula

vcov.nls <- function(object, ...) {
  v <- chol2inv(object$r) * deviance(object) / object$df.residual
  dimnames(v) <- list(names(object$coefficients), names(object$coefficients))
  v
}

predict.nls <- function(object, newdata, ...) {
  if (missing(newdata)) return(as.vector(object$fitted.values))
  eval(object$formula[[3L]], as.list(newdata), list2env(as.list(object$coefficients), parent = object$env))
}

.ended <- function(x, digits) {
  rows <- c("Number of iterations to convergence" = x$finIter, "Achieved convergence tolerance" = x$finTol)
  c("", paste0(names(rows), ": ", vapply(rows, format, "", digits = digits), c(" ", "")))
}

print.nls <- function(x, digits = max(3L, getOption("digits") - 3L), ...) {
  squares <- format(sum(x$residuals^2), digits = digits)
  writeLines(c("Nonlinear regression model", sprintf("%7s: %s", c("model", "data"), c(deparse1(x$formula), deparse1(x$data)))))
  print(x$coefficients, digits = digits, ...)
  writeLines(c(paste(" residual sum-of-squares:", squares), .ended(x$convInfo, digits)))
  invisible(x)
}

summary.nls <- function(object, ...) {
  error <- sqrt(diag(vcov(object)))
  value <- object$coefficients
  t <- value / error
  table <- cbind(Estimate = value, "Std. Error" = error, "t value" = t, "Pr(>|t|)" = 2 * pt(abs(t), object$df.residual, lower.tail = FALSE))
  structure(list(formula = object$formula, residuals = object$residuals, sigma = sqrt(deviance(object) / object$df.residual),
                 df = c(length(value), object$df.residual), coefficients = table, convInfo = object$convInfo), class = "summary.nls")
}

print.summary.nls <- function(x, digits = max(3L, getOption("digits") - 3L), ...) {
  writeLines(c("", paste("Formula:", deparse1(x$formula)), "", "Parameters:"))
  printCoefmat(x$coefficients, digits = digits, ...)
  left <- sprintf("Residual standard error: %s on %d degrees of freedom", format(signif(x$sigma, digits)), x$df[2L])
  writeLines(c("", left, .ended(x$convInfo, digits), ""))
  invisible(x)
}

# Derivatives of expressions: D.

.is_number <- function(e, value) is.numeric(e) && length(e) == 1L && e == value

.is_negated <- function(e) is.call(e) && identical(e[[1L]], quote(`-`)) && length(e) == 2L

.plus <- function(a, b) {
  if (.is_number(a, 0)) b
  else if (.is_number(b, 0)) a
  else if (.is_negated(a)) .minus(b, a[[2L]])
  else if (.is_negated(b)) .minus(a, b[[2L]])
  else call("+", a, b)
}

.negative <- function(a) {
  if (.is_number(a, 0)) 0
  else if (.is_negated(a)) a[[2L]]
  else call("-", a)
}

.minus <- function(a, b) {
  if (.is_number(b, 0)) a
  else if (.is_number(a, 0)) .negative(b)
  else if (.is_negated(a)) .negative(.plus(a[[2L]], b))
  else if (.is_negated(b)) call("+", a, b[[2L]])
  else call("-", a, b)
}

.times <- function(a, b) {
  if (.is_number(a, 0) || .is_number(b, 0)) 0
  else if (.is_number(a, 1)) b
  else if (.is_number(b, 1)) a
  else if (.is_negated(a)) .negative(.times(a[[2L]], b))
  else if (.is_negated(b)) .negative(.times(a, b[[2L]]))
  else call("*", a, b)
}

.over <- function(a, b) {
  if (.is_number(a, 0)) 0
  else if (.is_number(b, 0)) NA_real_
  else if (.is_number(b, 1)) a
  else if (.is_negated(a)) .negative(.over(a[[2L]], b))
  else if (.is_negated(b)) .negative(.over(a, b[[2L]]))
  else call("/", a, b)
}

.power <- function(a, b) {
  if (.is_number(b, 1)) a
  else if (.is_number(b, 0)) 1
  else if (.is_number(a, 0)) 0
  else call("^", a, b)
}

D <- function(expr, name) {
  if (is.expression(expr)) expr <- expr[[1L]]
  if (!is.character(name) || length(name) < 1L) stop("variable must be a character string")
  .derivative(expr, name)
}

.derivative <- function(e, name) {
  if (is.numeric(e) || is.logical(e) || is.complex(e)) return(0)
  if (is.symbol(e)) return(if (identical(as.character(e), name)) 1 else 0)
  f <- as.character(e[[1L]])
  a <- e[[2L]]
  da <- .derivative(a, name)
  if (length(e) == 3L) {
    b <- e[[3L]]
    db <- .derivative(b, name)
  }
  switch(f,
    "(" = da,
    "+" = if (length(e) == 2L) da else .plus(da, db),
    "-" = if (length(e) == 2L) .negative(da) else .minus(da, db),
    "*" = .plus(.times(da, b), .times(a, db)),
    "/" = .minus(.over(da, b), .over(.times(a, db), .power(b, 2))),
    "^" = if (is.numeric(b)) .times(b, .times(da, .power(a, b - 1)))
          else .plus(.times(.power(a, .minus(b, 1)), .times(b, da)), .times(.power(a, b), .times(call("log", a), db))),
    exp = .times(e, da),
    log = if (length(e) == 2L) .over(da, a) else .over(da, .times(a, call("log", b))),
    cos = .negative(.times(call("sin", a), da)),
    sin = .times(call("cos", a), da),
    tan = .over(da, .power(call("cos", a), 2)),
    cosh = .times(call("sinh", a), da),
    sinh = .times(call("cosh", a), da),
    sqrt = .derivative(call("^", a, 0.5), name),
    pnorm = .times(call("dnorm", a), da),
    dnorm = .negative(.times(a, .times(call("dnorm", a), da))),
    asin = .over(da, call("sqrt", .minus(1, .power(a, 2)))),
    acos = .negative(.over(da, call("sqrt", .minus(1, .power(a, 2))))),
    atan = .over(da, .plus(1, .power(a, 2))),
    lgamma = .times(da, call("digamma", a)),
    gamma = .times(da, .times(e, call("digamma", a))),
    digamma = .times(da, call("trigamma", a)),
    log1p = .over(da, .plus(1, a)),
    expm1 = .times(call("exp", a), da),
    log2 = .over(da, .times(a, quote(log(2)))),
    log10 = .over(da, .times(a, quote(log(10)))),
    stop(gettextf("Function '%s' is not in the derivatives table", f)))
}

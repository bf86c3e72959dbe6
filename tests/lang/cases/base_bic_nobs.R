# BIC counts the observations of a model that has nobs()
nobs.mm <- function(object, ...) 3L
logLik.mm <- function(object, ...) structure(-1.5, df = 2, class = "logLik")
m <- structure(list(), class = "mm")
AIC(m); BIC(m); AIC(m, k = 3)
tryCatch(BIC(logLik(m)), error = function(e) cat(conditionMessage(e), "\n"))
AIC(logLik(m))
BIC(structure(-1.5, df = 2, nobs = 10, class = "logLik"))

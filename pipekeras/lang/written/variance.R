# Analysis of variance: anova of lm and glm, aov, and the tables they print.

.tidied <- function(values, places, digits) {
  # numbers small against the others of their column count as 0
  for (place in places) values[, place] <- zapsmall(values[, place], digits)
  values
}

.estimates_as_text <- function(part, digits) {
  # one form for all, with the decimals that the smallest needs
  sizes <- abs(part[is.finite(part) & part != 0])
  if (length(sizes)) part <- round(part, max(1L, digits - 1 - floor(log10(min(sizes)))))
  format(part, digits = digits)
}

.stars <- function(chances) {
  marks <- c("***", "**", "*", ".", " ")
  out <- marks[1L + findInterval(chances, c(0.001, 0.01, 0.05, 0.1), left.open = TRUE)]
  out[is.na(out)] <- ""
  format(out)
}

printCoefmat <- function(x, digits = max(3L, getOption("digits") - 2L), signif.stars = getOption("show.signif.stars", TRUE),
                         signif.legend = signif.stars, dig.tst = max(1L, min(5L, digits - 1L)), cs.ind = 1:k,
                         tst.ind = k + 1, zap.ind = integer(), P.values = NULL,
                         has.Pvalue = nc >= 4L && length(cn <- colnames(x)) && any(substr(cn[nc], 1L, 3L) == c("Pr(", "p-v")),
                         eps.Pvalue = .Machine$double.eps, na.print = "NA", quote = FALSE, right = TRUE, ...) {
  nc <- ncol(x)
  if (is.null(P.values)) P.values <- has.Pvalue && getOption("show.coef.Pvalues", TRUE)
  k <- nc - has.Pvalue - (if (missing(tst.ind)) 1 else length(tst.ind))
  values <- .tidied(data.matrix(x), zap.ind, digits)
  kinds <- rep("number", nc)
  kinds[tst.ind] <- "test"
  kinds[cs.ind] <- "estimate"
  if (has.Pvalue) kinds[nc] <- "chance"
  cells <- array("", dim(values), dimnames(values))
  estimates <- kinds == "estimate"
  if (any(estimates)) cells[, estimates] <- .estimates_as_text(values[, estimates], digits)
  for (place in which(kinds == "number")) cells[, place] <- format(values[, place], digits = digits)
  vanished <- kinds[col(values)] %in% c("number", "estimate") & !is.na(values) & values != 0
  vanished[vanished] <- as.numeric(cells[vanished]) == 0
  if (any(vanished)) cells[vanished] <- format(values[vanished], digits = max(1L, digits - 1L))
  tests <- kinds == "test"
  if (any(tests)) cells[, tests] <- format(round(values[, tests], dig.tst), digits = digits)
  chances <- if (P.values) values[, nc] else NA
  some <- !is.na(chances)
  if (any(some)) cells[some, nc] <- format.pval(chances[some], digits = dig.tst, eps = eps.Pvalue)
  cells[is.na(values)] <- na.print
  starred <- signif.stars && any(chances[some] < 0.1)
  print(if (starred) cbind(cells, .stars(chances)) else cells, quote = quote, right = right, na.print = na.print, ...)
  if (starred && signif.legend) writeLines(c("---", "Signif. codes:  0 ‘***’ 0.001 ‘**’ 0.01 ‘*’ 0.05 ‘.’ 0.1 ‘ ’ 1"))
  invisible(x)
}

anova <- function(object, ...) UseMethod("anova")

.anova_table <- function(table, heading) structure(table, heading = heading, class = c("anova", "data.frame"))

.column_kinds <- function(titles) {
  # how each column of a table of variances is written
  kinds <- ifelse(grepl("^. value|^(F|Cp|Chisq)$", titles), "test", ifelse(endsWith(titles, "Df"), "count", "size"))
  if (startsWith(titles[length(titles)], "Pr(")) kinds[length(kinds)] <- "chance"
  kinds
}

print.anova <- function(x, digits = max(getOption("digits") - 2L, 3L),
                        signif.stars = getOption("show.signif.stars", TRUE), ...) {
  title <- attr(x, "heading")
  if (length(title)) writeLines(title)
  kinds <- .column_kinds(names(x))
  chances <- any(kinds == "chance")
  printCoefmat(x, digits, signif.stars, cs.ind = NULL, tst.ind = which(kinds == "test"), zap.ind = which(kinds == "size"),
               P.values = chances, has.Pvalue = chances, na.print = "", ...)
  invisible(x)
}

.sums_by_term <- function(object) {
  rank <- object$rank
  weights <- object$weights
  left <- sum(if (is.null(weights)) object$residuals^2 else weights * object$residuals^2)
  terms <- object$assign[object$qr$pivot][seq_len(rank)]
  labels <- c("(Intercept)", attr(object$terms, "term.labels"))[1L + unique(terms)]
  sums <- vapply(split(object$effects[seq_len(rank)]^2, terms), sum, 0)
  list(labels = c(labels, "Residuals"), df = c(lengths(split(terms, terms)), object$df.residual), ss = c(sums, left))
}

anova.lm <- function(object, ..., test = "F", scale = 0) {
  if (...length()) return(.anova_of_models(list(object, ...), test, scale))
  found <- .sums_by_term(object)
  left <- length(found$df)
  mean_squares <- found$ss / found$df
  against <- mean_squares[-left] / mean_squares[left]
  chances <- pf(against, found$df[-left], found$df[left], lower.tail = FALSE)
  table <- data.frame(Df = found$df, "Sum Sq" = found$ss, "Mean Sq" = mean_squares, "F value" = c(against, NA),
                      "Pr(>F)" = c(chances, NA), row.names = found$labels, check.names = FALSE)
  if (attr(object$terms, "intercept")) table <- table[found$labels != "(Intercept)", ]
  response <- deparse(formula(object)[[2L]])
  .anova_table(table, c("Analysis of Variance Table\n", paste("Response:", response)))
}

.model_lines <- function(models) {
  formulas <- vapply(models, function(m) paste(deparse(formula(m)), collapse = "\n"), "")
  paste0("Model ", format(seq_along(models)), ": ", formulas, collapse = "\n")
}

.anova_of_models <- function(models, test, scale) {
  df <- vapply(models, df.residual, 0)
  rss <- vapply(models, deviance, 0)
  steps <- c(NA, -diff(df))
  gain <- c(NA, -diff(rss))
  table <- data.frame(df, rss, steps, gain)
  dimnames(table) <- list(seq_along(models), c("Res.Df", "RSS", "Df", "Sum of Sq"))
  if (!is.null(test) && test == "F") {
    big <- order(df)[1L]
    unit <- if (scale > 0) scale else rss[big] / df[big]
    ratio <- gain / steps / unit
    ratio[!is.na(steps) & steps == 0] <- NA
    table$F <- ratio
    table[["Pr(>F)"]] <- pf(ratio, abs(steps), if (scale > 0) Inf else df[big], lower.tail = FALSE)
  }
  .anova_table(table, c("Analysis of Variance Table\n", .model_lines(models)))
}

.deviance_test <- function(table, test, dispersion, df) {
  if (is.null(test)) return(table)
  steps <- table$Df
  steps[!is.na(steps) & steps == 0] <- NA
  if (test %in% c("Chisq", "LRT")) {
    table[["Pr(>Chi)"]] <- pchisq(table$Deviance / dispersion, abs(steps), lower.tail = FALSE)
  } else if (test == "F") {
    table$F <- table$Deviance / abs(steps) / dispersion
    table[["Pr(>F)"]] <- pf(table$F, abs(steps), df, lower.tail = FALSE)
  }
  table
}

anova.glm <- function(object, ..., dispersion = NULL, test = NULL) {
  if (!is.null(test)) test <- match.arg(test, c("Rao", "LRT", "Chisq", "F", "Cp"))
  if (is.null(dispersion)) dispersion <- summary(object)$dispersion
  models <- list(object, ...)
  if (length(models) > 1L) {
    df <- vapply(models, function(m) m$df.residual, 0)
    left <- vapply(models, function(m) m$deviance, 0)
    table <- data.frame(df, left, c(NA, -diff(df)), c(NA, -diff(left)))
    dimnames(table) <- list(seq_along(models), c("Resid. Df", "Resid. Dev", "Df", "Deviance"))
    big <- models[[order(df)[1L]]]
    table <- .deviance_test(table, test, summary(big)$dispersion, min(df))
    return(.anova_table(table, c("Analysis of Deviance Table\n", .model_lines(models))))
  }
  labels <- attr(object$terms, "term.labels")
  fits <- lapply(seq_len(max(0L, length(labels) - 1L)), function(k) {
    call <- object$call
    call$formula <- reformulate(labels[seq_len(k)], formula(object)[[2L]], attr(object$terms, "intercept") == 1L)
    eval(call, environment(formula(object)))
  })
  df <- c(object$df.null, vapply(fits, function(f) f$df.residual, 0), if (length(labels)) object$df.residual)
  left <- c(object$null.deviance, vapply(fits, function(f) f$deviance, 0), if (length(labels)) object$deviance)
  table <- data.frame(c(NA, -diff(df)), c(NA, pmax(0, -diff(left))), df, left)
  dimnames(table) <- list(c("NULL", labels), c("Df", "Deviance", "Resid. Df", "Resid. Dev"))
  table <- .deviance_test(table, test, dispersion, object$df.residual)
  title <- paste0("Analysis of Deviance Table", "\n\nModel: ", object$family$family, ", link: ", object$family$link,
                  "\n\nResponse: ", deparse(formula(object)[[2L]]), "\n\nTerms added sequentially (first to last)\n\n")
  .anova_table(table, title)
}

aov <- function(formula, data = NULL, ...) {
  call <- match.call()
  fit <- eval(as.call(c(list(as.name("lm"), formula), if (!missing(data)) list(data = substitute(data)))), parent.frame())
  fit$call <- call
  class(fit) <- c("aov", "lm")
  fit
}

print.aov <- function(x, ...) {
  cat("Call:\n   ")
  cat(deparse(x$call), sep = "\n")
  found <- .sums_by_term(x)
  if (attr(x$terms, "intercept")) found <- lapply(found, function(part) part[-1L])
  cat("\nTerms:\n")
  shown <- format(rbind(found$ss, found$df))
  dimnames(shown) <- list(c("Sum of Squares", "Deg. of Freedom"), found$labels)
  table <- rbind(format(found$ss), format(found$df))
  dimnames(table) <- dimnames(shown)
  print(table, quote = FALSE, right = TRUE)
  cat("\nResidual standard error:", sapply(sqrt(x$df.residual^-1 * found$ss[length(found$ss)]), format))
  if (any(is.na(x$coefficients))) cat("\n", sum(is.na(x$coefficients)), " out of ", length(x$coefficients), " effects not estimable", sep = "")
  cat("\nEstimated effects", if (length(attr(x$terms, "term.labels")) > 0L && any(attr(x$terms, "dataClasses") == "factor")) "may be unbalanced" else "are balanced")
  cat("\n")
  invisible(x)
}

summary.aov <- function(object, ...) {
  table <- unclass(anova.lm(object))
  attr(table, "heading") <- NULL
  labels <- attr(table, "row.names")
  row.names <- format(c(labels, if (attr(object$terms, "intercept")) "(Intercept)"))[seq_along(labels)]
  table <- structure(table, row.names = row.names, class = c("anova", "data.frame"))
  structure(list(table), class = c("summary.aov", "listof"))
}

print.summary.aov <- function(x, digits = max(3L, getOption("digits") - 3L), ...) {
  for (table in x) print(table, digits = digits, ...)
  invisible(x)
}

family <- function(object, ...) UseMethod("family")
family.glm <- function(object, ...) object$family
family.lm <- function(object, ...) gaussian()

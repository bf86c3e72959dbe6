# yardstick: how well predictions agree with the truth, as rows of a tibble.

# --- what all metrics share

.tibble <- function(metric, estimator, estimate) {
  tibble::tibble(.metric = metric, .estimator = estimator, .estimate = estimate)
}

.by_group <- function(data, work) {
  if (!inherits(data, "grouped_df")) return(work(data))
  keys <- dplyr::group_keys(data)
  rows <- attr(data, "groups")$.rows
  plain <- dplyr::ungroup(data)
  parts <- lapply(seq_along(rows), function(i) dplyr::bind_cols(keys[i, ], work(plain[rows[[i]], ])))
  dplyr::bind_rows(parts)
}

.column <- function(data, node, env) {
  if (is.character(node)) return(data[[node]])
  eval(node, as.list(data), env)
}

.check <- function(value, what, wanted) {
  fits <- if (wanted == "factor") is.factor(value) else is.numeric(value)
  if (!fits) {
    stop("`", what, "` should be a ", wanted, " but a ", class(value)[1L], " was supplied.", call. = FALSE)
  }
}

.complete <- function(truth, estimate, na_rm) {
  kept <- stats::complete.cases(truth, estimate)
  if (na_rm && !all(kept)) {
    truth <- truth[kept]
    estimate <- if (is.matrix(estimate)) estimate[kept, , drop = FALSE] else estimate[kept]
  }
  list(truth = truth, estimate = estimate, missing = !na_rm && !all(kept))
}

yardstick_event_level <- function() "first"

# --- metrics of numbers

.numeric_metric <- function(name, work) {
  vec <- function(truth, estimate, na_rm = TRUE, case_weights = NULL, ...) {
    .check(truth, "truth", "numeric")
    .check(estimate, "estimate", "numeric")
    if (length(truth) != length(estimate)) {
      stop("Length of `truth` (", length(truth), ") and `estimate` (", length(estimate), ") must match.", call. = FALSE)
    }
    kept <- .complete(truth, estimate, na_rm)
    if (kept$missing) return(NA_real_)
    work(kept$truth, kept$estimate, ...)
  }
  metric <- function(data, ...) UseMethod(name)
  of_frame <- function(data, truth, estimate, na_rm = TRUE, case_weights = NULL, ...) {
    nodes <- list(substitute(truth), substitute(estimate))
    env <- parent.frame()
    extra <- list(...)
    .by_group(data, function(part) {
      given <- list(.column(part, nodes[[1L]], env), .column(part, nodes[[2L]], env), na_rm = na_rm)
      .tibble(name, "standard", do.call(vec, c(given, extra)))
    })
  }
  body(metric)[[2L]] <- name
  .declare(name, metric, vec, of_frame, "numeric_metric")
}

.declare <- function(name, metric, vec, of_frame, kind) {
  class(metric) <- c(kind, "metric", "function")
  attr(metric, "direction") <- if (name %in% .minimized) "minimize" else if (name %in% .neutral) "zero" else "maximize"
  home <- environment(.declare)
  assign(name, metric, home)
  assign(paste0(name, "_vec"), vec, home)
  registerS3method(name, "data.frame", of_frame)
}

.minimized <- c("rmse", "mae", "mape", "mase", "smape", "huber_loss", "mn_log_loss")
.neutral <- c("mpe", "msd")

.numeric_metric("rmse", function(truth, estimate) sqrt(mean((truth - estimate)^2)))
.numeric_metric("mae", function(truth, estimate) mean(abs(truth - estimate)))
.numeric_metric("mape", function(truth, estimate) mean(abs((truth - estimate) / truth)) * 100)
.numeric_metric("mpe", function(truth, estimate) mean((truth - estimate) / truth) * 100)
.numeric_metric("msd", function(truth, estimate) mean(truth - estimate))
.numeric_metric("smape", function(truth, estimate) {
  mean(abs(estimate - truth) / ((abs(truth) + abs(estimate)) / 2)) * 100
})
.numeric_metric("rsq", function(truth, estimate) stats::cor(truth, estimate)^2)
.numeric_metric("rsq_trad", function(truth, estimate) {
  1 - sum((truth - estimate)^2) / sum((truth - mean(truth))^2)
})
.numeric_metric("mase", function(truth, estimate, m = 1L) {
  mean(abs(truth - estimate)) / mean(abs(diff(truth, lag = m)))
})
.numeric_metric("rpd", function(truth, estimate) stats::sd(truth) / sqrt(mean((truth - estimate)^2)))
.numeric_metric("huber_loss", function(truth, estimate, delta = 1) {
  error <- abs(truth - estimate)
  mean(ifelse(error <= delta, 0.5 * error^2, delta * (error - 0.5 * delta)))
})
.numeric_metric("ccc", function(truth, estimate, bias = FALSE) {
  n <- length(truth)
  scale <- if (bias) (n - 1) / n else 1
  2 * stats::cov(truth, estimate) * scale /
    (stats::var(truth) * scale + stats::var(estimate) * scale + (mean(truth) - mean(estimate))^2)
})

# --- confusion matrices

conf_mat <- function(data, ...) UseMethod("conf_mat")

conf_mat.data.frame <- function(data, truth, estimate, dnn = c("Prediction", "Truth"), case_weights = NULL, ...) {
  nodes <- list(substitute(truth), substitute(estimate))
  env <- parent.frame()
  made <- function(part) {
    truth <- .column(part, nodes[[1L]], env)
    estimate <- .column(part, nodes[[2L]], env)
    .check(truth, "truth", "factor")
    .check(estimate, "estimate", "factor")
    if (!identical(levels(truth), levels(estimate))) {
      stop("`truth` and `estimate` levels must be equivalent.\n`truth`: ", paste(levels(truth), collapse = ", "),
           "\n`estimate`: ", paste(levels(estimate), collapse = ", "), "\n", call. = FALSE)
    }
    counts <- table(estimate, truth, dnn = dnn)
    storage.mode(counts) <- "double"
    .conf_mat(counts)
  }
  if (!inherits(data, "grouped_df")) return(made(data))
  out <- dplyr::group_keys(data)
  out$conf_mat <- lapply(attr(data, "groups")$.rows, function(rows) made(dplyr::ungroup(data)[rows, ]))
  out
}

conf_mat.table <- function(data, ...) {
  if (length(dim(data)) != 2L || nrow(data) != ncol(data)) stop("`data` must have equal dimensions", call. = FALSE)
  .conf_mat(data)
}

conf_mat.matrix <- function(data, ...) conf_mat.table(as.table(data))

.conf_mat <- function(counts) structure(list(table = counts), class = "conf_mat")

print.conf_mat <- function(x, ...) {
  print(x$table)
  invisible(x)
}

tidy.conf_mat <- function(x, ...) {
  cells <- expand.grid(seq_len(nrow(x$table)), seq_len(ncol(x$table)))
  tibble::tibble(name = paste("cell", cells[[1L]], cells[[2L]], sep = "_"), value = as.vector(x$table))
}

tidy <- function(x, ...) UseMethod("tidy")

summary.conf_mat <- function(object, prevalence = NULL, beta = 1, estimator = NULL,
                             event_level = yardstick_event_level(), ...) {
  counts <- object$table
  rows <- lapply(.of_summary, function(name) {
    extra <- if (name == "f_meas") list(beta = beta) else list()
    found <- do.call(.class_estimate, c(list(name, counts, estimator, event_level), extra))
    .tibble(name, found$estimator, found$estimate)
  })
  dplyr::bind_rows(rows)
}

.of_summary <- c(
  "accuracy", "kap", "sens", "spec", "ppv", "npv", "mcc", "j_index", "bal_accuracy", "detection_prevalence",
  "precision", "recall", "f_meas"
)

for (.each in c("data.frame", "table", "matrix")) {
  registerS3method("conf_mat", .each, get(paste0("conf_mat.", .each)))
}
registerS3method("print", "conf_mat", print.conf_mat)
registerS3method("summary", "conf_mat", summary.conf_mat)
registerS3method("tidy", "conf_mat", tidy.conf_mat)

# --- metrics of classes: `tp`, `fp`, `fn`, `tn` are the counts of one class against all others

.ratio <- function(a, b) ifelse(b == 0, NA_real_, a / b)

.sens <- function(tp, fp, fn, tn) .ratio(tp, tp + fn)
.spec <- function(tp, fp, fn, tn) .ratio(tn, tn + fp)
.precision <- function(tp, fp, fn, tn) .ratio(tp, tp + fp)

.one_against_all <- list(
  sens = .sens,
  sensitivity = .sens,
  recall = .sens,
  spec = .spec,
  specificity = .spec,
  precision = .precision,
  ppv = function(tp, fp, fn, tn, prevalence = NULL) {
    if (is.null(prevalence)) prevalence <- (tp + fn) / (tp + fp + fn + tn)
    hit <- .sens(tp, fp, fn, tn) * prevalence
    hit / (hit + (1 - .spec(tp, fp, fn, tn)) * (1 - prevalence))
  },
  npv = function(tp, fp, fn, tn, prevalence = NULL) {
    if (is.null(prevalence)) prevalence <- (tp + fn) / (tp + fp + fn + tn)
    hit <- .spec(tp, fp, fn, tn) * (1 - prevalence)
    hit / ((1 - .sens(tp, fp, fn, tn)) * prevalence + hit)
  },
  j_index = function(tp, fp, fn, tn) .sens(tp, fp, fn, tn) + .spec(tp, fp, fn, tn) - 1,
  bal_accuracy = function(tp, fp, fn, tn) (.sens(tp, fp, fn, tn) + .spec(tp, fp, fn, tn)) / 2,
  detection_prevalence = function(tp, fp, fn, tn) (tp + fp) / (tp + fp + fn + tn),
  f_meas = function(tp, fp, fn, tn, beta = 1) {
    p <- .precision(tp, fp, fn, tn)
    r <- .sens(tp, fp, fn, tn)
    (1 + beta^2) * p * r / (beta^2 * p + r)
  }
)

.of_all_classes <- list(
  accuracy = function(counts) sum(diag(counts)) / sum(counts),
  kap = function(counts, weighting = "none") {
    n <- nrow(counts)
    weights <- switch(weighting,
      none = 1 - diag(n),
      linear = abs(outer(seq_len(n), seq_len(n), "-")),
      quadratic = outer(seq_len(n), seq_len(n), "-")^2
    )
    expected <- outer(rowSums(counts), colSums(counts)) / sum(counts)
    1 - sum(weights * counts) / sum(weights * expected)
  },
  mcc = function(counts) {
    n <- sum(counts)
    predicted <- rowSums(counts)
    actual <- colSums(counts)
    above <- sum(diag(counts)) * n - sum(predicted * actual)
    above / (sqrt(n^2 - sum(predicted^2)) * sqrt(n^2 - sum(actual^2)))
  }
)

.class_estimate <- function(name, counts, estimator = NULL, event_level = "first", ...) {
  counts <- unclass(counts)
  several <- nrow(counts) > 2L
  if (name %in% names(.of_all_classes)) {
    estimate <- .of_all_classes[[name]](counts, ...)
    return(list(estimator = if (several) "multiclass" else "binary", estimate = unname(estimate)))
  }
  work <- .one_against_all[[name]]
  if (is.null(estimator)) estimator <- if (several) "macro" else "binary"
  tp <- diag(counts)
  fp <- rowSums(counts) - tp
  fn <- colSums(counts) - tp
  tn <- sum(counts) - tp - fp - fn
  if (estimator == "binary") {
    if (several) stop("`estimator` is binary, only two class `truth` factors are allowed. A factor with ",
                      nrow(counts), " levels was provided.", call. = FALSE)
    event <- if (event_level == "first") 1L else 2L
    estimate <- work(tp[event], fp[event], fn[event], tn[event], ...)
  } else if (estimator == "micro") {
    estimate <- work(sum(tp), sum(fp), sum(fn), sum(tn), ...)
  } else {
    each <- work(tp, fp, fn, tn, ...)
    weights <- if (estimator == "macro_weighted") colSums(counts) else rep(1, nrow(counts))
    kept <- !is.na(each)
    estimate <- stats::weighted.mean(each[kept], weights[kept])
  }
  list(estimator = estimator, estimate = unname(estimate))
}

.counts <- function(truth, estimate, na_rm) {
  .check(truth, "truth", "factor")
  .check(estimate, "estimate", "factor")
  if (!identical(levels(truth), levels(estimate))) {
    stop("`truth` and `estimate` levels must be equivalent.\n`truth`: ", paste(levels(truth), collapse = ", "),
         "\n`estimate`: ", paste(levels(estimate), collapse = ", "), "\n", call. = FALSE)
  }
  kept <- .complete(truth, estimate, na_rm)
  if (kept$missing) return(NULL)
  table(kept$estimate, kept$truth)
}

.class_metric <- function(name) {
  vec <- function(truth, estimate, estimator = NULL, na_rm = TRUE, case_weights = NULL,
                  event_level = yardstick_event_level(), ...) {
    counts <- .counts(truth, estimate, na_rm)
    if (is.null(counts)) NA_real_ else .class_estimate(name, counts, estimator, event_level, ...)$estimate
  }
  of_frame <- function(data, truth, estimate, estimator = NULL, na_rm = TRUE, case_weights = NULL,
                       event_level = yardstick_event_level(), ...) {
    nodes <- list(substitute(truth), substitute(estimate))
    env <- parent.frame()
    extra <- list(...)
    .by_group(data, function(part) {
      counts <- .counts(.column(part, nodes[[1L]], env), .column(part, nodes[[2L]], env), na_rm)
      found <- do.call(.class_estimate, c(list(name, counts, estimator, event_level), extra))
      .tibble(name, found$estimator, found$estimate)
    })
  }
  metric <- function(data, ...) UseMethod(name)
  body(metric)[[2L]] <- name
  .declare(name, metric, vec, of_frame, "class_metric")
  of_counts <- function(data, estimator = NULL, event_level = yardstick_event_level(), ...) {
    found <- .class_estimate(name, data, estimator, event_level, ...)
    .tibble(name, found$estimator, found$estimate)
  }
  registerS3method(name, "table", of_counts)
  registerS3method(name, "matrix", of_counts)
}

for (.each in c(names(.of_all_classes), names(.one_against_all))) .class_metric(.each)

# --- metrics of probabilities

.probabilities <- function(data, truth, columns) {
  estimate <- as.matrix(as.data.frame(data)[columns])
  wanted <- if (nlevels(truth) == 2L) 1L else nlevels(truth)
  if (ncol(estimate) == 2L && wanted == 1L) estimate <- estimate[, 1L, drop = FALSE]
  if (ncol(estimate) != wanted) {
    stop("The number of levels in `truth` (", nlevels(truth), ") must match the number of columns supplied in `...` (",
         ncol(estimate), ").", call. = FALSE)
  }
  if (wanted == 1L) estimate[, 1L] else estimate
}

.is_event <- function(truth, event_level) as.integer(truth) == if (event_level == "first") 1L else 2L

.auc <- function(event, score) {
  ranks <- rank(score)
  n <- as.numeric(sum(event))
  (sum(ranks[event]) - n * (n + 1) / 2) / (n * as.numeric(sum(!event)))
}

.hand_till <- function(truth, estimate) {
  levels <- levels(truth)
  pairs <- utils::combn(length(levels), 2L)
  each <- apply(pairs, 2L, function(pair) {
    rows <- truth %in% levels[pair]
    first <- .auc(truth[rows] == levels[pair[1L]], estimate[rows, pair[1L]])
    second <- .auc(truth[rows] == levels[pair[2L]], estimate[rows, pair[2L]])
    (first + second) / 2
  })
  mean(each)
}

.roc_curve <- function(event, score) {
  cuts <- c(-Inf, sort(unique(score)), Inf)
  tibble::tibble(
    .threshold = cuts,
    specificity = vapply(cuts, function(cut) 1 - mean(score[!event] >= cut), 0),
    sensitivity = vapply(cuts, function(cut) mean(score[event] >= cut), 0)
  )
}

.pr_curve <- function(event, score) {
  cuts <- c(Inf, sort(unique(score), decreasing = TRUE))
  hits <- vapply(cuts, function(cut) sum(event & score >= cut), 0L)
  shown <- vapply(cuts, function(cut) sum(score >= cut), 0L)
  tibble::tibble(
    .threshold = cuts,
    recall = hits / sum(event),
    precision = ifelse(shown == 0, 1, hits / shown)
  )
}

.area <- function(x, y) sum(diff(x) * (y[-1L] + y[-length(y)]) / 2)

.probability_metrics <- list(
  roc_auc = function(truth, estimate, estimator, event_level) {
    if (!is.matrix(estimate)) {
      return(list(estimator = "binary", estimate = .auc(.is_event(truth, event_level), estimate)))
    }
    if (is.null(estimator)) estimator <- "hand_till"
    if (estimator == "hand_till") return(list(estimator = estimator, estimate = .hand_till(truth, estimate)))
    each <- vapply(seq_len(ncol(estimate)), function(j) .auc(as.integer(truth) == j, estimate[, j]), 0)
    weights <- if (estimator == "macro_weighted") tabulate(truth, nlevels(truth)) else rep(1, ncol(estimate))
    list(estimator = estimator, estimate = stats::weighted.mean(each, weights))
  },
  pr_auc = function(truth, estimate, estimator, event_level) {
    area <- function(event, score) with(.pr_curve(event, score), .area(recall, precision))
    if (!is.matrix(estimate)) {
      return(list(estimator = "binary", estimate = area(.is_event(truth, event_level), estimate)))
    }
    each <- vapply(seq_len(ncol(estimate)), function(j) area(as.integer(truth) == j, estimate[, j]), 0)
    list(estimator = "macro", estimate = mean(each))
  },
  mn_log_loss = function(truth, estimate, estimator, event_level, sum = FALSE) {
    if (!is.matrix(estimate)) {
      estimate <- if (event_level == "first") cbind(estimate, 1 - estimate) else cbind(1 - estimate, estimate)
    }
    tiny <- .Machine$double.eps
    losses <- -log(pmin(pmax(estimate[cbind(seq_along(truth), as.integer(truth))], tiny), 1 - tiny))
    list(
      estimator = if (nlevels(truth) > 2L) "multiclass" else "binary",
      estimate = if (sum) base::sum(losses) else mean(losses)
    )
  }
)

.probability_estimate <- function(name, truth, estimate, estimator = NULL, na_rm = TRUE, event_level = "first", ...) {
  .check(truth, "truth", "factor")
  .check(estimate, "estimate", "numeric")
  kept <- .complete(truth, estimate, na_rm)
  if (kept$missing) return(list(estimator = "binary", estimate = NA_real_))
  .probability_metrics[[name]](kept$truth, kept$estimate, estimator, event_level, ...)
}

.probability_metric <- function(name) {
  vec <- function(truth, estimate, estimator = NULL, na_rm = TRUE, event_level = yardstick_event_level(),
                  case_weights = NULL, options = list(), ...) {
    .probability_estimate(name, truth, estimate, estimator, na_rm, event_level, ...)$estimate
  }
  of_frame <- function(data, truth, ..., estimator = NULL, na_rm = TRUE, event_level = yardstick_event_level(),
                       case_weights = NULL, options = list()) {
    node <- substitute(truth)
    env <- parent.frame()
    columns <- names(dplyr::select(dplyr::ungroup(data), ...))
    .by_group(data, function(part) {
      truth <- .column(part, node, env)
      .check(truth, "truth", "factor")
      estimate <- .probabilities(part, truth, columns)
      found <- .probability_estimate(name, truth, estimate, estimator, na_rm, event_level)
      .tibble(name, found$estimator, found$estimate)
    })
  }
  metric <- function(data, ...) UseMethod(name)
  body(metric)[[2L]] <- name
  .declare(name, metric, vec, of_frame, "prob_metric")
}

for (.each in names(.probability_metrics)) .probability_metric(.each)

.curve <- function(name, work, class) {
  curve <- function(data, ...) UseMethod(name)
  body(curve)[[2L]] <- name
  of_frame <- function(data, truth, ..., na_rm = TRUE, event_level = yardstick_event_level(),
                       case_weights = NULL, options = list()) {
    node <- substitute(truth)
    env <- parent.frame()
    columns <- names(dplyr::select(dplyr::ungroup(data), ...))
    out <- .by_group(data, function(part) {
      truth <- .column(part, node, env)
      .check(truth, "truth", "factor")
      kept <- .complete(truth, .probabilities(part, truth, columns), na_rm)
      if (!is.matrix(kept$estimate)) return(work(.is_event(kept$truth, event_level), kept$estimate))
      each <- lapply(seq_along(levels(truth)), function(j) {
        made <- work(as.integer(kept$truth) == j, kept$estimate[, j])
        dplyr::bind_cols(tibble::tibble(.level = rep(levels(truth)[j], nrow(made))), made)
      })
      dplyr::bind_rows(each)
    })
    class(out) <- c(if (inherits(data, "grouped_df")) paste0("grouped_", class), class, "tbl_df", "tbl", "data.frame")
    out
  }
  assign(name, curve, environment(.curve))
  registerS3method(name, "data.frame", of_frame)
}

.curve("roc_curve", .roc_curve, "roc_df")
.curve("pr_curve", .pr_curve, "pr_df")

# --- several metrics at once

metrics <- function(data, ...) UseMethod("metrics")

metrics.data.frame <- function(data, truth, estimate, ..., na_rm = TRUE, options = list()) {
  nodes <- list(truth = substitute(truth), estimate = substitute(estimate))
  env <- parent.frame()
  is_class <- is.factor(.column(data, nodes$truth, env))
  one <- function(name) eval(as.call(c(list(get(name), data), nodes, list(na_rm = na_rm))), env)
  if (!is_class) return(dplyr::bind_rows(one("rmse"), one("rsq"), one("mae")))
  found <- dplyr::bind_rows(one("accuracy"), one("kap"))
  columns <- names(dplyr::select(dplyr::ungroup(data), ...))
  if (!length(columns)) return(found)
  scored <- function(name) {
    eval(as.call(c(list(get(name), data, nodes$truth), lapply(columns, as.name), list(na_rm = na_rm))), env)
  }
  dplyr::bind_rows(found, scored("mn_log_loss"), scored("roc_auc"))
}

registerS3method("metrics", "data.frame", metrics.data.frame)

metric_set <- function(...) {
  chosen <- list(...)
  kinds <- vapply(chosen, function(metric) class(metric)[1L], "")
  if (!all(kinds %in% c("numeric_metric", "class_metric", "prob_metric"))) {
    stop("All inputs to `metric_set()` must be functions. ", "See `?new_class_metric` for one of your own.", call. = FALSE)
  }
  if (any(kinds == "numeric_metric") && any(kinds != "numeric_metric")) {
    stop("The combination of metric functions must be:\n- only numeric metrics\n- a mix of class metrics and class probability metrics",
         call. = FALSE)
  }
  made <- function(data, truth, ..., estimate, estimator = NULL, na_rm = TRUE, event_level = yardstick_event_level(),
                   case_weights = NULL) {
    env <- parent.frame()
    truth <- substitute(truth)
    dots <- eval(substitute(alist(...)))
    guess <- if (missing(estimate)) dots[[1L]] else substitute(estimate)
    rows <- Map(function(metric, kind) {
      given <- if (kind == "prob_metric") c(list(truth), dots) else list(truth, guess)
      more <- list(na_rm = na_rm)
      if (kind != "numeric_metric") more <- c(more, list(event_level = event_level, estimator = estimator))
      eval(as.call(c(list(metric, data), given, more)), env)
    }, chosen, kinds)
    dplyr::bind_rows(rows)
  }
  class(made) <- c(if (kinds[1L] == "numeric_metric") "numeric_metric_set" else "class_prob_metric_set", "metric_set", "function")
  made
}

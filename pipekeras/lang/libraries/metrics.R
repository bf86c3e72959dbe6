# Metrics: errors of predictions, as functions of what is and what was predicted.

bias <- function(actual, predicted) mean(actual - predicted)

percent_bias <- function(actual, predicted) mean((actual - predicted) / abs(actual))

se <- function(actual, predicted) (actual - predicted)^2

sse <- function(actual, predicted) sum(se(actual, predicted))

mse <- function(actual, predicted) mean(se(actual, predicted))

rmse <- function(actual, predicted) sqrt(mse(actual, predicted))

ae <- function(actual, predicted) abs(actual - predicted)

mae <- function(actual, predicted) mean(ae(actual, predicted))

mdae <- function(actual, predicted) stats::median(ae(actual, predicted))

ape <- function(actual, predicted) ae(actual, predicted) / abs(actual)

mape <- function(actual, predicted) mean(ape(actual, predicted))

smape <- function(actual, predicted) mean(2 * ae(actual, predicted) / (abs(actual) + abs(predicted)))

sle <- function(actual, predicted) (log(1 + actual) - log(1 + predicted))^2

msle <- function(actual, predicted) mean(sle(actual, predicted))

rmsle <- function(actual, predicted) sqrt(msle(actual, predicted))

rse <- function(actual, predicted) sse(actual, predicted) / sse(actual, mean(actual))

rrse <- function(actual, predicted) sqrt(rse(actual, predicted))

rae <- function(actual, predicted) sum(ae(actual, predicted)) / sum(ae(actual, mean(actual)))

mase <- function(actual, predicted, step_size = 1) {
  n <- length(actual)
  naive <- actual[seq_len(n - step_size)]
  mae(actual, predicted) / mean(ae(actual[(step_size + 1):n], naive))
}

# --- classes

ce <- function(actual, predicted) mean(actual != predicted)

accuracy <- function(actual, predicted) 1 - ce(actual, predicted)

precision <- function(actual, predicted) mean(actual[predicted == 1])

recall <- function(actual, predicted) mean(predicted[actual == 1])

fbeta_score <- function(actual, predicted, beta = 1) {
  p <- precision(actual, predicted)
  r <- recall(actual, predicted)
  (1 + beta^2) * p * r / (beta^2 * p + r)
}

auc <- function(actual, predicted) {
  positive <- actual == 1
  ranks <- rank(predicted)
  n <- as.numeric(sum(positive))
  (sum(ranks[positive]) - n * (n + 1) / 2) / (n * as.numeric(sum(!positive)))
}

ll <- function(actual, predicted) {
  # of the probability given to what came true; what is certain and true costs nothing
  cost <- actual * log(predicted) + (1 - actual) * log(1 - predicted)
  ifelse(actual == predicted, 0, ifelse(is.nan(cost), Inf, -cost))
}

logLoss <- function(actual, predicted) mean(ll(actual, predicted))

# --- retrieval and ratings

f1 <- function(actual, predicted) {
  both <- length(intersect(unique(actual), unique(predicted)))
  if (both == 0) return(0)
  p <- both / length(unique(predicted))
  r <- both / length(unique(actual))
  2 * p * r / (p + r)
}

apk <- function(k, actual, predicted) {
  shown <- utils::head(predicted, k)
  hit <- shown %in% actual & !duplicated(shown)
  sum(cumsum(hit)[hit] / which(hit)) / min(length(actual), k)
}

mapk <- function(k, actual, predicted) mean(mapply(function(a, p) apk(k, a, p), actual, predicted))

ScoreQuadraticWeightedKappa <- function(rater.a, rater.b, min.rating = min(c(rater.a, rater.b)),
                                        max.rating = max(c(rater.a, rater.b))) {
  ratings <- min.rating:max.rating
  share <- function(x) table(factor(x, ratings)) / length(x)
  observed <- table(factor(rater.a, ratings), factor(rater.b, ratings)) / length(rater.a)
  expected <- outer(as.vector(share(rater.a)), as.vector(share(rater.b)))
  weights <- outer(ratings, ratings, function(i, j) (i - j)^2)
  1 - sum(weights * observed) / sum(weights * expected)
}

MeanQuadraticWeightedKappa <- function(kappas, weights = rep(1, length(kappas))) {
  kappas <- pmin(pmax(kappas, -0.999), 0.999)
  z <- 0.5 * log((1 + kappas) / (1 - kappas))
  z <- sum(z * weights / mean(weights)) / length(kappas)
  (exp(2 * z) - 1) / (exp(2 * z) + 1)
}

# Clusters and scaling: hclust, cutree, kmeans, cmdscale.

.cluster_methods <- c("ward.D", "single", "complete", "average", "mcquitty", "median", "centroid", "ward.D2")

hclust <- function(d, method = "complete", members = NULL) {
  if (method == "ward") {
    message("The \"ward\" method has been renamed to \"ward.D\"; note new \"ward.D2\"")
    method <- "ward.D"
  }
  kind <- pmatch(method, .cluster_methods)
  if (is.na(kind)) stop("invalid clustering method", paste("", method))
  method <- .cluster_methods[kind]
  n <- as.integer(attr(d, "Size"))
  if (length(n) == 0L) stop("invalid dissimilarities")
  if (n < 2L) stop("must have n >= 2 objects to cluster")
  if (!is.null(members) && length(members) != n) stop("invalid length of members")
  steps <- .agglomerated(as.double(d), n, kind, if (is.null(members)) rep(1, n) else as.double(members))
  structure(list(merge = steps$merge, height = steps$height, order = steps$order, labels = attr(d, "Labels"),
                 method = method, call = match.call(), dist.method = attr(d, "method")), class = "hclust")
}

print.hclust <- function(x, ...) {
  if (!is.null(x$call)) cat("\nCall:\n", deparse1(x$call), "\n\n", sep = "")
  if (!is.null(x$method)) cat("Cluster method   :", x$method, "\n")
  if (!is.null(x$dist.method)) cat("Distance         :", x$dist.method, "\n")
  cat("Number of objects:", length(x$height) + 1, "\n")
  cat("\n")
  invisible(x)
}

cutree <- function(tree, k = NULL, h = NULL) {
  if (is.null(n1 <- nrow(tree$merge)) || n1 < 1) stop("invalid 'tree' ('merge' component)")
  n <- n1 + 1
  if (is.null(k) && is.null(h)) stop("either 'k' or 'h' must be specified")
  if (is.null(k)) {
    if (is.unsorted(tree$height)) stop("the 'height' component of 'tree' is not sorted (increasingly)")
    k <- n + 1L - apply(outer(c(tree$height, Inf), h, `>`), 2, which.max)
  } else {
    k <- as.integer(k)
    if (min(k) < 1L || max(k) > n) stop(gettextf("elements of 'k' must be between 1 and %d", n))
  }
  groups <- vapply(k, function(parts) .cut_into(tree$merge, n, parts), integer(n))
  if (length(k) == 1L) return(setNames(as.vector(groups), tree$labels))
  dimnames(groups) <- list(tree$labels, if (is.null(h)) k else h)
  groups
}

# Groups after n - k merges, numbered by their first member
.cut_into <- function(merge, n, k) {
  member <- seq_len(n)
  made <- integer(n - 1)
  for (i in seq_len(n - k)) {
    pair <- merge[i, ]
    ids <- vapply(seq_along(pair), function(j) if (pair[j] < 0) member[-pair[j]] else made[pair[j]], 1L)
    member[member == ids[2L]] <- ids[1L]
    made[i] <- ids[1L]
  }
  match(member, unique(member))
}

cophenetic <- function(x) {
  n <- length(x$order)
  inside <- vector("list", n - 1)
  out <- matrix(0, n, n, dimnames = list(x$labels, x$labels))
  members <- function(i) if (i < 0) -i else inside[[i]]
  for (i in seq_len(n - 1)) {
    a <- members(x$merge[i, 1L])
    b <- members(x$merge[i, 2L])
    out[a, b] <- x$height[i]
    out[b, a] <- x$height[i]
    inside[[i]] <- c(a, b)
  }
  as.dist(out)
}

kmeans <- function(x, centers, iter.max = 10L, nstart = 1L,
                   algorithm = c("Hartigan-Wong", "Lloyd", "Forgy", "MacQueen"), trace = FALSE) {
  x <- as.matrix(x)
  m <- as.integer(nrow(x))
  if (is.na(m)) stop("invalid nrow(x)")
  algorithm <- match.arg(algorithm)
  if (missing(centers)) stop("'centers' must be a number or a matrix")
  if (length(centers) == 1L) {
    k <- centers
    if (nstart == 1L) centers <- x[sample.int(m, k), , drop = FALSE]
    if (nstart >= 2 || any(duplicated(centers))) {
      different <- unique(x)
      if (nrow(different) < k) stop("more cluster centers than distinct data points.")
      centers <- different[sample.int(nrow(different), k), , drop = FALSE]
    }
  } else {
    centers <- as.matrix(centers)
    if (any(duplicated(centers))) stop("initial centers are not distinct")
    different <- NULL
    k <- nrow(centers)
    if (m < k) stop("more cluster centers than data points")
  }
  if (ncol(x) != ncol(centers)) stop("must have same number of columns in 'x' and 'centers'")
  best <- .k_means(x, centers, as.integer(iter.max), algorithm)
  if (nstart >= 2 && !is.null(different)) {
    for (i in 2:nstart) {
      start <- different[sample.int(nrow(different), k), , drop = FALSE]
      tried <- .k_means(x, start, as.integer(iter.max), algorithm)
      if (sum(tried$wss) < sum(best$wss)) best <- tried
    }
  }
  if (best$fault == 2L) warning("did not converge in ", iter.max, " iterations", call. = FALSE)
  if (best$fault == 1L) stop("empty cluster: try a better set of initial centers", call. = FALSE)
  centers <- matrix(best$centers, k)
  dimnames(centers) <- list(1L:k, dimnames(x)[[2L]])
  cluster <- best$cluster
  if (!is.null(rownames(x))) names(cluster) <- rownames(x)
  total <- sum(scale(x, scale = FALSE)^2)
  structure(list(cluster = cluster, centers = centers, totss = total, withinss = best$wss,
                 tot.withinss = sum(best$wss), betweenss = total - sum(best$wss), size = best$size, iter = best$iter,
                 ifault = if (best$fault == 2L) 2L else 0L), class = "kmeans")
}

print.kmeans <- function(x, ...) {
  cat("K-means clustering with ", length(x$size), " clusters of sizes ", paste(x$size, collapse = ", "), "\n", sep = "")
  cat("\nCluster means:\n")
  print(x$centers, ...)
  cat("\nClustering vector:\n")
  print(x$cluster, ...)
  cat("\nWithin cluster sum of squares by cluster:\n")
  print(x$withinss, ...)
  cat(sprintf(" (between_SS / total_SS = %5.1f %%)\n", 100 * x$betweenss / x$totss), "\n", "Available components:\n", sep = "")
  cat("\n")
  print(names(x))
  invisible(x)
}

fitted.kmeans <- function(object, method = c("centers", "classes"), ...) {
  method <- match.arg(method)
  if (method == "centers") object$centers[object$cluster, , drop = FALSE] else object$cluster
}

cmdscale <- function(d, k = 2, eig = FALSE, add = FALSE, x.ret = FALSE, list. = eig || add || x.ret) {
  if (anyNA(d)) stop("NA values not allowed in 'd'")
  if (add) stop("cmdscale(add = TRUE) is not available")
  x <- as.matrix(d)^2
  n <- nrow(x)
  if (n != ncol(x)) stop("distances must be result of 'dist' or a square matrix")
  if ((k <- as.integer(k)) > n - 1 || k < 1) stop(gettextf("'k' must be in {1, 2, ..  n - 1}"))
  names <- rownames(x)
  x <- sweep(x, 1L, rowMeans(x))
  x <- sweep(x, 2L, colMeans(x))
  e <- eigen(-x / 2, symmetric = TRUE)
  values <- e$values[seq_len(k)]
  good <- values > 0
  if (!all(good)) warning(gettextf("only %d of the first %d eigenvalues are > 0", sum(good), k))
  points <- e$vectors[, seq_len(k)[good], drop = FALSE] * rep(sqrt(values[good]), each = n)
  dimnames(points) <- list(names, NULL)
  if (!list.) return(points)
  list(points = points, eig = if (eig) e$values, x = if (x.ret) x, ac = 0,
       GOF = c(sum(values) / sum(abs(e$values)), sum(values) / sum(pmax(e$values, 0))))
}

as.dist <- function(m, diag = FALSE, upper = FALSE) UseMethod("as.dist")

as.dist.default <- function(m, diag = FALSE, upper = FALSE) {
  if (inherits(m, "dist")) {
    if (!missing(diag)) attr(m, "Diag") <- diag
    if (!missing(upper)) attr(m, "Upper") <- upper
    return(m)
  }
  m <- as.matrix(m)
  if (ncol(m) != nrow(m)) warning("non-square matrix")
  out <- m[row(m) > col(m)]
  attributes(out) <- NULL
  if (!is.null(rownames(m))) attr(out, "Labels") <- rownames(m)
  else if (!is.null(colnames(m))) attr(out, "Labels") <- colnames(m)
  attr(out, "Size") <- nrow(m)
  attr(out, "call") <- match.call()
  class(out) <- "dist"
  attr(out, "Diag") <- diag
  attr(out, "Upper") <- upper
  out
}

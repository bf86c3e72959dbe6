# Clusters and scaling: hclust, cutree, kmeans, cmdscale.

hclust <- function(d, method = "complete", members = NULL) {
  tree <- .cluster_tree(d, .current_name(method), members)
  tree$call <- match.call()
  tree["dist.method"] <- list(attr(d, "method"))
  `class<-`(tree, "hclust")
}

.current_name <- function(method) {
  if (!identical(method, "ward")) return(method)
  message("The \"ward\" method has been renamed to \"ward.D\"; note new \"ward.D2\"")
  "ward.D"
}

print.hclust <- function(x, ...) {
  about <- c("Cluster method   " = x$method, "Distance         " = x$dist.method, "Number of objects" = nrow(x$merge) + 1L)
  if (!is.null(x$call)) cat("", "Call:", paste0(deparse1(x$call), "\n"), sep = "\n")
  cat(paste0(names(about), ": ", about, " \n"), "\n", sep = "")
  invisible(x)
}

cutree <- function(tree, k = NULL, h = NULL) {
  if (!is.matrix(tree$merge)) stop("invalid 'tree' ('merge' component)")
  titles <- if (is.null(h)) k else h
  if (is.null(titles)) stop("either 'k' or 'h' must be specified")
  # a cut at a height undoes the merges above it
  if (is.null(k)) k <- .parts_at(tree$height, h)
  groups <- .cut_tree(tree$merge, k)
  if (ncol(groups) == 1L) setNames(groups[, 1L], tree$labels) else `dimnames<-`(groups, list(tree$labels, titles))
}

.parts_at <- function(heights, h) {
  if (is.unsorted(heights)) stop(simpleError("the 'height' component of 'tree' is not sorted (increasingly)", sys.call(-1)))
  length(heights) + 1L - findInterval(h, heights)
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
  if (missing(centers)) stop("'centers' must be a number or a matrix")
  drawn <- length(centers) == 1L
  start <- if (drawn) function() .drawn_centers(x, centers, nstart > 1L) else function() .given_centers(x, as.matrix(centers))
  algorithm <- match.arg(algorithm)
  runs <- lapply(seq_len(if (drawn) nstart else 1L), function(run) .k_means(x, start(), as.integer(iter.max), algorithm))
  best <- runs[[which.min(vapply(runs, function(run) run$tot.withinss, 0))]]
  if (best$ifault == 1L) stop("empty cluster: try a better set of initial centers", call. = FALSE)
  if (best$ifault == 2L) warning("did not converge in ", iter.max, " iterations", call. = FALSE)
  names(best$cluster) <- rownames(x)
  dimnames(best$centers) <- list(seq_along(best$size), colnames(x))
  structure(best, class = "kmeans")
}

.drawn_centers <- function(x, k, distinct) {
  draw <- function(rows) rows[sample.int(nrow(rows), k), , drop = FALSE]
  if (!distinct && !anyDuplicated(picked <- draw(x))) return(picked)
  x <- unique(x)
  if (nrow(x) < k) stop(simpleError("more cluster centers than distinct data points.", sys.call(-3L)))
  draw(x)
}

.given_centers <- function(x, centers) {
  wrong <- if (anyDuplicated(centers)) "initial centers are not distinct"
    else if (nrow(centers) > nrow(x)) "more cluster centers than data points"
    else if (ncol(centers) != ncol(x)) "must have same number of columns in 'x' and 'centers'"
  if (is.null(wrong)) centers else stop(simpleError(wrong, sys.call(-3L)))
}

print.kmeans <- function(x, ...) {
  section <- function(title, part) {
    cat("\n", title, ":\n", sep = "")
    print(part, ...)
  }
  cat("K-means clustering with", length(x$size), "clusters of sizes", toString(x$size))
  cat("\n")
  section("Cluster means", x$centers)
  section("Clustering vector", x$cluster)
  section("Within cluster sum of squares by cluster", x$withinss)
  explained <- sprintf("%5.1f", 100 * x$betweenss / x$totss)
  cat(" (between_SS / total_SS = ", explained, " %)\n\nAvailable components:\n\n", sep = "")
  print(names(x))
  invisible(x)
}

fitted.kmeans <- function(object, method = c("centers", "classes"), ...) {
  groups <- object$cluster
  switch(match.arg(method), classes = groups, centers = object$centers[groups, , drop = FALSE])
}

# Torgerson 1958: coordinates from the leading eigenvectors of the doubly centred squares
cmdscale <- function(d, k = 2, eig = FALSE, add = FALSE, x.ret = FALSE, list. = eig || add || x.ret) {
  if (anyNA(d)) stop("NA values not allowed in 'd'")
  if (add) stop("cmdscale(add = TRUE) is not available")
  squares <- as.matrix(d)^2
  size <- dim(squares)
  if (size[1L] != size[2L]) stop("distances must be result of 'dist' or a square matrix")
  k <- as.integer(k)
  if (!k %in% seq_len(size[1L] - 1L)) stop("'k' must be in {1, 2, ..  n - 1}")
  labels <- if (inherits(d, "dist")) attr(d, "Labels") else rownames(squares)
  products <- squares - outer(rowMeans(squares), colMeans(squares), "+") + mean(squares)
  spectrum <- eigen(products / -2, symmetric = TRUE)
  leading <- spectrum$values[seq_len(k)]
  used <- which(leading > 0)
  if (length(used) < k) warning(gettextf("only %d of the first %d eigenvalues are > 0", length(used), k))
  points <- spectrum$vectors[, used, drop = FALSE] %*% diag(sqrt(leading[used]), length(used))
  if (!is.null(labels)) rownames(points) <- labels
  if (!list.) return(points)
  shares <- vapply(list(abs(spectrum$values), pmax(spectrum$values, 0)), function(all) sum(leading) / sum(all), 0)
  list(points = points, eig = if (eig) spectrum$values, x = if (x.ret) products, ac = 0, GOF = shares)
}

as.dist <- function(m, diag = FALSE, upper = FALSE) UseMethod("as.dist")

as.dist.default <- function(m, diag = FALSE, upper = FALSE) {
  shown <- list(Diag = diag, Upper = upper)
  if (inherits(m, "dist")) {
    attributes(m)[names(shown)[!c(missing(diag), missing(upper))]] <- shown[!c(missing(diag), missing(upper))]
    return(m)
  }
  grid <- as.matrix(m)
  if (diff(dim(grid)) != 0L) warning("non-square matrix")
  titles <- c(Filter(Negate(is.null), dimnames(grid)), list(NULL))
  about <- list(Labels = titles[[1L]], Size = nrow(grid), call = match.call(), class = "dist")
  `attributes<-`(grid[lower.tri(grid)], c(Filter(Negate(is.null), about), shown))
}

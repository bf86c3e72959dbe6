# zoo: moving windows over vectors and matrices, and gaps filled.

.windowed <- function(x, k, work, fill, align) {
  align <- match.arg(align, c("center", "left", "right"))
  if (is.matrix(x)) return(apply(x, 2L, .windowed, k, work, fill, align))
  n <- length(x)
  starts <- seq_len(max(n - k + 1L, 0L))
  found <- vapply(starts, function(i) as.numeric(work(x[seq(i, length.out = k)])), 0)
  if (is.null(fill)) return(found)
  fill <- rep(fill, length.out = 3L)
  before <- switch(align, left = 0L, right = k - 1L, center = floor((k - 1L) / 2))
  c(rep(fill[1L], before), found, rep(fill[3L], n - length(found) - before))
}

.roller <- function(work) {
  force(work)
  function(x, k, fill = if (na.pad) NA, na.pad = FALSE, align = c("center", "left", "right"), ...) {
    .windowed(x, k, work, fill, align[1L])
  }
}

rollmean <- .roller(mean)
rollsum <- .roller(sum)
rollmax <- .roller(max)
rollmedian <- .roller(stats::median)

rollmeanr <- function(..., align = "right") rollmean(..., align = align)

rollsumr <- function(..., align = "right") rollsum(..., align = align)

rollapply <- function(data, width, FUN, ..., by = 1, fill = if (na.pad) NA, na.pad = FALSE, partial = FALSE,
                      align = c("center", "left", "right")) {
  FUN <- match.fun(FUN)
  align <- match.arg(align)
  if (partial) {
    n <- length(data)
    return(vapply(seq_len(n), function(i) {
      from <- i - switch(align, left = 0L, right = width - 1L, center = floor((width - 1L) / 2))
      as.numeric(FUN(data[max(from, 1L):min(from + width - 1L, n)], ...))
    }, 0))
  }
  out <- .windowed(data, width, function(part) FUN(part, ...), fill, align)
  if (by > 1) out[seq(1L, length(out), by = by)] else out
}

rollapplyr <- function(..., align = "right") rollapply(..., align = align)

na.locf <- function(object, na.rm = TRUE, fromLast = FALSE, maxgap = Inf, ...) {
  if (is.data.frame(object)) {
    object[] <- lapply(object, na.locf, na.rm = FALSE, fromLast = fromLast)
    return(object)
  }
  if (fromLast) return(rev(na.locf(rev(object), na.rm = na.rm)))
  last <- cummax(ifelse(is.na(object), 0L, seq_along(object)))
  out <- object[ifelse(last == 0L, NA_integer_, last)]
  if (na.rm) out[!is.na(out)] else out
}

na.locf0 <- function(object, fromLast = FALSE, maxgap = Inf, coredata = NULL) na.locf(object, na.rm = FALSE, fromLast = fromLast)

na.approx <- function(object, x = seq_along(object), na.rm = TRUE, rule = 1, ...) {
  known <- !is.na(object)
  at <- x
  out <- stats::approx(at[known], object[known], at, rule = rule)$y
  if (na.rm) out[!is.na(out)] else out
}

na.fill <- function(object, fill, ...) {
  object[is.na(object)] <- fill
  object
}

na.trim <- function(object, sides = c("both", "left", "right"), ...) {
  sides <- match.arg(sides)
  known <- which(!is.na(object))
  from <- if (sides == "right") 1L else known[1L]
  to <- if (sides == "left") length(object) else known[length(known)]
  object[from:to]
}

coredata <- function(x, ...) as.vector(x)

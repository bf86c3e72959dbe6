# pbapply: the apply family; its progress bars show at a prompt only, so scripts print nothing.

.barless <- function(work, more = alist(cl = NULL)) {
  # the function with its own arguments, and those that tell how the work is shared out
  given <- formals(work)
  handed <- lapply(names(given), as.name)
  names(handed) <- ifelse(names(given) == "...", "", names(given))
  as.function(c(given, more, as.call(c(list(work), handed))))
}

pblapply <- .barless(lapply)
pbsapply <- .barless(sapply)
pbvapply <- .barless(vapply)
pbapply <- .barless(apply)
pbmapply <- .barless(mapply, NULL)
pbMap <- .barless(Map, NULL)

pbreplicate <- function(n, expr, simplify = "array", ..., cl = NULL) {
  code <- substitute(expr)
  caller <- parent.frame()
  sapply(seq_len(n), function(turn) eval(code, new.env(parent = caller)), simplify = simplify)
}

pboptions <- function(...) invisible(list(...))

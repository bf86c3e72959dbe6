# Values taken apart and written down: relist, dump.

as.relistable <- function(x) if (is.relistable(x)) x else structure(x, class = c("relistable", class(x)))

is.relistable <- function(x) inherits(x, "relistable")

unlist.relistable <- function(x, recursive = TRUE, use.names = TRUE) {
  structure(unlist(unclass(x), recursive = recursive, use.names = use.names), skeleton = x)
}

relist <- function(flesh, skeleton = attr(flesh, "skeleton")) {
  if (is.null(skeleton)) {
    stop("The 'flesh' argument does not contain a skeleton attribute.\n",
         "Either ensure you unlist a relistable object, or specify the skeleton separately.")
  }
  attr(flesh, "skeleton") <- NULL
  if (!is.list(skeleton)) {
    out <- flesh
    names(out) <- names(skeleton)
    if (is.matrix(skeleton)) {
      out <- unname(out)
      attributes(out) <- attributes(skeleton)
    }
    if (is.factor(skeleton)) out <- factor(levels(skeleton)[flesh], levels(skeleton))
    return(out)
  }
  at <- 0
  out <- skeleton
  for (i in seq_along(skeleton)) {
    size <- length(unlist(skeleton[[i]]))
    out[[i]] <- relist(flesh[at + seq_len(size)], skeleton[[i]])
    at <- at + size
  }
  out
}

dump <- function(list, file = "dumpdata.R", append = FALSE, control = "all", envir = parent.frame(), evaluate = TRUE) {
  found <- list[vapply(list, exists, NA, envir = envir)]
  lines <- unlist(lapply(found, function(name) {
    written <- if (make.names(name) == name) name else paste0("`", name, "`")
    c(paste(written, "<-"), capture.output(dput(get(name, envir = envir))))
  }))
  if (length(lines)) cat(paste0(lines, "\n"), file = file, sep = "", append = append)
  invisible(found)
}

print.mlm <- function(x, digits = max(3L, getOption("digits") - 3L), ...) {
  cat("\nCall:\n", paste(deparse(x$call), collapse = "\n"), "\n\nCoefficients:\n", sep = "")
  print.default(format(x$coefficients, digits = digits), print.gap = 2L, quote = FALSE)
  cat("\n")
  invisible(x)
}

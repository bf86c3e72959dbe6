# Roman numerals and version numbers as values.

.roman_values <- c(M = 1000L, CM = 900L, D = 500L, CD = 400L, C = 100L, XC = 90L, L = 50L, XL = 40L,
                   X = 10L, IX = 9L, V = 5L, IV = 4L, I = 1L)

as.roman <- function(x) {
  if (inherits(x, "roman")) return(x)
  if (is.character(x)) {
    arabic <- grepl("^[[:digit:]]+$", x)
    number <- rep(NA_integer_, length(x))
    number[arabic] <- as.integer(x[arabic])
    known <- !arabic & grepl("^[MDCLXVI]+$", toupper(x))
    number[known] <- vapply(toupper(x[known]), function(text) {
      digits <- .roman_values[strsplit(text, "")[[1L]]]
      sum(ifelse(c(digits[-1L], 0L) > digits, -digits, digits))
    }, 0L)
  } else {
    number <- as.integer(x)
  }
  number[!is.na(number) & (number < 1L | number > 3999L)] <- NA
  structure(number, class = "roman")
}

as.character.roman <- function(x, ...) {
  vapply(unclass(x), function(n) {
    if (is.na(n)) return(NA_character_)
    out <- ""
    for (k in seq_along(.roman_values)) {
      times <- n %/% .roman_values[[k]]
      out <- paste0(out, strrep(names(.roman_values)[k], times))
      n <- n - times * .roman_values[[k]]
    }
    out
  }, "", USE.NAMES = FALSE)
}

format.roman <- function(x, ...) format(as.character(x), ...)
print.roman <- function(x, ...) {
  print(noquote(as.character(x)), ...)
  invisible(x)
}
`[.roman` <- function(x, i) structure(unclass(x)[i], class = "roman")
rep.roman <- function(x, ...) structure(rep(unclass(x), ...), class = "roman")
Ops.roman <- function(e1, e2) {
  result <- get(.Generic)(as.integer(as.roman(e1)), as.integer(as.roman(e2)))
  if (is.logical(result)) result else as.roman(result)
}
Summary.roman <- function(..., na.rm = TRUE) {
  result <- do.call(.Generic, c(lapply(list(...), function(x) as.integer(as.roman(x))), na.rm = na.rm))
  as.roman(result)
}
as.integer.roman <- function(x, ...) as.integer(unclass(x))
as.double.roman <- function(x, ...) as.double(unclass(x))
as.numeric.roman <- as.double.roman

compareVersion <- function(a, b) {
  # what ends first is the older one: a missing part counts less than 0
  parts <- strsplit(c(a, b), "[.-]")
  size <- max(lengths(parts))
  filled <- lapply(parts, function(each) c(as.integer(each), rep(-1L, size - length(each))))
  signs <- sign(filled[[1L]] - filled[[2L]])
  c(signs[signs != 0], 0)[1L]
}

numeric_version <- function(x, strict = TRUE) .versions(x, "numeric_version", strict)

package_version <- function(x, strict = TRUE) {
  .versions(.of_release(x), c("package_version", "numeric_version"), strict)
}

.of_release <- function(x) {
  # of a list such as R.version
  if (!is.list(x) || inherits(x, "numeric_version") || !all(hasName(x, c("major", "minor")))) return(x)
  paste0(x$major, ".", x$minor)
}

R_system_version <- function(x, strict = TRUE) {
  .versions(x, c("R_system_version", "package_version", "numeric_version"), strict)
}

.versions <- function(x, class, strict) {
  if (inherits(x, "numeric_version")) return(x)
  text <- as.character(x)
  fits <- grepl("^[0-9]+([.-][0-9]+)*$", text) | is.na(text)
  if (strict && any(!fits)) stop(gettextf("invalid version specification %s", paste(sQuote(unique(text[!fits])), collapse = ", ")))
  parts <- lapply(strsplit(text, "[.-]"), as.integer)
  parts[!fits] <- list(integer())
  structure(parts, class = class)
}

as.numeric_version <- function(x) numeric_version(x)
as.package_version <- function(x) package_version(x)
is.numeric_version <- function(x) inherits(x, "numeric_version")
is.package_version <- function(x) inherits(x, "package_version")

getRversion <- function() R_system_version(paste(R.version$major, R.version$minor, sep = "."))

`$.package_version` <- function(x, name) {
  place <- match(name, c("major", "minor", "patchlevel"))
  vapply(unclass(x), function(parts) if (length(parts) < place) NA_integer_ else parts[place], 0L)
}

# Small helpers of base, utils and stats.

getElement <- function(object, name) {
  take <- if (isS4(object)) slot else `[[`
  take(object, name)
}

hasName <- function(x, name) match(name, names(x), nomatch = 0L) > 0L

isa <- function(x, what) {
  if (isS4(x)) return(all(what %in% is(x)))
  found <- match(what, class(x), nomatch = 0L)
  all(found > 0L) && !is.unsorted(found)
}

callCC <- function(f) {
  withRestarts({
    here <- computeRestarts()[[1L]]
    f(function(value) invokeRestart(here, value))
  }, callCC = function(value) value)
}

data.class <- function(x) {
  kinds <- oldClass(x)
  if (length(kinds)) return(kinds[1L])
  extent <- length(dim(x))
  if (extent == 2L) return("matrix")
  if (extent) return("array")
  if (is.function(x)) "function" else mode(x)
}

comment <- function(x) attr(x, "comment", exact = TRUE)

`comment<-` <- function(x, value) {
  attr(x, "comment") <- value
  x
}

dget <- function(file, keep.source = FALSE) eval(parse(file = file, keep.source = keep.source), baseenv())

ngettext <- function(n, msg1, msg2, domain = NULL) if (n == 1) msg1 else msg2

gettext <- function(..., domain = NULL, trim = TRUE) unlist(lapply(list(...), as.character))

nullfile <- function() "/dev/null"

logb <- function(x, base = exp(1)) if (missing(base)) log(x) else log(x, base)

is.R <- function() TRUE

pairlist <- function(...) as.pairlist(list(...))

as.pairlist <- function(x) if (length(x)) as.list(x)

within.list <- function(data, expr, keepAttrs = TRUE, ...) {
  scope <- evalq(environment(), data, parent.frame())
  eval(substitute(expr), scope)
  made <- as.list(scope, all.names = TRUE)
  fresh <- rev(setdiff(names(made), names(data)))
  for (name in c(intersect(names(data), names(made)), fresh)) data[name] <- made[name]
  data[setdiff(names(data), names(made))] <- NULL
  data
}

.as_term <- function(text) tryCatch(str2lang(text), error = function(e) as.name(text))

reformulate <- function(termlabels, response = NULL, intercept = TRUE, env = parent.frame()) {
  if (!is.character(termlabels) || !length(termlabels)) {
    stop("'termlabels' must be a character vector of length at least one")
  }
  terms <- lapply(termlabels, str2lang)
  right <- Reduce(function(sum, term) call("+", sum, term), terms)
  if (!intercept) right <- call("-", right, 1)
  left <- if (is.character(response)) .as_term(response) else response
  made <- eval(as.call(c(list(as.name("~")), left, right)))
  environment(made) <- env
  made
}

strcapture <- function(pattern, x, proto, perl = FALSE, useBytes = FALSE) {
  found <- regmatches(x, regexec(pattern, x, perl = perl))
  parts <- lapply(found, function(one) if (length(one)) one[-1L] else rep(NA_character_, length(proto)))
  if (any(lengths(parts) != length(proto))) {
    stop("The number of captures in 'pattern' != 'length(proto)'")
  }
  columns <- lapply(seq_along(proto), function(j) {
    as(vapply(parts, function(one) one[j], ""), class(proto[[j]])[1L])
  })
  names(columns) <- names(proto)
  as.data.frame(columns, optional = TRUE, stringsAsFactors = FALSE)
}

.url_letters <- c(LETTERS, letters, 0:9, "-", ".", "_", "~")
.url_marks <- strsplit("][!$&'()*+,;=:/?@#", "")[[1L]]

URLencode <- function(URL, reserved = FALSE, repeated = FALSE) {
  plain <- c(.url_letters, if (!reserved) .url_marks)
  written <- sprintf("%%%02X", 0:255)  # of each byte
  written[1L + utf8ToInt(paste(plain, collapse = ""))] <- plain
  encode <- function(text) paste(written[1L + as.integer(charToRaw(text))], collapse = "")
  kept <- !repeated & grepl("%[[:xdigit:]]{2}", URL)
  out <- as.vector(URL)
  out[!kept] <- vapply(out[!kept], encode, "")
  out
}

URLdecode <- function(URL) {
  vapply(URL, function(url) {
    bytes <- charToRaw(url)
    out <- raw()
    while (length(bytes)) {
      if (bytes[1L] == charToRaw("%") && length(bytes) > 2L) {
        out <- c(out, as.raw(strtoi(rawToChar(bytes[2:3]), 16L)))
        bytes <- bytes[-(1:3)]
      } else {
        out <- c(out, bytes[1L])
        bytes <- bytes[-1L]
      }
    }
    text <- rawToChar(out)
    Encoding(text) <- "UTF-8"
    text
  }, "", USE.NAMES = FALSE)
}

formatUL <- function(x, label = "*", offset = 0, width = 0.9 * getOption("width")) {
  .labelled(x, labels = rep_len(label, length(x)), offset = offset, width = width)
}

formatOL <- function(x, type = "arabic", offset = 0, start = 1, width = 0.9 * getOption("width")) {
  numbers <- seq.int(start, length.out = length(x))
  kinds <- c("1", "A", "a", "I", "i")
  kind <- kinds[pmatch(type, c("arabic", "Alph", "alph", "Roman", "roman"), nomatch = match(type, kinds))]
  labels <- switch(kind, "1" = numbers, A = LETTERS[numbers], a = letters[numbers],
                   I = as.character(as.roman(numbers)), i = tolower(as.character(as.roman(numbers))))
  .labelled(x, paste0(format(as.character(labels), justify = "right"), "."), offset, width)
}

.labelled <- function(x, labels, offset, width) {
  lead <- paste0(strrep(" ", offset), labels, " ")
  lines <- Map(function(text, start) {
    wrapped <- strwrap(text, width - nchar(start))
    paste0(c(start, rep(strrep(" ", nchar(start)), length(wrapped) - 1L)), wrapped)
  }, x, lead)
  unlist(lines, use.names = FALSE)
}

allowInterrupts <- function(expr) expr

suspendInterrupts <- function(expr) expr

toTitleCase <- function(text) {
  small <- paste0("^(a|and|are|as|at|be|but|by|en|for|if|in|is|nor|not|of|on|or|per|so|the|v[.]?|via|vs[.]?|",
                  "from|into|than|that|with|to|an)$")
  either <- paste0("^(all|above|after|along|also|among|any|both|can|few|it|less|log|many|more|over|some|their|",
                   "then|this|under|until|using|von|when|where|which|will|without|yet|you|your)$")
  one <- function(sentence) {
    pieces <- regmatches(sentence, gregexpr("[^-/\"()\n\t ]+|[-/\"()\n\t ]+", sentence))[[1L]]
    first <- TRUE
    for (k in seq_along(pieces)) {
      word <- pieces[k]
      if (!grepl("[^-/\"()\n\t ]", word)) next
      after_end <- k > 2L && grepl("[:-] $", paste0(pieces[k - 2L], pieces[k - 1L]))
      minor <- !first && !after_end && grepl(small, word, ignore.case = TRUE)
      first <- FALSE
      if (minor) {
        pieces[k] <- tolower(word)
      } else if (nchar(word) > 1L && !grepl("^[[:alpha:]].*[[:upper:]]", word) && !grepl(either, word)) {
        start <- if (grepl("^[\"'‘“]", word)) 2L else 1L
        pieces[k] <- paste0(substr(word, 1L, start - 1L), toupper(substr(word, start, start)), substring(word, start + 1L))
      }
    }
    paste(pieces, collapse = "")
  }
  unname(vapply(text, one, ""))
}

ls.str <- function(pos = -1, name, envir, all.names = FALSE, pattern, mode = "any") {
  caller <- parent.frame()
  space <- if (!missing(envir)) envir else if (is.numeric(pos) && pos < 0) caller else as.environment(pos)
  listed <- ls(space, all.names = all.names)
  if (!missing(pattern)) listed <- listed[grepl(pattern, listed)]
  shown <- Filter(function(each) exists(each, envir = space, mode = mode, inherits = FALSE), listed)
  structure(shown, envir = space, mode = mode, class = "ls_str")
}

print.ls_str <- function(x, max.level = 1, give.attr = FALSE, ...) {
  for (name in x) {
    cat(name, ": ")
    str(get(name, envir = attr(x, "envir")), max.level = max.level, give.attr = give.attr, ...)
  }
  invisible(x)
}

labels <- function(object, ...) UseMethod("labels")

.names_or_places <- function(names, count) if (is.null(names)) as.character(seq_len(count)) else names

labels.default <- function(object, ...) {
  extent <- dim(object)
  if (!length(extent)) return(.names_or_places(names(object), length(object)))
  Map(.names_or_places, if (is.null(dimnames(object))) vector("list", length(extent)) else dimnames(object), extent)
}

labels.lm <- function(object, ...) {
  used <- attr(terms(object), "term.labels")
  used[sort(unique(object$assign[object$assign > 0L]))]
}
labels.terms <- function(object, ...) attr(object, "term.labels")

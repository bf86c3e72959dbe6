# stringi: strings searched, cut, padded and changed, by regular expressions or fixed patterns.

.modes <- list(regex = function(p) p, fixed = function(p) stringr::fixed(p), coll = function(p) stringr::fixed(p))

.text <- function(x) if (is.character(x)) x else as.character(x)

.pattern_of <- function(..., regex, fixed, coll, charclass) {
  if (!missing(regex)) return(regex)
  if (!missing(fixed)) return(stringr::fixed(fixed))
  if (!missing(coll)) return(stringr::fixed(coll))
  if (!missing(charclass)) return(charclass)
  stop("you have to specify either `regex`, `fixed`, `coll`, or `charclass`", call. = FALSE)
}

.declare <- function(stem, work) {
  # stri_STEM(str, ..., regex = , fixed = ) and stri_STEM_regex(str, pattern), stri_STEM_fixed, stri_STEM_coll
  home <- environment(.declare)
  assign(paste0("stri_", stem), function(str, ..., regex, fixed, coll, charclass) {
    work(.text(str), .pattern_of(regex = regex, fixed = fixed, coll = coll, charclass = charclass), ...)
  }, home)
  for (mode in names(.modes)) local({
    made <- .modes[[mode]]
    assign(paste0("stri_", stem, "_", mode), function(str, pattern, ...) work(.text(str), made(pattern), ...), home)
  })
}

.declare("detect", function(x, p, negate = FALSE, ...) stringr::str_detect(x, p, negate = negate))
.declare("count", function(x, p, ...) stringr::str_count(x, p))
.declare("replace_all", function(x, p, replacement, ...) .replaced(stringr::str_replace_all, x, p, replacement, ...))
.declare("replace_first", function(x, p, replacement, ...) stringr::str_replace(x, p, .dollars(replacement, p)))
.declare("extract_first", function(x, p, ...) stringr::str_extract(x, p))
.declare("extract_all", function(x, p, simplify = FALSE, omit_no_match = FALSE, ...) {
  found <- stringr::str_extract_all(x, p)
  if (!omit_no_match) found <- lapply(found, function(each) if (length(each)) each else NA_character_)
  .simplified(found, simplify)
})
.declare("split", function(x, p, n = -1L, omit_empty = FALSE, simplify = FALSE, ...) {
  parts <- stringr::str_split(x, p, n = if (n < 0) Inf else n)
  if (isTRUE(omit_empty)) parts <- lapply(parts, function(each) each[each != ""])
  .simplified(parts, simplify)
})
.declare("subset", function(x, p, omit_na = FALSE, negate = FALSE, ...) stringr::str_subset(x, p, negate = negate))
.declare("locate_first", function(x, p, ...) stringr::str_locate(x, p))
.declare("locate_all", function(x, p, ...) lapply(stringr::str_locate_all(x, p), function(each) {
  if (nrow(each)) each else matrix(NA_integer_, 1L, 2L, dimnames = list(NULL, c("start", "end")))
}))
.declare("startswith", function(x, p, ...) startsWith(x, as.character(p)))
.declare("endswith", function(x, p, ...) endsWith(x, as.character(p)))

stri_replace <- stri_replace_first
stri_extract <- stri_extract_first
stri_locate <- stri_locate_first

.dollars <- function(replacement, pattern) {
  # stringi writes groups as $1, stringr as \\1
  if (inherits(pattern, "fixed")) replacement else gsub("\\$([0-9])", "\\\\\\1", replacement)
}

.replaced <- function(work, x, pattern, replacement, vectorize_all = TRUE, vectorise_all = vectorize_all) {
  if (vectorise_all || length(pattern) == 1L) return(work(x, pattern, .dollars(replacement, pattern)))
  replacement <- rep(replacement, length.out = length(pattern))
  for (k in seq_along(pattern)) {
    one <- if (inherits(pattern, "fixed")) stringr::fixed(as.character(pattern)[k]) else pattern[k]
    x <- work(x, one, .dollars(replacement[k], one))
  }
  x
}

.simplified <- function(parts, simplify) {
  if (identical(simplify, FALSE)) return(parts)
  width <- max(lengths(parts), 0L)
  filler <- if (isTRUE(simplify)) "" else NA_character_
  do.call(rbind, lapply(parts, function(each) c(each, rep(filler, width - length(each)))))
}

stri_match_first_regex <- function(str, pattern, cg_missing = NA_character_, ...) stringr::str_match(str, pattern)

stri_match_all_regex <- function(str, pattern, omit_no_match = FALSE, ...) stringr::str_match_all(str, pattern)

stri_count_words <- function(str, locale = NULL) stringr::str_count(str, stringr::boundary("word"))

stri_extract_all_words <- function(str, simplify = FALSE, omit_no_match = FALSE, locale = NULL) {
  .simplified(stringr::str_extract_all(str, stringr::boundary("word")), simplify)
}

stri_split_lines <- function(str, omit_empty = FALSE) stri_split_regex(str, "\r\n|\n|\r", omit_empty = omit_empty)

stri_split_boundaries <- function(str, n = -1L, tokens_only = FALSE, simplify = FALSE, ..., type = "line_break") {
  .simplified(stringr::str_split(str, stringr::boundary(type)), simplify)
}

# --- measured

stri_length <- function(str) nchar(.text(str), type = "chars")

stri_numbytes <- function(str) nchar(.text(str), type = "bytes")

stri_width <- function(str) nchar(.text(str), type = "width")

stri_isempty <- function(str) .text(str) == ""

# --- changed

stri_reverse <- function(str) {
  vapply(strsplit(.text(str), ""), function(letters) if (length(letters) == 1L && is.na(letters)) NA_character_ else paste(rev(letters), collapse = ""), "", USE.NAMES = FALSE)
}

stri_trans_tolower <- function(str, locale = NULL) tolower(.text(str))

stri_trans_toupper <- function(str, locale = NULL) toupper(.text(str))

stri_trans_totitle <- function(str, ...) stringr::str_to_title(.text(str))

stri_trans_general <- function(str, id, rules = FALSE, forward = TRUE) {
  if (grepl("latin-ascii", id, ignore.case = TRUE)) {
    str <- iconv(str, "UTF-8", "ASCII//TRANSLIT")
  } else if (grepl("upper", id, ignore.case = TRUE)) {
    str <- toupper(str)
  } else if (grepl("lower", id, ignore.case = TRUE)) {
    str <- tolower(str)
  } else stop("transliteration '", id, "' is not available", call. = FALSE)
  str
}

stri_trans_char <- function(str, pattern, replacement) chartr(pattern, replacement, str)

.padder <- function(side) {
  force(side)
  function(str, width = floor(0.9 * getOption("width")), pad = " ", use_length = FALSE) {
    stringr::str_pad(str, width, side, pad)
  }
}

stri_pad_left <- .padder("left")
stri_pad_right <- .padder("right")
stri_pad_both <- .padder("both")

stri_pad <- function(str, width = floor(0.9 * getOption("width")), side = c("left", "right", "both"), pad = " ", use_length = FALSE) {
  work <- switch(match.arg(side), left = stri_pad_left, right = stri_pad_right, stri_pad_both)
  work(str, width, pad)
}

.trimmed <- function(x, side, pattern, negate) {
  # the first and last character that fits the pattern are kept; with `negate`, those that do not
  if (pattern == "\\P{Wspace}" && !negate) return(stringr::str_trim(x, side))
  gone <- if (negate) pattern else paste0("(?!", pattern, ").")
  if (side != "right") x <- stringr::str_replace(x, paste0("^(?:", gone, ")+"), "")
  if (side != "left") x <- stringr::str_replace(x, paste0("(?:", gone, ")+$"), "")
  x
}

.trimmer <- function(side) {
  force(side)
  function(str, pattern = "\\P{Wspace}", negate = FALSE) .trimmed(.text(str), side, pattern, negate)
}

stri_trim_both <- .trimmer("both")
stri_trim_left <- .trimmer("left")
stri_trim_right <- .trimmer("right")

stri_trim <- function(str, side = c("both", "left", "right"), pattern = "\\P{Wspace}", negate = FALSE) {
  .trimmed(.text(str), match.arg(side), pattern, negate)
}

.last_place <- function(from, to, length) if (missing(length)) to else from + length - 1L

stri_sub <- function(str, from = 1L, to = -1L, length, use_matrix = TRUE, ignore_negative_length = FALSE) {
  stringr::str_sub(.text(str), from, .last_place(from, to, length))
}

`stri_sub<-` <- function(str, from = 1L, to = -1L, length, omit_na = FALSE, value) {
  stringr::`str_sub<-`(str, from, .last_place(from, to, length), value = value)
}

stri_dup <- function(str, times) stringr::str_dup(.text(str), times)

stri_c <- stri_join <- stri_paste <- function(..., sep = "", collapse = NULL, ignore_null = FALSE) {
  joined <- stringr::str_c(..., sep = sep)
  if (is.null(collapse)) joined else stringr::str_flatten(joined, collapse)
}

stri_flatten <- function(str, collapse = "", na_empty = FALSE, omit_empty = FALSE) {
  if (isTRUE(omit_empty)) str <- str[str != ""]
  if (isTRUE(na_empty)) str[is.na(str)] <- ""
  if (anyNA(str)) NA_character_ else paste(str, collapse = collapse)
}

`%s+%` <- function(e1, e2) stringr::str_c(e1, e2)

`%stri+%` <- `%s+%`

stri_wrap <- function(str, width = floor(0.9 * getOption("width")), cost_exponent = 2, simplify = TRUE, normalise = TRUE, normalize = normalise,
                      indent = 0, exdent = 0, prefix = "", initial = prefix, ...) {
  strwrap(.text(str), width = width, indent = indent, exdent = exdent, initial = initial, prefix = prefix, simplify = simplify)
}

# --- ordered and coded

stri_sort <- function(str, decreasing = FALSE, na_last = NA, ...) sort(str, decreasing = decreasing, na.last = na_last)

stri_order <- function(str, decreasing = FALSE, na_last = TRUE, ...) order(str, decreasing = decreasing, na.last = na_last)

stri_unique <- function(str, ...) unique(str)

stri_duplicated <- function(str, fromLast = FALSE, ...) duplicated(str, fromLast = fromLast)

stri_enc_toutf8 <- function(str, is_unknown_8bit = FALSE, validate = FALSE) enc2utf8(str)

stri_enc_toascii <- function(str) iconv(str, "UTF-8", "ASCII", sub = "\032")

stri_trans_nfc <- function(str) str

stri_escape_unicode <- function(str) {
  vapply(str, function(text) {
    codes <- utf8ToInt(text)
    paste(ifelse(codes > 126, sprintf("\\u%04x", codes), intToUtf8(codes, multiple = TRUE)), collapse = "")
  }, "", USE.NAMES = FALSE)
}

stri_read_lines <- function(con, encoding = NULL, ...) readLines(con, warn = FALSE)

stri_write_lines <- function(str, con, encoding = "UTF-8", sep = "\n", ...) writeLines(str, con, sep = sep)

# data.table: fread and fwrite.

.separator <- function(line) {
  counts <- vapply(c(",", "\t", ";", "|", " "), function(mark) lengths(regmatches(line, gregexpr(mark, line, fixed = TRUE))), 1L)
  if (all(counts == 0L)) "," else names(counts)[which.max(counts > 0L)]
}

fread <- function(input = "", file = NULL, text = NULL, cmd = NULL, sep = "auto", sep2 = "auto", dec = ".", quote = "\"",
                  nrows = Inf, header = "auto", na.strings = getOption("datatable.na.strings", "NA"),
                  stringsAsFactors = FALSE, verbose = getOption("datatable.verbose", FALSE), skip = "__auto__",
                  select = NULL, drop = NULL, colClasses = NULL, integer64 = getOption("datatable.integer64", "integer64"),
                  col.names, check.names = FALSE, encoding = "unknown", strip.white = TRUE, fill = FALSE,
                  blank.lines.skip = FALSE, key = NULL, index = NULL,
                  showProgress = getOption("datatable.showProgress", interactive()),
                  data.table = getOption("datatable.fread.datatable", TRUE), nThread = getDTthreads(verbose),
                  logical01 = getOption("datatable.logical01", FALSE),
                  keepLeadingZeros = getOption("datatable.keepLeadingZeros", FALSE), yaml = FALSE, autostart = NA,
                  tmpdir = tempdir(), tz = "UTC") {
  if (!is.null(cmd)) stop("fread() runs no commands here: write the command's output to a file and read that", call. = FALSE)
  if (is.null(text) && is.null(file)) {
    if (any(grepl("\n", input, fixed = TRUE))) text <- input else file <- input
  }
  if (is.null(text) && !file.exists(file)) {
    stop("File '", file, "' does not exist or is non-readable. getwd()=='", getwd(), "'", call. = FALSE)
  }
  lines <- if (is.null(text)) readLines(file, warn = FALSE) else unlist(strsplit(text, "\n", fixed = TRUE))
  lines <- sub("\r$", "", lines)
  if (is.numeric(skip)) lines <- lines[-seq_len(skip)]
  else if (skip != "__auto__") lines <- lines[seq(grep(skip, lines, fixed = TRUE)[1L], length(lines))]
  while (length(lines) && lines[1L] == "") lines <- lines[-1L]
  if (!length(lines)) return(.table(list(), character()))
  if (sep == "auto") sep <- .separator(lines[1L])
  cells <- scan(text = lines[1L], what = "", sep = sep, quote = quote, quiet = TRUE)
  if (identical(header, "auto")) header <- !any(grepl("^[-+]?[0-9.]+([eE][-+]?[0-9]+)?$", trimws(cells)))
  frame <- utils::read.table(text = lines, sep = sep, dec = dec, quote = quote, header = header, nrows = if (is.finite(nrows)) nrows else -1L,
                             na.strings = na.strings, stringsAsFactors = stringsAsFactors, check.names = check.names,
                             strip.white = strip.white, fill = fill, comment.char = "", colClasses = if (is.null(colClasses)) NA else colClasses,
                             blank.lines.skip = TRUE, encoding = encoding)
  names <- if (header) cells else paste0("V", seq_along(frame))
  if (length(names) == length(frame)) names(frame) <- ifelse(names == "", paste0("V", seq_along(names)), names)
  if (!is.null(select)) frame <- frame[select]
  if (!is.null(drop)) frame <- frame[setdiff(seq_along(frame), if (is.character(drop)) match(drop, names(frame)) else drop)]
  if (!missing(col.names)) names(frame) <- col.names
  if (!data.table) return(frame)
  out <- as.data.table(frame)
  if (!is.null(key)) setkeyv(out, key)
  out
}

getDTthreads <- function(verbose = getOption("datatable.verbose")) 1L

setDTthreads <- function(threads = NULL, restore_after_fork = NULL, percent = NULL, throttle = NULL) invisible(1L)

fwrite <- function(x, file = "", append = FALSE, quote = "auto", sep = ",", na = "", row.names = FALSE, col.names = TRUE, ...) {
  frame <- as.data.frame(x)
  special <- function(text) grepl(paste0("[\"\n", sep, "]"), text)
  quoted <- function(text) paste0("\"", gsub("\"", "\"\"", text, fixed = TRUE), "\"")
  cells <- lapply(frame, function(column) {
    texts <- is.character(column) || is.factor(column)
    out <- if (is.double(column) && !inherits(column, c("Date", "POSIXct"))) vapply(column, function(v) format(v, digits = 15L), "") else as.character(column)
    if (texts) out <- if (isTRUE(quote)) quoted(out) else ifelse(!is.na(out) & (special(out) | out == ""), quoted(out), out)
    ifelse(is.na(column), na, out)
  })
  lines <- if (nrow(frame)) do.call(paste, c(unname(cells), sep = sep)) else character()
  head <- names(frame)
  head <- if (isTRUE(quote)) quoted(head) else ifelse(special(head), quoted(head), head)
  if (col.names && !append) lines <- c(paste(head, collapse = sep), lines)
  if (identical(file, "")) writeLines(lines) else cat(paste0(lines, "\n"), file = file, append = append, sep = "")
  invisible()
}

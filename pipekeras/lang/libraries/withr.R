# withr: state that is changed for a while: options, variables, the folder, the seed, files.

.pairs <- function(new, ...) {
  new <- c(as.list(new), list(...))
  if (length(new) && (is.null(names(new)) || any(names(new) == ""))) stop("all elements of `.new` must be named", call. = FALSE)
  new
}

defer <- function(expr, envir = parent.frame(), priority = c("first", "last")) {
  priority <- match.arg(priority)
  if (identical(envir, globalenv())) {
    message("Setting deferred event(s) on global environment.\n",
            "  * Execute (and clear) with `deferred_run()`.\n  * Clear (without executing) with `deferred_clear()`.")
    .waiting$calls <- if (priority == "first") c(list(substitute(expr)), .waiting$calls) else c(.waiting$calls, list(substitute(expr)))
    return(invisible())
  }
  code <- as.call(list(eval, call("quote", substitute(expr)), parent.frame()))
  do.call(base::on.exit, list(code, TRUE, priority == "last"), envir = envir)
  invisible()
}

.waiting <- new.env()
.waiting$calls <- list()

deferred_run <- function(envir = parent.frame()) {
  calls <- .waiting$calls
  .waiting$calls <- list()
  for (code in calls) eval(code, globalenv())
  invisible()
}

deferred_clear <- function(envir = parent.frame()) {
  .waiting$calls <- list()
  invisible()
}

.set_options <- function(new) do.call(options, new)

with_options <- function(new, code) {
  old <- .set_options(as.list(new))
  on.exit(.set_options(old))
  code
}

local_options <- function(.new = list(), ..., .local_envir = parent.frame()) {
  old <- .set_options(.pairs(.new, ...))
  defer(.set_options(old), envir = .local_envir)
  invisible(old)
}

.set_variables <- function(new, action = "replace") {
  names <- names(new)
  old <- Sys.getenv(names, unset = NA, names = TRUE)
  gone <- is.na(unlist(lapply(new, function(value) if (is.null(value)) NA else value)))
  if (any(gone)) Sys.unsetenv(names[gone])
  kept <- new[!gone]
  if (action == "prefix") kept <- Map(function(value, before) if (is.na(before)) value else paste(value, before), kept, old[!gone])
  if (action == "suffix") kept <- Map(function(value, before) if (is.na(before)) value else paste(before, value), kept, old[!gone])
  if (length(kept)) do.call(Sys.setenv, as.list(kept))
  old
}

with_envvar <- function(new, code, action = "replace") {
  old <- .set_variables(as.list(new), action)
  on.exit(.set_variables(as.list(old)))
  code
}

local_envvar <- function(.new = list(), ..., action = "replace", .local_envir = parent.frame()) {
  old <- .set_variables(.pairs(.new, ...), action)
  defer(.set_variables(as.list(old)), envir = .local_envir)
  invisible(old)
}

with_timezone <- function(tz, code) with_envvar(c(TZ = tz), code)

local_timezone <- function(tz, .local_envir = parent.frame()) {
  local_envvar(c(TZ = tz), .local_envir = .local_envir)
}

with_dir <- function(new, code) {
  old <- setwd(dir = new)
  on.exit(setwd(old))
  code
}

local_dir <- function(new = list(), .local_envir = parent.frame()) {
  old <- setwd(dir = new)
  defer(setwd(old), envir = .local_envir)
  invisible(old)
}

# --- random numbers

with_preserve_seed <- function(code) {
  old <- .random_state()
  on.exit(.restore_random(old))
  code
}

with_seed <- function(seed, code, .rng_kind = NULL, .rng_normal_kind = NULL, .rng_sample_kind = NULL) {
  old <- .random_state()
  on.exit(.restore_random(old))
  set.seed(seed, .rng_kind, .rng_normal_kind, .rng_sample_kind)
  code
}

local_seed <- function(seed, .local_envir = parent.frame(), .rng_kind = NULL, .rng_normal_kind = NULL, .rng_sample_kind = NULL) {
  old <- .random_state()
  defer(.restore_random(old), envir = .local_envir)
  set.seed(seed, .rng_kind, .rng_normal_kind, .rng_sample_kind)
  invisible(seed)
}

local_preserve_seed <- function(.local_envir = parent.frame()) {
  old <- .random_state()
  defer(.restore_random(old), envir = .local_envir)
  invisible(old)
}

# --- files

with_tempfile <- function(new, code, envir = parent.frame(), .local_envir = parent.frame(),
                          pattern = "file", tmpdir = tempdir(), fileext = "") {
  names <- vapply(as.list(substitute(new)), as.character, "")
  names <- setdiff(names, "c")
  paths <- tempfile(rep(pattern, length(names)), tmpdir, fileext)
  on.exit(unlink(paths, recursive = TRUE))
  eval(substitute(code), as.list(setNames(paths, names)), envir)
}

local_tempfile <- function(new = NULL, lines = NULL, envir = parent.frame(), .local_envir = parent.frame(),
                           pattern = "file", tmpdir = tempdir(), fileext = "") {
  path <- tempfile(pattern, tmpdir, fileext)
  if (!is.null(lines)) writeLines(lines, path)
  defer(unlink(path, recursive = TRUE), envir = .local_envir)
  path
}

with_tempdir <- function(code, clean = TRUE, pattern = "file", tmpdir = tempdir(), fileext = "") {
  path <- tempfile(pattern, tmpdir, fileext)
  dir.create(path)
  if (clean) on.exit(unlink(path, recursive = TRUE))
  with_dir(path, code)
}

local_tempdir <- function(pattern = "file", tmpdir = tempdir(), fileext = "",
                          .local_envir = parent.frame(), clean = TRUE) {
  path <- tempfile(pattern, tmpdir, fileext)
  dir.create(path)
  if (clean) defer(unlink(path, recursive = TRUE), envir = .local_envir)
  path
}

with_file <- function(file, code) {
  paths <- if (is.null(names(file))) as.character(file) else names(file)
  on.exit(unlink(paths, recursive = TRUE))
  for (i in seq_along(file)) if (!is.null(names(file))) writeLines(as.character(file[[i]]), paths[i])
  invisible(force(code))
}

with_output_sink <- function(new, code, append = FALSE, split = FALSE) {
  sink(new, append = append, split = split)
  on.exit(sink())
  code
}

# --- packages and plots

with_package <- function(package, code, pos = 2, lib.loc = NULL, character.only = TRUE, logical.return = FALSE,
                         warn.conflicts = FALSE, quietly = TRUE, verbose = getOption("verbose")) {
  attached <- paste0("package:", package) %in% search()
  suppressPackageStartupMessages(library(package, character.only = TRUE))
  if (!attached) on.exit(detach(paste0("package:", package), character.only = TRUE))
  code
}

local_package <- function(package, pos = 2, lib.loc = NULL, character.only = TRUE, logical.return = FALSE,
                          warn.conflicts = FALSE, quietly = TRUE, verbose = getOption("verbose"),
                          .local_envir = parent.frame()) {
  attached <- paste0("package:", package) %in% search()
  suppressPackageStartupMessages(library(package, character.only = TRUE))
  if (!attached) defer(detach(paste0("package:", package), character.only = TRUE), envir = .local_envir)
  invisible(package)
}

with_par <- function(new, code, no.readonly = FALSE) code

local_par <- function(.new = list(), ..., no.readonly = FALSE, .local_envir = parent.frame()) invisible(list())

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

# Each change is a list: `undo`, the function that takes it back, and `old`, what was there before.

.change <- function(old, undo) list(old = old, undo = undo)

.during <- function(change, code) {
  force(change)
  on.exit(change$undo())
  code
}

.until_left <- function(change, frame, value = change$old) {
  force(change)
  defer(change$undo(), envir = frame)
  invisible(value)
}

# --- options, variables, the folder

.change_options <- function(new) {
  old <- do.call(options, new)
  .change(old, function() do.call(options, old))
}

with_options <- function(new, code) .during(.change_options(as.list(new)), code)

local_options <- function(.new = list(), ..., .local_envir = parent.frame()) {
  .until_left(.change_options(.pairs(.new, ...)), .local_envir)
}

.joined <- function(value, before, action) {
  # a variable's value put before or behind what it was
  if (is.na(before) || action == "replace") return(value)
  switch(action, prefix = paste(value, before), suffix = paste(before, value))
}

.set_variables <- function(values) {
  absent <- vapply(values, function(value) is.null(value) || is.na(value), NA)
  if (any(absent)) Sys.unsetenv(names(values)[absent])
  if (!all(absent)) do.call(Sys.setenv, values[!absent])
}

.change_variables <- function(new, action) {
  old <- as.list(Sys.getenv(names(new), unset = NA, names = TRUE))
  for (name in names(new)) if (!is.null(new[[name]]) && !is.na(new[[name]])) new[[name]] <- .joined(new[[name]], old[[name]], action)
  .set_variables(new)
  .change(unlist(old), function() .set_variables(old))
}

with_envvar <- function(new, code, action = "replace") .during(.change_variables(as.list(new), action), code)

local_envvar <- function(.new = list(), ..., action = "replace", .local_envir = parent.frame()) {
  .until_left(.change_variables(.pairs(.new, ...), action), .local_envir)
}

.zone <- function(tz) .change_variables(list(TZ = tz), "replace")

with_timezone <- function(tz, code) .during(.zone(tz), code)

local_timezone <- function(tz, .local_envir = parent.frame()) .until_left(.zone(tz), .local_envir)

.change_folder <- function(new) {
  old <- setwd(new)
  .change(old, function() setwd(old))
}

with_dir <- function(new, code) .during(.change_folder(new), code)

local_dir <- function(new = list(), .local_envir = parent.frame()) .until_left(.change_folder(new), .local_envir)

# --- random numbers

.keep_random <- function(...) {
  # and seed them anew, if there is anything to seed them by
  old <- .random_state()
  if (...length()) set.seed(...)
  .change(old, function() .restore_random(old))
}

with_preserve_seed <- function(code) .during(.keep_random(), code)

with_seed <- function(seed, code, .rng_kind = NULL, .rng_normal_kind = NULL, .rng_sample_kind = NULL) {
  .during(.keep_random(seed, .rng_kind, .rng_normal_kind, .rng_sample_kind), code)
}

local_seed <- function(seed, .local_envir = parent.frame(), .rng_kind = NULL, .rng_normal_kind = NULL, .rng_sample_kind = NULL) {
  .until_left(.keep_random(seed, .rng_kind, .rng_normal_kind, .rng_sample_kind), .local_envir, value = seed)
}

local_preserve_seed <- function(.local_envir = parent.frame()) .until_left(.keep_random(), .local_envir)

# --- files

.gone_after <- function(paths) .change(paths, function() unlink(paths, recursive = TRUE))

.kept <- function(paths) .change(paths, function() NULL)

.new_folder <- function(pattern, tmpdir, fileext, clean) {
  path <- tempfile(pattern, tmpdir, fileext)
  dir.create(path)
  if (clean) .gone_after(path) else .kept(path)
}

with_tempfile <- function(new, code, envir = parent.frame(), .local_envir = parent.frame(),
                          pattern = "file", tmpdir = tempdir(), fileext = "") {
  names <- all.names(substitute(new), functions = FALSE)
  if (!length(names)) names <- as.character(new)
  paths <- tempfile(rep(pattern, length(names)), tmpdir, fileext)
  .during(.gone_after(paths), eval(substitute(code), as.list(setNames(paths, names)), envir))
}

local_tempfile <- function(new = NULL, lines = NULL, envir = parent.frame(), .local_envir = parent.frame(),
                           pattern = "file", tmpdir = tempdir(), fileext = "") {
  made <- .gone_after(tempfile(pattern, tmpdir, fileext))
  if (length(lines)) writeLines(lines, made$old)
  .until_left(made, .local_envir)
  made$old
}

with_tempdir <- function(code, clean = TRUE, pattern = "file", tmpdir = tempdir(), fileext = "") {
  folder <- .new_folder(pattern, tmpdir, fileext, clean)
  .during(folder, with_dir(folder$old, code))
}

local_tempdir <- function(pattern = "file", tmpdir = tempdir(), fileext = "",
                          .local_envir = parent.frame(), clean = TRUE) {
  folder <- .new_folder(pattern, tmpdir, fileext, clean)
  .until_left(folder, .local_envir)
  folder$old
}

with_file <- function(file, code) {
  named <- !is.null(names(file))
  paths <- if (named) names(file) else as.character(file)
  .during(.gone_after(paths), {
    if (named) Map(function(text, path) writeLines(as.character(text), path), file, paths)
    invisible(force(code))
  })
}

.divert <- function(...) {
  sink(...)
  .change(NULL, function() sink())
}

with_output_sink <- function(new, code, append = FALSE, split = FALSE) {
  .during(.divert(new, append = append, split = split), code)
}

# --- packages and plots

.attach <- function(package) {
  entry <- paste0("package:", package)
  there <- is.element(entry, search())
  suppressPackageStartupMessages(library(package, character.only = TRUE))
  .change(package, function() if (!there) detach(entry, character.only = TRUE))
}

with_package <- function(package, code, pos = 2, lib.loc = NULL, character.only = TRUE, logical.return = FALSE,
                         warn.conflicts = FALSE, quietly = TRUE, verbose = getOption("verbose")) {
  .during(.attach(package), code)
}

local_package <- function(package, pos = 2, lib.loc = NULL, character.only = TRUE, logical.return = FALSE,
                          warn.conflicts = FALSE, quietly = TRUE, verbose = getOption("verbose"),
                          .local_envir = parent.frame()) {
  .until_left(.attach(package), .local_envir)
}

with_par <- function(new, code, no.readonly = FALSE) code

local_par <- function(.new = list(), ..., no.readonly = FALSE, .local_envir = parent.frame()) invisible(list())

# Modelled on quora_siamese_lstm.R's flags() (v2.16.1): defaults overridden by arguments of the command line
flag_integer <- function(name, default) list(name = name, type = "integer", value = as.integer(default))
flag_numeric <- function(name, default) list(name = name, type = "numeric", value = as.numeric(default))
flag_boolean <- function(name, default) list(name = name, type = "boolean", value = as.logical(default))
flag_string <- function(name, default) list(name = name, type = "string", value = default)
flags <- function(..., args = character()) {
  defs <- list(...)
  out <- lapply(defs, `[[`, "value")
  names(out) <- vapply(defs, `[[`, character(1), "name")
  types <- setNames(vapply(defs, function(d) d$type, ""), names(out))
  for (a in args) {
    if (!grepl("^--", a)) { warning("ignored: ", a, call. = FALSE); next }
    kv <- strsplit(sub("^--", "", a), "=", fixed = TRUE)[[1]]
    key <- gsub("-", "_", kv[1])
    if (!key %in% names(out)) stop("unknown flag '", key, "'", call. = FALSE)
    raw <- if (length(kv) > 1) kv[2] else "TRUE"
    out[[key]] <- switch(types[[key]], integer = as.integer(raw), numeric = as.numeric(raw),
                         boolean = as.logical(raw), raw)
  }
  out
}
defaults <- list(flag_integer("epochs", 10), flag_numeric("lr", 1e-3), flag_boolean("shuffle", FALSE), flag_string("opt", "adam"))
FLAGS <- do.call(flags, defaults)
FLAGS
FLAGS <- do.call(flags, c(defaults, list(args = c("--epochs=3", "--lr=5e-4", "--shuffle", "--opt=sgd"))))
str(FLAGS)
r <- tryCatch(do.call(flags, c(defaults, args = "--epoch=3")), error = function(e) conditionMessage(e))
r
withCallingHandlers(do.call(flags, c(defaults, args = "extra"))$epochs,
  warning = function(w) { cat("warned:", conditionMessage(w), "\n"); invokeRestart("muffleWarning") })
Sys.setenv(KERAS_EPOCHS = "7"); as.integer(Sys.getenv("KERAS_EPOCHS", unset = "1")); Sys.getenv("KERAS_NOT_SET"); nzchar(Sys.getenv("KERAS_NOT_SET"))
writeLines(paste0("--", names(FLAGS), "=", unlist(FLAGS)))

# Modelled on saving_serializing.Rmd and model configurations (v2.16.1): nested lists built, changed, flattened
config <- list(name = "model_1", layers = list(
  list(class_name = "Dense", config = list(units = 64L, activation = "relu", use_bias = TRUE)),
  list(class_name = "Dropout", config = list(rate = 0.5, seed = NULL))))
str(config)
config$layers[[1]]$config$units <- 128L
config$layers[[3]] <- list(class_name = "Dense", config = list(units = 10L))
length(config$layers)
sapply(config$layers, `[[`, "class_name")
sapply(config$layers, function(l) { u <- l$config$units; if (is.null(u)) NA_integer_ else u })
names(unlist(config))
unlist(config)[["layers.config.rate"]]
config["optimizer"] <- list(NULL)
names(config); is.null(config$optimizer)
config$name <- NULL
names(config)
modifyList(list(a = 1, b = list(c = 2, d = 3)), list(b = list(c = 5), e = "new"))
to_json <- function(x, indent = 0) {
  pad <- strrep("  ", indent)
  if (is.null(x)) "null"
  else if (is.list(x) && !is.null(names(x)))
    paste0("{\n", paste0(pad, "  \"", names(x), "\": ", vapply(x, to_json, "", indent + 1), collapse = ",\n"), "\n", pad, "}")
  else if (is.list(x)) paste0("[", paste(vapply(x, to_json, "", indent), collapse = ", "), "]")
  else if (is.logical(x)) tolower(as.character(x))
  else if (is.character(x)) paste0("\"", x, "\"")
  else as.character(x)
}
cat(to_json(config$layers[[1]]), "\n")
l <- vector("list", 2); names(l) <- c("a", "b"); l$b <- 1:3; l
rev(list(1, "a")); list(1, 2)[-1]; head(list(a = 1, b = 2, c = 3), 2)
identical(list(a = 1), list(a = 1)); all.equal(list(a = 1), list(a = 1.1))
setdiff(names(config), "layers"); "layers" %in% names(config)
array(list(1, "a", TRUE, NULL), c(2, 2))
append(list(1, 3), list(2), after = 1) |> unlist()
relist <- split(list(1, 2, 3), c("x", "y", "x")); str(relist)
nested <- list(list(id = 1, v = "a"), list(id = 2, v = "b")); do.call(rbind, lapply(nested, data.frame)); Reduce(rbind, nested)
mapply(function(n, v) paste(n, v), names(list(p = 1, q = 2)), list(p = 1, q = 2))

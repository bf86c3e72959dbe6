# reshape2: melt to long form, dcast and acast to wide form.

melt <- function(data, ..., na.rm = FALSE, value.name = "value") UseMethod("melt")

.melted <- function(ids, measured, variable.name, value.name, na.rm) {
  n <- length(measured[[1L]])
  out <- lapply(ids, rep, times = length(measured))
  out[[variable.name]] <- factor(rep(names(measured), each = n), levels = unique(names(measured)))
  values <- unname(lapply(measured, function(column) if (is.factor(column)) as.character(column) else column))
  out[[value.name]] <- do.call(c, values)
  out <- as.data.frame(out, stringsAsFactors = FALSE, check.names = FALSE)
  names(out) <- c(names(ids), variable.name, value.name)
  if (na.rm) out <- out[!is.na(out[[value.name]]), , drop = FALSE]
  out
}

.columns <- function(which, names) if (is.numeric(which)) names[which] else which

melt.data.frame <- function(data, id.vars, measure.vars, variable.name = "variable", ..., na.rm = FALSE,
                            value.name = "value", factorsAsStrings = TRUE) {
  names <- base::names(data)
  if (missing(id.vars) && missing(measure.vars)) {
    discrete <- vapply(data, function(column) is.factor(column) || is.character(column) || is.logical(column), NA)
    id <- names[discrete]
    measure <- names[!discrete]
    if (length(id)) message("Using ", paste(id, collapse = ", "), " as id variables") else message("No id variables; using all as measure variables")
  } else {
    id <- if (missing(id.vars)) setdiff(names, .columns(measure.vars, names)) else .columns(id.vars, names)
    measure <- if (missing(measure.vars)) setdiff(names, id) else .columns(measure.vars, names)
  }
  gone <- setdiff(c(id, measure), names)
  if (length(gone)) stop("id variables not found in data: ", paste(gone, collapse = ", "), call. = FALSE)
  .melted(as.list(data[id]), as.list(data[measure]), variable.name, value.name, na.rm)
}

melt.array <- function(data, varnames = names(dimnames(data)), ..., na.rm = FALSE, as.is = FALSE, value.name = "value") {
  labels <- dimnames(data)
  if (is.null(labels)) labels <- vector("list", length(dim(data)))
  keys <- lapply(seq_along(dim(data)), function(k) {
    if (is.null(labels[[k]])) return(seq_len(dim(data)[k]))
    if (as.is) return(labels[[k]])
    found <- utils::type.convert(labels[[k]], as.is = TRUE)
    if (is.character(found)) factor(found, levels = unique(found)) else found
  })
  if (is.null(varnames)) varnames <- paste0("Var", seq_along(keys))
  names(keys) <- ifelse(is.na(varnames) | varnames == "", paste0("Var", seq_along(keys)), varnames)
  out <- expand.grid(keys, KEEP.OUT.ATTRS = FALSE, stringsAsFactors = FALSE)
  out[[value.name]] <- as.vector(data)
  if (na.rm) out <- out[!is.na(out[[value.name]]), , drop = FALSE]
  out
}

melt.matrix <- melt.array

melt.table <- melt.array

melt.list <- function(data, ..., level = 1) {
  parts <- lapply(data, function(item) melt(item, ..., level = level + 1))
  labels <- if (is.null(names(data))) seq_along(data) else names(data)
  sizes <- vapply(parts, nrow, 1L)
  out <- do.call(rbind, unname(parts))
  out[[paste0("L", level)]] <- rep(labels, sizes)
  rownames(out) <- NULL
  out
}

melt.default <- function(data, ..., na.rm = FALSE, value.name = "value") {
  if (na.rm) data <- data[!is.na(data)]
  out <- data.frame(data, stringsAsFactors = FALSE)
  names(out) <- value.name
  rownames(out) <- if (is.null(names(data))) NULL else names(data)
  out
}

for (.class in c("data.frame", "array", "matrix", "table", "list", "default")) {
  registerS3method("melt", .class, get(paste0("melt.", .class)))
}

# --- wide

.sides <- function(formula, names, value.var) {
  terms <- function(node) {
    if (is.call(node) && as.character(node[[1L]]) == "+") return(c(terms(node[[2L]]), terms(node[[3L]])))
    label <- deparse(node)
    if (label == "...") setdiff(names, c(all.vars(formula), value.var)) else if (label == ".") character() else label
  }
  if (is.character(formula)) formula <- stats::as.formula(formula)
  list(rows = terms(formula[[2L]]), columns = terms(formula[[3L]]))
}

.combinations <- function(data, variables, drop) {
  # the different values of some columns in order, and which one each row has
  if (!length(variables)) return(list(keys = data.frame(. = "."), index = rep(1L, nrow(data))))
  if (!drop) {
    keys <- rev(expand.grid(rev(lapply(data[variables], function(column) if (is.factor(column)) factor(levels(column), levels(column)) else sort(unique(column)))), stringsAsFactors = FALSE))
  } else {
    keys <- unique(data[variables])
    keys <- keys[do.call(order, unname(as.list(keys))), , drop = FALSE]
  }
  text <- function(frame) do.call(paste, c(lapply(frame, as.character), sep = "\r"))
  rownames(keys) <- NULL
  list(keys = keys, index = match(text(data[variables]), text(keys)))
}

.cast <- function(data, formula, fun.aggregate, ..., subset, fill, drop, value.var) {
  if (is.null(value.var)) {
    value.var <- if ("value" %in% names(data)) "value" else {
      found <- names(data)[ncol(data)]
      message("Using ", found, " as value column: use value.var to override.")
      found
    }
  }
  if (!value.var %in% names(data)) stop("value.var (", value.var, ") not found in input", call. = FALSE)
  sides <- .sides(formula, names(data), value.var)
  rows <- .combinations(data, sides$rows, drop)
  columns <- .combinations(data, sides$columns, drop)
  values <- data[[value.var]]
  height <- nrow(rows$keys)
  place <- rows$index + (columns$index - 1L) * height
  size <- height * nrow(columns$keys)
  if (is.null(fun.aggregate)) {
    if (anyDuplicated(place)) {
      message("Aggregation function missing: defaulting to length")
      fun.aggregate <- length
    } else {
      cells <- rep(if (is.null(fill)) values[NA_integer_][1L] else fill, size)
      if (is.factor(values)) values <- as.character(values)
      cells[place] <- values
      if (!is.null(fill)) cells[is.na(cells)] <- fill
    }
  }
  if (!is.null(fun.aggregate)) {
    groups <- split(values, factor(place, levels = seq_len(size)))
    empty <- if (is.null(fill)) fun.aggregate(values[0L], ...) else fill
    cells <- unlist(lapply(groups, function(group) if (length(group)) fun.aggregate(group, ...) else empty), use.names = FALSE)
  }
  list(rows = rows$keys, columns = columns$keys, cells = matrix(cells, nrow = height), sides = sides)
}

.titles <- function(keys) do.call(paste, c(lapply(keys, as.character), sep = "_"))

.caster <- function(finish) {
  force(finish)
  function(data, formula, fun.aggregate = NULL, ..., margins = NULL, subset = NULL, fill = NULL, drop = TRUE,
           value.var = NULL) {
    if (!is.null(margins)) stop("margins of cast tables are not available", call. = FALSE)
    finish(.cast(as.data.frame(data), formula, fun.aggregate, ..., fill = fill, drop = drop, value.var = value.var))
  }
}

dcast <- .caster(function(made) cbind(made$rows, setNames(as.data.frame(made$cells), .titles(made$columns))))

acast <- .caster(function(made) array(made$cells, dim(made$cells), list(.titles(made$rows), .titles(made$columns))))

colsplit <- function(string, pattern, names) {
  parts <- regmatches(string, regexpr(pattern, string), invert = TRUE)
  columns <- lapply(seq_along(names), function(k) utils::type.convert(vapply(parts, function(part) part[k], ""), as.is = TRUE))
  as.data.frame(stats::setNames(columns, names))
}

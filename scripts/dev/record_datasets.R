# Writes R's own data sets: Rscript scripts/dev/record_datasets.R pipekeras/data
# The first line of each file gives the column types: n number, i integer, c text, f factor, o ordered factor,
# r row names; before them stands what it is: "matrix", "vector", "table", "ts START FREQUENCY" or "frame CLASSES".
folder <- commandArgs(TRUE)[1]
kind <- function(x) if (is.ordered(x)) "o" else if (is.factor(x)) "f" else if (is.integer(x)) "i" else if (is.character(x)) "c" else "n"
mass <- "Boston"
save_set <- function(name) {
  x <- if (name %in% mass) getExportedValue("MASS", name) else get(name)
  con <- file(file.path(folder, paste0(name, ".csv")), "w")
  on.exit(close(con))
  shape <- labels <- NULL
  if (is.ts(x)) {
    shape <- paste("ts", format(tsp(x)[1], digits = 16), format(frequency(x), digits = 16))
    d <- if (is.matrix(x)) as.data.frame(unclass(x)) else data.frame(x = as.vector(x))
    rows <- FALSE
  } else if (is.table(x)) {
    shape <- "table"
    d <- as.data.frame(x)
    rows <- FALSE
  } else if (is.matrix(x)) {
    shape <- "matrix"
    d <- as.data.frame(x)
    rows <- TRUE
  } else if (!is.data.frame(x)) {
    shape <- "vector"
    d <- data.frame(x = unname(x))
    rows <- !is.null(names(x))
    labels <- names(x)
  } else {
    shape <- paste("frame", paste(class(x), collapse = "|"))
    d <- x
    class(d) <- "data.frame"
    rows <- is.character(attr(d, "row.names")) || !identical(as.integer(attr(d, "row.names")), seq_len(nrow(d)))
  }
  levels <- unlist(lapply(names(d), function(n) if (is.factor(d[[n]])) paste(levels(d[[n]]), collapse = "|") else ""))
  kinds <- vapply(d, kind, "")
  writeLines(paste(c(shape, paste(c(if (rows) "r", kinds), collapse = "")), collapse = ","), con)
  writeLines(paste(shQuote(c(if (rows) "", levels), "cmd"), collapse = ","), con)
  d[] <- lapply(d, function(column) if (is.double(column)) format(column, digits = 15, trim = TRUE) else as.character(column))
  if (rows) d <- cbind(rowname = if (is.null(labels)) rownames(d) else labels, d)
  write.table(d, con, sep = ",", row.names = FALSE, qmethod = "double", na = "NA", quote = TRUE)
}
for (name in c("iris", "mtcars", "airquality", "AirPassengers", "EuStockMarkets", "women", "cars", "faithful",
               "ToothGrowth", "ChickWeight", "swiss", "esoph", "Titanic", "quakes", "USArrests", "longley",
               "state.x77", "PlantGrowth", "trees", "pressure", "InsectSprays", "warpbreaks", "sleep", "Nile",
               "co2", "nottem", "lynx", "sunspots", "attitude", "stackloss", "rock", "islands", "rivers",
               "state.name", "state.abb", "state.area", "state.region", "chickwts", "Orange", "HairEyeColor",
               "LakeHuron", "UKgas", "JohnsonJohnson", "mdeaths", "ldeaths", "volcano",
               "CO2", "anscombe", "euro", "infert", "UCBAdmissions", "airmiles", "BOD",
               "LifeCycleSavings", "VADeaths", "uspop", "OrchardSprays", "npk", "Puromycin", "randu",
               "state.division", "nhtemp", "discoveries", "WWWusage", "austres", "treering", "Loblolly",
               "beaver1", "beaver2",
               "attenu", "BJsales", "BJsales.lead", "fdeaths", "Formaldehyde", "freeny.y", "morley",
               "precip", "presidents", "USJudgeRatings", "USPersonalExpenditure", "WorldPhones",
               "USAccDeaths", "UKDriverDeaths", "DNase", "Indometh", "Theoph", "lh", "stack.loss",
               "sunspot.year", mass))
  save_set(name)

# Modelled on R/layer-methods.R and utils (v2.16.1): layers as S3 objects with printing, combining, counting
layer <- function(type, units, ..., name = paste0(type, "_", units)) {
  structure(list(name = name, units = units, config = list(...)), class = c(paste0("layer_", type), "layer"))
}
format.layer <- function(x, ...) sprintf("<%s units=%d>", x$name, x$units)
print.layer <- function(x, ...) cat(format(x), "\n")
toString.layer <- function(x, ...) x$name
count_params <- function(layer, input) UseMethod("count_params")
count_params.default <- function(layer, input) 0
count_params.layer_dense <- function(layer, input) (input + 1) * layer$units
count_params.layer_lstm <- function(layer, input) 4 * (NextMethod() + (input + layer$units + 1) * layer$units)
"+.layer" <- function(e1, e2) structure(list(layers = c(if (inherits(e1, "stack")) e1$layers else list(e1), list(e2))), class = c("stack", "layer"))
print.stack <- function(x, ...) for (l in x$layers) print(l)
length.stack <- function(x) length(x$layers)
"[[.stack" <- function(x, i) .subset2(x, "layers")[[i]]
"$<-.layer" <- function(x, name, value) { if (name == "units" && value < 1) stop("units must be positive"); y <- unclass(x); y[[name]] <- value; structure(y, class = class(x)) }
d <- layer("dense", 64L, activation = "relu")
d
net <- layer("lstm", 8L) + d + layer("dropout", 0L, rate = 0.5)
net
length(net)
net[[2]]
inputs <- c(16, 8, 64)
params <- mapply(count_params, net$layers, inputs)
params
cat(sprintf("%-20s%10s\n", c("Layer", sapply(net$layers, toString)), c("Params", format(params, big.mark = ","))), sep = "")
cat(strrep("=", 30), "\nTotal params: ", format(sum(params), big.mark = ","), "\n", sep = "")
d$units <- 32L; format(d)
tryCatch(d$units <- 0L, error = function(e) print(e))
class(net); inherits(net, c("stack", "layer"), which = TRUE)
unclass(d)$config
exists("print.stack"); is.function(getS3method("count_params", "layer_dense"))

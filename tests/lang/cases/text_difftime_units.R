# Differences of times meet in their own unit where they agree, in seconds where not; what never comes is Inf.
H <- as.difftime(1, units = "hours"); M <- as.difftime(30, units = "mins"); D <- as.difftime(1, units = "days")
said <- function(e) tryCatch(print(e), error = function(e) cat("E:", conditionMessage(e), "\n"))
said(H + M); said(H - M); said(H + H); said(c(H, M)); said(c(H, 2)); said(c(a = H, b = M)); said(sum(H, M)); said(sum(H, H))
said(range(H, M)); said(min(D, H)); said(max(H, 3)); said(D / H); said(+M); said(-M); said(!M); said(H > M); said(Reduce(`+`, list(M, H)))
said(mean(c(H, M))); said(as.numeric(H + M, units = "mins")); said(format(H + M))
I <- as.Date(c(Inf, -Inf, NaN, NA, 3), origin = "1970-01-01"); P <- as.POSIXct(c(Inf, NaN, NA, 3), origin = "1970-01-01", tz = "UTC")
I; P; format(I, "%Y"); weekdays(I); months(P); quarters(I); is.na(I); as.Date(P); range(I, na.rm = TRUE); data.frame(I); paste(I)
suppressWarnings(max(I[0])); as.POSIXct(I)

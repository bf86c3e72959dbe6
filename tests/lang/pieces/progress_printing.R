# Modelled on mnist_acgan.R, eager_pix2pix.R and custom loops of v1.5.1: progress in text
total <- 5
pb <- txtProgressBar(min = 0, max = total, style = 3)
for (i in 1:total) setTxtProgressBar(pb, i)
close(pb)
for (step in seq(200, 600, by = 200)) {
  cat(sprintf("Training loss (for one batch) at step %d: %.4f\n", step, 1 / step))
  cat(sprintf("Seen so far: %d samples\n", (step * 64)))
}
bar <- function(i, n, width = 20) { done <- floor(width * i / n); paste0("[", strrep("=", done), if (done < width) ">", strrep(".", max(0, width - done - 1)), "]") }
for (i in c(1, 3, 5)) cat(i, "/", 5, " ", bar(i, 5), " - loss: ", formatC(0.5 / i, digits = 4, format = "f"), "\n", sep = "")
cat("Epoch", 1, "of", 10, fill = TRUE)
cat("a", "b", sep = "\n"); cat("\n")
cat("Losses:", signif(c(0.123456, 12.3456, 1234567), 3), "\n")
cat(1e-10, 123456789, 1234567890123, 0.1 + 0.2, 1/3, 100, 1e5, 1e15, 1e-5, "\n")
cat(TRUE, NA, 3L, NULL, Inf, -1.50, "\n")
cat("tabs\there", "quote\"s", 'single\'s', "back\\slash", "\n")
message("to the other stream")
print(sprintf("%5.1f%% done, eta %s", 45.678, format(as.difftime(90, units = "secs"))))
print(paste("Epoch", 1:2, "loss", c(.5, .25)))
print(c(loss = 0.123456789, acc = 0.9), digits = 3)
sprintf("%3d|%-8s|%+.2e|%05.1f|%x|%%|%s", 7L, "ab", 12345.678, 3.14159, 255L, TRUE)
sprintf("%s has %d", c("a", "b"), 1:2); sprintf("%2$s %1$s", "world", "hello"); sprintf("%*d", 5, 42L)
format(Sys.time(), "%Y") >= "2020"
format(c(0.001, 123.456), nsmall = 2); format(TRUE); format("x", width = 5); format(1234567.891, big.mark = ","); format(-1.5)
formatC(c(1, 10, 100), width = 6, flag = "0"); formatC(3.14159, digits = 3); formatC(1e6, big.mark = ",", format = "d")
toString(c(28, 28, 1)); noquote("no quotes"); invisible(3)
writeLines(c("line one", "line two"), sep = " | "); cat("\n")
cat(paste0("Total loss (epoch): ", 3, ": ", round(12.34567, 4), "\n"))

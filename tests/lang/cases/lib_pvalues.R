# format.pval
format.pval(c(0.05, 0.00001, NA, 1e-20)); format.pval(0.034567, digits = 3); format.pval(c(0.34375, 1), digits = 4); format.pval(1e-17, digits = 4); format.pval(c(0.1, 0.0001, 1e-27)); format.pval(0)
format.pval(c(0.1,0.00012)); format.pval(c(0.1,0.0012,0.00045)); format.pval(c(0.1, 0.001)); format.pval(c(0.1,0.0001)); format.pval(c(0.12345,0.0001))

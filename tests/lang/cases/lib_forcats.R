# forcats
library(forcats)
f <- factor(c("a","b","a","c","c","c"))
fct_recode(f, x = "a", y = "b"); fct_recode(f, z = "a", z = "b"); fct_relevel(f, "c"); fct_relevel(f, "a", after = Inf); fct_rev(f); fct_inorder(factor(c("z","a","z")))
fct_infreq(f); fct_reorder(f, c(3, 2, 1, 9, 9, 9)); fct_reorder(f, 1:6, .desc = TRUE); fct_lump_n(f, 1); fct_collapse(f, ab = c("a", "b"))
fct_drop(factor("a", levels = c("a","b"))); fct_expand(f, "q"); fct_count(f); fct_other(f, keep = "c"); as_factor(c("z","a","z")); fct_relabel(f, toupper); fct_c(f, factor("q")); fct_unique(f)
levels(fct_lump_min(f, 2)); as_factor(c(3, 1)); fct_count(f, sort = TRUE, prop = TRUE)

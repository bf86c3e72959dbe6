d <- data.frame(g = factor(c("u", "v", "w", "u")), x = 1:4)
e <- d[2:3, ]
model.matrix(~ x, e)
f <- e; f[["g"]] <- factor(as.character(f[["g"]])); f
model.frame(~ g + x, e)
model.matrix(~g, model.frame(~g, e))
m <- model.frame(~ g + x, e, na.action = na.pass); m
model.matrix(~ x - 1, m)
model.matrix(~ g + x - 1, m, contrasts.arg = list(g = contrasts(d$g, contrasts = FALSE)))

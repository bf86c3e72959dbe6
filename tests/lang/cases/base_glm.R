# glm of the usual families, printed, summarised, predicted
g <- glm(am ~ wt, data = mtcars, family = binomial)
g
summary(g)
predict(g, data.frame(wt = c(2.5, 3.5)))
predict(g, data.frame(wt = c(2.5, 3.5)), type = "response")
head(round(fitted(g), 4), 3); head(round(residuals(g), 4), 3)
head(round(resid(g, type = "pearson"), 4), 3)
counts <- c(18, 17, 15, 28, 10, 20, 25, 13, 19)
outcome <- factor(rep(1:3, 3)); treatment <- factor(rep(1:3, each = 3))
p <- glm(counts ~ outcome + treatment, family = poisson())
p
summary(p)
summary(glm(mpg ~ wt + hp, data = mtcars))
summary(glm(mpg ~ wt, data = mtcars, family = Gamma(link = "log")))$coefficients
deviance(g); AIC(g); logLik(g); nobs(g); df.residual(g); class(g)
coef(summary(g))
binomial()
binomial(link = "probit")$link
glm(cbind(ncases, ncontrols) ~ agegp, data = esoph, family = binomial())
glm(Species == "setosa" ~ Sepal.Length, data = iris, family = "binomial")$iter
names(g)
vcov(g)

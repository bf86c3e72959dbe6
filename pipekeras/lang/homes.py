"""Which of the functions that are always there R has in another package than base (R 4.2)."""

_EXPORTS = {
    "stats": (
        "acf addmargins aggregate aggregate.data.frame aggregate.ts AIC anova aov approx approxfun "
        "as.dist as.formula as.ts ave bartlett.test BIC binom.test binomial bw.nrd bw.nrd0 case.names "
        "chisq.test cmdscale coef coefficients complete.cases confint confint.default contr.helmert "
        "contr.poly contr.sum contr.treatment contrasts convolve cophenetic cor cor.test cov cov2cor "
        "cutree cycle D dbeta dbinom dcauchy dchisq decompose deltat density density.default deviance "
        "dexp df df.residual dgamma dgeom dhyper dist dlnorm dlogis dmultinom dnbinom dnorm dpois "
        "dsignrank dt dunif dweibull dwilcox ecdf effects embed end family fft filter fisher.test fitted "
        "fitted.values fivenum formula frequency ftable Gamma gaussian glm glm.control hasTsp hclust "
        "heatmap integrate IQR is.mts is.ts kmeans knots kruskal.test ks.test lag line lm lm.fit logLik "
        "lowess mad mahalanobis median median.default model.frame model.frame.default model.matrix "
        "model.matrix.default model.response mvfft na.exclude na.fail na.omit na.pass nextn nls "
        "nls.control nobs offset optim optimise optimize p.adjust p.adjust.methods pacf pbeta pbinom "
        "pcauchy pchisq pexp pf pgamma pgeom phyper plnorm plogis pnbinom pnorm poisson poly ppois "
        "prcomp predict predict.glm predict.lm printCoefmat prop.test psignrank pt punif pweibull "
        "pwilcox qbeta qbinom qcauchy qchisq qexp qf qgamma qgeom qhyper qlnorm qlogis qnbinom qnorm "
        "qpois qsignrank qt quantile qunif qweibull qwilcox rbeta rbinom rcauchy rchisq reformulate "
        "relevel reorder reshape resid residuals residuals.glm rexp rf rgamma rgeom rhyper rlnorm rlogis "
        "rmultinom rnbinom rnorm rpois rsignrank rt runif rweibull rwilcox sd setNames shapiro.test "
        "sigma spline splinefun start stepfun summary.glm summary.lm t.test terms time toeplitz ts tsp "
        "uniroot update update.default var var.test variable.names vcov weighted.mean weights "
        "wilcox.test window xtabs"
    ),
    "utils": (
        "? as.relistable as.roman browseURL capture.output combn compareVersion count.fields data "
        "download.file edit file_test fix flush.console formatOL formatUL getS3method getTxtProgressBar "
        "glob2rx hasName head help install.packages installed.packages is.relistable ls.str methods "
        "modifyList object.size packageVersion read.csv read.csv2 read.delim read.table relist "
        "remove.packages sessionInfo setTxtProgressBar stack str strcapture tail txtProgressBar "
        "type.convert unstack untar unzip update.packages URLdecode URLencode write.csv write.csv2 "
        "write.table"
    ),
    "methods": (
        ".hasSlot as body<- callGeneric callNextMethod existsMethod extends formalArgs getClass "
        "getClassDef getMethod getSlots hasMethod initialize is isClass isGeneric isVirtualClass "
        "kronecker new prototype removeClass removeMethod representation selectMethod setAs setClass "
        "setClassUnion setGeneric setMethod setRefClass setReplaceMethod setValidity show showClass "
        "showMethods signature slot slot<- slotNames validObject"
    ),
    "graphics": (
        "abline arrows axis axis.Date axis.POSIXct barplot box boxplot contour curve grid hist image "
        "layout legend lines matplot mtext pairs par persp pie plot plot.new plot.window points polygon "
        "rasterImage rect segments stem text title"
    ),
    "grDevices": (
        "as.raster boxplot.stats dev.new dev.off extendrange graphics.off gray gray.colors grey "
        "grey.colors heat.colors hsv is.raster jpeg nclass.Sturges pdf png rainbow rgb svg"
    ),
    "tools": ("file_ext file_path_sans_ext toTitleCase"),
}
_HOMES = {name: package for package, names in _EXPORTS.items() for name in names.split()}


def home_of(name: str) -> str:
    """The package in which R has the function."""
    return _HOMES.get(name, "base")

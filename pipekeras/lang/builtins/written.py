"""Base functions that are written in R: the files of `lang/written`, each run when its first is looked up."""

from __future__ import annotations

from importlib import resources
from typing import Any

from ..registry import BASE
from ..values import LazyBinding

FILES = {
    "arrays": "asplit slice.index mat.or.vec gl list2DF isSymmetric cov2cor toeplitz mahalanobis jitter "
    "kronecker %x% provideDimnames",
    "clusters": ("hclust print.hclust cutree cophenetic as.dist kmeans print.kmeans fitted.kmeans cmdscale"),
    "console": "txtProgressBar setTxtProgressBar getTxtProgressBar flush.console close.txtProgressBar",
    "derivatives": "D",
    "flat_tables": "ftable ftable.default ftable.formula print.ftable format.ftable",
    "helpers": (
        "getElement hasName isa callCC data.class comment comment<- dget ngettext gettext nullfile logb is.R "
        "pairlist as.pairlist allowInterrupts suspendInterrupts within.list reformulate strcapture "
        "URLencode URLdecode formatUL formatOL toTitleCase ls.str labels"
    ),
    "htests": (
        ".htest .refuse .caution .data_name .samples .grouped .alternatives .p_value .interval "
        ".tie_sizes .formula_frame .by_formula .by_groups print.htest p.adjust p.adjust.methods"
    ),
    "interpolation": (
        "approx approxfun spline splinefun stepfun knots knots.stepfun ecdf print.ecdf print.stepfun "
        "quantile.ecdf summary.ecdf print.summary.ecdf print.integrate nextn mvfft convolve"
    ),
    "nonlinear": "nls nls.control",
    "numerals": (
        "as.roman compareVersion numeric_version package_version R_system_version as.numeric_version "
        "as.package_version is.numeric_version is.package_version getRversion"
    ),
    "reshaping": "reshape unstack",
    "smoothing": "lowess bw.nrd0 bw.nrd density density.default print.density poly predict.poly",
    "tests_of_correlation": "cor.test",
    "tests_of_counts": "chisq.test binom.test prop.test fisher.test dmultinom",
    "tests_of_distributions": "shapiro.test ks.test",
    "tests_of_means": "t.test var.test bartlett.test",
    "tests_of_ranks": "kruskal.test wilcox.test",
    "values": "as.relistable is.relistable relist unlist.relistable dump print.mlm",
    "variance": "anova aov printCoefmat family",
}
"""What each file declares for scripts; methods and helpers come with it."""


def _load(file: str, name: str) -> Any:
    from ...syntax.parser import parse
    from ...syntax.source import Source
    from ..evaluator.compile import evaluate
    from ..session import session

    text = resources.files("pipekeras.lang.written").joinpath(f"{file}.R").read_text(encoding="utf-8")
    visible = session.visible
    for node in parse(Source(f"{file}.R", text, internal=True)):
        evaluate(node, session.base)
    session.visible = visible
    return BASE[name]


def _binding(file: str, name: str) -> LazyBinding:
    return LazyBinding(lambda: _load(file, name))


for _file, _names in FILES.items():
    for _name in _names.split():
        assert _name not in BASE, f"{_name} is declared twice"
        BASE[_name] = _binding(_file, _name)

"""Plotting functions draw nothing, and say so once."""

from __future__ import annotations

import pytest

from pipekeras.lang.evaluator.interpreter import run_source
from pipekeras.lang.session import fresh_session
from pipekeras.syntax.source import Source


def test_plots_are_noted_once(capsys: pytest.CaptureFixture[str]) -> None:
    fresh_session()
    run_source(Source("x.R", "par(mfrow = c(1, 2))\nplot(1:3, main = 'a')\nlines(1:3)\nhist(c(1, 2))\n"))
    seen = capsys.readouterr()
    assert seen.out == ""
    assert seen.err == "note: plots are not drawn\n"


def test_a_method_of_plot_is_called() -> None:
    fresh_session()
    run_source(
        Source(
            "x.R",
            "plot.mine <- function(x, ...) stopifnot(x$a == 1)\nplot(structure(list(a = 1), class = 'mine'))",
        )
    )


def test_plots_of_ggplot2_are_put_together_and_noted_once(run_r) -> None:
    outcome = run_r(
        "library(ggplot2)\n"
        "p <- ggplot(mtcars, aes(mpg, hp)) + geom_point() + facet_wrap(~cyl) + theme_minimal()\n"
        "p\nprint(p)\nggsave('x.png', p)\ncat(length(p$layers), is.ggplot(p))"
    )
    assert outcome.error is None
    assert outcome.out == "3 TRUE"
    assert outcome.err == "note: plots are not drawn\n"

"""A script that loads keras is refused before it starts when a function or package in it cannot exist."""

from __future__ import annotations

import pytest

START = "library(keras)\ncat('started')\n"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("plt(1)", 'could not find function "plt"'),
        ("x <- summry(1)", 'could not find function "summry"'),
        ("y <- c(1, 2) %>% meen()", 'could not find function "meen"'),
        ("y <- c(1, 2) %>% meen", 'could not find function "meen"'),
        ("cat(past0('a'))", 'could not find function "past0"'),
        ("library(nosuchpackage)", "there is no package called ‘nosuchpackage’"),
    ],
)
def test_what_cannot_work_is_refused_at_the_start(run_r, line: str, message: str) -> None:
    outcome = run_r(START + line)
    assert outcome.out == ""
    assert outcome.error.message == message
    assert outcome.error.span.where().startswith("test.R:3:")


@pytest.mark.parametrize(
    "line",
    [
        "if (FALSE) nosuch(1)",
        "f <- function() nosuch(1)",
        "r <- tryCatch(nosuch(1), error = function(e) 0)",
        "r <- try(nosuch(1), silent = TRUE)",
        "e <- quote(nosuch(1))",
        "g <- function(x) x; g(1)",
        "h <- c(sq = function(x) x^2); h$sq(2)",
        "assign('k', function() 1); k()",
        "apply_it <- function(f) f(2); apply_it(function(v) v)",
        "library(tidyverse); x <- summarise(data.frame(a = 1), n = n())",
    ],
)
def test_what_may_work_is_left_alone(run_r, line: str) -> None:
    outcome = run_r(START + line)
    assert outcome.error is None
    assert outcome.out.startswith("started")


def test_scripts_without_keras_run_as_in_r(run_r) -> None:
    outcome = run_r("cat('started')\nnosuch(1)")
    assert outcome.out == "started"
    assert outcome.error is not None

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
        ("x <- nosuchpackage::f(1)", "there is no package called ‘nosuchpackage’"),
        ("x <- dplyr::nosuch(1)", "'nosuch' is not an exported object from 'namespace:dplyr'"),
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
        "if (requireNamespace('nosuch', quietly = TRUE)) nosuch::f(1)",
        "f <- function() nosuch::f(1)",
        "suppressWarnings(require(nosuch))",
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


@pytest.mark.parametrize("line", ["library(nosuchpackage)", "x <- 1 + nosuchpackage::f(2)"])
def test_packages_that_there_are_not_are_named_before_any_script_starts(run_r, line: str) -> None:
    outcome = run_r("cat('started')\n" + line)
    assert outcome.out == ""
    assert outcome.error.message == "there is no package called ‘nosuchpackage’"
    assert outcome.error.span.where().startswith("test.R:2:")


def test_scripts_without_keras_run_as_in_r(run_r) -> None:
    outcome = run_r("cat('started')\nnosuch(1)")
    assert outcome.out == "started"
    assert outcome.error is not None

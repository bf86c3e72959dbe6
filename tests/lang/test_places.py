"""Errors show the user's own text, the very name that is missing, and of long lines and stacks the ends."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("code", "marked"),
    [
        ("y <- 2\nx <- c(1) + nosuch + 5", "nosuch"),
        ("f <- function(a) { b <- a + 1; b * nosuch }\nf(2)", "nosuch"),
        ("t.test('a')", "t.test('a')"),
    ],
    ids=["at top level", "in a function", "not in a base function written in R"],
)
def test_the_place_is_the_missing_name_in_the_users_text(run_r, code, marked):
    error = run_r(code).error
    assert error.span.source.text[error.span.start : error.span.end] == marked


def test_long_lines_are_cut_around_the_place(run_r):
    error = run_r("x <- c(" + ", ".join(map(str, range(400))) + ") + nosuch + 5").error
    _, line, caret = error.span.picture()
    assert len(line) < 180
    assert line[caret.index("^") :].startswith("nosuch")


def test_of_many_running_calls_the_first_and_last_are_named(run_r):
    error = run_r("f <- function(n) f(n + 1)\nf(1)").error
    assert "f -> f -> f -> f -> f -> ... -> f -> f -> f -> f\n" in error.render()


def test_a_variable_is_not_suggested_for_a_function(run_r):
    error = run_r("x <- 3\nx(2)").error
    assert error.message == 'could not find function "x"'
    assert error.cause == "`x` is a variable that holds no function"
    assert "did you mean" not in error.cure

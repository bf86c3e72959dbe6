"""Hostile programs end in one clear error, or run: deep nesting, long chains, recursion, escapes."""

from __future__ import annotations

import pytest

from pipekeras.errors import Code

TOO_DEEP = "evaluation nested too deeply: infinite recursion / options(expressions=)?"


@pytest.mark.parametrize(
    "program",
    [
        "f <- function(n) f(n + 1); f(1)",
        "f <- function(n) g(n); g <- function(n) f(n); f(1)",
        "f <- function(n) sapply(n, f); f(1)",
        "f <- function(n) n %>% f; f(1)",
        "f <- function(x = f()) x; f()",
        "f <- function(n) do.call(f, list(n)); f(1)",
        "f <- function(n) Recall(n); f(1)",
        "f <- function(n) eval(quote(f(n))); f(1)",
        "print.a <- function(x) print(x); structure(1, class = 'a')",
    ],
)
def test_infinite_recursion_is_one_error(run_r, program: str) -> None:
    outcome = run_r(program)
    assert outcome.error is not None
    assert outcome.error.message == TOO_DEEP
    assert outcome.error.code is Code.LIMIT


def test_recursion_errors_can_be_caught_and_the_session_goes_on(run_r) -> None:
    outcome = run_r(
        "f <- function(n) f(n + 1); r <- tryCatch(f(1), error = function(e) 'caught'); cat(r, 1 + 1)"
    )
    assert outcome.out == "caught 2"


def test_recursion_of_a_thousand_calls_works(run_r) -> None:
    outcome = run_r("f <- function(n) if (n == 0) 0 else 1 + f(n - 1); cat(f(1000), f(4000))")
    assert outcome.out == "1000 4000"


def test_long_flat_chains_run(run_r) -> None:
    outcome = run_r("x <- " + "+".join(["1"] * 20_000) + "\ncat(x)")
    assert outcome.out == "20000"
    outcome = run_r("f <- function(x) x + 1; y <- 0" + " %>% f" * 10_000 + "\ncat(y)")
    assert outcome.out == "10000"
    outcome = run_r("y <- 2" + " |> abs()" * 3_000 + "\ncat(y)")
    assert outcome.out == "2"


@pytest.mark.parametrize(
    "program",
    [
        "x <- 1; x$__class__",
        'get("__import__")',
        "`__builtins__`",
        'do.call("eval_python", list("1"))',
        "f <- function() 1; f$node",
        "sum$function",
        'attr(sum, "function")()',
    ],
)
def test_python_is_out_of_reach(run_r, program: str) -> None:
    assert run_r(program).error is not None


def test_nothing_runs_when_the_text_does_not_parse(run_r) -> None:
    outcome = run_r("cat('started')\nx <- c(1, 2\n")
    assert outcome.out == ""
    assert outcome.error is not None and outcome.error.code is Code.SYNTAX


def test_a_billion_steps_of_a_range_are_counted_not_made(run_r) -> None:
    assert run_r("for (i in 1:2e9) if (i == 3) break; cat(i)").out == "3"

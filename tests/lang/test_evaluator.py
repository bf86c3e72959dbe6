"""What scripts show beside their values: errors with call and place, warnings, visibility."""

from __future__ import annotations

import pytest

from pipekeras.errors import UserError
from pipekeras.lang.evaluator.interpreter import run_source
from pipekeras.lang.session import fresh_session
from pipekeras.syntax.source import Source


def test_an_error_names_the_innermost_call_the_place_and_the_stack(run_r) -> None:
    error = run_r("f <- function(x) g(x)\ng <- function(y) stop('bad ', y)\nf(2)").error
    assert error.head() == "Error in g(x) : bad 2"
    assert error.calls == ["f", "g"]
    assert error.span.where() == "test.R:2:18"


@pytest.mark.parametrize(
    ("program", "head"),
    [
        ("nosuch", "Error: object 'nosuch' not found"),
        ("nosuch(1)", 'Error in nosuch(1) : could not find function "nosuch"'),
        ("f <- function() nosuch; f()", "Error in f() : object 'nosuch' not found"),
        ("library(rlang); f <- function(x) abort('oops'); f(1)", "Error in `f()`:\n! oops"),
        ("library(rlang); abort(c('oops', i = 'why'))", "Error:\n! oops\nℹ why"),
        ("library(purrr); chuck(list(a = 1), 'b')", "Error in `chuck()`:\n! Can't find name `b` in vector."),
        (
            "library(purrr); map_int(1:2, ~ 1.5)",
            "Error in `map_int()`:\nℹ In index: 1.\nCaused by error:\n"
            "! Can't coerce from a double vector to an integer vector.",
        ),
        ("stop('boom')", "Error: boom"),
        ("f <- function(x) stop('a', call. = FALSE); f(1)", "Error: a"),
        ("f <- function(a) 1; f(b = 2)", "Error in f(b = 2) : unused argument (b = 2)"),
        ("f <- function(units) units; f()", 'Error in f() : argument "units" is missing, with no default'),
        ("1 + 'a'", 'Error in 1 + "a" : non-numeric argument to binary operator'),
        ("x <- 5; x(1)", 'Error in x(1) : could not find function "x"'),
        ("x <- list(); x[[1]]", "Error in x[[1]] : subscript out of bounds"),
        ("if (NA) 1", "Error in if (NA) 1 : missing value where TRUE/FALSE needed"),
        ("if (NULL) 1", "Error in if (NULL) 1 : argument is of length zero"),
        ("if (c(TRUE, FALSE)) 1", "Error in if (c(TRUE, FALSE)) 1 : the condition has length > 1"),
        (
            "x <- 1:3; x[[5]] <- 1:2",
            "Error in x[[5]] <- 1:2 : more elements supplied than there are to replace",
        ),
        ("library(nosuchpkg)", "Error in library(nosuchpkg) : there is no package called ‘nosuchpkg’"),
        ("NULL()", "Error: attempt to apply non-function"),
    ],
)
def test_the_first_line_of_an_error_is_rs(run_r, program: str, head: str) -> None:
    assert run_r(program).error.head() == head


def test_mistyped_names_get_a_suggestion(run_r) -> None:
    assert "`units`" in run_r("f <- function(units) 1; f(unit_s = 2)").error.cure
    assert "`my_value`" in run_r("my_value <- 1; my_vlaue").error.cure
    assert "`paste0`" in run_r("past0('a')").error.cure


@pytest.mark.parametrize(
    ("program", "text"),
    [
        ("warning('careful')", "Warning message:\ncareful \n"),
        ("f <- function() warning('w'); f()", "Warning message:\nIn f() : w\n"),
        (
            "f <- function() { warning('a'); warning('b') }; f()",
            "Warning messages:\n1: In f() : a\n2: In f() : b\n",
        ),
        ("x <- as.integer('a')", "Warning message:\nNAs introduced by coercion \n"),
        ("suppressWarnings(warning('x'))", ""),
        ("options(warn = 1); f <- function() warning('now'); f()", "Warning in f() : now\n"),
        (
            "f <- function(n) for (i in 1:n) warning(i); f(12)",
            "There were 12 warnings (use warnings() to see them)\n",
        ),
        ("message('hello ', 1)", "hello 1\n"),
        ("try(stop('oops'))", 'Error in try(stop("oops")) : oops\n'),
        ("f <- function() stop('oops'); try(f())", "Error in f() : oops\n"),
    ],
)
def test_warnings_and_messages_go_to_stderr_in_rs_form(run_r, program: str, text: str) -> None:
    outcome = run_r(program)
    assert outcome.error is None
    assert outcome.err == text


def test_warnings_can_be_errors(run_r) -> None:
    error = run_r("options(warn = 2); f <- function() warning('w'); f()").error
    assert error.message == "(converted from warning) w"


@pytest.mark.parametrize(
    ("program", "out"),
    [
        ("x <- 5", ""),
        ("(x <- 5)", "[1] 5\n"),
        ("invisible(3)", ""),
        ("f <- function() invisible(7); f()", ""),
        ("f <- function() invisible(7); (f())", "[1] 7\n"),
        ("f <- function() invisible(7); y <- f(); y", "[1] 7\n"),
        ("f <- function() invisible(7); f() + 1", "[1] 8\n"),
        ("f <- function() { x <- 1 }; f()", ""),
        ("f <- function() { x <- 1; x }; f()", "[1] 1\n"),
        ("f <- function() return(invisible(1)); f()", ""),
        ("if (TRUE) invisible(1)", ""),
        ("if (FALSE) 1", ""),
        ("for (i in 1:2) i", ""),
        ("NULL", "NULL\n"),
        ("x <- c(1, 2); x[1] <- 5", ""),
        ("library(magrittr); 5 %>% invisible()", ""),
        ("library(magrittr); 5 %>% identity()", "[1] 5\n"),
        ("suppressWarnings(invisible(1))", ""),
        ("assign('x', 3)", ""),
        ("f <- function(x) UseMethod('f'); f.default <- function(x) invisible(x); f(1)", ""),
    ],
)
def test_values_are_shown_when_r_shows_them(run_r, program: str, out: str) -> None:
    assert run_r(program).out == out


def test_redefined_specials_are_used(run_r) -> None:
    assert run_r("'+' <- function(a, b) paste(a, b); 1 + 2").out == '[1] "1 2"\n'
    assert (
        run_r("f <- function(x) x + 1; f(1); '+' <- function(a, b) 'mine'; f(1)").out == '[1] 2\n[1] "mine"\n'
    )
    assert run_r("f <- function(`if`) if (TRUE) 1; f(function(a, b) 'own if')").out == '[1] "own if"\n'
    assert run_r("missing <- 3; f <- function(x) missing(x); f()").out == "[1] TRUE\n"


def test_vectors_change_in_place_but_never_through_another_name(run_r) -> None:
    program = """
    x <- c(1, 2, 3); y <- x; x[1] <- 10; cat(x, y, '\\n')
    f <- function(v) { v[1] <- 0; v }; z <- f(y); cat(y, z, '\\n')
    l <- list(a = y); y[2] <- 99; cat(l$a, '\\n')
    n <- names(c(a = 1)); w <- c(a = 1); m <- names(w); m[1] <- 'q'; cat(names(w), '\\n')
    g <- function() { k <- y; k[1] <- -1; y }; cat(g(), '\\n')
    for (v in list(y)) { v[1] <- 1000 }; cat(y, '\\n')
    """
    assert run_r(program).out == "10 2 3 1 2 3 \n1 2 3 0 2 3 \n1 2 3 \na \n1 99 3 \n1 99 3 \n"


def test_traceback_shows_the_calls_of_the_last_error() -> None:
    session = fresh_session()
    written: list[str] = []
    session.write = written.append
    with pytest.raises(UserError):
        run_source(Source("a", "f <- function(x) g(x); g <- function(y) stop('no'); f(1)"))
    run_source(Source("b", "traceback()"))
    fresh_session()
    assert "".join(written) == "2: g(x)\n1: f(1)\n"

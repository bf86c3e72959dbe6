"""Hostile programs end in one clear error, or run: deep nesting, long chains, recursion, escapes.

Where each kind of hostile program is tested:

| nested brackets, unterminated text | tests/syntax/test_nesting.py, test_syntax_errors.py |
| long flat chains, recursion, huge literals, sizes, regular expressions, escapes | here |
| line ends, encodings, turning marks | tests/syntax/test_reading.py |
| programs, network, deletion | test_permissions.py |
| Ctrl-C | tests/test_cli.py |
"""

from __future__ import annotations

import sys

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


def test_a_long_ladder_of_conditions_runs(run_r) -> None:
    rungs = "".join(f"else if (x == {i}) {i} " for i in range(1, 2_000))
    program = f"""
        f <- function(x) {{ if (x == 0) 0 {rungs}else -1 }}
        for (i in 1:4) f(i)
        cat(f(1999), f(-7), length(deparse(f)), "\\n")
        cat({" <- ".join(["y"] * 2_000)} <- 3, y)
    """
    assert run_r(program).out == "1999 -1 4004 \n3 3"


ESCAPES = """
x <- 1; x$__class__
x <- 1; x[["__class__"]]
x <- 1; x@__class__
x <- 1; attr(x, "__class__")()
x <- "a"; x$__add__("b")
f <- function() 1; f$node
f <- function() 1; f$__globals__
f <- function() 1; f[["environment"]]
sum$function
sum[["function"]]
sum$signature
attr(sum, "function")()
get("__import__")
get("__builtins__")
`__builtins__`
`__import__`("os")
__import__("os")
exec("1")
compile("1", "a", "exec")
getattr(1, "real")
globals()
vars()
open("/etc/hostname")$read()
do.call("eval_python", list("1"))
do.call("__import__", list("os"))
do.call("system", list("true"))
match.fun("__import__")
sapply("os", "__import__")
Reduce(`__import__`, "os")
eval(parse(text = "system('true')"))
eval(quote(system("true")))
eval(call("system", "true"))
get("system")("true")
match.fun("system")("true")
sapply("true", system)
Map(system, "true")
(function(f) f("true"))(system)
local(system("true"))
tryCatch(stop("x"), error = function(e) system("true"))
x <- structure(1, class = "a"); print.a <- function(x, ...) system("true"); print(x)
environment()$__class__
environment(sum)$__dict__
e <- new.env(); e$values$__class__
e <- globalenv(); e$__init__()
parent.env(globalenv())$`__builtins__`
as.environment(1)$`__loader__`
asNamespace("os")
os::system("true")
base::`__import__`("os")
baseenv()$`__import__`("os")
library(os)
library(reticulate); py_run_string("import os")
py$x
py_eval("1")
import("os")$getcwd()
quote(x)$__class__
quote(f(x))$span$source
(y ~ x)$__class__
emptyenv()$__class__
NULL$__class__()
mget("__import__", envir = baseenv())
"""
"""Ways in which Python sandboxes are left; one a line."""


def test_no_line_of_the_escape_corpus_reaches_python(run_r) -> None:
    """Each line ends in an error, or in NULL where R's `$` finds nothing, and no program runs."""
    events: list[str] = []
    watching = [True]
    forbidden = ("os.system", "subprocess.Popen", "os.exec", "os.posix_spawn", "socket.connect")

    def watch(event: str, _: object) -> None:
        if watching[0] and event in forbidden:
            events.append(event)

    sys.addaudithook(watch)
    lines = ESCAPES.strip().splitlines()
    assert len(lines) >= 60
    through = []
    for line in lines:
        outcome = run_r(line)
        if outcome.error is None and outcome.out not in ("NULL\n", ""):
            through.append(line)
    watching[0] = False
    assert through == []
    assert events == []


@pytest.mark.parametrize(
    "program",
    [
        "rep(1, 1e12)",
        "rep(1:10, times = 1e12)",
        "rep_len(1, 1e12)",
        "matrix(0, 1e6, 1e6)",
        "array(0, c(1e4, 1e4, 1e4))",
        "outer(1:1e6, 1:1e6)",
        "vector('list', 1e12)",
        "numeric(1e12)",
        "character(1e12)",
        "diag(1e6)",
        "seq(1, 1e15)",
        "seq_len(1e10)",
        "seq(0, 1, length.out = 1e12)",
        "combn(60, 30)",
        "rnorm(1e12)",
        "runif(1e12)",
        "sample(10, 1e12, TRUE)",
        "x <- 1:10; x[1e12] <- 1",
        "x <- list(); x[[1e12]] <- 1",
        "x <- 1; length(x) <- 1e12",
    ],
)
def test_what_no_memory_holds_is_refused_before_it_is_made(run_r, program: str) -> None:
    outcome = run_r(program)
    assert outcome.error is not None
    assert outcome.error.message.startswith("cannot allocate vector of size")
    assert outcome.error.code is Code.LIMIT


def test_strings_cannot_double_for_ever(run_r, monkeypatch) -> None:
    monkeypatch.setattr("pipekeras.lang.limits.TEXT_LIMIT", 2**20)
    for program in (
        "x <- 'a'; for (i in 1:60) x <- paste(x, x)",
        "x <- 'a'; for (i in 1:60) x <- paste(c(x, x), collapse = '')",
        "strrep('a', 2e6)",
    ):
        outcome = run_r(program)
        assert outcome.error is not None
        assert outcome.error.message == "result would exceed 2^31-1 bytes"
    assert run_r("strrep('ab', 1.5e9)").error.message == "R character strings are limited to 2^31-1 bytes"


@pytest.mark.parametrize(
    "call, length",
    [
        ('sprintf("%2000000000d", 1L)', 2000000000),
        ('sprintf("%9000s", "a")', 9000),
        ('sprintf("%*d", 9000L, 1L)', 9000),
        ('sprintf("%.9000f", 1)', 9002),
        ('sprintf("%.8000f", 1e200)', 8201),
    ],
)
def test_fields_of_sprintf_have_8192_bytes_at_most(run_r, call: str, length: int) -> None:
    outcome = run_r(call)
    assert outcome.error is not None
    assert outcome.error.message == f"required resulting string length {length} is greater than maximal 8192"


def test_huge_literals_are_infinite_or_missing(run_r) -> None:
    program = f"cat({'9' * 5000}, 1e400, 0x1p99999, nchar('{'a' * 100_000}'))"
    assert run_r(program).out == "Inf Inf Inf 100000"


def test_regular_expressions_that_backtrack_without_end_are_stopped(run_r) -> None:
    outcome = run_r('gsub("(a|aa)+$", "x", paste0(strrep("a", 60), "b"))')
    assert outcome.error is not None
    assert outcome.error.message == "regular expression takes too long"


def test_environments_that_hold_themselves_are_shown_and_compared(run_r) -> None:
    outcome = run_r("e <- new.env(); e$e <- e; e$l <- list(e); str(e$l); cat(identical(e$l, list(e)))")
    assert outcome.error is None
    assert outcome.out.endswith("TRUE")


def test_lists_nested_a_hundred_thousand_deep_are_made_and_freed(run_r) -> None:
    assert run_r("x <- list(); for (i in 1:1e5) x <- list(x); rm(x); cat('freed')").out == "freed"


def test_doubled_lists_share_their_halves(run_r) -> None:
    assert run_r("x <- Reduce(function(a, b) list(a, a), 1:60, 1); cat(length(x))").out == "2"


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


def test_long_ranges_are_known_by_their_ends(run_r) -> None:
    program = (
        "x <- 1:1e12; for (i in x) if (i == 5) break; cat(length(x), x[7], x[[9]], head(x, 2), i, sum(1:1e9))"
    )
    assert run_r(program).out == "1e+12 7 9 1 2 5 5e+17"
    assert run_r("x <- 1:1e12; x + 1").error.message == "cannot allocate vector of size 7450.6 Gb"


@pytest.mark.parametrize(
    "call",
    [
        "print(x)",
        "str(x)",
        "deparse(x)",
        "dput(x)",
        "unlist(x)",
        "object.size(x)",
        "unique(list(x, x))",
        "paste(x)",
        "all.equal(x, list(x, x))",
        "rapply(x, identity)",
        "saveRDS(x, tempfile())",
    ],
)
def test_lists_that_no_walk_ends_in_are_refused(run_r, call: str) -> None:
    doubled = run_r(f"x <- 1; for (i in 1:60) x <- list(x, x); {call}").error
    assert doubled is not None and doubled.message.startswith("cannot allocate vector of size")
    deep = run_r(f"x <- list(); for (i in 1:6000) x <- list(x); {call}").error
    assert deep is not None and deep.message == "the value is nested too deeply"


@pytest.mark.parametrize(
    "program",
    [
        "formatC(1, width = 1e9)",
        "format('a', width = 1e9)",
        "replicate(1e12, 1)",
        "lapply(1:1e9, identity)",
        "Reduce(`+`, 1:1e9)",
        "data.frame(x = 1:1e12)",
        "e <- new.env(); attr(e, 'self') <- e; print(e)",
    ],
)
def test_work_without_end_is_refused_before_it_starts(run_r, program: str) -> None:
    error = run_r(program).error
    assert error is not None and error.code is Code.LIMIT

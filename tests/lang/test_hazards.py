"""Hazards 34 to 48 of the table that the project keeps of what must never happen, each by its number.

More of the same: tests/syntax/test_nesting.py (34), hostile.R (36, 39, 40),
tests/syntax/test_reading.py (41, 42), test_syntax_errors.py there (43, 44), test_permissions.py (47),
tests/test_cli.py (37).
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from pipekeras.errors import Code, UserError
from pipekeras.syntax.deparse import deparse
from pipekeras.syntax.parser import parse
from pipekeras.syntax.reading import read_source
from pipekeras.syntax.source import Source

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}

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
def test_row_36_infinite_recursion_is_one_error(run_r, program: str) -> None:
    outcome = run_r(program)
    assert outcome.error is not None
    assert outcome.error.message == TOO_DEEP
    assert outcome.error.code is Code.LIMIT


def test_row_36_recursion_errors_can_be_caught_and_the_session_goes_on(run_r) -> None:
    outcome = run_r(
        "f <- function(n) f(n + 1); r <- tryCatch(f(1), error = function(e) 'caught'); cat(r, 1 + 1)"
    )
    assert outcome.out == "caught 2"


def test_row_36_recursion_of_a_thousand_calls_works(run_r) -> None:
    outcome = run_r("f <- function(n) if (n == 0) 0 else 1 + f(n - 1); cat(f(1000), f(4000))")
    assert outcome.out == "1000 4000"


def test_row_35_long_flat_chains_run(run_r) -> None:
    outcome = run_r("x <- " + "+".join(["1"] * 100_000) + "\ncat(x)")
    assert outcome.out == "1e+05"
    assert run_r("x <- 0\n" + "x <- x + 1;" * 20_000 + "cat(x)").out == "20000"
    outcome = run_r("f <- function(x) x + 1; y <- 0" + " %>% f" * 10_000 + "\ncat(y)")
    assert outcome.out == "10000"
    outcome = run_r("y <- 2" + " |> abs()" * 3_000 + "\ncat(y)")
    assert outcome.out == "2"


def test_row_35_a_long_ladder_of_conditions_runs(run_r) -> None:
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


def test_row_46_no_line_of_the_escape_corpus_reaches_python(run_r) -> None:
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
def test_row_39_what_no_memory_holds_is_refused_before_it_is_made(run_r, program: str) -> None:
    outcome = run_r(program)
    assert outcome.error is not None
    assert outcome.error.message.startswith("cannot allocate vector of size")
    assert outcome.error.code is Code.LIMIT


def test_row_39_strings_cannot_double_for_ever(run_r, monkeypatch) -> None:
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
def test_row_39_fields_of_sprintf_have_8192_bytes_at_most(run_r, call: str, length: int) -> None:
    outcome = run_r(call)
    assert outcome.error is not None
    assert outcome.error.message == f"required resulting string length {length} is greater than maximal 8192"


def test_row_38_huge_literals(run_r) -> None:
    program = f"cat({'9' * 5000}, 1e400, 0x1p99999, nchar('{'a' * 100_000}'))"
    assert run_r(program).out == "Inf Inf Inf 100000"


def test_row_40_regular_expressions_that_backtrack_without_end_are_stopped(run_r) -> None:
    outcome = run_r('gsub("(a|aa)+$", "x", paste0(strrep("a", 60), "b"))')
    assert outcome.error is not None
    assert outcome.error.message == "regular expression takes too long"


def test_row_39_environments_that_hold_themselves_are_shown_and_compared(run_r) -> None:
    outcome = run_r("e <- new.env(); e$e <- e; e$l <- list(e); str(e$l); cat(identical(e$l, list(e)))")
    assert outcome.error is None
    assert outcome.out.endswith("TRUE")


def test_row_39_lists_nested_a_hundred_thousand_deep_are_made_and_freed(run_r) -> None:
    assert run_r("x <- list(); for (i in 1:1e5) x <- list(x); rm(x); cat('freed')").out == "freed"


def test_row_39_doubled_lists_share_their_halves(run_r) -> None:
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
def test_row_46_python_is_out_of_reach(run_r, program: str) -> None:
    assert run_r(program).error is not None


def test_row_43_nothing_runs_when_the_text_does_not_parse(run_r) -> None:
    outcome = run_r("cat('started')\nx <- c(1, 2\n")
    assert outcome.out == ""
    assert outcome.error is not None and outcome.error.code is Code.SYNTAX


def test_row_39_a_billion_steps_of_a_range_are_counted_not_made(run_r) -> None:
    assert run_r("for (i in 1:2e9) if (i == 3) break; cat(i)").out == "3"


def test_row_39_long_ranges_are_known_by_their_ends(run_r) -> None:
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
def test_row_39_lists_that_no_walk_ends_in_are_refused(run_r, call: str) -> None:
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
def test_row_39_work_without_end_is_refused_before_it_starts(run_r, program: str) -> None:
    error = run_r(program).error
    assert error is not None and error.code is Code.LIMIT


@pytest.mark.parametrize("opener", ["(", "x[", "{", "if (a) ", "function(x) ", "f(", "-", "!", "a^"])
@pytest.mark.parametrize("depth", [1_000, 100_000])
def test_row_34_brackets_nested_too_deeply_are_one_error(run_r, opener: str, depth: int) -> None:
    """A depth of 200 works; at more the limit of 256 is named, before anything has run."""
    error = run_r("cat('started')\n" + opener * depth).error
    assert error is not None and error.code is Code.LIMIT
    assert error.message == "nested too deeply (limit 256)"


def test_row_37_an_infinite_loop_ends_with_the_time_limit(tmp_path) -> None:
    """Ctrl-C is tested in tests/test_cli.py; --timeout exits with 124 as timeout(1) does."""
    command = [sys.executable, "-m", "pipekeras", "run", "--timeout", "0.3", "-e", "repeat {}"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=ENVIRONMENT, timeout=60)
    assert (done.returncode, done.stderr) == (124, "pipekeras: ended after 0.3 s (--timeout)\n")


@pytest.mark.parametrize(
    "text", ["\ufeffcat(1)\r\ncat(2)\r\n", "cat(1)\rcat(2)", "cat(1)\n\tcat(2)", "cat(1)\n\fcat(2)"]
)
def test_row_41_byte_order_marks_line_ends_and_tabs_do_not_matter(run_r, tmp_path, text: str) -> None:
    (tmp_path / "a.R").write_bytes(text.encode())
    assert run_r(f'source("{tmp_path}/a.R")').out == "12"


@pytest.mark.parametrize("char", ["\u00a0", "\u2028", "\u200b", "\u201c", "\u2013"])
def test_row_41_characters_that_only_look_right_are_named(run_r, char: str) -> None:
    error = run_r(f"x <- 1 {char} 2").error
    assert error is not None and error.code is Code.ENCODING
    assert f"U+{ord(char):04X}" in error.render(), error.render()


@pytest.mark.parametrize(
    "data", [b"cat(1)\nx <- '\xe9'\n", b"cat(1)\n\x00", "cat(1)".encode("utf-16"), b"cat(1)\n'\xc0\xaf'"]
)
def test_row_42_what_is_no_text_in_utf8_is_refused_whole(tmp_path, data: bytes) -> None:
    (tmp_path / "a.R").write_bytes(data)
    with pytest.raises(UserError) as caught:
        read_source(str(tmp_path / "a.R"))
    assert caught.value.code is Code.ENCODING, caught.value.code


@pytest.mark.parametrize(
    "text", ["x <- 'a", 'x <- "a', "`a", "r'(a", "x %op", "f(1", "x[1", "{", "x <- # end"]
)
def test_row_43_what_is_not_ended_is_shown_where_it_begins(run_r, text: str) -> None:
    outcome = run_r(f"cat('started')\n{text}")
    assert outcome.out == ""
    assert outcome.error is not None and outcome.error.code is Code.SYNTAX and outcome.error.span is not None


def test_row_44_marks_that_turn_the_direction_of_text_are_refused(tmp_path) -> None:
    """Names of mixed scripts run without a word: R has no such warning, and they harm only who reads them."""
    (tmp_path / "a.R").write_text("x <- 'a\u202eb'\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_source(str(tmp_path / "a.R"))
    assert "U+202E" in caught.value.render()


PIECES = """x 1 'a' ( ) { } [[ ]] [ ] + - <- %>% |> function if else ; , ? :: $ @
\\ ~ # r'( % = ! \u00e9 in while"""


def test_row_45_any_text_is_a_tree_or_one_error() -> None:
    """4,000 random rows of tokens: no exception but the user's; trees written as text parse to themselves.

    The comparison with R's own parse() is tests/syntax/test_r_parse_golden.py.
    """
    draw = random.Random(45)
    trees = 0
    for _ in range(4_000):
        text = " ".join(draw.choices(PIECES.split(), k=draw.randint(1, 6)))
        try:
            nodes = parse(Source("fuzz.R", text))
        except UserError as error:
            assert error.code in (Code.SYNTAX, Code.LIMIT), text
            continue
        for node in nodes:
            again = parse(Source("fuzz.R", "\n".join(deparse(node))))
            assert [deparse(each) for each in again] == [deparse(node)], text
            trees += 1
    assert trees > 50


@pytest.mark.parametrize(
    "call",
    [
        "system('true')",
        "unlink('~', TRUE)",
        "download.file('http://x.org/', 'x')",
        "source('http://x.org/a.R')",
        "Sys.setenv(LD_PRELOAD = 'x.so')",
        "file('|true')",
        "pipe('true')",
        "file.remove('/etc/hostname')",
        "file.rename('/etc/hostname', '/etc/hosts')",
        "file.copy('/etc/hostname', '/etc/hosts', overwrite = TRUE)",
    ],
)
def test_row_47_dangerous_calls_need_a_flag(run_r, monkeypatch, call: str) -> None:
    monkeypatch.setenv("HOME", "/nonexistent")
    error = run_r(call).error
    assert error is not None and error.code is Code.PERMISSION and "--allow-" in error.cure


@pytest.mark.parametrize("name", [".Rprofile", ".RData", ".Renviron", "Rprofile.site"])
def test_row_48_no_file_of_the_folder_runs_at_the_start(tmp_path, name: str) -> None:
    """pipekeras has no start-up file at all: there is nothing to trust."""
    (tmp_path / name).write_text("cat('hostile')\nPIPEKERAS_NATIVE=0\n")
    environment = {**ENVIRONMENT, "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "pipekeras", "run", "-e", "cat(1)"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "1", "")

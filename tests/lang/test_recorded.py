"""Tables of one-line programs print what R prints: recorded/*.txt, each written by scripts/dev/recorded/*.R.

A line that starts with `> ` is R source, run in the session of the lines before it; what it prints follows,
indented by a tab, with its warnings and its error in place.
"""

from __future__ import annotations

import math
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from pipekeras.errors import UserError
from pipekeras.lang.interpreter import run_source
from pipekeras.lang.session import fresh_session
from pipekeras.syntax.source import Source

TABLES = sorted((Path(__file__).parent / "recorded").glob("*.txt"))

_SUBMATCH = (
    "TRE makes earlier groups longest; the engine prefers the first alternative within the longest match"
)
_ITERATION = "TRE keeps a group's last iteration that is not empty"
_KIND = "a generator that is refused: nobody has asked for it"
_NOISE = "the tolerance that was reached is made of the rounding of numeric derivatives"
_SIGN = "LAPACK's other routine for symmetric matrices may turn the sign of a vector"
_BASE = "functions that are no closures have no environment"
_REFUSED = (
    "round(optim(c(-1.2, 1), function(p) 100 * (p[2] - p[1]^2)^2 + (1 - p[1])^2, "
    'method = "CG", control = list(maxit = 500))$value, 2)',
    'round(optim(c(1, 1), function(p) sum((p - c(3, -1))^2), method = "L-BFGS-B", lower = c(0, 0))$par, 4)',
)
KNOWN: dict[str, dict[str, str]] = {
    "regex": {
        'p("(a|ab)(b?)", text)': _SUBMATCH,
        'p("(a|ab)(bb|b)", text)': _SUBMATCH,
        'p("(a|ab|abc)(b*)(a|b)|bc[ab]", c("ababbc", "cbcaaca"))': _SUBMATCH,
        'p("(a*)*", text)': _ITERATION,
        'p("(a*)+", text)': _ITERATION,
        'p("((a*)*)*b", text)': _ITERATION,
        'p("(.*?)b", text)': "TRE's lazy repetition before a longer match takes one character too many",
        'p("a{,}", text)': "TRE reads the empty bounds as 1",
        'p("a{-1}", text)': "TRE reads -1 as its own mark for no bound",
        'p("(?n)a", text)': "option of TRE for newlines, not in use",
        'gsub("^|$", "\'", "ab")': "TRE takes only the first of several alternatives that are all empty",
        'p("[[:upper:]]", accents, split = FALSE, ignore.case = TRUE)': "ß has an upper case in the engine",
        'p("\\\\b", accents)': "R cuts characters of several bytes apart",
        'p("\\\\b", accents, perl = TRUE)': "R cuts characters of several bytes apart, and warns of it",
        'p("^([ ]*)(.*[^ ].*)+[ ]+- (If|Else)", samples, perl = TRUE)': "only PCRE gives up",
    },
    "streams": {
        '{ set.seed(16, normal.kind = "Ahrens-Dieter"); h(rnorm(5)); h(runif(1)) }': _KIND,
        '{ set.seed(16, normal.kind = "Kinderman-Ramage"); h(rnorm(5)); h(runif(1)) }': _KIND,
        '{ set.seed(16, kind = "Knuth-TAOCP-2002"); h(runif(5)) }': _KIND,
    },
    "algebra": {
        "eigen(s)": _SIGN,
        'dump("m", file = "")': "R breaks the line before the elements of a list",
        "eigen(s)$vectors": _SIGN,
        "environment(mean)": _BASE,
        "environmentName(environment(sd))": _BASE,
        **{line: "a method of optim() that is refused" for line in _REFUSED},
    },
    "curves": {
        "n": _NOISE,
        "summary(n)": _NOISE,
    },
    "sequences": {
        'table(c(1, NA, NaN), useNA = "ifany")': "R's own order of NA and NaN as levels is by hashing",
        "1e20 %% 3": "no warning of lost accuracy: the result is exact",
    },
}
"""Differences that stay, by table: the line, and the reason."""


TOLERANCE = {"distributions": 1e-13}
"""How far numbers may be off, relatively, by table; elsewhere not at all."""


def read_table(path: Path) -> list[tuple[str, list[str]]]:
    """The lines of R source, each with what R wrote."""
    cases: list[tuple[str, list[str]]] = []
    for row in path.read_text(encoding="utf-8").split("\n")[1:]:
        if row.startswith("> "):
            cases.append((row[2:], []))
        elif row:
            cases[-1][1].append(row[1:])
    return cases


class _Warnings(list[Any]):
    """Takes warnings as they are deferred and writes them where they happen."""

    def __init__(self, out: list[str]) -> None:
        super().__init__()
        self.out = out

    def append(self, warning: Any) -> None:
        self.out.append(f"warning: {warning[0]}\n")


def printed(line: str, out: list[str]) -> list[str]:
    out.clear()
    try:
        run_source(Source("line", line))
    except UserError as error:
        out.append(f"error: {error.message}\n")
    return "".join(out).removesuffix("\n").split("\n") if out else []


def differences(path: Path) -> list[str]:
    """What is not as recorded: the line, R's output, and ours."""
    session = fresh_session()
    out: list[str] = []
    session.write = out.append
    session.warnings = _Warnings(out)
    session.write_error = lambda text: None
    try:
        found = [(line, wanted, printed(line, out)) for line, wanted in read_table(path)]
    finally:
        session.warnings = []
        fresh_session()
    return [
        "\n".join([f"> {line}", *(f"R    {row}" for row in wanted), *(f"ours {row}" for row in got)])
        for line, wanted, got in found
        if wanted != got and not _close(wanted, got, TOLERANCE.get(path.stem, 0.0))
    ]


def _close(wanted: list[str], got: list[str], tolerance: float) -> bool:
    """Whether the words are the same, numbers up to the tolerance."""
    pairs = list(zip_longest(" ".join(wanted).split(), " ".join(got).split(), fillvalue=""))
    return tolerance > 0 and all(a == b or _near(a, b, tolerance) for a, b in pairs)


def _near(a: str, b: str, tolerance: float) -> bool:
    try:
        x, y = float(a), float(b)
    except ValueError:
        return False
    # what is exp() of a large number loses digits to its size
    lost = max(1.0, abs(math.log10(abs(x))) / 20) if x and math.isfinite(x) else 1.0
    return math.isclose(x, y, rel_tol=tolerance * lost, abs_tol=1e-300)


@pytest.mark.parametrize("table", TABLES, ids=[t.stem for t in TABLES])
def test_lines_print_what_r_prints(table: Path) -> None:
    known = KNOWN.get(table.stem, {})
    found = {text.split("\n")[0][2:]: text for text in differences(table)}
    wrong = [text for line, text in found.items() if line not in known]
    assert not wrong, f"{len(wrong)} differ, the first ten:\n" + "\n".join(wrong[:10])
    assert set(known) <= set(found), "no longer different"

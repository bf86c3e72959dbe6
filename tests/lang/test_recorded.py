"""Lines of R do what R does: tables of recorded/, written by scripts/dev/record_lines.R.

A row that starts with `> ` is R source; what it prints, warns and fails with follows, indented by a tab. The
table's second row tells whether the lines share a session, and how far numbers may be off.
known_differences.tsv lists the lines where the difference from R stays, with the reason.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from pipekeras.errors import UserError
from pipekeras.lang.environment import Environment
from pipekeras.lang.evaluator.interpreter import run_source
from pipekeras.lang.session import fresh_session
from pipekeras.syntax.source import Source

RECORDED = Path(__file__).parent / "recorded"
TABLES = sorted(RECORDED.glob("*.txt"))
CRASH = "crash: "
"""Starts what is an error of the engine itself, which no reason excuses."""


@dataclass
class Table:
    """The lines of R source, each with what R wrote, and how they are run and compared."""

    cases: list[tuple[str, list[str]]]
    alone: bool
    tolerance: float


def read_table(path: Path) -> Table:
    _, how, *rows = path.read_bytes().decode("utf-8").split("\n")  # \r stays \r
    tolerance = re.search(r"numbers to (\S+)", how)
    table = Table([], "each line alone" in how, float(tolerance[1]) if tolerance else 0.0)
    for row in rows:
        if row.startswith("> "):
            table.cases.append((row[2:], []))
        elif row:
            table.cases[-1][1].append(row[1:])
    return table


def known_differences() -> list[tuple[str, str, str]]:
    """Table, line and reason."""
    text = (RECORDED / "known_differences.tsv").read_bytes().decode("utf-8")
    rows = [row.split("\t") for row in text.split("\n")[1:] if row]
    return [(table, line, reason) for table, line, reason in rows]


class _Warnings(list[Any]):
    """Takes warnings as they are deferred and writes them where they happen."""

    def __init__(self, out: list[str]) -> None:
        super().__init__()
        self.out = out

    def append(self, warning: Any) -> None:
        self.out.append(f"warning: {warning[0]}\n")


def outputs(table: Table) -> list[list[str]]:
    """What each line prints, warns and fails with."""
    session = fresh_session()
    out: list[str] = []
    session.write = out.append
    session.warnings = _Warnings(out)
    session.write_error = lambda text: None
    options = dict(session.options)
    found = []
    try:
        for line, _ in table.cases:
            out.clear()
            if table.alone:
                session.options = dict(options)
                session.global_env = Environment(session.base, "R_GlobalEnv", slots=29)
            try:
                run_source(Source("line", line))
            except UserError as error:
                out.append(f"error: {error.message}\n")
            except Exception as error:
                out.append(f"{CRASH}{error!r}\n")
            found.append("".join(out).removesuffix("\n").split("\n") if out else [])
    finally:
        session.warnings = []
        fresh_session()
    return found


def same(wanted: list[str], got: list[str], tolerance: float) -> bool:
    """Whether the words are the same, numbers up to the tolerance."""
    if wanted == got or not tolerance:
        return wanted == got
    pairs = zip_longest(" ".join(wanted).split(), " ".join(got).split(), fillvalue="")
    return all(a == b or _near(a, b, tolerance) for a, b in pairs)


def _near(a: str, b: str, tolerance: float) -> bool:
    try:
        x, y = float(a), float(b)
    except ValueError:
        return False
    # what is exp() of a large number loses digits to its size
    lost = max(1.0, abs(math.log10(abs(x))) / 20) if x and math.isfinite(x) else 1.0
    return math.isclose(x, y, rel_tol=tolerance * lost, abs_tol=1e-300)


@pytest.mark.parametrize("path", TABLES, ids=[path.stem for path in TABLES])
def test_lines_do_what_r_does(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.chdir(tmp_path)  # lines may write files
    table = read_table(path)
    different = {
        line: "\n".join([f"> {line}", *(f"R    {row}" for row in wanted), *(f"ours {row}" for row in got)])
        for (line, wanted), got in zip(table.cases, outputs(table), strict=True)
        if not same(wanted, got, table.tolerance)
    }
    known = {line for name, line, _ in known_differences() if name == path.stem}
    wrong = [text for line, text in different.items() if line not in known or f"\nours {CRASH}" in text]
    assert not wrong, f"{len(wrong)} of {len(table.cases)} differ, the first ten:\n" + "\n".join(wrong[:10])
    mended = known - set(different)
    assert not mended, "no longer different, take them off the list:\n" + "\n".join(mended)


def test_known_differences_are_of_tables() -> None:
    assert {table for table, _, _ in known_differences()} <= {path.stem for path in TABLES}

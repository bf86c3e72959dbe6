"""What a script may not do with files, programs and patterns ends in one clear error."""

from __future__ import annotations

import pytest

from pipekeras.errors import Code
from pipekeras.lang.regular_expressions import patterns


@pytest.mark.parametrize(
    "code",
    [
        'unlink("/etc/hostname")',
        'file.remove("/etc/hostname")',
        'system("ls")',
        'download.file("http://example.org/x", "x")',
        'readLines("https://example.org/x")',
        'read.csv("http://example.org/x.csv")',
    ],
)
def test_needs_permission(run_r, code: str) -> None:
    assert run_r(code).error.code is Code.PERMISSION


def test_temporary_files_may_be_removed(run_r) -> None:
    outcome = run_r('f <- tempfile(); writeLines("x", f); unlink(f); file.exists(f)')
    assert outcome.error is None
    assert outcome.out == "[1] FALSE\n"


@pytest.mark.parametrize("perl", ["TRUE", "FALSE"])
def test_a_pattern_that_backtracks_without_end_is_stopped(run_r, monkeypatch, perl: str) -> None:
    monkeypatch.setattr(patterns, "TIME_LIMIT", 0.05)
    outcome = run_r(f'grepl("^(a|aa)+(b|bb)+c$", strrep("a", 60), perl = {perl})')
    slow = run_r(f'grepl("(x+x+)+y", strrep("x", 40), perl = {perl})')
    assert all(o.error is None or o.error.code is Code.LIMIT for o in (outcome, slow))

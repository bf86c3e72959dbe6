"""Every cases/*.R prints what R prints: cases/*.out, recorded by scripts/dev/record_lang.sh.

A case that must fail has a cases/*.err with R's error message (the text behind the first colon).
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from pipekeras.errors import UserError
from pipekeras.lang.interpreter import run_source
from pipekeras.lang.session import fresh_session
from pipekeras.lang.signals import Quit
from pipekeras.syntax.source import Source

CASES = sorted((Path(__file__).parent / "cases").glob("*.R"))


def deep(work: Callable[[], None]) -> None:
    """Run with the stack that the command line has too."""
    failure: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            failure.append(error)

    limit = sys.getrecursionlimit()
    old = threading.stack_size(512 * 2**20)
    sys.setrecursionlimit(200_000)
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(old)
        sys.setrecursionlimit(limit)
    if failure:
        raise failure[0]


@pytest.mark.parametrize("case", CASES, ids=[c.stem for c in CASES])
def test_prints_what_r_prints(case: Path) -> None:
    session = fresh_session()
    written: list[str] = []
    session.write = written.append
    session.write_error = lambda text: None
    failed = ""

    def work() -> None:
        nonlocal failed
        try:
            run_source(Source(case.name, case.read_text(encoding="utf-8")))
        except UserError as error:
            failed = error.message
        except Quit:
            pass

    deep(work)
    expected = case.with_suffix(".err")
    wanted = " ".join(expected.read_text(encoding="utf-8").split()) if expected.exists() else ""
    assert " ".join(failed.split()) == wanted
    assert "".join(written) == case.with_suffix(".out").read_text(encoding="utf-8")

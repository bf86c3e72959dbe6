"""What tests of the language share: R text run in a fresh session, on a deep stack."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipekeras.errors import UserError
from pipekeras.lang.evaluator.interpreter import run_source
from pipekeras.lang.evaluator.signals import Quit
from pipekeras.lang.session import fresh_session
from pipekeras.syntax.source import Source


@dataclass
class Outcome:
    """What a program wrote, the error that ended it, and its last value."""

    out: str
    err: str
    error: UserError | None
    value: Any


def _deep(work: Callable[[], None]) -> None:
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


def run_program(text: str, name: str = "test.R") -> Outcome:
    """Run R text as a script."""
    session = fresh_session()
    out: list[str] = []
    err: list[str] = []
    session.write = out.append
    session.write_error = err.append
    outcome = Outcome("", "", None, None)

    def work() -> None:
        try:
            outcome.value = run_source(Source(name, text))
        except UserError as error:
            outcome.error = error
        except Quit:
            pass

    try:
        _deep(work)
    finally:
        fresh_session()
    outcome.out, outcome.err = "".join(out), "".join(err)
    return outcome


@pytest.fixture
def run_r(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Outcome]:
    monkeypatch.chdir(tmp_path)  # programs may write files
    return run_program

"""Each program of hostile.R, in a process of its own, ends as is said there within two seconds and 2 GiB."""

from __future__ import annotations

import os
import re
import resource
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipekeras.keras.namespace import install

PROGRAMS = Path(__file__).with_name("hostile.R")
Run = Callable[[str], Any]
SECONDS = 2
BYTES = 2 * 2**30
_OF_KERAS = re.compile("[^#]*(layer_|keras_|optimizer_|k_|to_cat)")
_GRACE = 2  # seconds of processor time: pages of memory take longer on a machine that others use as well
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="each program runs in a fork of this process")


@dataclass
class Ending:
    """How a program ended.

    Attributes:
        said: "runs", "prints TEXT" or "error FIRST LINE"
        seconds: processor time it took
        size: the most memory it held
    """

    said: str
    seconds: float
    size: int


def programs() -> Iterator[tuple[str, str]]:
    """How each program ends, and its text."""
    for block in re.split(r"^#> ", PROGRAMS.read_text(), flags=re.MULTILINE)[1:]:
        wanted, _, text = block.partition("\n")
        yield wanted, re.sub(r"^#.*\n?", "", text, flags=re.MULTILINE).strip()


def _child(run: Run, text: str, pipe: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + _GRACE, SECONDS + _GRACE))
    resource.setrlimit(resource.RLIMIT_DATA, (2 * BYTES, 2 * BYTES))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.stdin = open(0)  # noqa: SIM115  pytest's own cannot be read
    outcome = run(text)
    if outcome.error is not None:
        said = f"error {outcome.error.message[:500]}"
    else:
        said = " ".join(f"prints {outcome.out}".split())
    os.write(pipe, said.encode())


def _ending(run: Run, text: str) -> Ending:
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            _child(run, text, writing)
        except BaseException as error:
            os.write(writing, repr(error).encode()[:500])
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, encoding="utf-8") as stream:
        said = stream.read()
    _, status, used = os.wait4(child, 0)
    return Ending(said or f"killed ({status})", used.ru_utime + used.ru_stime, used.ru_maxrss * 1024)


def _as_said(wanted: str, said: str) -> bool:
    kind, _, words = wanted.partition(" ")
    if kind == "runs":
        return said.startswith("prints")
    return said == wanted if kind == "prints" else bool(re.match(f"error .*({words})", said, re.DOTALL))


def test_hostile_programs_end_in_one_clear_error(run_r, monkeypatch) -> None:
    install()
    monkeypatch.setenv("HOME", "/nonexistent")
    wrong = []
    for wanted, text in programs():
        if _OF_KERAS.match(text) and "torch" not in sys.modules:
            run_r("layer_dense(units = 1)")  # from here on forks take longer
        ending = _ending(run_r, text)
        if not _as_said(wanted, ending.said):
            wrong.append(f"{text}\n  wanted {wanted}\n  got    {ending.said}")
        elif ending.seconds > SECONDS + _GRACE or ending.size > BYTES:
            wrong.append(f"{text}\n  took {ending.seconds:.1f} s and {ending.size / 2**30:.2f} GiB")
    assert not wrong, f"{len(wrong)} programs:\n" + "\n".join(wrong)

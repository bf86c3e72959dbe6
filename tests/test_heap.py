"""Large blocks that are given back are used again while a model runs, and only then."""

from __future__ import annotations

import contextlib
import os
import platform
import subprocess
import sys

import pytest

from pipekeras.heap import KEEPING, USUAL, memory_kept, share_heap

PAGES = """
import resource, threading
import numpy as np
from pipekeras.heap import memory_kept, share_heap

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(4):
        np.ones(2**23)  # 64 MB
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

def both():
    print(faults())
    with memory_kept():
        with memory_kept():
            faults()
        print(faults())
    print(faults())
"""


def pages(code: str, **environment: str) -> list[int]:
    """Pages that were asked for outside, within and behind the block, in a process of its own."""
    env = {**os.environ, **environment}
    run = subprocess.run(
        [sys.executable, "-c", PAGES + code], check=True, capture_output=True, text=True, env=env
    )
    return [int(line) for line in run.stdout.split()]


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries cannot be told")
@pytest.mark.parametrize(
    "code",
    ["both()", "share_heap(); t = threading.Thread(target=both); t.start(); t.join()"],
    ids=["main thread", "another thread"],
)
def test_blocks_are_used_again_within_and_returned_behind(code: str) -> None:
    before, within, behind = pages(code)
    assert within < before / 10
    assert behind > before / 2


class Library:
    """Notes what it is told, and refuses values above a limit."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.settings: dict[int, int] = {}

    def mallopt(self, name: int, value: int) -> bool:
        if value <= self.limit:
            self.settings[name] = value
        return value <= self.limit


@pytest.mark.parametrize("limit", [2**31, 2**26])
def test_settings_are_the_usual_ones_behind_the_last_block(
    limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(limit)
    monkeypatch.setattr("pipekeras.heap._glibc", lambda: library)
    with contextlib.suppress(ValueError), memory_kept():
        with memory_kept():
            pass
        assert library.settings == {name: v if v <= limit else USUAL[name] for name, v in KEEPING.items()}
        raise ValueError
    assert library.settings == USUAL


def test_a_library_may_refuse_to_have_one_heap(monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(0)
    monkeypatch.setattr("pipekeras.heap._glibc", lambda: library)
    share_heap()
    assert not library.settings


def test_who_has_set_the_environment_is_left_alone() -> None:
    found = pages("both()", MALLOC_MMAP_THRESHOLD_="100000")
    assert min(found) > max(found) / 2

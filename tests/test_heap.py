"""Large blocks that are given back are used again while a model runs, and only then."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from pipekeras.heap import memory_kept, share_heap

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


def pages(code: str) -> list[int]:
    """Pages that were asked for outside, within and behind the block, in a process of its own."""
    run = subprocess.run([sys.executable, "-c", PAGES + code], check=True, capture_output=True, text=True)
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


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipekeras.heap._glibc", lambda: None)
    share_heap()
    with memory_kept():
        assert bytes(3) == b"\0\0\0"

"""The memory that tensors give back: kept for the next ones instead of returned to the system, with glibc.

glibc hands large blocks back at once and asks for them again at the next step, as zeros that are made page by
page when they are first touched; with large activations that takes a tenth of an epoch.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8
"""glibc's names: how much may be free at the heap's end, which blocks are the system's, how many heaps."""

USUAL = {M_MMAP_THRESHOLD: 2**25, M_TRIM_THRESHOLD: 2**26}
"""Where glibc itself ends up in a process that uses large blocks."""

KEEPING = {M_MMAP_THRESHOLD: 2**28, M_TRIM_THRESHOLD: 2**30}

SETTINGS = ("MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "GLIBC_TUNABLES")
"""Who has set one of these in the environment knows better."""

_lock = threading.Lock()
_users = 0


@contextmanager
def memory_kept() -> Iterator[None]:
    """Keep what is given back within the block; what is left behind it serves the next block."""
    _count(1)
    try:
        yield
    finally:
        _count(-1)


def share_heap() -> None:
    """Let all threads that start from now on use one heap: others hold no large blocks."""
    _set({M_ARENA_MAX: 1})


def _count(change: int) -> None:
    global _users
    with _lock:
        _users += change
        _set(KEEPING if _users else USUAL)


def _set(settings: dict[int, int]) -> None:
    libc = _glibc()
    if libc is None:
        return
    for name, value in settings.items():
        if not libc.mallopt(name, value) and name in USUAL:
            # before 2.35 blocks from 32 MB on were the system's whatever one asked for
            libc.mallopt(name, USUAL[name])


@cache
def _glibc() -> Any:
    """The C library, if it is one that can be told."""
    if any(name in os.environ for name in SETTINGS):
        return None
    try:
        libc = ctypes.CDLL(None)
        return libc if libc.mallopt and libc.gnu_get_libc_version else None
    except (AttributeError, OSError, TypeError):
        return None

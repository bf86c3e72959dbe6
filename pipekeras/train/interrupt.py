"""Ctrl-C in training: the first asks to stop after the step, a second stops at once."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

_running: list[Interrupt] = []


class Interrupt:
    """A block in which Ctrl-C only sets `wanted`, once; the handler from before is back afterwards."""

    def __init__(self) -> None:
        self.wanted = False
        self._before: Any = None

    def __enter__(self) -> Interrupt:
        _running.append(self)
        # only the main thread may have handlers; where training runs in another, the main one asks it to stop
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._handle)
        return self

    def _handle(self, number: int, frame: FrameType | None) -> None:
        if not ask_to_stop():
            raise KeyboardInterrupt

    def __exit__(self, *error: object) -> None:
        _running.remove(self)
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)


def ask_to_stop() -> bool:
    """Ask the training that runs to stop after its step; False if none runs or it has been asked before."""
    if not _running or _running[-1].wanted:
        return False
    _running[-1].wanted = True
    return True

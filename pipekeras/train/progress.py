"""Progress of training: Keras's bar on a terminal, one clean line an epoch elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from typing import ClassVar

from ..errors import visible

_COLOUR = re.compile("\x1b\\[[0-9]*m")

Logs = Mapping[str, float]

REDRAW_SECONDS = 0.25
"""How often a bar is drawn at most: reading the metrics makes the device wait."""


def show_value(value: float) -> str:
    """Four decimals, or scientific when that would show next to nothing."""
    return f"{value:.4f}" if abs(value) > 1e-3 else f"{value:.4e}"


def show_logs(logs: Logs) -> str:
    return "".join(f" - {visible(name)}: {show_value(value)}" for name, value in logs.items())


def show_time(seconds: float, unit: str) -> str:
    """`5ms/step`, as Keras scales it."""
    if seconds >= 1 or seconds == 0:
        return f"{seconds:.0f}s/{unit}"
    return f"{seconds * 1e3:.0f}ms/{unit}" if seconds >= 1e-3 else f"{seconds * 1e6:.0f}us/{unit}"


def show_remaining(seconds: float) -> str:
    whole = int(seconds)
    if seconds > 3600:
        return f"{whole // 3600}:{whole % 3600 // 60:02d}:{whole % 60:02d}"
    return f"{whole // 60}:{whole % 60:02d}" if seconds > 60 else f"{whole}s"


class ProgressStyle:
    """How an edition writes progress."""

    width: ClassVar[int]

    def bar(self, done: int, steps: int, seconds: float, step_seconds: float, logs: Logs, ascii: bool) -> str:
        """The bar after `done` of `steps` steps; complete when all are done."""
        raise NotImplementedError

    def line(self, steps: int, seconds: float, step_seconds: float, logs: Logs) -> str:
        """The one line of an epoch where there is no terminal."""
        raise NotImplementedError

    def _count(self, done: int, steps: int) -> str:
        return f"{done:{len(str(steps))}d}/{steps}"


class Keras2Style(ProgressStyle):
    """`8/8 [==============================] - 0s 5ms/step - loss: 1.3976`."""

    width = 30

    def bar(self, done: int, steps: int, seconds: float, step_seconds: float, logs: Logs, ascii: bool) -> str:
        full = self.width * done // steps
        head = "=" if done == steps else ">"
        drawn = "=" * (full - 1) + head if full else ""
        if done < steps:
            clock = f"ETA: {show_remaining(step_seconds * (steps - done))}"
        else:
            clock = f"{seconds:.0f}s {show_time(step_seconds, 'step')}"
        return f"{self._count(done, steps)} [{drawn.ljust(self.width, '.')}] - {clock}{show_logs(logs)}"

    def line(self, steps: int, seconds: float, step_seconds: float, logs: Logs) -> str:
        times = f"{show_time(seconds, 'epoch')} - {show_time(step_seconds, 'step')}"
        return f"{self._count(steps, steps)} - {seconds:.0f}s{show_logs(logs)} - {times}"


class Keras3Style(ProgressStyle):
    """`8/8 ━━━━━━━━━━━━━━━━━━━━ 0s 5ms/step - loss: 1.3976`, bold and green unless NO_COLOR is set."""

    width = 20

    def bar(self, done: int, steps: int, seconds: float, step_seconds: float, logs: Logs, ascii: bool) -> str:
        full = self.width * done // steps
        mark = "=" if ascii else "━"
        clock = show_remaining(step_seconds * (steps - done)) if done < steps else f"{seconds:.0f}s"
        times = show_time(step_seconds, "step")
        bold, green, white, off = ("\x1b[1m", "\x1b[32m", "\x1b[37m", "\x1b[0m")
        if "NO_COLOR" in os.environ:
            bold = green = white = off = ""
            rest = " "
        else:
            rest = mark
        drawn = f"{green}{mark * full}{off}{white}{rest * (self.width - full)}{off}"
        return f"{bold}{self._count(done, steps)}{off} {drawn} {bold}{clock}{off} {times}{show_logs(logs)}"

    def line(self, steps: int, seconds: float, step_seconds: float, logs: Logs) -> str:
        times = f"{seconds:.0f}s - {show_time(step_seconds, 'step')}"
        return f"{self._count(steps, steps)} - {times}{show_logs(logs)}"


class Progress:
    """Writes how far an epoch (or an evaluation) has come.

    Args:
        style: the edition's way of writing
        verbose: 0 or FALSE is silent, 1, TRUE or "auto" a bar on a terminal, 2 a line an epoch
        steps: how many steps an epoch has
    """

    def __init__(self, style: ProgressStyle, verbose: int | str | bool, steps: int) -> None:
        self.style = style
        self.steps = steps
        self.shown = verbose == "auto" or bool(int(verbose))
        wants_bar = verbose == "auto" or int(verbose) == 1
        self.live = self.shown and wants_bar and sys.stdout.isatty()
        self.encodable = "utf" in (sys.stdout.encoding or "").lower()
        self._drawn = 0

    def begin(self, title: str | None = None) -> None:
        """Start an epoch, under a title such as `Epoch 1/10`."""
        if self.shown and title:
            self._write(title + "\n")
        self.started = self.drawn_at = time.perf_counter()

    def after_step(self, done: int, read_logs: Callable[[], Logs]) -> None:
        """Redraw the bar if it is time; only then are the logs read."""
        if not self.live:
            return
        now = time.perf_counter()
        if now - self.drawn_at >= REDRAW_SECONDS and done < self.steps:
            self.drawn_at = now
            self._draw(done, read_logs())

    def end(self, logs: Logs) -> None:
        """Write the epoch's last state."""
        if self.live:
            self._draw(self.steps, logs)
            self._write("\n")
            self._drawn = 0
        elif self.shown:
            seconds = time.perf_counter() - self.started
            self._write(self.style.line(self.steps, seconds, seconds / self.steps, logs) + "\n")

    def abandon(self) -> None:
        """Leave the half-drawn bar on its line (after Ctrl-C or an error)."""
        if self.live and self._drawn:
            self._write("\n")

    def _draw(self, done: int, logs: Logs) -> None:
        seconds = time.perf_counter() - self.started
        text = self.style.bar(done, self.steps, seconds, seconds / max(done, 1), logs, not self.encodable)
        if done < self.steps:
            # a bar that wraps could not be overwritten
            text = _cut(text, shutil.get_terminal_size().columns - 1)
        length = _visible_length(text)
        self._write("\r" + text + " " * max(self._drawn - length, 0))
        self._drawn = length

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()


def _visible_length(text: str) -> int:
    return len(_COLOUR.sub("", text))


def _cut(text: str, width: int) -> str:
    """Take off the end what is too wide; the end holds no colour."""
    too_wide = _visible_length(text) - width
    return text[:-too_wide] if too_wide > 0 else text

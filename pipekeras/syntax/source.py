"""Source texts and places in them: offsets are kept, line and column are found only when shown."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

_LONGEST = 160
"""Characters of a source line that a picture shows."""


@dataclass(eq=False, slots=True)
class Source:
    """A named R text. Lines end at LF (texts are normalised when read)."""

    name: str
    text: str = field(repr=False)
    first_line: int = 1  # an R chunk of an .Rmd file begins further down
    internal: bool = False  # part of pipekeras: its places tell users nothing
    _starts: list[int] = field(default_factory=list, repr=False)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """1-based line and column of an offset."""
        if not self._starts:
            self._starts = [0, *(match.end() for match in re.finditer("\n", self.text))]
        index = bisect_right(self._starts, offset) - 1
        return index + self.first_line, offset - self._starts[index] + 1

    def line_text(self, line: int) -> str:
        """The text of a 1-based line, without its line end."""
        self.line_and_column(0)
        start = self._starts[line - self.first_line]
        return self.text[start:].split("\n", 1)[0]


def visible(text: str) -> str:
    """A piece of source as it can be shown: tabs as one blank, what cannot be seen as a replacement sign."""
    if text.isprintable():
        return text
    return "".join(ch if ch.isprintable() else " " if ch == "\t" else "\ufffd" for ch in text)


def _window(text: str, column: int) -> tuple[str, int]:
    """A long line cut to what is around a column, and the column in it."""
    if len(text) <= _LONGEST:
        return text, column
    start = max(column - 1 - _LONGEST // 2, 0)
    cut = text[start : start + _LONGEST]
    left, right = "..." if start else "", "..." if start + _LONGEST < len(text) else ""
    return left + cut + right, column - start + len(left)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(ch) in "WF" else 1 for ch in text)


class Span(NamedTuple):
    """A piece of a source: characters start to end (exclusive)."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def where(self) -> str:
        line, column = self.source.line_and_column(self.start)
        return f"{self.source.name}:{line}:{column}"

    def picture(self) -> list[str]:
        """The place, the source line and a caret line under the piece (its first line, if it has several).

        Of a long line, what stands around the piece.
        """
        line, column = self.source.line_and_column(self.start)
        text = visible(self.source.line_text(line))
        text, column = _window(text, column)
        length = max(1, min(self.end - self.start, len(text) - column + 1))
        before, marked = text[: column - 1], text[column - 1 : column - 1 + length]
        margin = " " * len(str(line))
        return [
            f"  --> {self.where()}",
            f" {line} | {text}",
            f" {margin} | " + " " * _width(before) + "^" * max(1, _width(marked)),
        ]


make_span: Callable[[tuple[Source, int, int]], Span] = partial(tuple.__new__, Span)
"""A span without the call of a Python function that `Span(...)` is: the parser makes one for each node."""

"""R's regular expressions on the `regex` engine: POSIX extended as TRE reads them, Perl's, and fixed strings.

NOTE. By default a backslash inside brackets is literal: grepl("[\\\\d]", "5") is FALSE. `.` matches
a newline, `$` only the very end, and of several alternatives the longest match wins: sub("a|ab", "X", "abc").
Behind an earlier match, the default syntax searches in the rest of the text as if nothing stood before it,
but for `^`: gsub("\\\\<a", "X", "aab") is "XXb". Source: R's ?regex, and tests against R.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn

import regex

from ...errors import Code, UserError
from .perl import PerlReader, perl_refusal
from .posix import TreReader, tre_refusal
from .quick import Quick, ascii_classes, quick_pattern

TIME_LIMIT = 1.0
"""Seconds that one search may take."""
MOST_MATCHES = 2**23
"""Matches that are replaced in one text."""
MOST_FILLED = 2**20
"""The same where each replacement is made anew: it holds parts of the match."""


@dataclass(frozen=True, slots=True)
class Found:
    """One match: where it starts and ends in the text, and its groups (0: all of it; None: no part in it)."""

    start: int
    end: int
    groups: Callable[[int], str | None]
    spans: Callable[[int], tuple[int, int]]


_MAY_BE_EMPTY = regex.compile(r"[*?|{}^$()]|\\[bBAZzGK]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    Attributes:
        compiled: for the start of a text
        rest: for the rest of a text, where `^` cannot match; None if searching may simply go on
        perl: whether it is in Perl's syntax
        quick: for many short texts
    """

    compiled: Any
    rest: Any = None
    perl: bool = False
    quick: Quick | None = None

    @property
    def group_names(self) -> list[str]:
        """The name of each group, "" where it has none."""
        names = {number: name for name, number in self.compiled.groupindex.items()}
        return [names.get(k + 1, "") for k in range(self.compiled.groups)]

    @property
    def simple(self) -> bool:
        """Whether every match has at least one character and needs nothing around it."""
        written = self.compiled.pattern
        return self.rest is None and written != "" and _MAY_BE_EMPTY.search(written) is None

    def for_texts(self, texts: Sequence[str | None]) -> Any:
        """The standard library's pattern, if it finds the same first match in each text, else None."""
        return self.quick.compiled if self.quick is not None and self.quick.fits(texts) else None

    def for_all_in(self, texts: Sequence[str | None]) -> Any:
        """As `for_texts`, but it finds the same further matches as well."""
        solid = self.rest is None and self.quick is not None and self.quick.solid
        return self.for_texts(texts) if solid else None

    def matches(self, texts: Sequence[str | None]) -> list[bool | None]:
        """Whether there is a match in each text; None for NA."""
        if quick := self.for_texts(texts):
            return [found is not None for found in map(quick.search, texts)]
        search = self.compiled.search
        with _time_limit():
            return [None if t is None else search(t, timeout=TIME_LIMIT) is not None for t in texts]

    def search(self, text: str, position: int = 0) -> Found | None:
        """The first match at or behind a position."""
        with _time_limit():
            if position and self.rest is not None:
                match, offset = self.rest.search(text[position:], timeout=TIME_LIMIT), position
            else:
                match, offset = self.compiled.search(text, position, timeout=TIME_LIMIT), 0
        return None if match is None else _found(match, offset)

    def substituted(self, texts: Sequence[str | None], template: str) -> list[str | None]:
        """All matches of a simple pattern replaced by a fixed text."""
        sub = self.compiled.subn
        template = template.replace("\\", r"\\")
        with _time_limit():
            return [
                None
                if t is None
                else whole(sub(template, t, MOST_MATCHES, timeout=_limit_for(t)), MOST_MATCHES)
                for t in texts
            ]

    def parts(self, text: str) -> list[str]:
        """The text between the matches of a simple pattern."""
        with _time_limit():
            return self.compiled.split(text, timeout=_limit_for(text))

    def each(self, text: str) -> Iterator[Found]:
        """All matches as gregexpr lists them: none in an empty text by the default syntax."""
        position = 0
        while position < len(text) or (self.perl and not position):
            found = self.search(text, position)
            if found is None:
                return
            yield found
            position = found.end if found.end > found.start else found.end + 1

    def each_replaced(self, text: str) -> Iterator[Found]:
        """All matches as gsub replaces them: an empty one directly behind another is left out."""
        if self.simple:
            yield from self._in_turn(text)
            return
        position, last_end = 0, -1
        while (found := self.search(text, position)) is not None:
            if found.end > last_end:
                yield found
                last_end = found.end
            position = found.end
            if position >= len(text):
                return
            if found.start == found.end:
                position += 1

    def _in_turn(self, text: str) -> Iterator[Found]:
        with _time_limit():
            for match in self.compiled.finditer(text, timeout=_limit_for(text)):
                yield _found(match, 0)


def _found(match: Any, offset: int) -> Found:
    return Found(
        match.start() + offset,
        match.end() + offset,
        match.group,
        lambda k: (match.start(k) + offset, match.end(k) + offset) if match.start(k) >= 0 else (-1, -1),
    )


def _limit_for(text: str) -> float:
    return TIME_LIMIT + len(text) / 4e6


def whole(replaced: tuple[str, int], most: int) -> str:
    """The text in which matches were replaced, if these were all.

    Args:
        replaced: the text and the number of matches
        most: how many were to be replaced
    """
    text, count = replaced
    if count >= most:
        refuse_more(most)
    return text


def refuse_more(most: int) -> NoReturn:
    """Too many matches in one text."""
    raise UserError(
        "regular expression takes too long",
        code=Code.LIMIT,
        cause=f"one text has {most} matches or more",
        cure="split the text, or replace fixed = TRUE text",
    )


class _time_limit:
    """Turns the engine's time-out into an error of the user's."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if kind is not None and issubclass(kind, TimeoutError):
            raise UserError(
                "regular expression takes too long",
                code=Code.LIMIT,
                cause=f"one search took more than {TIME_LIMIT:g} seconds: nested repetition backtracks",
                cure="make the repeated parts of the pattern exclude each other",
            ) from None


@lru_cache(maxsize=512)
def compile_pattern(
    pattern: str, ignore_case: bool = False, perl: bool = False, fixed: bool = False
) -> Pattern:
    """The pattern as R's functions with these arguments read it."""
    flags = regex.V0 | (regex.IGNORECASE if ignore_case else 0)
    case = re.IGNORECASE if ignore_case else 0
    if fixed:
        quick = quick_pattern(re.escape(pattern), 0, longest=False)
        return Pattern(regex.compile(regex.escape(pattern, special_only=True), regex.V0), quick=quick)
    if perl:
        reader = PerlReader(pattern)
        translated = reader.translate()
        flags |= reader.flags
        quick = None if reader.flags else quick_pattern(translated, case, longest=False)
        return Pattern(_compile(translated, flags, pattern, perl_refusal), perl=True, quick=quick)
    reader = TreReader(pattern)
    translated = reader.translate()
    flags |= regex.DOTALL
    longest = "|" in pattern and not reader.lazy
    if longest:
        flags |= regex.POSIX
    compiled = _compile(translated, flags, pattern, tre_refusal)
    quick = quick_pattern(ascii_classes(translated), case | re.DOTALL, longest)
    if not reader.bounded:
        return Pattern(compiled, quick=quick)
    rest = TreReader(pattern, at_start=False).translate()
    return Pattern(compiled, _compile(rest, flags, pattern, tre_refusal), quick=quick)


def _compile(translated: str, flags: int, pattern: str, refused: Callable[[str, Any], UserError]) -> Any:
    try:
        return regex.compile(translated, flags)
    except regex.error as error:
        raise refused(pattern, error) from None

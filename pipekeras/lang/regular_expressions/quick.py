"""Plain patterns, which on ASCII texts the standard library's engine matches like the other one, but faster.

The standard engine cannot be stopped, so only patterns that need few steps are taken: repetitions are of one
character or class (or of a group without choices), and the longer the texts, the fewer there may be.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_MOST_STEPS = 1e8
"""Steps that the slowest search in one text may take: about a second."""
_MOST_OPTIONAL = 6
_TOKEN = re.compile(
    r"""(?P<border>\(\?:\\A\|\\b\|\\Z\)|\\b\(\?<?=\\w\)|\\[AZb]|\^|\$)
      | (?P<open>\((?:\?:)?(?!\?))
      | (?P<close>\))
      | (?P<choice>\|)
      | (?P<repeat>(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??)(?![+*?{])
      | (?P<set>\[(?:\\[^pPNXRKGhH]|[^\]\\])*\]|\.|\\[wWdDsS])
      | (?P<literal>\\[^a-zA-Z0-9]|\\[tnrfav]|\\x[0-9a-fA-F]{2}|[^\\\[\](){}*+?|^$.])""",
    re.VERBOSE | re.DOTALL,
)
_SET, _GROUP = "[]", "()"
"""How atoms that are no single characters are noted."""
_ASCII_MEMBERS = {
    "Alphabetic": "A-Za-z",
    "Nd": "0-9",
    "Ll": "a-z",
    "Lu": "A-Z",
    "P": "",
    "S": "",
    "No": "",
    "Mn": "",
}
"""What Unicode's properties in POSIX classes hold of ASCII beside the ranges that stand there."""


@dataclass(frozen=True, slots=True)
class Quick:
    """A plain pattern.

    Attributes:
        compiled: for the standard library's engine
        solid: whether every match has at least one character
        alone: whether a match depends on its own characters only
        reach: the longest text that it may be used on
    """

    compiled: re.Pattern[str]
    solid: bool
    alone: bool
    reach: float

    def fits(self, texts: Sequence[str | None]) -> bool:
        """Whether all texts (none of them NA) are ASCII and short enough."""
        try:
            return "".join(texts).isascii() and max(map(len, texts), default=0) <= self.reach  # type: ignore
        except TypeError:
            return False


@dataclass(slots=True)
class _Level:
    """What has been read of a group: its alternatives as atoms with the least width of each."""

    alternatives: list[list[str]] = field(default_factory=lambda: [[]])
    widths: list[int] = field(default_factory=lambda: [0])
    repeated: bool = False
    last: int = 0
    """The least width of the last atom."""

    def add(self, atom: str, width: int) -> None:
        self.alternatives[-1].append(atom)
        self.widths[-1] += width
        self.last = width


def ascii_classes(translated: str) -> str:
    """The translation of a POSIX pattern with the ASCII members of Unicode's properties in its classes."""
    return re.sub(r"\\p\{(\w+)\}", lambda m: _ASCII_MEMBERS[m[1]], translated)


def quick_pattern(translated: str, flags: int, longest: bool) -> Quick | None:
    """The pattern (in the engines' common syntax) if it is plain, else None.

    Args:
        flags: of `re`
        longest: whether of several alternatives the longest match counts, not the first
    """
    found = _Scan(longest)
    at = 0
    while at < len(translated):
        token = _TOKEN.match(translated, at)
        if token is None or not found.take(token.lastgroup or "", token[0]):
            return None
        at = token.end()
    whole = found.levels[0]
    if len(found.levels) > 1 or not found.agrees(whole) or not translated:
        return None
    reach = _MOST_STEPS ** (1 / (found.unbounded + 1)) if found.unbounded else float("inf")
    return Quick(re.compile(translated, flags | re.ASCII), min(whole.widths) > 0, not found.borders, reach)


class _Scan:
    """Reads a pattern's tokens and judges it."""

    def __init__(self, longest: bool) -> None:
        self.longest = longest
        self.levels = [_Level()]
        self.closed: _Level | None = None
        self.unbounded = self.optional = 0
        self.borders = False

    def take(self, kind: str, text: str) -> bool:
        """Whether the pattern may still be plain with this token."""
        level, closed = self.levels[-1], self.closed
        self.closed = None
        if kind == "open":
            self.levels.append(_Level())
        elif kind == "close":
            return self.close()
        elif kind == "choice":
            level.alternatives.append([])
            level.widths.append(0)
        elif kind == "repeat":
            return self.repeat(level, closed, text)
        elif kind == "border":
            self.borders = True
        else:
            level.add(text if kind == "literal" else _SET, 1)
        return True

    def close(self) -> bool:
        if len(self.levels) == 1:
            return False
        self.closed = done = self.levels.pop()
        outer = self.levels[-1]
        outer.add(_GROUP, min(done.widths))
        outer.repeated = outer.repeated or done.repeated or len(done.alternatives) > 1
        return self.agrees(done)

    def repeat(self, level: _Level, group: _Level | None, mark: str) -> bool:
        if not level.alternatives[-1]:
            return False
        level.repeated = True
        if mark[0] in "*?" or mark.startswith("{0"):
            level.widths[-1] -= level.last
        if mark[0] == "?":
            self.optional += 1
            return self.optional <= _MOST_OPTIONAL
        self.unbounded += 1
        return group is None or not (group.repeated or len(group.alternatives) > 1)

    def agrees(self, level: _Level) -> bool:
        """Whether the first alternative that matches is the longest as well."""
        if not self.longest or len(level.alternatives) == 1:
            return True
        atoms = {atom for each in level.alternatives for atom in each}
        if level.repeated or self.borders or _GROUP in atoms or not all(level.alternatives):
            return False
        if len(set(map(len, level.alternatives))) == 1:
            return True
        texts = ["".join(each) for each in level.alternatives]
        return _SET not in atoms and not any(a != b and b.startswith(a) for a in texts for b in texts)

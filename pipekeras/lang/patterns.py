"""R's regular expressions on the `regex` engine: POSIX extended as TRE reads them, Perl's, and fixed strings.

NOTE. By default a backslash inside brackets is literal: grepl("[\\\\d]", "5") is FALSE. `.` matches
a newline, `$` only the very end, and of several alternatives the longest match wins: sub("a|ab", "X", "abc").
Behind an earlier match, the default syntax searches in the rest of the text as if nothing stood before it,
but for `^`: gsub("\\\\<a", "X", "aab") is "XXb". Source: R's ?regex, and tests against R.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex

from ..errors import Code, UserError
from .conditions import warn

TIME_LIMIT = 2.0
"""Seconds that one search may take."""


@dataclass(frozen=True, slots=True)
class Found:
    """One match: where it starts and ends in the text, and its groups (0: all of it; None: no part in it)."""

    start: int
    end: int
    groups: Callable[[int], str | None]
    spans: Callable[[int], tuple[int, int]]


_MAY_BE_EMPTY = regex.compile(r"[*?|{}^$()]|\\\\[bBAZzGK]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern.

    Attributes:
        compiled: for the start of a text
        rest: for the rest of a text, where `^` cannot match; None if searching may simply go on
    """

    compiled: Any
    rest: Any = None

    @property
    def group_names(self) -> list[str]:
        """The name of each group, "" where it has none."""
        names = {number: name for name, number in self.compiled.groupindex.items()}
        return [names.get(k + 1, "") for k in range(self.compiled.groups)]

    @property
    def simple(self) -> bool:
        """Whether every match has at least one character and needs nothing around it."""
        return self.rest is None and _MAY_BE_EMPTY.search(self.compiled.pattern) is None

    def matches(self, texts: Sequence[str | None]) -> list[bool | None]:
        """Whether there is a match in each text; None for NA."""
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
        sub = self.compiled.sub
        template = template.replace("\\", r"\\")
        with _time_limit():
            return [None if t is None else sub(template, t, timeout=_limit_for(t)) for t in texts]

    def parts(self, text: str) -> list[str]:
        """The text between the matches of a simple pattern."""
        with _time_limit():
            return self.compiled.split(text, timeout=_limit_for(text))

    def each(self, text: str) -> Iterator[Found]:
        """All matches as gregexpr lists them."""
        position = 0
        while position < len(text):
            found = self.search(text, position)
            if found is None:
                return
            yield found
            position = found.end if found.end > found.start else found.end + 1

    def each_replaced(self, text: str) -> Iterator[Found]:
        """All matches as gsub replaces them: an empty one directly behind another is left out."""
        if self.rest is None:
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
        last_end = -1
        with _time_limit():
            for match in self.compiled.finditer(text, timeout=_limit_for(text)):
                if match.end() > last_end:
                    last_end = match.end()
                    yield _found(match, 0)


def _found(match: Any, offset: int) -> Found:
    return Found(
        match.start() + offset,
        match.end() + offset,
        match.group,
        lambda k: (match.start(k) + offset, match.end(k) + offset) if match.start(k) >= 0 else (-1, -1),
    )


def _limit_for(text: str) -> float:
    return TIME_LIMIT + len(text) / 1e5


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
    if fixed:
        return Pattern(regex.compile(regex.escape(pattern, special_only=True), regex.V0))
    if perl:
        return Pattern(_compile(_Perl(pattern).translate(), flags, pattern, perl))
    reader = _Tre(pattern)
    translated = reader.translate()
    flags |= regex.DOTALL
    if "|" in pattern and not reader.lazy:
        flags |= regex.POSIX
    compiled = _compile(translated, flags, pattern, perl)
    if not reader.bounded:
        return Pattern(compiled)
    return Pattern(compiled, _compile(_Tre(pattern, at_start=False).translate(), flags, pattern, perl))


def _compile(translated: str, flags: int, pattern: str, perl: bool) -> Any:
    try:
        return regex.compile(translated, flags)
    except regex.error as error:
        if perl:
            position = getattr(error, "pos", None)
            reason = _perl_reason(getattr(error, "msg", str(error)))
            place = "" if position is None else pattern[position:]
            warn(f"PCRE pattern compilation error\n\t'{reason}'\n\tat '{place}'")
            raise _invalid(pattern) from None
        raise _refuse(pattern, "Invalid regexp") from None


_PERL_REASONS = {
    "missing )": "missing closing parenthesis",
    "unbalanced parenthesis": "unmatched closing parenthesis",
    "unterminated character set": "missing terminating ] for character class",
    "nothing to repeat": "quantifier does not follow a repeatable item",
    "bad escape (end of pattern)": "\\ at end of pattern",
}


def _perl_reason(message: str) -> str:
    return _PERL_REASONS.get(message, message)


def _refuse(pattern: str, reason: str) -> UserError:
    warn(f"TRE pattern compilation error '{reason}'")
    return _invalid(pattern, reason)


def _invalid(pattern: str, reason: str | None = None) -> UserError:
    told = f", reason '{reason}'" if reason else ""
    return UserError(
        f"invalid regular expression '{pattern}'{told}",
        code=Code.VALUE,
        cure="check the pattern's brackets, or use fixed = TRUE to search for the text as it is",
    )


# --- translation -------------------------------------------------------------------------------------------

_SPACE = r" \t\n\r\f\v\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
_UNICODE_CLASSES = {
    "alpha": r"\p{Alphabetic}",
    "alnum": r"\p{Alphabetic}\p{Nd}",
    "digit": "0-9",
    "xdigit": "0-9A-Fa-f",
    "lower": r"\p{Ll}",
    "upper": r"\p{Lu}",
    "space": _SPACE,
    "blank": r" \t",
    "punct": r"!-/:-@\[-`{-~\p{P}\p{S}",
    "cntrl": r"\x00-\x1f\x7f-\x9f",
    "graph": r"!-~\u00a1-\U0010ffff",
    "print": r" -~\u00a0-\U0010ffff",
}
_ASCII_CLASSES = _UNICODE_CLASSES | {
    "alpha": "A-Za-z",
    "alnum": "A-Za-z0-9",
    "lower": "a-z",
    "upper": "A-Z",
    "space": r" \t\n\r\f\v",
    "punct": r"!-/:-@\[-`{-~",
    "cntrl": r"\x00-\x1f\x7f",
    "graph": "!-~",
    "print": " -~",
    "word": "A-Za-z0-9_",
}
_ASCII_ESCAPES = {"w": "A-Za-z0-9_", "d": "0-9", "s": r" \t\n\r\f\v"}
_CONTROL = {"t": r"\t", "n": r"\n", "r": r"\r", "f": r"\f", "a": r"\a", "e": r"\x1b", "v": r"\v"}


class _Reader:
    """Walks over a pattern and writes it in the engine's syntax."""

    classes: dict[str, str]
    escapes_in_brackets: bool

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.out: list[str] = []

    def translate(self) -> str:
        while self.at < len(self.pattern):
            self.step(self.take())
        return "".join(self.out)

    def take(self) -> str:
        ch = self.pattern[self.at]
        self.at += 1
        return ch

    def ahead(self, text: str) -> bool:
        return self.pattern.startswith(text, self.at)

    def step(self, ch: str) -> None:
        raise NotImplementedError

    def quoted(self) -> str:
        r"""The literal text behind \Q up to \E."""
        end = self.pattern.find("\\E", self.at)
        text = self.pattern[self.at : end if end >= 0 else None]
        self.at = end + 2 if end >= 0 else len(self.pattern)
        return regex.escape(text, special_only=True)

    def hexadecimal(self) -> str:
        r"""The character behind \x: two digits, or any number in braces."""
        if self.ahead("{"):
            end = self.pattern.find("}", self.at)
            digits, self.at = self.pattern[self.at + 1 : end], end + 1
        else:
            digits = self.pattern[self.at : self.at + 2]
            self.at += len(digits)
        return regex.escape(chr(int(digits, 16)))

    def bracket(self) -> str:
        """A bracket expression; the `[` has been read."""
        parts = ["["]
        if self.ahead("^"):
            parts.append(self.take())
        first = True
        while True:
            if self.at >= len(self.pattern):
                raise self.unclosed_bracket()
            ch = self.take()
            if ch == "]" and not first:
                return "".join(parts) + "]"
            first = False
            parts.append(self.bracket_item(ch))

    def bracket_item(self, ch: str) -> str:
        if ch == "[" and self.pattern[self.at : self.at + 1] in (":", ".", "="):
            return self.named_class()
        if ch == "\\" and self.escapes_in_brackets and self.at < len(self.pattern):
            return self.bracket_escape()
        low = _in_brackets(ch)
        if self.ahead("-") and self.pattern[self.at + 1 : self.at + 2] not in ("]", ""):
            return self.range_from(ch, low)
        return low

    def range_from(self, ch: str, low: str) -> str:
        self.at += 1
        high = self.take()
        if high == "[" and self.pattern[self.at : self.at + 1] in (":", ".", "="):
            return low + r"\-" + self.named_class()
        if high == "\\" and self.escapes_in_brackets and self.at < len(self.pattern):
            escape = self.bracket_escape()
            return f"{low}-{escape}" if len(escape) == 2 and not escape[1].isalnum() else rf"{low}\-{escape}"
        if high < ch:
            raise _refuse(self.pattern, "Invalid character range")
        return f"{low}-{_in_brackets(high)}"

    def named_class(self) -> str:
        mark = self.take()
        end = self.pattern.find(mark + "]", self.at)
        name = self.pattern[self.at : end]
        if end < 0:
            raise self.unclosed_bracket()
        self.at = end + 2
        if mark != ":":
            return _in_brackets(name)
        if name not in self.classes:
            raise _refuse(self.pattern, "Unknown character class name")
        return self.classes[name]

    def bracket_escape(self) -> str:
        ch = self.take()
        if ch == "x":
            return self.hexadecimal()
        if ch == "h":
            return r" \t"
        if ch in _ASCII_ESCAPES:
            return _ASCII_ESCAPES[ch]
        if ch in "WDSpPbuN" or ch.isdigit():
            return "\\" + ch + self.property_name(ch)
        return _CONTROL.get(ch) or "\\" + ch

    def property_name(self, ch: str) -> str:
        if ch not in "pP" or not self.ahead("{"):
            return ""
        end = self.pattern.find("}", self.at)
        name, self.at = self.pattern[self.at : end + 1], end + 1
        return name

    def unclosed_bracket(self) -> UserError:
        raise NotImplementedError


def _in_brackets(text: str) -> str:
    return "".join("\\" + ch if ch in r"\^-[]&~|" else ch for ch in text)


class _Tre(_Reader):
    """R's default syntax: POSIX extended regular expressions with TRE's additions."""

    classes = _UNICODE_CLASSES
    escapes_in_brackets = False

    def __init__(self, pattern: str, at_start: bool = True) -> None:
        super().__init__(pattern)
        self.at_start = at_start
        self.lazy = False
        self.bounded = False
        self.open = 0
        self.empty = True  # nothing yet that could be repeated
        self.repeated = 0

    def translate(self) -> str:
        translated = super().translate()
        if self.open:
            raise _refuse(self.pattern, "Missing ')'")
        return translated

    def step(self, ch: str) -> None:
        if ch in "*+?{":
            self.repetition(ch)
            return
        self.repeated = 0
        if ch == "\\":
            self.out.append(self.escape())
        elif ch == "[":
            self.out.append(self.bracket())
        elif ch in "(|)":
            self.structure(ch)
            return
        elif ch == "^":
            self.out.append("^" if self.at_start else "(?!)")
            return
        else:
            self.out.append(r"\Z" if ch == "$" else ch)
        self.empty = False

    def structure(self, ch: str) -> None:
        self.empty = ch != ")"
        if ch == "(":
            if self.ahead("?") and not regex.match(r"\?[inrU-]*[:)]", self.pattern[self.at :]):
                raise _refuse(self.pattern, "Invalid regexp")
            self.open += 1
        elif ch == ")":
            if not self.open:
                self.out.append(r"\)")
                return
            self.open -= 1
        self.out.append(ch)
        if ch == "(" and self.ahead("?"):
            end = min(i for i in (self.pattern.find(c, self.at) for c in ":)") if i >= 0)
            self.out.append(self.pattern[self.at : end + 1])
            self.open -= self.pattern[end] == ")"
            self.at = end + 1

    def repetition(self, ch: str) -> None:
        mark = self.bounds() if ch == "{" else ch
        if self.empty:
            return  # nothing to repeat: TRE repeats the empty string
        self.repeated += 1
        if ch == "?" and self.repeated == 2:
            self.lazy = True
        elif self.repeated > 1:
            raise _refuse(self.pattern, "Invalid use of repetition operators")
        self.out.append(mark)

    def bounds(self) -> str:
        end = self.pattern.find("}", self.at)
        if end < 0:
            tail = self.pattern[self.at :]
            reason = "Missing '}'" if tail.replace(",", "").isdigit() else "Invalid contents of {}"
            raise _refuse(self.pattern, reason)
        low, comma, high = self.pattern[self.at : end].partition(",")
        self.at = end + 1
        fits = (low or "0").isdigit() and (high or "0").isdigit() and (low or high)
        if not fits or max(int(low or 0), int(high or 0)) > 255 or (high and int(high) < int(low or 0)):
            raise _refuse(self.pattern, "Invalid contents of {}")
        return "{" + (low or "0") + comma + high + "}"

    def escape(self) -> str:
        if self.at >= len(self.pattern):
            raise _refuse(self.pattern, "Trailing backslash")
        ch = self.take()
        if ch in "bB<>":
            self.bounded = True
            # TRE sees a boundary wherever its search starts
            return {"b": r"(?:\A|\b)", "B": r"(?!\A)\B", "<": r"\b(?=\w)", ">": r"\b(?<=\w)"}[ch]
        if ch in "sS":
            return f"[{'^' if ch == 'S' else ''}{_SPACE}]"
        if ch in "wWdD":
            return "\\" + ch if ch in "wW" else f"[{'^' if ch == 'D' else ''}0-9]"
        if ch in "123456789":
            return rf"(?:\{ch})"
        if ch == "Q":
            return self.quoted()
        if ch == "x":
            return self.hexadecimal()
        return _CONTROL.get(ch) or regex.escape(ch)

    def unclosed_bracket(self) -> UserError:
        return _refuse(self.pattern, "Missing ']'")


class _Perl(_Reader):
    """Perl's syntax as PCRE reads it; the engine's own is near."""

    classes = _ASCII_CLASSES
    escapes_in_brackets = True

    def step(self, ch: str) -> None:
        if ch == "\\" and self.at < len(self.pattern):
            self.out.append(self.escape())
        elif ch == "[":
            self.out.append(self.bracket())
        else:
            self.out.append(ch)

    def escape(self) -> str:
        ch = self.take()
        if ch == "Q":
            return self.quoted()
        if ch == "x":
            return self.hexadecimal()
        if ch in "wWdDsS":
            return f"[{'^' if ch.isupper() else ''}{_ASCII_ESCAPES[ch.lower()]}]"
        special = {"h": r"[ \t]", "H": r"[^ \t]", "Z": r"(?=\n?\Z)", "z": r"\Z", "N": r"[^\n]", "e": r"\x1b"}
        if ch in special:
            return special[ch]
        if ch in "<>'\"_" or not ch.isascii():
            return regex.escape(ch)
        return "\\" + ch + self.property_name(ch)

    def unclosed_bracket(self) -> UserError:
        warn("PCRE pattern compilation error\n\t'missing terminating ] for character class'\n\tat ''")
        return _invalid(self.pattern)

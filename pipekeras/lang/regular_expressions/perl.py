"""Perl's regular expressions as PCRE reads them (`perl = TRUE`), in the syntax of the engine `regex`.

Letters, digits and word boundaries are those of ASCII unless the pattern starts with (*UCP), as in R.
Source of the refusals: PCRE2's pcre2_compile, recorded through R.
"""

from __future__ import annotations

from typing import Any

import regex

from ...errors import UserError
from ..conditions import warn
from .posix import CONTROL, UNICODE_CLASSES, Reader, in_brackets, invalid

_CLASSES = UNICODE_CLASSES | {
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
    "ascii": r"\x00-\x7f",
}
_ESCAPES = {"w": "A-Za-z0-9_", "d": "0-9", "s": r" \t\n\r\f\v"}
_UNICODE_ESCAPES = {"w": r"\p{L}\p{N}_", "d": r"\p{Nd}", "s": r"\s"}
_SPECIAL = {
    "h": r"[ \t\xa0]", "H": r"[^ \t\xa0]", "v": r"[\n\v\f\r\x85]",
    "V": r"[^\n\v\f\r\x85]", "Z": r"(?=\n?\Z)", "z": r"\Z", "N": r"[^\n]", "e": r"\x1b", "a": r"\x07",
}  # fmt: skip
_WIDTHLESS = "bBAZzG"
_BOUNDS = regex.compile(r"\{(\d+)(,?)(\d*)\}")
_NEVER = "unrecognized character follows \\"
_NO_SUCH_GROUP = "reference to non-existent subpattern"
_NOT_REPEATABLE = "quantifier does not follow a repeatable item"
_NOT_SUPPORTED = r"PCRE2 does not support \F, \L, \l, \N{name}, \U, or \u"

_REASONS = {
    "missing )": "missing closing parenthesis",
    "unbalanced parenthesis": "unmatched closing parenthesis",
}
"""PCRE's words for what the engine finds."""


def _failure(pattern: str, reason: str, position: int) -> UserError:
    warn(f"PCRE pattern compilation error\n\t'{reason}'\n\tat '{pattern[position:]}'")
    return invalid(pattern)


def perl_refusal(pattern: str, error: Any) -> UserError:
    """What the engine alone has found wrong."""
    told = str(getattr(error, "msg", error))
    reason = _REASONS.get(told, told)
    place = len(pattern) if reason.startswith("missing") else pattern.find(")") if ")" in pattern else 0
    return _failure(pattern, reason, place)


class PerlReader(Reader):
    """Walks over a pattern in Perl's syntax.

    Attributes:
        flags: flags of the engine that the pattern asks for
    """

    classes = _CLASSES
    escapes_in_brackets = True

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern)
        self.flags = 0
        self.unicode = pattern.startswith("(*UCP)")
        if self.unicode:
            self.at = len("(*UCP)")
            self.classes = UNICODE_CLASSES
        self.escapes = _UNICODE_ESCAPES if self.unicode else _ESCAPES
        self.multiline = False
        self.unnumbered = False  # (?n): only named groups are groups
        self.ungreedy = False  # (?U): quantifiers are lazy unless a ? follows
        self.repeatable = False
        self.open: list[int] = []  # parentheses: where those stand that look behind, -1 for others
        self.groups = len(regex.findall(r"(?<!\\)\((?!\?)|\(\?(?:P?<(?![=!])|')", pattern))

    def fail(self, reason: str, position: int | None = None) -> UserError:
        return _failure(self.pattern, reason, self.at if position is None else position)

    def step(self, ch: str) -> None:
        if ch in "*+?{" and (ch != "{" or _BOUNDS.match(self.pattern, self.at - 1)):
            self.quantifier(ch)
        elif ch == "\\":
            self.backslash()
        elif ch == "[":
            if regex.match(r":\^?\w*:\]", self.pattern[self.at :]):
                raise self.fail("POSIX named classes are supported only within a class", self.at - 1)
            self.repeatable = True
            self.out.append(self.bracket())
        elif ch in "()":
            self.parenthesis(ch)
        else:
            self.repeatable = ch not in "^$|"
            starts_line = ch == "^" and self.multiline  # but none starts behind the last newline
            self.out.append(r"(?:^(?!\Z)|\A)" if starts_line else "\\" + ch if ch in "{}" else ch)

    def parenthesis(self, ch: str) -> None:
        self.out.append("(?:" if ch == "(" and self.unnumbered and not self.ahead("?") else ch)
        self.repeatable = ch == ")"
        if ch == ")":
            if self.open:
                self.open.pop()
            return
        start = self.at - 1
        behind = regex.match(r"\?<[=!]", self.pattern[self.at :])
        self.open.append(start if behind else -1)
        if self.ahead("?"):
            self.group_kind()

    def group_kind(self) -> None:
        r"""What follows `(?`: a name, an assertion, options."""
        kind = regex.match(r"\?(?:[:=!>|#&+]|<[=!]|P?<(\w*)(>?)|'|P[=>]|\d|R|\(|[imsxnJU^-]+[:)]?|C|\)|(.?))",
                           self.pattern[self.at :], regex.DOTALL)  # fmt: skip
        assert kind is not None
        name, closed, strange = kind.groups()
        if strange is not None:
            raise self.fail("unrecognized character after (? or (?-", self.at + 1)
        if name is not None and not closed:
            raise self.fail("syntax error in subpattern name (missing terminator?)" if name
                            else "subpattern name expected", self.at + kind.end())  # fmt: skip
        if name is not None and name[0].isdigit():
            start = self.at + kind.end() - len(name) - 1
            raise self.fail("subpattern name must start with a non-digit", start)
        if self.ahead("?#"):
            end = self.pattern.find(")", self.at)
            self.out.pop()
            self.open.pop()
            self.at = end + 1 if end >= 0 else len(self.pattern)
            return
        self.at += kind.end()
        options = kind.group()
        self.multiline = self.multiline or regex.match(r"\?[a-zU]*m", options) is not None
        if regex.fullmatch(r"\?[imsxnJU]+[:)]", options):
            self.ungreedy = self.ungreedy or "U" in options
            self.unnumbered = self.unnumbered or "n" in options
            options = regex.sub("[UnJ]", "", options)
        self.out.append({"?)": "?:)", "?C": "?:"}.get(options, options))
        if kind.group().endswith(")"):
            self.open.pop()

    def quantifier(self, ch: str) -> None:
        mark = ch
        if ch == "{":
            bounds = _BOUNDS.match(self.pattern, self.at - 1)
            assert bounds is not None
            mark, self.at = bounds.group(), bounds.end()
            low, _, high = bounds.groups()
            if high and int(high) < int(low):
                raise self.fail("numbers out of order in {} quantifier", self.at - 1)
            if int(high or low) > 65535:
                raise self.fail("number too big in {} quantifier", self.at - 1)
        if not self.repeatable:
            raise self.fail(_NOT_REPEATABLE, self.at - 1)
        behind = next((at for at in reversed(self.open) if at >= 0), None)
        if behind is not None and not mark.strip("{}").isdigit():
            raise self.fail("lookbehind assertion is not fixed length", behind)
        if self.ahead("?") or self.ahead("+"):
            mark += self.take()
            mark = mark.removesuffix("?") if self.ungreedy and len(mark) > 1 else mark
        elif self.ungreedy:
            mark += "?"
        self.out.append(mark)
        self.repeatable = False

    def backslash(self) -> None:
        if self.at >= len(self.pattern):
            raise self.fail("\\ at end of pattern")
        ch = self.take()
        if ch == "E":
            return
        self.repeatable = ch not in _WIDTHLESS
        self.out.append(self.quoted() if ch == "Q" else self.escape(ch))

    def escape(self, ch: str) -> str:
        if ch in "FLlUu" or (ch == "N" and self.ahead("{")):
            raise self.fail(_NOT_SUPPORTED)
        if ch == "x":
            return self.hexadecimal()
        if ch == "c":
            return self.control()
        if ch.isdigit():
            return self.number(ch)
        if ch in "wWdDsS":
            return f"[{'^' if ch.isupper() else ''}{self.escapes[ch.lower()]}]"
        if ch in "bB":
            word = f"[{self.escapes['w']}]"
            first, second = ("!", "=") if ch == "b" else ("=", "!")
            return f"(?:(?<={word})(?{first}{word})|(?<!{word})(?{second}{word}))"
        if ch in _SPECIAL:
            return _SPECIAL[ch]
        if ch in "pP":
            return self.property_of(ch)
        if ch in "gk":
            return self.named_reference(ch)
        if ch in "AGKRXtnrf":
            return "\\" + ch
        if ch.isascii() and ch.isalnum():
            raise self.fail(_NEVER, self.at - 1)
        return regex.escape(ch)

    def number(self, ch: str) -> str:
        r"""A back reference, or an octal number: `\0`, and two digits that are no group."""
        digits = regex.match(r"\d*", self.pattern, pos=self.at)
        text = ch + (digits.group() if digits else "")
        if ch != "0" and (len(text) == 1 or int(text) <= self.groups):
            if int(text) > self.groups:
                raise self.fail(_NO_SUCH_GROUP, self.at - 1)
            self.at += len(text) - 1
            return rf"(?:\{text})"
        octal = regex.match(r"[0-7]{1,3}", text)
        if octal is None:
            return regex.escape(ch)
        self.at += octal.end() - 1
        return regex.escape(chr(int(octal.group(), 8)))

    def control(self) -> str:
        if self.at >= len(self.pattern):
            raise self.fail(r"\c at end of pattern")
        return regex.escape(chr(ord(self.take().upper()) ^ 64))

    def named_reference(self, ch: str) -> str:
        found = regex.match(r"-?\d+|\{(-?\w+)\}|<(\w+)>|'(\w+)'", self.pattern, pos=self.at)
        if found is None:
            raise self.fail(_NEVER, self.at - 1)
        name = next((g for g in found.groups() if g), found.group())
        if name.lstrip("-").isdigit():
            number = int(name) if int(name) > 0 else self.out.count("(") + 1 + int(name)
            if not 0 < number <= self.groups:
                raise self.fail(_NO_SUCH_GROUP)
            self.at = found.end()
            return rf"(?:\{number})"
        if regex.search(rf"\(\?(?:P?<|'){name}[>']", self.pattern):
            raise self.fail(_NO_SUCH_GROUP, self.at + 1)
        self.at = found.end()
        return f"(?P={name})"

    def property_of(self, ch: str) -> str:
        if self.at >= len(self.pattern):
            raise self.fail(r"malformed \P or \p sequence")
        name = self.property_name(ch)
        written = name or f"{{{self.take()}}}"
        try:
            regex.compile(f"\\{ch}{written}")
        except regex.error:
            raise self.fail(r"unknown property after \P or \p") from None
        return f"\\{ch}{written}"

    def bracket_escape(self) -> str:
        ch = self.take()
        if ch == "x":
            return self.hexadecimal()
        if ch == "Q":
            end = self.pattern.find("\\E", self.at)
            text, self.at = self.pattern[self.at : end], end + 2
            return in_brackets(text)
        if ch in "pP":
            return self.property_of(ch)
        if ch in self.escapes:
            return self.escapes[ch]
        if ch in "WDS":
            return {"W": r"\x00-/:-@\[-\^`{-\U0010ffff", "D": r"\x00-/:-\U0010ffff",
                    "S": r"\x00-\x08\x0e-\x1f!-\U0010ffff"}[ch]  # fmt: skip
        if ch == "h":
            return r" \t\xa0"
        if ch == "b":
            return r"\x08"
        if ch.isdigit():
            octal = regex.match(r"[0-7]{1,3}", self.pattern, pos=self.at - 1)
            if octal is not None:
                self.at = octal.end()
                return regex.escape(chr(int(octal.group(), 8)))
        return CONTROL.get(ch) or in_brackets(ch)

    def hexadecimal(self) -> str:
        if self.ahead("{"):
            digits = regex.match(r"\{([0-9a-fA-F]*)", self.pattern, pos=self.at)
            assert digits is not None
            if not digits.group(1) and len(self.pattern) == digits.end():
                raise self.fail(r"digits missing in \x{} or \o{} or \N{U+}", digits.end())
            if not self.pattern.startswith("}", digits.end()):
                raise self.fail(r"non-hex character in \x{} (closing brace missing?)", digits.end())
        return super().hexadecimal()

    def bad_range(self, low: str, high: str) -> UserError:
        return self.fail("range out of order in character class", self.at - 1)

    def class_range(self, low: str, escape: str) -> str:
        if len(escape) > 2 and not escape.startswith("\\"):
            raise self.fail("invalid range in character class")
        return super().class_range(low, escape)

    def unknown_class(self, name: str) -> UserError:
        return self.fail("unknown POSIX class name", self.at - len(name) - 2)

    def collating(self, start: int) -> UserError:
        return self.fail("POSIX collating elements are not supported", start)

    def unclosed_bracket(self, of_class: bool = False) -> UserError:
        if self.pattern.endswith("\\") and not self.pattern.endswith("\\\\"):
            return self.fail("\\ at end of pattern", len(self.pattern))
        return self.fail("missing terminating ] for character class", len(self.pattern))

"""POSIX extended regular expressions as TRE reads them (R's default), in the syntax of the engine `regex`."""

from __future__ import annotations

from typing import Any

import regex

from ...errors import Code, UserError
from ..conditions import warn

_SPACE = r" \t\n\r\f\v\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
UNICODE_CLASSES = {
    "alpha": r"\p{Alphabetic}",
    "alnum": r"\p{Alphabetic}\p{Nd}",
    "digit": "0-9",
    "xdigit": "0-9A-Fa-f",
    "lower": r"\p{Ll}",
    "upper": r"\p{Lu}",
    "space": _SPACE,
    "blank": r" \t",
    "punct": r"!-/:-@\[-`{-~\p{P}\p{S}\p{No}\p{Mn}",  # all that is graphic and not alphanumeric
    "cntrl": r"\x00-\x1f\x7f-\x9f",
    "graph": r"!-~\u00a1-\U0010ffff",
    "print": r" -~\u00a0-\U0010ffff",
}
CONTROL = {"t": r"\t", "n": r"\n", "r": r"\r", "f": r"\f", "a": r"\a", "e": r"\x1b", "v": r"\v"}


def tre_refusal(pattern: str, error: Any = "Invalid regexp") -> UserError:
    """The error for a pattern that TRE refuses; its warning has been signalled.

    Args:
        error: TRE's reason, or what the engine has found
    """
    reason = error if isinstance(error, str) else "Invalid regexp"
    if "group reference" in getattr(error, "msg", ""):
        reason = "Invalid back reference"
    warn(f"TRE pattern compilation error '{reason}'")
    return invalid(pattern, reason)


def invalid(pattern: str, reason: str | None = None) -> UserError:
    """The error for a pattern that is refused."""
    told = f", reason '{reason}'" if reason else ""
    return UserError(
        f"invalid regular expression '{pattern}'{told}",
        code=Code.VALUE,
        cure="check the pattern's brackets, or use fixed = TRUE to search for the text as it is",
    )


class Reader:
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
            found = regex.match("[0-9a-fA-F]{0,2}", self.pattern, pos=self.at)
            digits = found.group() if found else ""
            self.at += len(digits)
        return regex.escape(chr(int(digits or "0", 16)))

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
        low = in_brackets(ch)
        if self.ahead("-") and self.pattern[self.at + 1 : self.at + 2] not in ("]", ""):
            return self.range_from(ch, low)
        return low

    def range_from(self, ch: str, low: str) -> str:
        self.at += 1
        high = self.take()
        if high == "[" and self.pattern[self.at : self.at + 1] in (":", ".", "="):
            return low + r"\-" + self.named_class()
        if high == "\\" and self.escapes_in_brackets and self.at < len(self.pattern):
            return self.class_range(low, self.bracket_escape())
        if high < ch:
            raise self.bad_range(ch, high)
        return f"{low}-{in_brackets(high)}"

    def class_range(self, low: str, escape: str) -> str:
        return f"{low}-{escape}" if len(escape) == 2 and not escape[1].isalnum() else rf"{low}\-{escape}"

    def named_class(self) -> str:
        start = self.at - 1
        mark = self.take()
        end = self.pattern.find(mark + "]", self.at)
        if end < 0:
            raise self.unclosed_bracket(of_class=mark == ":")
        name = self.pattern[self.at : end]
        self.at = end + 2
        if mark != ":":
            raise self.collating(start)
        if name not in self.classes:
            raise self.unknown_class(name)
        return self.classes[name]

    def bracket_escape(self) -> str:
        raise NotImplementedError

    def property_name(self, ch: str) -> str:
        if ch not in "pP" or not self.ahead("{"):
            return ""
        end = self.pattern.find("}", self.at)
        name, self.at = self.pattern[self.at : end + 1], end + 1
        return name

    def bad_range(self, low: str, high: str) -> UserError:
        return tre_refusal(self.pattern, "Invalid character range")

    def unknown_class(self, name: str) -> UserError:
        return tre_refusal(self.pattern, "Unknown character class name")

    def collating(self, start: int) -> UserError:
        return tre_refusal(self.pattern, "Unknown collating element")

    def unclosed_bracket(self, of_class: bool = False) -> UserError:
        return tre_refusal(self.pattern, "Unknown character class name" if of_class else "Missing ']'")


def in_brackets(text: str) -> str:
    return "".join("\\" + ch if ch in r"\^-[]&~|" else ch for ch in text)


class TreReader(Reader):
    """R's default syntax: POSIX extended regular expressions with TRE's additions."""

    classes = UNICODE_CLASSES
    escapes_in_brackets = False

    def __init__(self, pattern: str, at_start: bool = True) -> None:
        super().__init__(pattern)
        self.at_start = at_start
        self.lazy = False
        self.bounded = False
        self.ungreedy = False
        self.starts: list[int] = []  # of open groups, in `out`
        self.atom = 0  # where the last thing that can be repeated starts
        self.empty = True  # nothing yet that could be repeated
        self.repeated = 0

    def translate(self) -> str:
        translated = super().translate()
        if self.starts:
            raise tre_refusal(self.pattern, "Missing ')'")
        return translated

    def step(self, ch: str) -> None:
        if ch in "*+?{":
            self.repetition(ch)
            return
        self.repeated = 0
        if ch != ")":
            self.atom = len(self.out)
        if ch == "\\":
            self.out.append(self.escape())
        elif ch == "[":
            self.out.append(self.bracket())
        elif ch in "(|)":
            self.structure(ch)
            return
        elif ch in "^$":
            self.out.append(r"\Z" if ch == "$" else "^" if self.at_start else "(?!)")
            self.empty = True  # TRE repeats no anchors
            return
        else:
            self.out.append(ch)
        self.empty = False

    def structure(self, ch: str) -> None:
        self.empty = ch != ")"
        if ch == "(":
            if self.ahead("?"):
                self.options()
                return
            self.starts.append(len(self.out))
        elif ch == ")":
            if not self.starts:
                self.atom = len(self.out)
                self.out.append(r"\)")
                return
            self.atom = self.starts.pop()
        self.out.append(ch)

    def options(self) -> None:
        """What follows `(?`: options of TRE, or a comment."""
        if self.ahead("?#"):
            self.at = self.pattern.find(")", self.at) + 1 or len(self.pattern)
            return
        found = regex.match(r"\?([irU-]*)([:)])", self.pattern, pos=self.at)
        if found is None:
            raise tre_refusal(self.pattern)
        self.at = found.end()
        options, end = found.groups()
        self.ungreedy = self.ungreedy or "U" in options
        if end == ":":
            self.starts.append(len(self.out))
        self.out.append(
            f"(?{regex.sub('[rU]', '', options)}:" if end == ":" else "(?i)" if "i" in options else ""
        )

    def repetition(self, ch: str) -> None:
        mark = self.bounds() if ch == "{" else ch
        if self.empty:
            return  # nothing to repeat: TRE repeats the empty string
        self.repeated += 1
        if ch == "?" and self.repeated == 2:
            self.lazy = True
        elif ch in "{?" and self.repeated > 1:
            self.out[self.atom :] = ["(?:", *self.out[self.atom :], ")"]
        elif self.repeated > 1:
            raise tre_refusal(self.pattern, "Invalid use of repetition operators")
        self.out.append(mark)
        if self.ungreedy and self.repeated == 1:
            self.lazy = True
            self.out.append("?")

    def bounds(self) -> str:
        end = self.pattern.find("}", self.at)
        if end < 0:
            tail = self.pattern[self.at :]
            reason = "Missing '}'" if regex.fullmatch(r"\d*,?\d*", tail) else "Invalid contents of {}"
            raise tre_refusal(self.pattern, reason)
        low, comma, high = self.pattern[self.at : end].partition(",")
        self.at = end + 1
        fits = (low or "0").isdigit() and (high or "0").isdigit() and (low or high)
        if not fits or max(int(low or 0), int(high or 0)) > 255 or (high and int(high) < int(low or 0)):
            raise tre_refusal(self.pattern, "Invalid contents of {}")
        return "{" + (low or "0") + comma + high + "}"

    def escape(self) -> str:
        if self.at >= len(self.pattern):
            raise tre_refusal(self.pattern, "Trailing backslash")
        ch = self.take()
        if ch in "bB<>":
            self.bounded = True
            # TRE sees a boundary wherever its search starts, and at the end
            return {"b": r"(?:\A|\b|\Z)", "B": r"(?!\A|\Z)\B", "<": r"\b(?=\w)", ">": r"\b(?<=\w)"}[ch]
        if ch in "sS":
            return f"[{'^' if ch == 'S' else ''}{_SPACE}]"
        if ch in "wWdD":
            inside = "0-9" if ch in "dD" else UNICODE_CLASSES["alnum"] + "_"
            return f"[{'^' if ch.isupper() else ''}{inside}]"
        if ch == "0":
            return "(?:)"
        if ch in "123456789":
            return rf"(?:\{ch})"
        if ch == "Q":
            return self.quoted()
        if ch == "x":
            if self.ahead("{") and "}" not in self.pattern[self.at :]:
                raise tre_refusal(self.pattern, "Missing '}'")
            return self.hexadecimal()
        return CONTROL.get(ch) or regex.escape(ch)

"""Marks in formatted numbers: thousands, decimal mark, trailing zeros dropped (R's prettyNum)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marks:
    """The arguments of prettyNum that change a number's text."""

    big: str = ""
    big_interval: int = 3
    small: str = ""
    small_interval: int = 5
    decimal: str = "."
    drop_zeros: bool = False
    zero: str | None = None

    def __bool__(self) -> bool:
        plain = not (self.big or self.small or self.drop_zeros)
        return not (plain and self.decimal == "." and self.zero is None)


def marked(texts: Sequence[str], marks: Marks, keep_width: str = "common") -> list[str]:
    """Formatted numbers with marks put in.

    Args:
        keep_width: "common" pads all to one width if any grew, "individual" drops leading blanks, or "none"
    """
    out = [_one(text, marks) for text in texts]
    grown = [len(new) - len(old) for new, old in zip(out, texts, strict=True)]
    if keep_width == "individual":
        return [re.sub(f"^ {{1,{g}}}", "", new) if g > 0 else new for new, g in zip(out, grown, strict=True)]
    if keep_width == "common" and any(g > 0 for g in grown):
        width = max(map(len, out))
        return [new.rjust(width) for new in out]
    return out


def _one(text: str, marks: Marks) -> str:
    whole, point, rest = text.partition(".")
    if marks.big:
        whole = _grouped(whole, marks.big, marks.big_interval)
    if marks.small and rest:
        rest = re.sub(rf"([0-9]{{{marks.small_interval}}})(?=[0-9])", rf"\1{marks.small}", rest)
    if marks.drop_zeros and point:
        rest = re.sub("e[+-]0+$", "", rest) if "e" in rest else rest.rstrip("0")
        if not rest:
            point = ""
    text = whole + (marks.decimal if point else "") + rest
    if marks.zero is not None and re.fullmatch(r" *0(\.0*)?(e[+-]00)?", text):
        return marks.zero.rjust(len(text))
    return text


def _grouped(whole: str, mark: str, interval: int) -> str:
    return re.sub(r"[0-9]+", lambda m: _groups(m[0], mark, interval), whole, count=1)


def _groups(digits: str, mark: str, interval: int) -> str:
    first = len(digits) % interval
    groups = [digits[:first]] if first else []
    return mark.join(groups + [digits[i : i + interval] for i in range(first, len(digits), interval)])

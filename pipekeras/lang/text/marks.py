"""Marks in formatted numbers: thousands, decimal mark, zeros shown otherwise or dropped (R's prettyNum)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...errors import Code, UserError
from ..conditions import warn
from ..values import NULL, RVector
from ..vectors.coerce import one_flag, one_int, one_string

_COMPLEX = re.compile(r"(.*?[0-9] *)([-+])( *[0-9].*)", re.DOTALL)
_ZERO = re.compile(r" *[-+]?0*(\.0*)?(e[-+]?\d+)? *")


@dataclass(frozen=True, slots=True)
class Marks:
    """The arguments of prettyNum that change a number's text.

    Attributes:
        zero: what is shown for zeros, None for the zeros themselves
        replace_zero: whether that text takes the place of the whole number, or of its characters
        point: the decimal mark in the texts as they come
    """

    big: str = ""
    big_interval: int = 3
    small: str = ""
    small_interval: int = 5
    decimal: str = "."
    drop_zeros: bool = False
    zero: str | None = None
    replace_zero: bool = False
    point: str = "."

    def __bool__(self) -> bool:
        plain = not (self.big or self.small or self.drop_zeros)
        return not (plain and self.decimal == self.point and self.zero is None)


def marks_from(given: dict[str, Any], **more: Any) -> Marks:
    """Marks from R's arguments by R name."""
    return Marks(
        one_string(given["big.mark"], "big.mark"),
        one_int(given["big.interval"], "big.interval"),
        one_string(given["small.mark"], "small.mark"),
        one_int(given["small.interval"], "small.interval"),
        one_string(given["decimal.mark"], "decimal.mark"),
        one_flag(given["drop0trailing"], "drop0trailing"),
        zero_text(given["zero.print"]),
        **more,
    )


def zero_text(value: Any) -> str | None:
    """What `zero.print` says: a text, TRUE for "0", FALSE for a blank, NULL for nothing special."""
    if value is NULL:
        return None
    if len(value) > 1:
        raise UserError("'zero.print' has length > 1", code=Code.ARGUMENT)
    if isinstance(value, RVector) and value.type == "logical":
        return "0" if value.data[0] else " "
    if not isinstance(value, RVector) or value.type != "character":
        raise UserError("'zero.print' must be character, logical or NULL", code=Code.ARGUMENT)
    return one_string(value, "zero.print")


def marked(
    texts: Sequence[str], marks: Marks, keep_width: str = "common", is_complex: bool = False
) -> list[str]:
    """Formatted numbers with marks put in.

    Args:
        keep_width: "common" pads all to one width if any grew, "individual" drops leading blanks, or "none"
    """
    if marks.big and marks.big == marks.decimal:
        warn(f"'big.mark' and 'decimal.mark' are both '{marks.big}', which could be confusing")
    if not (marks.big or marks.small or marks.drop_zeros):
        plain = [text.replace(marks.point, marks.decimal) for text in texts]
        return [_with_zero(text, marks) for text in plain]
    if is_complex:
        return _marked_parts(texts, marks, keep_width)
    out = [_with_zero(_one(text, marks), marks) for text in texts]
    grown = [len(new) - len(old) for new, old in zip(out, texts, strict=True)]
    if keep_width == "individual":
        return [re.sub(f"^ {{1,{g}}}", "", new) if g > 0 else new for new, g in zip(out, grown, strict=True)]
    if keep_width == "common" and any(g > 0 for g in grown):
        width = max(map(len, out))
        return [new.rjust(width) for new in out]
    return out


def _marked_parts(texts: Sequence[str], marks: Marks, keep_width: str) -> list[str]:
    """Real and imaginary parts of complex numbers, marked as two vectors."""
    split = [_COMPLEX.fullmatch(text) for text in texts]
    found = [match for match in split if match is not None]
    if not found:
        return list(texts)
    reals = marked([match[1] for match in found], marks, keep_width)
    imaginary = marked([match[3].removesuffix("i") for match in found], marks, keep_width)
    joined = iter([f"{re_}{match[2]}{im}i" for re_, match, im in zip(reals, found, imaginary, strict=True)])
    return [text if match is None else next(joined) for text, match in zip(texts, split, strict=True)]


def _one(text: str, marks: Marks) -> str:
    whole, point, rest = text.rpartition(marks.point)
    if not point:
        whole, rest = rest, ""
    if not rest:
        point = ""
    if marks.big:
        whole = _grouped(whole, marks.big, marks.big_interval)
    if marks.small and rest:
        rest = re.sub(rf"([0-9]{{{marks.small_interval}}})(?=[0-9])", rf"\1{marks.small}", rest)
    if marks.drop_zeros and point:
        rest = re.sub("e[+-]0+$", "", rest) if "e" in rest else rest.rstrip("0")
        if not rest:
            point = ""
    return whole + (marks.decimal if point else "") + rest


def _with_zero(text: str, marks: Marks) -> str:
    """What stands for a zero, in the place of its digits."""
    zero = marks.zero
    if zero is None or "0" not in text or not _ZERO.fullmatch(text):
        return text
    if marks.replace_zero:
        return zero
    if len(text) < len(zero):
        warn("'zero.print' is truncated to fit into formatted zeros; consider 'replace=TRUE'")
    last = min(len(text), len(zero) + text.index("0"))
    first = max(0, last - len(zero))
    shown = text[:first] + zero[: last - first]
    return shown.ljust(len(text))


def _grouped(whole: str, mark: str, interval: int) -> str:
    return re.sub(r"[0-9]+", lambda m: _groups(m[0], mark, interval), whole)


def _groups(digits: str, mark: str, interval: int) -> str:
    first = len(digits) % interval
    groups = [digits[:first]] if first else []
    return mark.join(groups + [digits[i : i + interval] for i in range(first, len(digits), interval)])

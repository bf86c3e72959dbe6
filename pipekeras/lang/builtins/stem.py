"""Stem-and-leaf displays: stem."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..registry import builtin
from ..session import session
from ..values import NULL, RVector
from ..vectors.coerce import NUMERIC, numbers, one_int, one_number

_LARGEST = 2**31 - 1


@builtin("stem(x, scale = 1, width = 80, atom = 1e-08)", invisible=True)
def stem(x: Any, scale: Any, width: Any, atom: Any) -> Any:
    """Print the digits of sorted numbers in rows of one leading part each."""
    if not isinstance(x, RVector) or x.type not in NUMERIC:
        raise UserError("'x' must be numeric", code=Code.TYPE)
    values = numbers(x, "x")
    values = np.sort(values[np.isfinite(values)])
    size = one_number(scale, "scale")
    if not len(values):
        raise UserError("no finite and non-missing values", code=Code.VALUE)
    if size <= 0:
        raise UserError("'scale' must be positive", code=Code.VALUE)
    if len(values) > 1:
        _display(values, size, one_int(width, "width"), one_number(atom, "atom"))
    return NULL


def _display(values: np.ndarray, scale: float, width: int, atom: float) -> None:
    factor, step = _unit(values, scale, atom)
    low = math.floor(values[0] * factor / step) * step
    top = math.floor(values[-1] * factor / step) * step
    below = math.floor(math.log10(-low)) + 1 if low < 0 else 0
    above = math.floor(math.log10(top)) if top > 0 else 0
    if low < 0 and math.floor(values[0] * factor) == low:
        low -= step
    if math.floor(values[0] * factor + 0.5) > low + step:
        low += step
    lines = ["", _decimal_point(factor), ""]
    leaves = [int(v * factor - 0.5) if v < 0 else int(v * factor + 0.5) for v in values]
    at = 0
    while at < len(values):
        high, start = low + step, at
        while at < len(values) and not _beyond(leaves[at], values[at], low, high):
            at += 1
        row = "".join(str(abs(leaf) % 10) for leaf in leaves[start:at][: max(width - 12, 0)])
        more = f"+{at - start - width}" if at - start > width else ""
        lines.append(f"  {_label(low, high):>{max(below, above)}} | {row}{more}")
        low = high
    session.write("\n".join([*lines, "", ""]))


def _unit(values: np.ndarray, scale: float, atom: float) -> tuple[float, int]:
    """(by what the numbers are multiplied so that the last digit is the leaf, how much one row spans)."""
    spread = float(values[-1] - values[0])
    extent = atom + (spread if spread > 0 else abs(float(values[0]))) / scale
    factor = 10.0 ** int(11 - int(math.log10(extent) + 10))
    if spread <= 0:
        return factor, 10
    rows = 3 * min(2, max(0, int(extent * factor / 25))) + 2 - 150 // (len(values) + 50)
    if rows in (1, 2, 5):
        factor *= 10
    largest = max(abs(float(values[0])), abs(float(values[-1])))
    while largest * factor > _LARGEST:
        factor /= 10
    return factor, 5 if rows in (0, 4, 8) else 20 if rows in (1, 5, 6) else 10


def _beyond(leaf: int, value: float, low: int, high: int) -> bool:
    """Whether a number belongs to a later row."""
    if high == 0 and value >= 0:
        return True
    return leaf > high if low < 0 else leaf >= high


def _label(low: int, high: int) -> str:
    near, far = (high, low) if low < 0 else (low, high)
    tens = int(near / 10)
    return "-0" if tens == 0 and far < 0 else str(tens)


def _decimal_point(factor: float) -> str:
    places = 1 - math.floor(math.log10(factor) + 0.5)
    where = (
        "at the |"
        if places == 0
        else f"{abs(places)} digit(s) to the {'right' if places > 0 else 'left'} of the |"
    )
    return f"  The decimal point is {where}"

"""Tables of coefficients and p-values as R prints them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from ..session import session
from ..text.format import format_numbers as format_values
from ..text.tabular import Column, Table
from ..values import double

_MARKS = [(0.001, "***"), (0.01, "**"), (0.05, "*"), (0.1, "."), (math.inf, " ")]
LEGEND = "Signif. codes:  0 ‘***’ 0.001 ‘**’ 0.01 ‘*’ 0.05 ‘.’ 0.1 ‘ ’ 1"
SMALLEST_P = np.finfo(float).eps


def shown(values: Sequence[float] | np.ndarray, digits: int | None = None) -> list[str]:
    """Numbers in their common format."""
    return format_values(double(np.asarray(values, dtype=float)), digits)


def one(value: float, digits: int) -> str:
    """R's `formatC(x, digits = digits)`: significant digits, padded to one more than these."""
    text = f"{value:.{digits}g}" if math.isfinite(value) else shown([value])[0]
    return text.rjust(digits + 1)


def format_p(
    values: np.ndarray,
    digits: int,
    least: float = SMALLEST_P,
    na: str = "NA",
    format_numbers: Callable[[np.ndarray, int], list[str]] = shown,
) -> list[str]:
    """R's format.pval: fixed and scientific ones each in their format, tiny ones as `<2e-16`."""
    out = [na] * len(values)
    known = ~np.isnan(values)
    tiny = known & (values < least)
    size = np.floor(np.log10(np.where(values > 0, values, 1e-50)))
    fixed = known & ~tiny & (size >= (-4 if digits > 1 else -3))
    for group in (fixed, known & ~tiny & ~fixed):
        at = np.flatnonzero(group)
        for i, text in zip(at, format_numbers(values[at], digits) if len(at) else [], strict=True):
            out[i] = text
    if tiny.any():
        few, gap = max(1, digits - 2), " "
        others = [len(out[i]) for i in np.flatnonzero(known & ~tiny)]
        if others:
            most = max(others)
            if few > 1 and few + 6 > most:
                few = max(1, most - 7)
            gap = "" if few == 1 and most <= 6 else " "
        else:
            gap = "" if few == 1 else " "
        text = f"<{gap}{format_numbers(np.array([least]), few)[0]}"
        for i in np.flatnonzero(tiny):
            out[i] = text
    return out


def marks(values: np.ndarray) -> list[str]:
    """The stars behind p-values, of one width."""
    found = ["" if p != p else next(mark for bound, mark in _MARKS if p <= bound) for p in values]
    width = max(map(len, found), default=0)
    return [mark.ljust(width) for mark in found]


def table_cells(table: np.ndarray, digits: int, p_values: bool = True) -> list[list[str]]:
    """The columns estimate, error, statistic and, if there is one, p-value as text."""
    columns = []
    pair = table[:, :2]
    finite = np.abs(pair[np.isfinite(pair) & (pair != 0)])
    lowest = 1 + math.floor(math.log10(finite.min())) if len(finite) else 1
    highest = 1 + math.floor(math.log10(finite.max())) if len(finite) else 1
    places = max(1, digits - lowest, digits - highest)
    both = pair.ravel(order="F")
    cells = _restored(shown(np.round(both, places), digits), both, digits)
    columns += [cells[: len(table)], cells[len(table) :]]
    test = max(1, min(5, digits - 1))
    for j in range(2, table.shape[1] - p_values):
        columns.append(_restored(shown(np.round(table[:, j], test), digits), table[:, j], digits))
    if p_values:
        columns.append(format_p(table[:, -1], test))
    return [
        ["NA" if v != v else c for c, v in zip(col, table[:, j], strict=True)]
        for j, col in enumerate(columns)
    ]


def _restored(cells: list[str], values: np.ndarray, digits: int) -> list[str]:
    """Numbers that rounding made zero are shown with fewer digits instead."""
    lost = [i for i, c in enumerate(cells) if values[i] == values[i] and values[i] != 0 and float(c) == 0]
    if not lost:
        return cells
    again = shown(values[lost], max(1, digits - 1))
    out = list(cells)
    for i, text in zip(lost, again, strict=True):
        out[i] = text
    return out


def table_lines(
    table: np.ndarray, rows: Sequence[str], columns: Sequence[str], digits: int, p_values: bool = True
) -> list[str]:
    """R's printCoefmat: the table, stars and their legend."""
    cells = table_cells(table, digits, p_values)
    heads = list(columns)
    legend = False
    if p_values and (table[:, -1] < 0.1).any():
        cells.append(marks(table[:, -1]))
        heads.append("")
        legend = True
    made = []
    for j, column in enumerate(cells):
        left = legend and j == len(cells) - 1
        width = max(map(len, column), default=0)
        made.append(Column([c.ljust(width) if left else c.rjust(width) for c in column], left))
    lines = Table(len(rows), made, list(rows), heads).lines(session.option_int("width"))
    return [*lines, "---", LEGEND] if legend else lines

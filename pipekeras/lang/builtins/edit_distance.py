"""Distances between texts: adist."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..registry import builtin
from ..values import NA_REAL, NULL, RVector, double, integer, rlist
from ..vectors.coerce import coerce, elements, one_flag, one_number

_COSTS = ("insertions", "deletions", "substitutions")


@builtin(
    "adist(x, y = NULL, costs = NULL, counts = FALSE, fixed = TRUE, partial = !fixed, ignore.case = FALSE,"
    " useBytes = FALSE)"
)
def adist(x: Any, y: Any, costs: Any, counts: Any, fixed: Any, partial: Any, ignore_case: Any, bytes_: Any):
    """The cost of turning each text of x into each of y; with `partial` into the nearest part of it."""
    if one_flag(counts, "counts") or not one_flag(fixed, "fixed"):
        raise UserError(
            "adist knows neither counts = TRUE nor fixed = FALSE",
            code=Code.ARGUMENT,
            cure="ask for the distances of plain texts",
        )
    y = x if y is NULL else y
    fold = one_flag(ignore_case, "ignore.case")
    left, right = (
        [t.lower() if fold and t is not None else t for t in coerce(v, "character").data] for v in (x, y)
    )
    prices, inside = _prices(costs), one_flag(partial, "partial")
    rows = [[_distance(a, b, prices, inside) for b in right] for a in left]
    grid = np.array(rows, dtype=float).reshape(len(left), len(right))
    attributes: dict[str, Any] = {"dim": integer([len(left), len(right)])}
    labels = [v.attribute("names") if isinstance(v, RVector) else None for v in (x, y)]
    if any(label is not None for label in labels):
        attributes["dimnames"] = rlist([NULL if label is None else label for label in labels])
    return double(grid.ravel(order="F")).with_attributes(attributes)


def _prices(costs: Any) -> list[float]:
    """What an insertion, a deletion and a substitution cost; names may be shortened."""
    prices = [1.0, 1.0, 1.0]
    if costs is NULL:
        return prices
    names = costs.names or _COSTS
    for name, value in zip(names, elements(costs), strict=False):
        found = [i for i, kind in enumerate(_COSTS) if name and kind.startswith(name)]
        if len(found) == 1:
            prices[found[0]] = one_number(value, "costs")
    return prices


def _distance(a: str | None, b: str | None, prices: list[float], inside: bool) -> float:
    if a is None or b is None:
        return NA_REAL
    insertion, deletion, substitution = prices
    above = [0.0 if inside else j * insertion for j in range(len(b) + 1)]
    for i, letter in enumerate(a, 1):
        row = [i * deletion]
        for j, other in enumerate(b, 1):
            changed = above[j - 1] + (0 if letter == other else substitution)
            row.append(min(changed, above[j] + deletion, row[-1] + insertion))
        above = row
    return min(above) if inside else above[-1]

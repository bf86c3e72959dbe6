"""Sorting: ranks of values in R's order, and permutations by several keys."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ...errors import Code, UserError
from ..text.collate import in_order
from ..values import RVector, is_real_na
from .coerce import convert_data

_FEW = 1000
"""Below it, numpy's stable sort is quick enough."""


def sort_codes(x: RVector) -> np.ndarray:
    """Whole numbers that sort as the values do; NA is given no meaning here."""
    if x.type == "character":
        texts = x.data.tolist()
        known = set(texts)
        known.discard(None)
        places: dict[str | None, int] = dict(zip(in_order(known), range(len(known)), strict=True))
        places[None] = -1
        return np.fromiter(map(places.__getitem__, texts), dtype=np.int64, count=len(texts))
    if x.type == "complex":
        return np.unique(x.data, return_inverse=True)[1].astype(np.int64)
    if x.type == "double":
        return numbered(x.data)
    if x.type in ("integer", "logical", "raw"):
        return x.data.astype(np.int64)
    raise UserError(f"unimplemented type '{x.type}' in 'orderVector1'\n", code=Code.TYPE)


def numbered(values: np.ndarray) -> np.ndarray:
    """Whole numbers from 0 that sort as the numbers do and are equal where these are; NaN comes last."""
    if not len(values):
        return np.empty(0, dtype=np.int64)
    whole = values.dtype.kind in "iu"
    if whole and int(values.max()) - int(low := values.min()) <= max(1000, 2 * len(values)):
        return values.astype(np.int64) - int(low)
    order = np.argsort(values)
    ordered = values[order]
    fresh = fresh_values(ordered)
    if not whole:
        fresh[1:] &= ~np.isnan(ordered[:-1])
    out = np.empty(len(values), dtype=np.int64)
    out[order] = np.cumsum(fresh)
    return out


def fresh_values(ordered: np.ndarray) -> np.ndarray:
    """Which sorted values differ from the one before; the first does not count."""
    fresh = np.empty(len(ordered), dtype=bool)
    fresh[:1] = False
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return fresh


def order_by(keys: Sequence[RVector], decreasing: Sequence[bool], na_last: bool | None = True) -> np.ndarray:
    """The stable permutation that sorts by the keys; na_last None leaves rows with NA out."""
    if len(keys) == 1 and keys[0].type == "double":
        return _order_doubles(keys[0].data, decreasing[0], na_last)
    columns = []
    missing = np.zeros(len(keys[0]), dtype=bool)
    for key, down in zip(keys, decreasing, strict=True):
        ranks, absent = _column(key, down)
        missing |= absent
        if absent.any():
            edge = ranks.max() + 1 if na_last is not False else ranks.min() - 1
            ranks = np.where(absent, edge, ranks)
        columns.append(ranks)
    out = stable_order(columns[-1])
    for column in columns[-2::-1]:
        out = out[stable_order(column[out])]
    return out[~missing[out]] if na_last is None else out


def _order_doubles(data: np.ndarray, down: bool, na_last: bool | None) -> np.ndarray:
    absent = np.isnan(data)
    if not absent.any():
        return stable_order(-data if down else data)
    present, gone = np.flatnonzero(~absent), np.flatnonzero(absent)
    out = present[stable_order(-data[present] if down else data[present])]
    if na_last is None:
        return out
    return np.concatenate([out, gone] if na_last else [gone, out])


def stable_order(values: np.ndarray) -> np.ndarray:
    """The stable permutation that sorts the values.

    numpy's stable sort of wide numbers takes three times as long as its other one: ties are put right here.
    """
    n = len(values)
    if n < _FEW:
        return np.argsort(values, kind="stable")
    if values.dtype.kind in "iu":
        low, high = int(values.min()), int(values.max())
        if high - low < 65536:  # numpy sorts 16-bit numbers by radix
            return np.argsort((values - low).astype(np.uint16), kind="stable")
    out = np.argsort(values)
    ordered = values[out]
    fresh = fresh_values(ordered)
    if fresh[1:].all():
        return out
    # among ties, by position
    group = np.cumsum(fresh) * n
    out += group
    out.sort()
    return out - group


def _column(key: RVector, down: bool) -> tuple[np.ndarray, np.ndarray]:
    absent = key.is_na()
    if key.type == "double" and not absent.any():
        return (-key.data if down else key.data), absent
    ranks = sort_codes(key)
    return (-ranks if down else ranks), absent


def sorted_unique(x: RVector) -> np.ndarray:
    """0-based positions of the first of each different value but NA, in sorted order (factor levels)."""
    present = np.flatnonzero(~x.is_na())
    if x.type == "double":
        present = present[~is_real_na(x.data[present])]
    ranks = sort_codes(RVector(x.type, x.data[present]))
    if not len(ranks):
        return present
    ranks = numbered(ranks)
    first = np.full(int(ranks.max()) + 1, -1)
    first[ranks[::-1]] = np.arange(len(ranks) - 1, -1, -1)  # of equal indices the last is kept
    return present[first[first >= 0]]


def as_sortable(x: RVector) -> RVector:
    """The vector as a sort key: lists are refused, logical values count as integers."""
    if x.type in ("list", "expression"):
        raise UserError("unimplemented type 'list' in 'orderVector1'\n", code=Code.TYPE)
    return RVector("integer", convert_data(x.data, "logical", "integer")) if x.type == "logical" else x

"""Sorting: ranks of values in R's order, and permutations by several keys."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..errors import Code, UserError
from .coerce import convert_data
from .collate import string_keys
from .values import RVector, is_real_na


def sort_codes(x: RVector) -> np.ndarray:
    """Whole numbers that sort as the values do; NA is given no meaning here."""
    if x.type == "character":
        known = sorted({t for t in x.data if t is not None})
        keys = string_keys(known)
        places = {known[i]: k for k, i in enumerate(sorted(range(len(known)), key=keys.__getitem__))}
        return np.array([-1 if t is None else places[t] for t in x.data], dtype=np.int64)
    if x.type == "complex":
        return np.unique(x.data, return_inverse=True)[1].astype(np.int64)
    if x.type == "double":
        return np.unique(x.data, return_inverse=True)[1].astype(np.int64)
    if x.type in ("integer", "logical", "raw"):
        return x.data.astype(np.int64)
    raise UserError(f"unimplemented type '{x.type}' in 'orderVector1'", code=Code.TYPE)


def order_by(keys: Sequence[RVector], decreasing: Sequence[bool], na_last: bool | None = True) -> np.ndarray:
    """The stable permutation that sorts by the keys; na_last None leaves rows with NA out."""
    columns = []
    missing = np.zeros(len(keys[0]), dtype=bool)
    for key, down in zip(keys, decreasing, strict=True):
        ranks, absent = _column(key, down)
        missing |= absent
        if absent.any():
            edge = ranks.max() + 1 if na_last is not False else ranks.min() - 1
            ranks = np.where(absent, edge, ranks)
        columns.append(ranks)
    out = np.argsort(columns[0], kind="stable") if len(columns) == 1 else np.lexsort(columns[::-1])
    return out[~missing[out]] if na_last is None else out


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
    return present[np.unique(ranks, return_index=True)[1]]


def as_sortable(x: RVector) -> RVector:
    """The vector as a sort key: lists are refused, logical values count as integers."""
    if x.type in ("list", "expression"):
        raise UserError("unimplemented type 'list' in 'orderVector1'", code=Code.TYPE)
    return RVector("integer", convert_data(x.data, "logical", "integer")) if x.type == "logical" else x

"""Values in intervals and their counts: cut, findInterval, tabulate."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np

from ...errors import Code, UserError
from .. import conditions
from ..registry import builtin
from ..values import (
    MISSING,
    NA_INTEGER,
    NULL,
    Dots,
    RVector,
    character,
    integer,
)
from ..vectors.coerce import NUMERIC, convert_data, has_class, is_atomic, one_flag, one_int, one_number
from .stats import numeric_data


@builtin("tabulate(bin, nbins)")
def tabulate(bin: Any, nbins: Any = MISSING) -> RVector:
    if not is_atomic(bin) or bin.type not in NUMERIC:
        raise UserError("'bin' must be numeric or a factor", code=Code.TYPE)
    if has_class(bin, "factor"):
        nbins = integer(len(bin.attribute("levels")))
    codes = convert_data(bin.data, bin.type, "integer")
    n = max(1, int(codes.max(initial=1))) if nbins is MISSING else one_int(nbins, "nbins")
    codes = codes[(codes >= 1) & (codes <= n)]
    return integer(np.bincount(codes, minlength=n + 1)[1:].astype(np.int32))


@builtin("findInterval(x, vec, rightmost.closed = FALSE, all.inside = FALSE, left.open = FALSE)")
def find_interval(x: Any, vec: Any, rightmost_closed: Any, all_inside: Any, left_open: Any) -> RVector:
    data, edges = numeric_data(x), numeric_data(vec)
    if (np.diff(edges) < 0).any():
        raise UserError("'vec' must be sorted non-decreasingly and not contain NAs", code=Code.VALUE)
    open_left = one_flag(left_open, "left.open")
    out = np.searchsorted(edges, data, side="left" if open_left else "right")
    if one_flag(rightmost_closed, "rightmost.closed") and len(edges):
        out = (
            np.where((data == edges[0]) & open_left, 1, out)
            if open_left
            else (np.where(data == edges[-1], len(edges) - 1, out))
        )
    if one_flag(all_inside, "all.inside"):
        out = np.clip(out, 1, len(edges) - 1)
    return integer(np.where(np.isnan(data), NA_INTEGER, out).astype(np.int32))


@builtin(
    "cut(x, breaks, labels = NULL, include.lowest = FALSE, right = TRUE, dig.lab = 3L, "
    "ordered_result = FALSE, ...)",
    "cut.default",
    generic=True,
)
def cut(
    x: Any,
    breaks: Any,
    labels: Any,
    include_lowest: Any,
    right: Any,
    dig_lab: Any,
    ordered_result: Any,
    dots: Dots,
) -> RVector:
    if not isinstance(x, RVector) or x.type not in ("integer", "double") or has_class(x, "factor"):
        raise UserError("'x' must be numeric", code=Code.TYPE)
    data = convert_data(x.data, x.type, "double")
    edges = _cut_edges(data, breaks)
    closed_right, lowest = one_flag(right, "right"), one_flag(include_lowest, "include.lowest")
    codes = _cut_codes(data, edges, closed_right, lowest)
    if isinstance(labels, RVector) and labels.type == "logical" and len(labels) == 1 and not labels.data[0]:
        return integer(codes)
    if labels is NULL or (labels.type == "logical" and len(labels) == 1):
        names = _interval_labels(edges, one_int(dig_lab, "dig.lab"), closed_right, lowest)
    else:
        names = list(convert_data(labels.data, labels.type, "character"))
        if len(names) != len(edges) - 1:
            raise UserError("lengths of 'breaks' and 'labels' differ", code=Code.VALUE)
        levels = list(dict.fromkeys(names))
        places = np.array([levels.index(name) + 1 for name in names], dtype=np.int32)
        codes = np.where(codes == NA_INTEGER, NA_INTEGER, places[np.maximum(codes, 1) - 1])
        names = levels
    classes = ["ordered", "factor"] if one_flag(ordered_result, "ordered_result") else ["factor"]
    return integer(codes, {"levels": character(names), "class": character(classes)})


def _cut_edges(data: np.ndarray, breaks: RVector) -> np.ndarray:
    if len(breaks) > 1:
        edges = convert_data(breaks.data, breaks.type, "double")
        edges = np.sort(edges[~np.isnan(edges)])
        if len(np.unique(edges)) != len(edges):
            raise UserError("'breaks' are not unique", code=Code.VALUE)
        return edges
    n = one_number(breaks, "breaks")
    if math.isnan(n) or n < 2:
        raise UserError("invalid number of intervals", code=Code.ARGUMENT)
    if np.isnan(data).all():
        conditions.warn("no non-missing arguments to min; returning Inf")
        conditions.warn("no non-missing arguments to max; returning -Inf")
        raise UserError("'from' must be a finite number", code=Code.VALUE, cause="'x' has no value")
    low, high = np.nanmin(data), np.nanmax(data)
    span = high - low
    if span == 0:
        span = abs(low)
        return np.linspace(low - span / 1000, high + span / 1000, int(n) + 1)
    edges = low + np.arange(int(n) + 1) * (span / int(n))
    edges[-1] = high
    edges[0], edges[-1] = low - span / 1000, high + span / 1000
    return edges


def _cut_codes(data: np.ndarray, edges: np.ndarray, closed_right: bool, lowest: bool) -> np.ndarray:
    codes = np.searchsorted(edges, data, side="left" if closed_right else "right")
    if lowest:
        codes = np.where(
            data == (edges[0] if closed_right else edges[-1]), 1 if closed_right else len(edges) - 1, codes
        )
    outside = np.isnan(data) | (codes < 1) | (codes > len(edges) - 1)
    return np.where(outside, NA_INTEGER, codes).astype(np.int32)


def _interval_labels(edges: np.ndarray, digits: int, closed_right: bool, lowest: bool) -> list[str | None]:
    texts: list[str] = []
    infinite = "-Inf" if np.isneginf(edges).any() else "Inf"  # formatC gives these a common width
    for d in range(digits, max(12, digits) + 1):
        texts = [f"{e + 0.0:.{d}g}" for e in edges.tolist()]
        texts = [t.title().rjust(len(infinite)) if "inf" in t else t for t in texts]
        if len(set(texts)) == len(texts):
            break
    opening, closing = ("(", "]") if closed_right else ("[", ")")
    out: list[str | None] = [f"{opening}{a},{b}{closing}" for a, b in pairwise(texts)]
    if lowest and closed_right:
        out[0] = "[" + (out[0] or "")[1:]
    elif lowest:
        out[-1] = (out[-1] or "")[:-1] + "]"
    return out

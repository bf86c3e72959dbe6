"""Matching and sets: match, %in%, unique, duplicated, union, intersect, setdiff."""

from __future__ import annotations

from itertools import repeat
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..generics import invoke
from ..registry import builtin
from ..values import MISSING, NA_INTEGER, NULL, Dots, RVector, integer, logical, object_array
from ..vectors.coerce import has_class, is_vector, one_flag, one_int, strings, type_of
from ..vectors.combine import combine
from ..vectors.equality import codes, plain
from ..vectors.nesting import guard_nesting
from ..vectors.subset import get_subset, name_table, pick


def match_positions(x: Any, table: Any) -> np.ndarray:
    """For each element of x the 0-based place of its first equal in the table, -1 where there is none."""
    if not (is_vector(x) or x is NULL) or not (is_vector(table) or table is NULL):
        raise UserError("'match' requires vector arguments", code=Code.TYPE)
    a, b = (invoke("as.POSIXct", v) if has_class(v, "POSIXlt") else plain(v) for v in (x, table))
    if not len(a) or not len(b):
        return np.full(len(a), -1)
    if a.type == b.type == "character":
        places = name_table(b.data.tolist())
        return np.fromiter(map(places.get, a.data.tolist(), repeat(-1)), np.int64, len(a))
    wanted, known = codes(a, b)
    return first_places(known, int(wanted.max()))[wanted]


def first_places(groups: np.ndarray, least: int = 0) -> np.ndarray:
    """Where each group's number first stands, -1 for numbers that do not occur, up to `least` at least."""
    first = np.full(max(least, int(groups.max())) + 1, -1)
    first[groups[::-1]] = np.arange(len(groups) - 1, -1, -1)  # of equal indices the last is kept
    return first


def _incomparable(x: Any, values: Any) -> np.ndarray:
    """Which elements of x are among those that equal nothing; NULL and FALSE stand for none."""
    none = values is NULL or (values.type == "logical" and len(values) == 1 and values.data[0] == 0)
    return np.zeros(len(x), dtype=bool) if none else match_positions(x, values) >= 0


@builtin("match(x, table, nomatch = NA_integer_, incomparables = NULL)")
def match(x: Any, table: Any, nomatch: Any, incomparables: Any) -> RVector:
    at = match_positions(x, table)
    if not has_class(x, "POSIXlt"):
        at = np.where(_incomparable(x, incomparables), -1, at)
    missing = nomatch.data[0] if nomatch.type == "integer" else NA_INTEGER
    if nomatch.type == "double" and nomatch.data[0] == nomatch.data[0]:
        missing = int(nomatch.data[0])
    return integer(np.where(at < 0, missing, at + 1).astype(np.int32))


@builtin("`%in%`(x, table)")
def in_(x: Any, table: Any) -> RVector:
    return logical(match_positions(x, table) >= 0)


@builtin("is.element(el, table)")
def is_element(el: Any, table: Any) -> RVector:
    return logical(match_positions(_as_member(el), _as_member(table)) >= 0)


# Uniqueness


def first_occurrences(x: RVector, from_last: bool = False) -> np.ndarray:
    """Boolean array: which elements have no equal before (or after) them."""
    guard_nesting(x)
    groups = codes(plain(x))[0] if len(x) else np.empty(0, dtype=np.int64)
    return _first_of_groups(groups, from_last)


def _first_of_groups(groups: np.ndarray, from_last: bool) -> np.ndarray:
    out = np.zeros(len(groups), dtype=bool)
    if len(groups):
        ordered = groups[::-1] if from_last else groups
        places = first_places(ordered)
        first = places[places >= 0]
        out[len(groups) - 1 - first if from_last else first] = True
    return out


def _row_groups(x: RVector, margin: int) -> np.ndarray:
    """A number for each row (or column) of a matrix: equal rows have equal numbers."""
    dim = x.dim or ()
    grid = codes(RVector(x.type, x.data))[0].reshape(dim, order="F")
    rows = grid if margin == 1 else grid.T
    return np.unique(rows, axis=0, return_inverse=True)[1].reshape(-1)


def _is_matrix(x: Any) -> bool:
    return isinstance(x, RVector) and x.dim is not None and len(x.dim) == 2


def _only_vectors(function: str) -> UserError:
    return UserError(f"{function}() applies only to vectors", code=Code.TYPE)


@builtin("unique(x, incomparables = FALSE, ...)", generic=True)
def unique(x: Any, incomparables: Any, dots: Dots) -> Any:
    if x is NULL:
        return NULL
    more = {n: v for n, v in dots if n}
    last = one_flag(more["fromLast"], "fromLast") if "fromLast" in more else False
    if _is_matrix(x):
        margin = one_int(more["MARGIN"], "MARGIN") if "MARGIN" in more else 1
        kept = integer(np.flatnonzero(_first_of_groups(_row_groups(x, margin), last)) + 1)
        return get_subset(x, [kept, MISSING] if margin == 1 else [MISSING, kept], drop=False)
    if not isinstance(x, RVector):
        raise _only_vectors("unique")
    apart = _incomparable(x, incomparables)
    if x.type == "character" and not last and not x.attributes and not apart.any():
        return RVector("character", object_array(list(dict.fromkeys(x.data.tolist()))))
    at = np.flatnonzero(first_occurrences(x, last) | apart)
    # factors, dates and times stay what they are, differences of times do not
    out = pick(RVector(x.type, x.data) if has_class(x, "difftime") else x, at)
    return out.with_attribute("names", None) if out.names is not None else out


@builtin("duplicated(x, incomparables = FALSE, ...)", generic=True)
def duplicated(x: Any, incomparables: Any, dots: Dots) -> RVector:
    more = {n: v for n, v in dots if n}
    last = one_flag(more["fromLast"], "fromLast") if "fromLast" in more else False
    if x is NULL:
        return logical([])
    if not isinstance(x, RVector):
        raise _only_vectors("duplicated")
    if _is_matrix(x):
        return logical(~_first_of_groups(_row_groups(x, 1), last))
    return logical(~(first_occurrences(x, last) | _incomparable(x, incomparables)))


@builtin("anyDuplicated(x, incomparables = FALSE, ...)", generic=True)
def any_duplicated(x: Any, incomparables: Any, dots: Dots) -> RVector:
    if x is NULL:
        return integer(0)
    if not isinstance(x, RVector):
        raise _only_vectors("anyDuplicated")
    at = np.flatnonzero(duplicated(x, incomparables, dots).data)
    last = any(name == "fromLast" and one_flag(v, name) for name, v in dots)
    return integer(int(at[-1 if last else 0]) + 1 if len(at) else 0)


# Sets


def _as_member(x: Any) -> Any:
    if x is not NULL and not isinstance(x, RVector):
        raise UserError(f"cannot coerce type '{type_of(x)}' to vector of type 'any'", code=Code.TYPE)
    return x


def _as_set(x: Any) -> Any:
    """x without names, attributes of arrays and duplicates."""
    if _as_member(x) is NULL:
        return NULL
    values = plain(x)
    bare = RVector(values.type, values.data)
    if x.attributes and not has_class(x, "factor"):
        bare = pick(x, np.arange(len(x))).with_attribute("names", None)
    return pick(bare, np.flatnonzero(first_occurrences(bare)))


@builtin("union(x, y)")
def union(x: Any, y: Any) -> Any:
    return _as_set(combine([(None, _as_set(x)), (None, _as_set(y))]))


@builtin("intersect(x, y)")
def intersect(x: Any, y: Any) -> Any:
    if x is NULL or y is NULL:
        return NULL
    left = _as_set(x)
    kept = pick(left, np.flatnonzero(match_positions(left, y) >= 0))
    return combine([(None, kept), (None, pick(_as_set(y), np.empty(0, dtype=np.int64)))])


@builtin("setdiff(x, y)")
def setdiff(x: Any, y: Any) -> Any:
    if x is NULL:
        return NULL
    left = _as_set(x)
    return pick(left, np.flatnonzero(match_positions(left, _as_member(y)) < 0))


@builtin("setequal(x, y)")
def setequal(x: Any, y: Any) -> RVector:
    x, y = _as_member(x), _as_member(y)
    return logical(bool((match_positions(x, y) >= 0).all() and (match_positions(y, x) >= 0).all()))


def _partial_matches(x: Any, table: Any, take_once: bool, ambiguous: int) -> list[int]:
    """R's partial matching of strings: exact first, then unique beginnings; 1-based, 0 for none."""
    wanted, known = strings(x, "x"), strings(table, "table")
    out = [0] * len(wanted)
    used: set[int] = set()
    for exact in (True, False):
        for i, text in enumerate(wanted):
            if out[i] or text is None or not text:
                continue
            fits = [
                j
                for j, name in enumerate(known)
                if name is not None
                and (name == text if exact else name.startswith(text))
                and not (take_once and j in used)
            ]
            if fits and (exact or len(fits) == 1):
                out[i] = fits[0] + 1
                used.add(fits[0])
            elif len(fits) > 1:
                out[i] = ambiguous
    return out


@builtin("pmatch(x, table, nomatch = NA_integer_, duplicates.ok = FALSE)")
def pmatch(x: Any, table: Any, nomatch: Any, duplicates_ok: Any) -> RVector:
    found = _partial_matches(x, table, not one_flag(duplicates_ok, "duplicates.ok"), 0)
    missing = int(nomatch.data[0]) if not nomatch.is_na()[0] else int(NA_INTEGER)
    return integer(np.array([f or missing for f in found], dtype=np.int32))


@builtin("charmatch(x, table, nomatch = NA_integer_)")
def charmatch(x: Any, table: Any, nomatch: Any) -> RVector:
    found = _partial_matches(x, table, False, -1)
    missing = int(nomatch.data[0]) if not nomatch.is_na()[0] else int(NA_INTEGER)
    return integer(np.array([0 if f == -1 else f or missing for f in found], dtype=np.int32))

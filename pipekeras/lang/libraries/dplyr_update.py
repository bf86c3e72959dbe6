"""dplyr's rows_insert, rows_append, rows_update, rows_patch, rows_upsert and rows_delete."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..frames import column_names, row_count, take_column_rows
from ..session import session
from ..values import NULL, RVector
from ..vectors.coerce import one_string, strings
from .aborting import abort
from .binding import stacked
from .dplyr import library
from .dplyr_joins import matches
from .grouping import columns_of, kept_rows, reshaped
from .vectors import combined


def _keys(x: RVector, y: RVector, by: Any, name: str) -> list[str]:
    """The key columns; by default the first of y, as a message says."""
    if by is NULL:
        first = column_names(y)[0] or ""
        session.write_error(f'Matching, by = "{first}"\n')
        return [first]
    keys = [t or "" for t in strings(by, "by")]
    for side, table in (("x", x), ("y", y)):
        gone = [k for k in keys if k not in column_names(table)]
        if gone:
            listed = ", ".join(f"`{k}`" for k in gone)
            raise abort(
                f"All columns specified through `by` must exist in `x` and `y`.\n"
                f"ℹ The following columns are missing from `{side}`: {listed}.",
                name,
            )
    return keys


def _positions(x: RVector, y: RVector, keys: list[str]) -> list[list[int]]:
    """For each row of y the rows of x with its key."""
    return matches(y, x, keys, keys)


def _changed(x: RVector, y: RVector, keys: list[str], found: list[list[int]], patch: bool) -> RVector:
    columns, theirs = columns_of(x), columns_of(y)
    rows = [(i, j) for j, places in enumerate(found) for i in places]
    for name, fresh in theirs.items():
        if name in keys:
            continue
        old = columns[name]
        both = combined([old, fresh])
        index = np.arange(row_count(x))
        missing = old.is_na()
        for i, j in rows:
            if not patch or missing[i]:
                index[i] = row_count(x) + j
        columns[name] = take_column_rows(both, index)
    return reshaped(x, list(columns.values()), list(columns))


_TROUBLE = {
    "rows_insert": "have keys that already exist in `x`",
    "rows_update": "have keys that don't exist in `x`",
    "rows_patch": "have keys that don't exist in `x`",
    "rows_delete": "have keys that don't exist in `x`",
}


def _unmatched(found: list[list[int]], name: str, how: Any) -> list[int]:
    rows = [j for j, places in enumerate(found) if not places]
    if rows and (how is NULL or one_string(how, "unmatched") == "error"):
        raise abort(
            "`y` must contain keys that already exist in `x`.\n"
            f"ℹ The following rows in `y` {_TROUBLE[name]}: `{_listed(rows)}`.\n"
            'ℹ Use `unmatched = "ignore"` if you want to ignore these `y` rows.',
            name,
        )
    return rows


def _listed(rows: list[int]) -> str:
    return "c(" + ", ".join(str(r + 1) for r in rows) + ")"


@library.function("rows_insert(x, y, by = NULL, ..., conflict = NULL)")
def rows_insert(x, y, by, dots, conflict):
    found = _positions(x, y, _keys(x, y, by, "rows_insert"))
    known = [j for j, places in enumerate(found) if places]
    if known and (conflict is NULL or one_string(conflict, "conflict") == "error"):
        raise abort(
            "`y` can't contain keys that already exist in `x`.\n"
            f"ℹ The following rows in `y` {_TROUBLE['rows_insert']}: `{_listed(known)}`.\n"
            'ℹ Use `conflict = "ignore"` if you want to ignore these `y` rows.',
            "rows_insert",
        )
    fresh = np.array([j for j in range(row_count(y)) if j not in known], dtype=int)
    return stacked([x, kept_rows(y, fresh)])


@library.function("rows_append(x, y, ...)")
def rows_append(x, y, dots):
    return stacked([x, y])


@library.function("rows_update(x, y, by = NULL, ..., unmatched = NULL)")
def rows_update(x, y, by, dots, unmatched):
    keys = _keys(x, y, by, "rows_update")
    found = _positions(x, y, keys)
    _unmatched(found, "rows_update", unmatched)
    return _changed(x, y, keys, found, False)


@library.function("rows_patch(x, y, by = NULL, ..., unmatched = NULL)")
def rows_patch(x, y, by, dots, unmatched):
    keys = _keys(x, y, by, "rows_patch")
    found = _positions(x, y, keys)
    _unmatched(found, "rows_patch", unmatched)
    return _changed(x, y, keys, found, True)


@library.function("rows_upsert(x, y, by = NULL, ...)")
def rows_upsert(x, y, by, dots):
    keys = _keys(x, y, by, "rows_upsert")
    found = _positions(x, y, keys)
    fresh = np.array([j for j, places in enumerate(found) if not places], dtype=int)
    return stacked([_changed(x, y, keys, found, False), kept_rows(y, fresh)])


@library.function("rows_delete(x, y, by = NULL, ..., unmatched = NULL)")
def rows_delete(x, y, by, dots, unmatched):
    keys = _keys(x, y, by, "rows_delete")
    found = _positions(x, y, keys)
    _unmatched(found, "rows_delete", unmatched)
    gone = {i for places in found for i in places}
    return kept_rows(x, np.array([i for i in range(row_count(x)) if i not in gone], dtype=int))

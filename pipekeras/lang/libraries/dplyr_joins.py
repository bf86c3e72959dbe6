"""dplyr's joins: inner, left, right, full, semi, anti; columns of equal name get suffixes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..frames import column_names, is_frame, keys_of, row_count, take_column_rows
from ..session import session
from ..values import NULL, RVector
from ..vectors.coerce import strings
from .aborting import abort
from .binding import like
from .dplyr import library, not_a_table
from .grouping import columns_of, grouped, kept_rows, regrouped_like
from .vectors import combined, compatible, shown_type

Pairs = list[tuple[int, int]]


def keys_by(x: RVector, y: RVector, by: Any) -> tuple[list[str], list[str]]:
    """The names of the key columns on both sides."""
    own, other = column_names(x), column_names(y)
    if by is NULL:
        shared = [n or "" for n in own if n in other]
        if not shared:
            raise abort("`by` must be supplied when `x` and `y` have no common variables.", "left_join")
        listed = ", ".join(f'"{n}"' for n in shared)
        session.write_error(f"Joining, by = {listed if len(shared) == 1 else f'c({listed})'}\n")
        return shared, shared
    right = [t or "" for t in strings(by, "by")]
    names = by.names or right
    left = [n or r for n, r in zip(names, right, strict=True)]
    for side, keys, known in (("x", left, own), ("y", right, other)):
        gone = [k for k in keys if k not in known]
        if gone:
            raise abort(
                f"Join columns must be present in data.\n✖ Problem with `{gone[0]}` in `{side}`.", "left_join"
            )
    return left, right


def _comparable(
    x: RVector, y: RVector, left: Sequence[str], right: Sequence[str]
) -> tuple[list[Any], list[Any]]:
    """Keys of both sides that are equal where the values are."""
    first, second = columns_of(x), columns_of(y)
    joined = []
    for a, b in zip(left, right, strict=True):
        if not compatible([first[a], second[b]]):
            raise abort(
                f"Can't join on `x${a}` x `y${b}` because of incompatible types.\n"
                f"ℹ `x${a}` is of type <{shown_type(first[a])}>>.\n"
                f"ℹ `y${b}` is of type <{shown_type(second[b])}>>.",
                "left_join",
            )
        joined.append(combined([first[a], second[b]]))
    keys = keys_of(joined)
    return keys[: row_count(x)], keys[row_count(x) :]


def matches(x: RVector, y: RVector, left: Sequence[str], right: Sequence[str]) -> list[list[int]]:
    """For each row of x the rows of y with the same key."""
    mine, theirs = _comparable(x, y, left, right)
    places: dict[Any, list[int]] = {}
    for j, key in enumerate(theirs):
        places.setdefault(key, []).append(j)
    return [places.get(key, []) for key in mine]


def _row_pairs(found: list[list[int]], count: int, keep_left: bool, keep_right: bool) -> Pairs:
    pairs: Pairs = []
    for i, rows in enumerate(found):
        pairs += [(i, j) for j in rows]
        if not rows and keep_left:
            pairs.append((i, -1))
    if keep_right:
        seen = {j for rows in found for j in rows}
        pairs += [(-1, j) for j in range(count) if j not in seen]
    return pairs


def _suffixes(suffix: Any) -> tuple[str, str]:
    first, second = strings(suffix, "suffix")
    return first or "", second or ""


def joined(x: RVector, y: RVector, by: Any, suffix: Any, keep_left: bool, keep_right: bool) -> RVector:
    for table in (x, y):
        if not is_frame(table):
            raise not_a_table("left_join", table)
    bare, other = grouped(x, []), grouped(y, [])
    left, right = keys_by(bare, other, by)
    pairs = _row_pairs(matches(bare, other, left, right), row_count(other), keep_left, keep_right)
    rows_x = np.array([i for i, _ in pairs], dtype=int)
    rows_y = np.array([j for _, j in pairs], dtype=int)
    mine, theirs = columns_of(bare), columns_of(other)
    rest = [n for n in theirs if n not in right]
    first, second = _suffixes(suffix)
    columns: list[Any] = []
    names: list[str] = []
    for name, column in mine.items():
        if name in left:
            columns.append(_key(column, theirs[right[left.index(name)]], rows_x, rows_y))
            names.append(name)
        else:
            columns.append(take_column_rows(column, rows_x))
            names.append(name + first if name in rest else name)
    for name in rest:
        columns.append(take_column_rows(theirs[name], rows_y))
        names.append(name + second if name in mine else name)
    return regrouped_like(like(bare, columns, names, len(pairs)), x)


def _key(mine: Any, theirs: Any, rows_x: np.ndarray, rows_y: np.ndarray) -> Any:
    """The key's values, taken from y where only y has the row."""
    both = combined([mine, theirs])
    return take_column_rows(both, np.where(rows_x >= 0, rows_x, rows_y + len(mine)))


def _declare(name: str, keep_left: bool, keep_right: bool) -> None:
    @library.function(f"{name}(x, y, by = NULL, copy = FALSE, suffix = c('.x', '.y'), ..., keep = FALSE)")
    def join(x, y, by, copy, suffix, dots, keep):
        return joined(x, y, by, suffix, keep_left, keep_right)


_declare("inner_join", False, False)
_declare("left_join", True, False)
_declare("right_join", False, True)
_declare("full_join", True, True)


def _declare_filtering(name: str, wanted: bool) -> None:
    @library.function(f"{name}(x, y, by = NULL, copy = FALSE, ...)")
    def join(x, y, by, copy, dots):
        left, right = keys_by(x, y, by)
        found = matches(x, y, left, right)
        return kept_rows(x, np.array([i for i, rows in enumerate(found) if bool(rows) == wanted], dtype=int))


_declare_filtering("semi_join", True)
_declare_filtering("anti_join", False)


def _as_rows(x: RVector, y: RVector, keep: bool) -> RVector:
    names = [n or "" for n in column_names(x)]
    found = matches(x, y, names, names)
    mine = [i for i, rows in enumerate(found) if bool(rows) == keep]
    return kept_rows(x, np.array(mine, dtype=int))


def _set_verb(name: str) -> None:
    from ..registry import BASE

    default = BASE[name]

    @library.function(f"{name}(x, y, ...)")
    def set_verb(ctx, x, y, dots):
        from ..evaluator.calls import apply
        from .binding import stacked
        from .dplyr_rows import distinct_rows

        if not is_frame(x):
            return apply(default, [(None, x), (None, y)], None, ctx.env)
        if name == "union":
            return distinct_rows(stacked([x, y]))
        return distinct_rows(_as_rows(x, y, name == "intersect"))


for _name in ("union", "intersect", "setdiff"):
    _set_verb(_name)

"""Grouped tables: which rows belong together, expressions evaluated group by group, results put in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..frames import column_names, keys_of, numbered, rebuilt, row_count, take_column_rows, take_rows
from ..generics import as_text
from ..values import NA_INTEGER, NULL, RVector, character, integer, logical
from ..vectors.coerce import has_class
from ..vectors.ordering import order_by
from .aborting import abort
from .binding import tibble_of
from .library import method
from .quosures import Quosure, evaluate_quosure
from .tibble_print import list_of
from .vectors import combined, size_of

GROUPED = ("grouped_df", "tbl_df", "tbl", "data.frame")


@dataclass(slots=True)
class Group:
    """One group of rows while expressions are evaluated in it."""

    rows: np.ndarray
    number: int
    keys: RVector | None
    table: RVector


_running: list[Group] = []


def running() -> Group:
    """The group whose expressions are being evaluated: what n() and row_number() ask."""
    if not _running:
        raise abort("Must be used inside dplyr verbs.")
    return _running[-1]


def is_running() -> bool:
    return bool(_running)


@contextmanager
def inside(group: Group) -> Iterator[None]:
    _running.append(group)
    try:
        yield
    finally:
        _running.pop()


# --- groups ------------------------------------------------------------------------------------------------


def group_names(table: RVector) -> list[str]:
    groups = table.attribute("groups")
    return [] if groups is None else [n or "" for n in column_names(groups) if n != ".rows"]


def is_rowwise(table: RVector) -> bool:
    return has_class(table, "rowwise_df")


def groups_of(table: RVector) -> list[np.ndarray]:
    """The rows of each group from 0; one group of all rows where there is no grouping."""
    groups = table.attribute("groups")
    if groups is None:
        return [np.arange(row_count(table))]
    return [rows.data - 1 for rows in groups.data[column_names(groups).index(".rows")].data]


def sort_key(column: RVector) -> RVector:
    if has_class(column, "factor"):
        return RVector("integer", column.data)
    if column.type == "list":
        return as_text(column)
    return RVector(column.type, column.data)


def split_rows(columns: Sequence[RVector]) -> list[np.ndarray]:
    """The rows of each different combination of values, in sorted order."""
    keys = keys_of(columns)
    found: dict[Any, list[int]] = {}
    for i, key in enumerate(keys):
        found.setdefault(key, []).append(i)
    parts = [np.array(rows, dtype=int) for rows in found.values()]
    if not parts:
        return []
    firsts = np.array([part[0] for part in parts])
    order = order_by([sort_key(take_column_rows(c, firsts)) for c in columns], [False] * len(columns))
    return [parts[i] for i in order]


def _all_levels(columns: Sequence[RVector], rows: np.ndarray) -> tuple[list[list[RVector]], list[np.ndarray]]:
    """With `.drop = FALSE`, groups for factor levels that have no rows.

    Other columns have the values found beside each level, NA where there are none.
    """
    column, *rest = columns
    pieces = [take_column_rows(column, rows)]
    if has_class(column, "factor"):
        levels = np.arange(1, len(column.attribute("levels")) + 1, dtype=np.int32)
        attributes = {k: v for k, v in (column.attributes or {}).items() if k != "names"}
        heads = [RVector("integer", levels[i : i + 1].copy(), attributes) for i in range(len(levels))]
        parts = [rows[pieces[0].data == level] for level in levels]
        missing = rows[pieces[0].data == NA_INTEGER]
        if len(missing):
            heads.append(take_column_rows(column, missing[:1]))
            parts.append(missing)
    else:
        parts = [rows[p] for p in split_rows(pieces)] if len(rows) else [rows]
        heads = [take_column_rows(column, p[:1] if len(p) else np.array([-1])) for p in parts]
    keys: list[list[RVector]] = []
    out: list[np.ndarray] = []
    for head, part in zip(heads, parts, strict=True):
        inner_keys, inner = _all_levels(rest, part) if rest else ([[]], [part])
        keys += [[head, *more] for more in inner_keys]
        out += inner
    return keys, out


def grouped(table: RVector, names: Sequence[str], drop: bool = True) -> RVector:
    """The table with a grouping; without names it loses its grouping."""
    attributes = {k: v for k, v in (table.attributes or {}).items() if k not in ("groups", "class")}
    if not names:
        classes = [c for c in table.attribute("class").data if c not in ("grouped_df", "rowwise_df")]
        return RVector("list", table.data, {**attributes, "class": character(classes)})
    own = column_names(table)
    columns = [table.data[own.index(n)] for n in names]
    parts = split_rows(columns)
    if not drop and any(has_class(c, "factor") for c in columns):
        rows_of_keys, parts = _all_levels(columns, np.arange(row_count(table)))
        keys = [combined(list(column)) for column in zip(*rows_of_keys, strict=True)]
    else:
        firsts = np.array([p[0] for p in parts], dtype=int)
        keys = [take_column_rows(c, firsts) for c in columns]
    rows = list_of([integer(p + 1) for p in parts], integer([]))
    groups = tibble_of([*keys, rows], [*names, ".rows"], len(parts))
    groups = groups.with_attribute(".drop", logical(drop))
    attributes["row.names"] = numbered(row_count(table))
    return RVector("list", table.data, {**attributes, "class": character(list(GROUPED)), "groups": groups})


def rowwise(table: RVector, names: Sequence[str]) -> RVector:
    """Each row a group of its own."""
    plain = grouped(table, [])
    own = column_names(plain)
    rows = list_of([integer([i + 1]) for i in range(row_count(plain))], integer([]))
    groups = tibble_of(
        [*(plain.data[own.index(n)] for n in names), rows], [*names, ".rows"], row_count(plain)
    )
    attributes = {k: v for k, v in (plain.attributes or {}).items() if k != "class"}
    attributes["row.names"] = numbered(row_count(plain))
    attributes["class"] = character(["rowwise_df", "tbl_df", "tbl", "data.frame"])
    return RVector("list", plain.data, {**attributes, "groups": groups})


def regrouped_like(made: RVector, table: RVector) -> RVector:
    """A table changed by a verb, grouped as the table that the verb got."""
    names = group_names(table)
    if is_rowwise(table):
        return rowwise(made, names)
    return grouped(made, names, drops_levels(table)) if names else made


def drops_levels(table: RVector) -> bool:
    """Whether levels without rows make no groups (`group_by(.drop = )`)."""
    flag = table.attribute("groups").attribute(".drop")
    return flag is None or flag.data[0] == 1


def reshaped(table: RVector, columns: Sequence[Any], names: Sequence[str], grouping: bool = True) -> RVector:
    """The table with other columns of as many rows, grouped again."""
    bare = grouped(table, [])
    made = rebuilt(bare, columns, list(names))
    return regrouped_like(made, table) if grouping else made


def kept_rows(table: RVector, positions: np.ndarray) -> RVector:
    """Rows of a table; tibbles number them anew, data frames keep their names."""
    bare = grouped(table, [])
    made = take_rows(bare, positions)
    labels = bare.attribute("row.names")
    if has_class(table, "tbl_df") or labels.type == "integer":
        made.attributes = {**(made.attributes or {}), "row.names": numbered(len(positions))}
    return regrouped_like(made, table)


def columns_of(table: RVector) -> dict[str, Any]:
    return dict(zip((n or "" for n in column_names(table)), table.data, strict=True))


# --- evaluation --------------------------------------------------------------------------------------------


def each_group(table: RVector) -> Iterator[Group]:
    """Every group, entered while its expressions run."""
    groups = table.attribute("groups")
    for number, rows in enumerate(groups_of(table)):
        group = Group(rows, number, groups, table)
        with inside(group):
            yield group


def in_group(columns: dict[str, Any], group: Group, single: bool) -> dict[str, Any]:
    """The columns as a group sees them. A rowwise group sees the element of a list column itself."""
    out = {}
    whole = group.table.attribute("groups") is None
    for name, column in columns.items():
        if whole:
            out[name] = column
            continue
        piece = take_column_rows(column, group.rows)
        if (
            single
            and isinstance(piece, RVector)
            and piece.type == "list"
            and len(piece) == 1
            and not has_class(piece, "data.frame")
        ):
            piece = piece.data[0]
        out[name] = piece
    return out


def evaluated(part: Quosure, table: RVector, columns: dict[str, Any]) -> list[Any]:
    """The value of an expression in each group."""
    single = is_rowwise(table)
    return [evaluate_quosure(part, in_group(columns, g, single)) for g in each_group(table)]


def spread_out(values: Sequence[Any], table: RVector, name: str) -> Any:
    """One value a group as a column: each of the group's size, or one element repeated."""
    if all(v is NULL for v in values):
        return NULL
    parts = groups_of(table)
    pieces = []
    for value, rows in zip(values, parts, strict=True):
        if not isinstance(value, RVector):
            raise abort(f"`{name}` must be a vector, not a function.", "mutate")
        own = size_of(value)
        if own != len(rows) and own != 1:
            raise abort(
                f"Problem while computing `{name}`.\n✖ `{name}` must be size"
                f" {len(rows)}{'' if len(rows) == 1 else ' or 1'}, not {own}.",
                "mutate",
            )
        pieces.append(value if own == len(rows) else take_column_rows(value, np.zeros(len(rows), dtype=int)))
    if len(pieces) == 1 and table.attribute("groups") is None:
        return _bare(pieces[0])
    if not pieces:
        return RVector("logical", np.empty(0, dtype=np.int8))
    joined = combined(pieces)
    order = np.empty(row_count(table), dtype=int)
    order[np.concatenate(parts)] = np.arange(row_count(table))
    return take_column_rows(joined, order)


def _bare(column: Any) -> Any:
    if not isinstance(column, RVector) or column.type == "list" or column.dim is not None:
        return column
    return (
        column.with_attribute("names", None) if column.attributes and "names" in column.attributes else column
    )


def _ends(name: str, last: bool, kind: str) -> None:
    @method(f"{name}.{kind}(x, n = 6L, ...)", name, kind)
    def ends(x, n, dots):
        count = row_count(x)
        wanted = int(n.data[0])
        size = min(wanted, count) if wanted >= 0 else max(count + wanted, 0)
        return kept_rows(x, np.arange(count - size, count) if last else np.arange(size))


for _kind in ("grouped_df", "tbl_df"):
    _ends("head", False, _kind)
    _ends("tail", True, _kind)

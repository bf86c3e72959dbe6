"""tidyr: nest and unnest, and combinations of values: expand, complete, fill."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...syntax.tree import Call
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..frames import column_names, is_frame, make_frame, row_count, take_column_rows
from ..session import session
from ..values import NULL, RVector, character, integer, logical, rlist, stretched
from ..vectors.coerce import one_flag, one_string
from . import tibble as _tibble
from .binding import like, stacked, tibble_of
from .dplyr import selected_names
from .grouping import columns_of, group_names, grouped, split_rows
from .quosures import Quosure, capture, quosures
from .tidyr import as_type_of, filled, forced, library, unique_rows
from .vectors import combined, missing_like, recycled_to, size_of


@library.special("nest")
def nest(call: Call, env: Environment) -> Any:
    """`nest(data = c(x, y))`, or of a grouped table: all but the groups."""
    session.visible = True
    given, parts = capture(call, env, [".data", "...", ".names_sep", ".key"])
    data = given[".data"]
    bare = grouped(data, [])
    columns = columns_of(bare)
    if parts:
        inner = {
            part.name or "data": selected_names(bare, [Quosure(None, part.node, part.env)]) for part in parts
        }
    else:
        inner = {"data": [n for n in columns if n not in group_names(data)]}
    gone = {n for names in inner.values() for n in names}
    outer = [n for n in columns if n not in gone]
    firsts, which = unique_rows([columns[n] for n in outer])
    rows = [np.flatnonzero(which == k) for k in range(len(firsts))]
    made = [take_column_rows(columns[n], np.array(firsts, dtype=int)) for n in outer]
    for names in inner.values():
        made.append(
            rlist([tibble_of([take_column_rows(columns[n], r) for n in names], names, len(r)) for r in rows])
        )
    out = tibble_of(made, [*outer, *inner], len(firsts))
    return grouped(out, group_names(data)) if group_names(data) else out


@library.special("unnest")
def unnest(call: Call, env: Environment) -> Any:
    session.visible = True
    given, parts = _with_cols(call, env)
    data = given["data"]
    bare = grouped(data, [])
    columns = columns_of(bare)
    chosen = (
        selected_names(bare, parts)
        if parts
        else [n for n, c in columns.items() if c.type == "list" and not is_frame(c)]
    )
    cells = {name: list(columns[name].data) for name in chosen}
    if "keep_empty" in given and one_flag(given["keep_empty"], "keep_empty"):
        cells = {name: _with_missing(values) for name, values in cells.items()}
    sizes = np.ones(row_count(bare), dtype=int)
    for values in cells.values():
        sizes = np.maximum(sizes, [size_of(v) for v in values])
    for values in cells.values():
        sizes = np.where([size_of(v) == 0 for v in values], 0, sizes)
    rows = np.repeat(np.arange(row_count(bare)), sizes)
    prefix = given.get("names_sep", NULL)
    made: dict[str, Any] = {}
    for name, column in columns.items():
        if name not in chosen:
            made[name] = take_column_rows(column, rows)
            continue
        joined = joined_cells(cells[name], sizes)
        if is_frame(joined):
            before = "" if prefix is NULL else name + one_string(prefix, "names_sep")
            made.update({before + inner: values for inner, values in columns_of(joined).items()})
        else:
            made[name] = joined
    out = like(_tibble.to_tibble(bare), list(made.values()), list(made), len(rows))
    keys = group_names(data)
    return grouped(out, keys) if keys else out


def _with_missing(values: list[Any]) -> list[Any]:
    """The cells of a column with a missing value, or a row of them, for each that is empty."""
    pattern = next((v for v in values if is_frame(v)), logical([None]))
    return [missing_like(pattern if v is NULL else v) if size_of(v) == 0 else v for v in values]


def _with_cols(call: Call, env: Environment) -> tuple[dict[str, Any], list[Quosure]]:
    pairs = promise_arguments(call, env)
    options = {
        n: forced(v) for n, v in pairs if n in ("keep_empty", "names_sep", "names_repair", "ptype", "data")
    }
    rest = [(None if n == "cols" else n, v) for n, v in pairs if n not in options]
    if "data" not in options:
        options["data"] = forced(rest.pop(0)[1])
    return options, quosures(rest, env)


def joined_cells(values: list[Any], sizes: np.ndarray) -> Any:
    present = [
        recycled_to(v, int(n), "cols") for v, n in zip(values, sizes, strict=True) if v is not NULL and n
    ]
    if present and is_frame(present[0]):
        return stacked(present)
    return combined([unnamed(v) for v in present])


def unnamed(value: Any) -> Any:
    if (
        isinstance(value, RVector)
        and value.attributes
        and "names" in value.attributes
        and value.type != "list"
    ):
        return value.with_attribute("names", None)
    return value


# --- combinations ------------------------------------------------------------------------------------------


def crossing_of(columns: dict[str, Any]) -> RVector:
    """All combinations; the first column varies slowest."""
    from .vectors import size_of

    sizes = [size_of(c) for c in columns.values()]
    total = int(np.prod(sizes)) if sizes else 0
    made, repeat = [], total
    for column, size in zip(columns.values(), sizes, strict=True):
        repeat = repeat // size if size else 0
        rows = stretched(np.repeat(np.arange(size), repeat), total)
        made.append(take_column_rows(column, rows))
    return tibble_of(made, list(columns), total)


@library.special("expand_grid")
def expand_grid(call: Call, env: Environment) -> Any:
    session.visible = True
    _, parts = capture(call, env, ["...", ".name_repair"])
    return crossing_of(_tibble.built(parts))


def _sorted_unique(column: Any) -> Any:
    parts = split_rows([column])
    levels = column.attribute("levels") if isinstance(column, RVector) else None
    if levels is not None:
        codes = integer(np.arange(1, len(levels) + 1))
        return codes.with_attributes(
            {k: v for k, v in (column.attributes or {}).items() if k in ("levels", "class")}
        )
    return take_column_rows(column, np.array([p[0] for p in parts], dtype=int))


@library.special("crossing")
def crossing(call: Call, env: Environment) -> Any:
    session.visible = True
    _, parts = capture(call, env, ["...", ".name_repair"])
    return crossing_of({n: _sorted_unique(c) for n, c in _tibble.built(parts).items()})


def _expanded(data: RVector, parts: list[Quosure]) -> RVector:
    from .quosures import evaluate_quosure

    columns = columns_of(data)
    chosen: dict[str, Any] = {}
    for part in parts:
        value = evaluate_quosure(part, columns)
        if value is not NULL:
            chosen[part.label] = value if is_frame(value) else _sorted_unique(value)
    made: dict[str, Any] = {}
    for name, column in columns_of(crossing_of(chosen)).items():
        made.update(columns_of(column) if is_frame(column) else {name: column})
    return tibble_of(list(made.values()), list(made), len(next(iter(made.values()), [])))


@library.special("expand")
def expand(call: Call, env: Environment) -> Any:
    session.visible = True
    given, parts = capture(call, env, ["data", "..."])
    return _expanded(grouped(given["data"], []), parts)


@library.special("complete")
def complete(call: Call, env: Environment) -> Any:
    """`complete(data, ..., fill = list())`: rows for all combinations of the columns."""
    session.visible = True
    from .dplyr_joins import joined

    given, parts = capture(call, env, ["data", "...", "fill", "explicit"])
    data = given["data"]
    grid = _expanded(grouped(data, []), parts)
    keys = character([n or "" for n in column_names(grid)])
    out = joined(grid, grouped(data, []), keys, character([".x", ".y"]), True, True)
    return replaced(out, given["fill"]) if "fill" in given else out


def replaced(table: RVector, fill: RVector) -> RVector:
    """NA of each column that the list names replaced by its value."""
    names = fill.names or []
    columns = []
    for name, column in columns_of(table).items():
        if name in names:
            value = as_type_of(column, fill.data[names.index(name)])
            column = filled(column, np.where(column.is_na(), -1, np.arange(len(column))), value)
        columns.append(column)
    made = make_frame(columns, column_names(table))
    return RVector("list", made.data, dict(table.attributes or {}))

"""tidyr: lists made rectangular by unnest_wider, unnest_longer and hoist; chop, pack, nesting, full_seq."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...syntax.tree import Call
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..frames import is_frame, row_count, take_column_rows
from ..lookup import force
from ..session import session
from ..values import NULL, Promise, RVector, character, double, integer, rlist
from ..vectors.coerce import elements, is_atomic, one_flag, one_number, one_string
from .aborting import abort
from .binding import like, tibble_of
from .dplyr import selected_names
from .grouping import columns_of, grouped, kept_rows, regrouped_like, reshaped, split_rows
from .lambdas import plucked
from .quosures import Quosure, quosures
from .tibble import assembled, built
from .tidyr import library, unique_rows
from .tidyr_nesting import joined_cells, unnamed
from .vectors import combined, compatible, missing_like, size_of


def arguments(
    call: Call, env: Environment, options: Sequence[str]
) -> tuple[RVector, list[Quosure], dict[str, Any]]:
    """(the table, what selects columns, named options)."""
    pairs = promise_arguments(call, env)
    given = {n: force(v) if isinstance(v, Promise) else v for n, v in pairs if n and n in options}
    rest = [(None if n in ("col", "cols") else n, v) for n, v in pairs if n not in options]
    table = next((v for n, v in rest if n in ("data", ".data")), None)
    if table is None:
        table = rest.pop(0)[1]
    rest = [(n, v) for n, v in rest if n not in ("data", ".data")]
    return force(table) if isinstance(table, Promise) else table, quosures(rest, env), given


def _put(data: RVector, column: str, fresh: dict[str, Any], rows: np.ndarray | None = None) -> RVector:
    """New columns in the place of one; the others repeated by rows."""
    bare = grouped(data, [])
    made: dict[str, Any] = {}
    for name, value in columns_of(bare).items():
        if name == column:
            made.update(fresh)
        else:
            made[name] = value if rows is None else take_column_rows(value, rows)
    count = row_count(bare) if rows is None else len(rows)
    out = like(bare, list(made.values()), list(made), count)
    return regrouped_like(out, data)


def _simplified(values: list[Any]) -> Any:
    """A vector where every element is one value of a common type; NULL becomes NA."""
    present = [v for v in values if v is not NULL]
    plain = present and all(
        isinstance(v, RVector) and not is_frame(v) and (is_atomic(v) or v.type == "list") and len(v) == 1
        for v in present
    )
    if not plain or not compatible(present):
        return rlist(values)
    if all(v.type == "list" for v in present):
        return rlist([NULL if v is NULL else v for v in values])
    gap = missing_like(unnamed(present[0]))
    return combined([gap if v is NULL else unnamed(v) for v in values])


# --- wider and longer --------------------------------------------------------------------------------------


def _named_parts(item: Any, column: str, sep: str | None) -> dict[str, Any]:
    if item is NULL:
        return {}
    if is_frame(item):
        return columns_of(item)
    names = item.names if isinstance(item, RVector) else None
    values = elements(item)
    if names is None or not all(names):
        if sep is None:
            raise abort(
                "Can't unnest elements with missing names.\n"
                "ℹ Supply `names_sep` to generate automatic names.",
                "unnest_wider",
            )
        names = [n or str(i + 1) for i, n in enumerate(names or [""] * len(values))]
    return {(n or "") if sep is None else f"{column}{sep}{n}": v for n, v in zip(names, values, strict=True)}


_WIDER = ("names_sep", "simplify", "strict", "names_repair", "ptype", "transform")


@library.special("unnest_wider")
def unnest_wider(call: Call, env: Environment) -> Any:
    session.visible = True
    data, parts, given = arguments(call, env, _WIDER)
    sep = None if given.get("names_sep", NULL) is NULL else one_string(given["names_sep"], "names_sep")
    simplify = one_flag(given["simplify"], "simplify") if "simplify" in given else True
    for column in selected_names(data, parts):
        items = elements(columns_of(data)[column])
        rows = [_named_parts(item, column, sep) for item in items]
        names = list(dict.fromkeys(n for row in rows for n in row))
        fresh: dict[str, Any] = {}
        for name in names:
            values = [row.get(name, NULL) for row in rows]
            fresh[name] = _simplified(values) if simplify else rlist(values)
        data = _put(data, column, fresh)
    return data


_LONGER = (
    "values_to",
    "indices_to",
    "indices_include",
    "keep_empty",
    "names_repair",
    "simplify",
    "ptype",
    "transform",
)


@library.special("unnest_longer")
def unnest_longer(call: Call, env: Environment) -> Any:
    session.visible = True
    data, parts, given = arguments(call, env, _LONGER)
    for column in selected_names(data, parts):
        data = _longer(data, column, given)
    return data


def _pattern(given: dict[str, Any], name: str, column: str, default: str) -> str:
    value = given.get(name, NULL)
    return default if value is NULL else one_string(value, name).replace("{col}", column)


def _longer(data: RVector, column: str, given: dict[str, Any]) -> RVector:
    items = elements(columns_of(data)[column])
    keep = "keep_empty" in given and one_flag(given["keep_empty"], "keep_empty")
    pieces = [[] if item is NULL else elements(item) for item in items]
    labels = [item.names if isinstance(item, RVector) else None for item in items]
    if keep:
        pieces = [p or [NULL] for p in pieces]
    rows = np.repeat(np.arange(len(items)), [len(p) for p in pieces])
    values = _simplified([v for p in pieces for v in p])
    named = any(n for n in labels)
    wanted = given.get("indices_include", NULL)
    include = named or "indices_to" in given if wanted is NULL else one_flag(wanted, "indices_include")
    fresh = {_pattern(given, "values_to", column, column): values}
    if include:
        title = _pattern(given, "indices_to", column, f"{column}_id")
        fresh[title] = _indices(pieces, labels, named)
    return _put(data, column, fresh, rows)


def _indices(pieces: list[list[Any]], labels: list[Any], named: bool) -> RVector:
    if named:
        return character(
            [n or None for p, names in zip(pieces, labels, strict=True) for n in (names or [None] * len(p))]
        )
    return integer([i + 1 for p in pieces for i in range(len(p))])


_HOIST = (".remove", ".simplify", ".ptype", ".transform", ".col")


@library.special("hoist")
def hoist(call: Call, env: Environment) -> Any:
    """`hoist(.data, .col, new = "element", ...)`: elements of a list column as columns before it."""
    session.visible = True
    data, parts, given = arguments(call, env, _HOIST[:4])
    first = next((p for p in parts if p.name == ".col"), parts[0])
    (column,) = selected_names(data, [Quosure(None, first.node, first.env)])
    from .quosures import evaluate_quosure

    items = list(columns_of(data)[column].data)
    fresh: dict[str, Any] = {}
    remove = one_flag(given[".remove"], ".remove") if ".remove" in given else True
    for part in parts:
        if part is first:
            continue
        path = elements(evaluate_quosure(part, {}))
        name = part.name or str(path[0].data[0])
        fresh[name] = _simplified([plucked(item, path, NULL) for item in items])
        if remove:
            items = [_without(item, path) for item in items]
    if any(size_of(item) for item in items) or not remove:
        fresh[column] = rlist(items)
    return _put(data, column, fresh)


def _without(item: Any, path: list[Any]) -> Any:
    if not isinstance(item, RVector) or item.type != "list":
        return item
    step = path[0]
    names = item.names or [""] * len(item)
    at = names.index(step.data[0]) if step.type == "character" and step.data[0] in names else -1
    if step.type != "character" and 1 <= step.data[0] <= len(item):
        at = int(step.data[0]) - 1
    if at < 0:
        return item
    values = list(item.data)
    if len(path) > 1:
        values[at] = _without(values[at], path[1:])
    if len(path) == 1 or size_of(values[at]) == 0:
        del values[at]
        names = [n for i, n in enumerate(names) if i != at]
    return rlist(values, names if item.names else None)


# --- chop and pack -----------------------------------------------------------------------------------------


@library.special("chop")
def chop(call: Call, env: Environment) -> Any:
    session.visible = True
    data, parts, _ = arguments(call, env, ("error_call",))
    chosen = selected_names(data, parts)
    columns = columns_of(grouped(data, []))
    outer = [n for n in columns if n not in chosen]
    firsts, which = unique_rows([columns[n] for n in outer])
    groups = [np.flatnonzero(which == k) for k in range(len(firsts))]
    from .tibble_print import list_of

    made = [take_column_rows(columns[n], np.array(firsts, dtype=int)) for n in outer]
    for name in chosen:
        pieces = [take_column_rows(columns[name], rows) for rows in groups]
        made.append(list_of(pieces, take_column_rows(columns[name], np.empty(0, dtype=int))))
    out = like(grouped(data, []), made, [*outer, *chosen], len(firsts))
    return regrouped_like(out, data)


@library.special("unchop")
def unchop(call: Call, env: Environment) -> Any:
    session.visible = True
    data, parts, given = arguments(call, env, ("keep_empty", "ptype"))
    chosen = selected_names(data, parts)
    columns = columns_of(grouped(data, []))
    keep = "keep_empty" in given and one_flag(given["keep_empty"], "keep_empty")
    sizes = np.max([[size_of(v) for v in columns[n].data] for n in chosen], axis=0)
    if keep:
        sizes = np.maximum(sizes, 1)
    rows = np.repeat(np.arange(row_count(data)), sizes)
    made = {
        n: joined_cells(list(c.data), sizes) if n in chosen else take_column_rows(c, rows)
        for n, c in columns.items()
    }
    return regrouped_like(like(grouped(data, []), list(made.values()), list(made), len(rows)), data)


@library.special("pack")
def pack(call: Call, env: Environment) -> Any:
    """`pack(.data, new = c(x, y), .names_sep = NULL)`: columns as one data frame column."""
    session.visible = True
    data, parts, given = arguments(call, env, (".names_sep",))
    sep = None if given.get(".names_sep", NULL) is NULL else one_string(given[".names_sep"], ".names_sep")
    columns = columns_of(grouped(data, []))
    packed: dict[str, Any] = {}
    gone: set[str] = set()
    for part in parts:
        chosen = selected_names(data, [Quosure(None, part.node, part.env)])
        gone.update(chosen)
        lead = f"{part.name}{sep}"
        names = [n.removeprefix(lead) if sep is not None else n for n in chosen]
        packed[part.name or ""] = tibble_of([columns[n] for n in chosen], names, row_count(data))
    made = {**{n: c for n, c in columns.items() if n not in gone}, **packed}
    return reshaped(data, list(made.values()), list(made))


@library.special("unpack")
def unpack(call: Call, env: Environment) -> Any:
    session.visible = True
    data, parts, given = arguments(call, env, ("names_sep", "names_repair"))
    sep = None if given.get("names_sep", NULL) is NULL else one_string(given["names_sep"], "names_sep")
    chosen = selected_names(data, parts)
    made: dict[str, Any] = {}
    for name, column in columns_of(data).items():
        if name not in chosen:
            made[name] = column
            continue
        for inner, value in columns_of(column).items():
            made[inner if sep is None else f"{name}{sep}{inner}"] = value
    return reshaped(data, list(made.values()), list(made))


# --- combinations ------------------------------------------------------------------------------------------


@library.special("nesting")
def nesting(call: Call, env: Environment) -> Any:
    """Only the combinations that are there, sorted."""
    session.visible = True
    frame = assembled(built(quosures(promise_arguments(call, env), env)))
    firsts = [part[0] for part in split_rows(list(frame.data))]
    return kept_rows(frame, np.array(firsts, dtype=int))


@library.function("full_seq(x, period, tol = 1e-6)")
def full_seq(x, period, tol):
    step, slack = one_number(period, "period"), one_number(tol, "tol")
    values = x.data[~x.is_na()].astype(float)
    low, high = values.min(), values.max()
    off = np.abs((values - low) / step - np.round((values - low) / step)) * step
    if (off > slack).any():
        raise abort("`x` is not a regular sequence.", "full_seq")
    made = low + step * np.arange(int(np.floor((high - low) / step + 1e-10)) + 1)
    attributes = {k: v for k, v in (x.attributes or {}).items() if k != "names"}
    out = (
        integer(made) if x.type == "integer" and float(step).is_integer() and not attributes else double(made)
    )
    return out.with_attributes(attributes) if attributes else out

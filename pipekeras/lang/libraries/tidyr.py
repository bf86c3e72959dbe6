"""tidyr's reshaping: gather, spread, pivot_longer, pivot_wider, nest, unnest, expand_grid, complete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...syntax.tree import Call, Const, Name
from ..environment import Environment
from ..evaluator.calls import apply, promise_arguments
from ..frames import column_names, keys_of, row_count, take_column_rows
from ..generics import as_text, invoke
from ..lookup import is_function
from ..registry import Context
from ..regular_expressions.patterns import compile_pattern
from ..session import session
from ..values import NULL, RVector, Scalar, character, integer
from ..vectors.coerce import one_flag, one_string, strings
from . import tibble as _tibble
from .binding import like
from .dplyr import selected, selected_names
from .grouping import columns_of, group_names, grouped, regrouped_like, sort_key, split_rows
from .lambdas import as_mapper
from .library import Library
from .quosures import Quosure, quosures
from .tidyselect import declare_helpers
from .vectors import combined, repeated_missing

library = Library("tidyr")
declare_helpers(library)
library.share(_tibble.library, "tibble", "as_tibble", "tribble")


def option_parts(call: Call, env: Environment, names: Sequence[str]) -> dict[str, list[Quosure]]:
    """Arguments that select columns, captured by name."""
    found = {}
    for name in names:
        pairs = [(None, v) for n, v in promise_arguments(call, env) if n == name]
        found[name] = quosures(pairs, env)
    return found


# --- long --------------------------------------------------------------------------------------------------


def melted(
    data: RVector, chosen: Sequence[int], name_columns: dict[str, Any], values: dict[str, Any], by_row: bool
) -> RVector:
    """The columns below each other (or, by row, interleaved), beside the other columns repeated."""
    bare = grouped(data, [])
    count, width = row_count(bare), len(next(iter(name_columns.values()), values))
    if by_row:
        rows = np.repeat(np.arange(count), width)
        keys = np.tile(np.arange(width), count)
        order = (np.arange(width)[None, :] * count + np.arange(count)[:, None]).ravel()
    else:
        rows = np.tile(np.arange(count), width)
        keys = np.repeat(np.arange(width), count)
        order = np.arange(count * width)
    names = column_names(bare)
    rest = [i for i in range(len(names)) if i not in chosen]
    columns = [take_column_rows(bare.data[i], rows) for i in rest]
    columns += [take_column_rows(c, keys) for c in name_columns.values()]
    columns += [take_column_rows(v, order) for v in values.values()]
    return like(bare, columns, [*(names[i] for i in rest), *name_columns, *values], len(rows))


def _word(node: Any, default: str) -> str:
    if node is None:
        return default
    return node.name if isinstance(node, Name) else str(node.value)


_OPTIONS = {"na.rm", "convert", "factor_key"}


@library.special("gather")
def gather_(call: Call, env: Environment) -> Any:
    """`gather(data, key, value, ..., na.rm)`: key and value are names, bare or quoted."""
    session.visible = True
    first, *rest = promise_arguments(call, env)
    nodes = {n: v for n, v in rest if n in ("key", "value")}
    options = {n: v for n, v in rest if n in _OPTIONS}
    free = [(n, v) for n, v in rest if n not in nodes and n not in options]
    for name in ("key", "value"):
        if name not in nodes and free and free[0][0] is None:
            nodes[name] = free.pop(0)[1]
    (data_part,) = quosures([(None, first[1])], env)
    from .quosures import evaluate_quosure

    data = evaluate_quosure(data_part, {})
    key = _word(_node(nodes.get("key")), "key")
    value = _word(_node(nodes.get("value")), "value")
    parts = quosures(free, env)
    chosen = [i for i, _ in selected(data, parts)] if parts else list(range(len(data)))
    labels = [column_names(data)[i] for i in chosen]
    flags = {n: one_flag(forced(v), n) for n, v in options.items()}
    keys: Any = character(labels)
    if flags.get("factor_key"):
        keys = invoke("factor", keys, levels=character(labels))
    elif flags.get("convert"):
        keys = invoke("type.convert", keys, as_is=Scalar("logical", 1))
    values = combined([_plain(data.data[i]) for i in chosen])
    out = melted(data, chosen, {key: keys}, {value: values}, by_row=False)
    if flags.get("na.rm"):
        kept = ~columns_of(out)[value].is_na()
        out = pick_rows(out, np.flatnonzero(kept))
    return out


def _plain(column: Any) -> Any:
    from ..vectors.coerce import has_class

    return as_text(column) if has_class(column, "factor") else column


def _node(value: Any) -> Any:
    from ..values import Promise

    return value.node if isinstance(value, Promise) else None if value is None else Const(value.data[0])


def forced(value: Any) -> Any:
    from ..lookup import force
    from ..values import Promise

    return force(value) if isinstance(value, Promise) else value


def pick_rows(table: RVector, rows: np.ndarray) -> RVector:
    return like(table, [take_column_rows(c, rows) for c in table.data], column_names(table), len(rows))


def _given_string(given: dict[str, Any], name: str) -> str | None:
    value = given.get(name, NULL)
    return None if value is NULL else one_string(value, name)


_LONGER = [
    "data",
    "cols",
    "...",
    "names_to",
    "names_prefix",
    "names_sep",
    "names_pattern",
    "names_ptypes",
    "names_transform",
    "names_repair",
    "values_to",
    "values_drop_na",
    "values_ptypes",
    "values_transform",
    "cols_vary",
]


@library.special("pivot_longer")
def pivot_longer(call: Call, env: Environment) -> Any:
    session.visible = True
    pairs = promise_arguments(call, env)
    cols = next((v for n, v in pairs if n == "cols"), None)
    rest = [(n, v) for n, v in pairs if n != "cols"]
    if cols is None:
        at = [i for i, (n, _) in enumerate(rest) if n is None][1]
        cols = rest.pop(at)[1]
    from ...signature import Param, Signature

    matched = Signature([Param(n) for n in _LONGER if n != "cols"]).match(rest)
    given = {n: forced(v) for n, v in matched.values.items()}
    data = given["data"]
    chosen = [i for i, _ in selected(data, quosures([(None, cols)], env))]
    names = [column_names(data)[i] or "" for i in chosen]
    targets = strings(given["names_to"], "names_to") if given.get("names_to", NULL) is not NULL else ["name"]
    fields = _name_fields(names, targets, given)
    ctx = Context(env, call)
    value_name = _given_string(given, "values_to") or "value"
    if ".value" in targets:
        return _longer_by_value(data, chosen, fields, targets, given, ctx)
    columns = {
        t or "": _transformed(character(f), t or "", given.get("names_transform", NULL), ctx)
        for t, f in zip(targets, fields, strict=True)
        if t is not None
    }
    values = combined([data.data[i] for i in chosen], names)
    out = melted(data, chosen, columns, {value_name: values}, by_row=True)
    return _finished(out, [value_name], given, data)


def _finished(out: RVector, values: list[str], given: dict[str, Any], data: RVector) -> RVector:
    if "values_drop_na" in given and one_flag(given["values_drop_na"], "values_drop_na"):
        gone = np.all([columns_of(out)[v].is_na() for v in values], axis=0)
        out = pick_rows(out, np.flatnonzero(~gone))
    keys = group_names(data)
    return _as_tibble(grouped(out, keys) if keys else out)


def _as_tibble(table: RVector) -> RVector:
    return table if group_names(table) else _tibble.to_tibble(table)


def _transformed(column: Any, name: str, how: Any, ctx: Context) -> Any:
    if how is NULL:
        return column
    function = how
    if isinstance(how, RVector) and how.type == "list":
        names = how.names or []
        if name not in names:
            return column
        function = how.data[names.index(name)]
    function = function if is_function(function) else as_mapper(function, ctx)
    return apply(function, [(None, column)], None, ctx.env)


def _name_fields(names: list[str], targets: list[Any], given: dict[str, Any]) -> list[list[str | None]]:
    """The parts of each column's name, one list for each target."""
    prefix = _given_string(given, "names_prefix")
    if prefix is not None:
        compiled = compile_pattern("^" + prefix)
        names = [n[found.end :] if (found := compiled.search(n)) else n for n in names]
    pattern, sep = _given_string(given, "names_pattern"), given.get("names_sep", NULL)
    if pattern is not None:
        compiled = compile_pattern(pattern)
        rows = [
            [None] * len(targets)
            if (m := compiled.search(n)) is None
            else [m.groups(k + 1) for k in range(len(targets))]
            for n in names
        ]
    elif sep is not NULL:
        compiled = compile_pattern(one_string(sep, "names_sep"))
        rows = [_split_at(n, compiled, len(targets)) for n in names]
    else:
        rows = [[n] for n in names]
    return [[row[k] for row in rows] for k in range(len(targets))]


def _split_at(text: str, compiled: Any, count: int) -> list[str | None]:
    parts: list[str | None] = []
    last = 0
    for found in compiled.each(text):
        parts.append(text[last : found.start])
        last = found.end
    parts.append(text[last:])
    return [*parts, *[None] * count][:count]


def _longer_by_value(
    data: RVector,
    chosen: list[int],
    fields: list[list[Any]],
    targets: list[Any],
    given: dict[str, Any],
    ctx: Context,
) -> RVector:
    """`.value` among the targets: that part of the name says which column a value goes to."""
    at = targets.index(".value")
    others = [k for k in range(len(targets)) if k != at]
    keys = list(dict.fromkeys(tuple(fields[k][j] for k in others) for j in range(len(chosen))))
    outputs = list(dict.fromkeys(fields[at]))
    place = {(fields[at][j], tuple(fields[k][j] for k in others)): chosen[j] for j in range(len(chosen))}
    values = {}
    for output in outputs:
        model = next(data.data[i] for (o, _), i in place.items() if o == output)
        pieces = [
            data.data[place[output, key]]
            if (output, key) in place
            else repeated_missing(model, row_count(data))
            for key in keys
        ]
        values[output] = combined(pieces)
    columns = {
        targets[k]: _transformed(
            character([key[n] for key in keys]), targets[k], given.get("names_transform", NULL), ctx
        )
        for n, k in enumerate(others)
    }
    names = columns or {"..key": character([""] * len(keys))}
    out = melted(data, chosen, names, values, by_row=True)
    if not columns:
        keep = [i for i, n in enumerate(column_names(out)) if n != "..key"]
        out = like(out, [out.data[i] for i in keep], [column_names(out)[i] for i in keep], row_count(out))
    return _finished(out, outputs, given, data)


# --- wide --------------------------------------------------------------------------------------------------


def unique_rows(columns: Sequence[Any]) -> tuple[list[int], np.ndarray]:
    """The first row of each combination in order of appearance, and for each row which it has."""
    firsts: list[int] = []
    found: dict[Any, int] = {}
    which = []
    for i, key in enumerate(keys_of(columns)):
        if key not in found:
            found[key] = len(firsts)
            firsts.append(i)
        which.append(found[key])
    return firsts, np.array(which, dtype=int)


def widened(
    data: RVector,
    ids: list[str],
    name_columns: list[str],
    value_columns: list[str],
    fill: Any,
    spec: dict[str, Any],
) -> RVector:
    columns = columns_of(grouped(data, []))
    count = row_count(data)
    if ids:
        firsts, rows = unique_rows([columns[n] for n in ids])
    else:
        firsts, rows = [0] if count else [], np.zeros(count, dtype=int)
    name_firsts, names_at = unique_rows([columns[n] for n in name_columns])
    order = spec.get("order", list(range(len(name_firsts))))
    labels = [
        spec["sep"].join("NA" if t is None else t for t in row)
        for row in zip(
            *(as_text(take_column_rows(columns[n], np.array(name_firsts))).data for n in name_columns),
            strict=True,
        )
    ]
    labels_of = {
        n: as_text(take_column_rows(columns[n], np.array(name_firsts, dtype=int))).data for n in name_columns
    }
    made: dict[str, Any] = {}
    for value in value_columns:
        for k in order:
            positions = np.full(len(firsts), -1)
            mine = np.flatnonzero(names_at == k)
            positions[rows[mine]] = mine
            wanted = _fill_for(fill, value)
            column = filled(
                columns[value], positions, as_type_of(columns[value], wanted) if spec["cast"] else wanted
            )
            label = labels[k] if len(value_columns) == 1 else f"{value}{spec['sep']}{labels[k]}"
            if spec.get("glue"):
                row = {n: labels_of[n][k] for n in name_columns} | {".value": value}
                label = _glued_label(spec["glue"], row)
            made[spec["prefix"] + label] = column
    lead = [take_column_rows(columns[n], np.array(firsts, dtype=int)) for n in ids]
    return like(grouped(data, []), [*lead, *made.values()], [*ids, *made], len(firsts))


def _glued_label(pattern: str, row: dict[str, Any]) -> str:
    """A column's name from `names_glue`."""
    from .glue import glued

    values = {n: character("NA" if t is None else t) for n, t in row.items()}
    return glued(pattern, Environment(session.base, None, values))[0] or ""


def _fill_for(fill: Any, name: str) -> Any:
    if isinstance(fill, RVector) and fill.type == "list":
        names = fill.names or []
        return fill.data[names.index(name)] if name in names else NULL
    return fill


def as_type_of(column: Any, fill: Any) -> Any:
    """A whole number fills integer columns without making them double."""
    if fill is not NULL and fill.type == "double" and column.type == "integer":
        return integer([None if v != v else int(v) for v in fill.data])
    return fill


def filled(column: Any, positions: np.ndarray, fill: Any) -> Any:
    if fill is NULL or (len(fill) == 1 and bool(fill.is_na()[0])):
        return take_column_rows(column, positions)
    joined = combined([column, fill])
    return take_column_rows(joined, np.where(positions < 0, len(column), positions))


@library.special("pivot_wider")
def pivot_wider(call: Call, env: Environment) -> Any:
    session.visible = True
    chooser = option_parts(call, env, ["id_cols", "names_from", "values_from"])
    plain = [(n, v) for n, v in promise_arguments(call, env) if n not in chooser]
    given = {n or "data": forced(v) for n, v in plain}
    data = given["data"]
    names = selected_names(data, chooser["names_from"]) if chooser["names_from"] else ["name"]
    values = selected_names(data, chooser["values_from"]) if chooser["values_from"] else ["value"]
    everything = [n or "" for n in column_names(data)]
    ids = (
        selected_names(data, chooser["id_cols"])
        if chooser["id_cols"]
        else [n for n in everything if n not in names and n not in values]
    )
    if "values_fn" in given and given["values_fn"] is not NULL:
        data = _summarised_cells(data, ids, names, values, given["values_fn"], Context(env, call))
    spec: dict[str, Any] = {
        "sep": _given_string(given, "names_sep") or "_",
        "prefix": _given_string(given, "names_prefix") or "",
        "cast": True,
        "glue": _given_string(given, "names_glue"),
    }
    if "names_sort" in given and one_flag(given["names_sort"], "names_sort"):
        spec["order"] = _sorted_names(data, names)
    out = widened(data, ids, names, values, given.get("values_fill", NULL), spec)
    return _as_tibble(regrouped_like(out, data) if set(group_names(data)) <= set(ids) else out)


def _sorted_names(data: RVector, names: list[str]) -> list[int]:
    columns = [columns_of(data)[n] for n in names]
    firsts, _ = unique_rows(columns)
    sorted_firsts = [int(part[0]) for part in split_rows(columns)]
    return [firsts.index(i) for i in sorted_firsts]


def _summarised_cells(
    data: RVector, ids: list[str], names: list[str], values: list[str], f: Any, ctx: Context
) -> RVector:
    columns = columns_of(grouped(data, []))
    keys = [*ids, *names]
    firsts, which = unique_rows([columns[n] for n in keys])
    function = as_mapper(f, ctx)
    made = [take_column_rows(columns[n], np.array(firsts)) for n in keys]
    for value in values:
        pieces = [
            apply(
                function,
                [(None, take_column_rows(columns[value], np.flatnonzero(which == k)))],
                None,
                ctx.env,
            )
            for k in range(len(firsts))
        ]
        made.append(combined(pieces))
    return like(grouped(data, []), made, [*keys, *values], len(firsts))


@library.special("spread")
def spread(call: Call, env: Environment) -> Any:
    """`spread(data, key, value, fill = NA)`: rows and columns are sorted."""
    session.visible = True
    pairs = promise_arguments(call, env)
    options = {n: forced(v) for n, v in pairs if n in ("fill", "convert", "drop", "sep")}
    rest = [(n, v) for n, v in pairs if n not in options]
    (_, data), *others = rest
    data = forced(data)
    nodes = {n: v for n, v in others if n in ("key", "value")}
    free = [v for n, v in others if n not in nodes]
    for name in ("key", "value"):
        if name not in nodes:
            nodes[name] = free.pop(0)
    (key,) = selected_names(data, quosures([(None, nodes["key"])], env))
    (value,) = selected_names(data, quosures([(None, nodes["value"])], env))
    ids = [n or "" for n in column_names(data) if n not in (key, value)]
    spec: dict[str, Any] = {"sep": "_", "prefix": "", "cast": False, "order": _sorted_names(data, [key])}
    out = widened(data, ids, [key], [value], options.get("fill", NULL), spec)
    from ..vectors.ordering import order_by

    columns = columns_of(out)
    if ids:
        out = pick_rows(out, order_by([sort_key(columns[n]) for n in ids], [False] * len(ids)))
    return regrouped_like(out, data) if group_names(data) else out

"""tidyr's work on cells: drop_na, replace_na, fill, separate, unite, extract, uncount."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from ...syntax.tree import Call, Name
from ..conditions import warn
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..frames import column_names, is_frame, row_count, take_column_rows
from ..generics import as_text, invoke
from ..regular_expressions.patterns import compile_pattern
from ..session import session
from ..values import NULL, RVector, Scalar, character, integer, rlist, stretched
from ..vectors.coerce import has_class, one_flag, one_string, strings
from .dplyr import selected_names
from .grouping import columns_of, grouped, kept_rows, reshaped
from .library import Library
from .quosures import Quosure, capture, evaluate_quosure, quosures
from .tidyr import _split_at as split_at
from .tidyr import forced
from .tidyr_nesting import replaced
from .vectors import combined

library = Library("tidyr")


@library.special("drop_na")
def drop_na(call: Call, env: Environment) -> Any:
    session.visible = True
    given, parts = capture(call, env, ["data", "..."])
    data = given["data"]
    columns = columns_of(data)
    names = selected_names(data, parts) if parts else list(columns)
    missing = np.zeros(row_count(data), dtype=bool)
    for name in names:
        missing |= _missing(columns[name])
    return kept_rows(data, np.flatnonzero(~missing))


def _missing(column: Any) -> np.ndarray:
    if column.type == "list":
        return np.array([v is NULL for v in column.data], dtype=bool)
    return column.is_na()


@library.function("replace_na(data, replace, ...)")
def replace_na(data, replace, dots):
    if is_frame(data):
        return replaced(data, replace)
    if data.type == "list":
        items = [replace.data[0] if item is NULL else item for item in data.data]
        return rlist(items, data.names)
    rows = np.where(_missing(data), len(data), np.arange(len(data)))
    if has_class(data, "factor"):
        return invoke("[<-", data, invoke("is.na", data), value=replace)
    if data.type == "integer" and replace.type == "double":
        replace = RVector("integer", replace.data.astype(np.int32))
    return take_column_rows(combined([data, replace]), rows)


@library.special("fill")
def fill(call: Call, env: Environment) -> Any:
    """`fill(data, ..., .direction = "down")`: NA takes the value before it."""
    session.visible = True
    given, parts = capture(call, env, ["data", "...", ".direction"])
    data = given["data"]
    how = one_string(given[".direction"], ".direction") if ".direction" in given else "down"
    columns = columns_of(data)
    from .grouping import groups_of

    for name in selected_names(data, parts):
        positions = np.arange(row_count(data))
        for rows in groups_of(data):
            positions[rows] = rows[_carried(_missing(columns[name])[rows], how)]
        columns[name] = take_column_rows(columns[name], positions)
    return reshaped(data, list(columns.values()), list(columns))


def _carried(missing: np.ndarray, how: str) -> np.ndarray:
    """For each place the place whose value it takes."""
    out = np.arange(len(missing))
    for direction in {"down": ["down"], "up": ["up"], "downup": ["down", "up"], "updown": ["up", "down"]}[
        how
    ]:
        order = range(len(missing)) if direction == "down" else range(len(missing) - 1, -1, -1)
        last = -1
        for i in order:
            if not missing[out[i]]:
                last = int(out[i])
            elif last >= 0:
                out[i] = last
    return out


def _text_arguments(call: Call, env: Environment, formals: list[str]) -> tuple[RVector, str, dict[str, Any]]:
    """(data, the column's name, other arguments by formal)."""
    pairs = promise_arguments(call, env)
    given = {n: v for n, v in pairs if n in formals}
    free = [v for n, v in pairs if n not in formals]
    for name in formals:
        if name not in given and free:
            given[name] = free.pop(0)
    data = forced(given.pop("data"))
    (column,) = selected_names(data, quosures([(None, given.pop("col"))], env))
    return data, column, {n: forced(v) for n, v in given.items()}


def _put_columns(data: RVector, column: str, fresh: dict[str, Any], remove: bool) -> RVector:
    """New columns in the place of the old one."""
    columns: dict[str, Any] = {}
    for name, value in columns_of(data).items():
        if name != column or not remove:
            columns[name] = value
        if name == column:
            columns.update(fresh)
    return reshaped(data, list(columns.values()), list(columns))


def _converted(texts: list[str | None], convert: bool) -> RVector:
    column = character(texts)
    return invoke("type.convert", column, as_is=Scalar("logical", 1)) if convert else column


@library.special("separate")
def separate(call: Call, env: Environment) -> Any:
    """`separate(data, col, into, sep = "[^[:alnum:]]+", remove, convert, extra, fill)`."""
    session.visible = True
    formals = ["data", "col", "into", "sep", "remove", "convert", "extra", "fill"]
    data, column, given = _text_arguments(call, env, formals)
    into = strings(given["into"], "into")
    texts = list(as_text(columns_of(data)[column]).data)
    extra = one_string(given["extra"], "extra") if "extra" in given else "warn"
    side = one_string(given["fill"], "fill") if "fill" in given else "warn"
    sep = given.get("sep", character("[^[:alnum:]]+"))
    rows = [_separated(t, sep, len(into), extra, side) for t in texts]
    _warn_pieces(texts, sep, len(into), extra, side)
    convert = "convert" in given and one_flag(given["convert"], "convert")
    fresh = {
        name: _converted([row[k] for row in rows], convert) for k, name in enumerate(into) if name is not None
    }
    remove = one_flag(given["remove"], "remove") if "remove" in given else True
    return _put_columns(data, column, fresh, remove)


def _pieces(text: str, sep: RVector, limit: int | None) -> list[str | None]:
    if sep.type != "character":
        places = [0, *(int(p) if p > 0 else len(text) + int(p) for p in sep.data), len(text)]
        return [text[a:b] for a, b in pairwise(places)]
    compiled = compile_pattern(one_string(sep, "sep"))
    count = sum(1 for _ in compiled.each(text)) + 1
    parts = split_at(text, compiled, count)
    if limit is not None and count > limit:
        found = list(compiled.each(text))
        return [*parts[: limit - 1], text[found[limit - 2].end :] if limit > 1 else text]
    return parts


def _separated(text: str | None, sep: RVector, count: int, extra: str, side: str) -> list[str | None]:
    if text is None:
        return [None] * count
    parts = _pieces(text, sep, count if extra == "merge" else None)[:count]
    gap: list[str | None] = [None] * (count - len(parts))
    return [*gap, *parts] if side == "left" else [*parts, *gap]


def _warn_pieces(texts: list[str | None], sep: RVector, count: int, extra: str, side: str) -> None:
    sizes = [len(_pieces(t, sep, None)) if t is not None else count for t in texts]
    many = [str(i + 1) for i, n in enumerate(sizes) if n > count]
    few = [str(i + 1) for i, n in enumerate(sizes) if n < count]
    if many and extra == "warn":
        warn(f"Expected {count} pieces. Additional pieces discarded in {len(many)} rows [{', '.join(many)}].")
    if few and side == "warn":
        warn(
            f"Expected {count} pieces. Missing pieces filled with `NA` in {len(few)} rows [{', '.join(few)}]."
        )


@library.special("extract")
def extract(call: Call, env: Environment) -> Any:
    session.visible = True
    data, column, given = _text_arguments(call, env, ["data", "col", "into", "regex", "remove", "convert"])
    into = strings(given["into"], "into")
    compiled = compile_pattern(one_string(given.get("regex", character("([[:alnum:]]+)")), "regex"))
    rows = []
    for text in as_text(columns_of(data)[column]).data:
        found = None if text is None else compiled.search(text)
        rows.append([None] * len(into) if found is None else [found.groups(k + 1) for k in range(len(into))])
    convert = "convert" in given and one_flag(given["convert"], "convert")
    fresh = {n: _converted([r[k] for r in rows], convert) for k, n in enumerate(into) if n is not None}
    remove = one_flag(given["remove"], "remove") if "remove" in given else True
    return _put_columns(data, column, fresh, remove)


@library.special("separate_rows")
def separate_rows(call: Call, env: Environment) -> Any:
    session.visible = True
    given, parts = capture(call, env, ["data", "...", "sep", "convert"])
    data = given["data"]
    sep = given.get("sep", character("[^[:alnum:].]+"))
    columns = columns_of(data)
    names = selected_names(data, parts)
    cells = {
        n: [[None] if t is None else _pieces(t, sep, None) for t in as_text(columns[n]).data] for n in names
    }
    sizes = [len(c) for c in cells[names[0]]]
    rows = np.repeat(np.arange(row_count(data)), sizes)
    convert = "convert" in given and one_flag(given["convert"], "convert")
    out = kept_rows(grouped(data, []), rows)
    made = columns_of(out)
    for name in names:
        made[name] = _converted([p for c in cells[name] for p in c], convert)
    return reshaped(out, list(made.values()), list(made))


@library.special("unite")
def unite(call: Call, env: Environment) -> Any:
    """`unite(data, col, ..., sep = "_", remove = TRUE, na.rm = FALSE)`."""
    session.visible = True
    pairs = promise_arguments(call, env)
    options = {n: forced(v) for n, v in pairs if n in ("sep", "remove", "na.rm")}
    (_, data), (_, target), *rest = [(n, v) for n, v in pairs if n not in options]
    data = forced(data)
    (part,) = quosures([(None, target)], env)
    name = part.node.name if isinstance(part.node, Name) else one_string(evaluate_quosure(part, {}), "col")
    parts: list[Quosure] = quosures(rest, env)
    columns = columns_of(data)
    chosen = selected_names(data, parts) if parts else list(columns)
    sep = one_string(options["sep"], "sep") if "sep" in options else "_"
    skip = "na.rm" in options and one_flag(options["na.rm"], "na.rm")
    cells = zip(*(as_text(columns[n]).data for n in chosen), strict=True)
    texts = [sep.join("NA" if t is None else t for t in row if not (skip and t is None)) for row in cells]
    remove = one_flag(options["remove"], "remove") if "remove" in options else True
    out: dict[str, Any] = {}
    for old, column in columns.items():
        if old == chosen[0]:
            out[name] = character(texts)
        if not remove or old not in chosen:
            out[old] = column
    return reshaped(data, list(out.values()), list(out), grouping=False)


@library.special("uncount")
def uncount(call: Call, env: Environment) -> Any:
    session.visible = True
    given, parts = capture(call, env, ["data", "...", ".remove", ".id"])
    data = given["data"]
    weights = evaluate_quosure(parts[0], columns_of(data))
    rows = np.repeat(np.arange(row_count(data)), [int(w) for w in stretched(weights.data, row_count(data))])
    out = kept_rows(grouped(data, []), rows)
    if isinstance(parts[0].node, Name) and parts[0].node.name in column_names(out):
        made = {n: c for n, c in columns_of(out).items() if n != parts[0].node.name}
        out = reshaped(out, list(made.values()), list(made))
    if ".id" in given:
        counts = np.unique(rows, return_counts=True)[1]
        numbers = integer([i + 1 for n in counts for i in range(n)])
        names = [*(n or "" for n in column_names(out)), one_string(given[".id"], ".id")]
        out = reshaped(out, [*out.data, numbers], names)
    return out

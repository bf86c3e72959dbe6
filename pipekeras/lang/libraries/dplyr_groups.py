"""dplyr: groups looked at, tables nested by groups, with_groups, scoped variants of verbs, the bands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ...syntax.tree import Call, Name
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..frames import column_names, row_count, take_column_rows
from ..lookup import force
from ..registry import Context
from ..session import session
from ..values import NULL, Builtin, Promise, RVector, character, integer, rlist
from ..vectors.coerce import one_string
from .across import functions_at
from .binding import like, tibble_of
from .dplyr import (
    _chosen,
    _group_tables,
    _scoped,
    _with_picks,
    arrange,
    group_by,
    group_keys,
    library,
    mutated,
    selected_names,
)
from .dplyr_joins import keys_by, matches
from .dplyr_rows import distinct
from .grouping import (
    columns_of,
    each_group,
    group_names,
    grouped,
    groups_of,
    kept_rows,
    reshaped,
    rowwise,
)
from .lambdas import as_mapper, call_mapper
from .quosures import Quosure, quosures
from .tibble_print import list_of

# --- groups ------------------------------------------------------------------------------------------------


def _row_list(table: RVector) -> RVector:
    return list_of([integer(rows + 1) for rows in groups_of(table)], integer([]))


@library.function("group_rows(.data)")
def group_rows(data):
    return _row_list(data)


@library.function("group_data(.data)")
def group_data(data):
    if data.attribute("groups") is None:
        return tibble_of([_row_list(data)], [".rows"], 1)
    keys = group_keys(data)
    return like(keys, [*keys.data, _row_list(data)], [*column_names(keys), ".rows"], row_count(keys))


@library.function("group_size(x)")
def group_size(x):
    return integer([len(rows) for rows in groups_of(x)])


@library.function("groups(x)")
def groups(x):
    return rlist([Name(n) for n in group_names(x)])


@library.function("group_trim(.tbl, .drop = TRUE)")
def group_trim(table, drop):
    from ..generics import invoke

    names = group_names(table)
    columns = columns_of(table)
    trimmed = [
        invoke("droplevels", c) if n in names and "levels" in (c.attributes or {}) else c
        for n, c in columns.items()
    ]
    return grouped(reshaped(grouped(table, []), trimmed, list(columns)), names)


@library.special("with_groups")
def with_groups(call: Call, env: Environment) -> Any:
    """`with_groups(.data, .groups, .f, ...)`: one verb on a table that is grouped for it alone."""
    session.visible = True
    (_, first), (_, by), (_, f), *rest = promise_arguments(call, env)
    data = force(first) if isinstance(first, Promise) else first
    names = selected_names(data, quosures([(None, by)], env))
    ctx = Context(env, call)
    function = as_mapper(force(f) if isinstance(f, Promise) else f, ctx)
    out = call_mapper(function, [(None, grouped(data, names)), *rest], ctx)
    kept = [n for n in group_names(data) if n in column_names(out)]
    return grouped(out, kept)


# --- nesting -----------------------------------------------------------------------------------------------


def _nested(data: RVector, parts: list[Quosure], key: str, keep: bool) -> tuple[RVector, list[str]]:
    table = group_by(data, {}, parts) if parts else data
    pieces = _group_tables(table, keep)
    model = kept_rows(pieces[0], np.empty(0, dtype=int)) if pieces else tibble_of([], [], 0)
    keys = group_keys(table)
    made = tibble_of([*keys.data, list_of(pieces, model)], [*column_names(keys), key], row_count(keys))
    return made, group_names(table)


def _nesting(name: str, formals: tuple[str, ...], by_row: bool) -> None:
    @library.special(name)
    def nest(call: Call, env: Environment) -> Any:
        session.visible = True
        (_, first), *rest = promise_arguments(call, env)
        data = force(first) if isinstance(first, Promise) else first
        given = {n: force(v) if isinstance(v, Promise) else v for n, v in rest if n in formals}
        parts = quosures([(n, v) for n, v in rest if n not in formals], env)
        key = one_string(given[".key"], ".key") if ".key" in given else "data"
        keep = ".keep" in given or "keep" in given
        made, names = _nested(data, parts, key, keep)
        return rowwise(made, names) if by_row else made


_nesting("nest_by", (".key", ".keep"), True)
_nesting("group_nest", (".key", "keep"), False)


@library.function("nest_join(x, y, by = NULL, copy = FALSE, keep = FALSE, name = NULL, ...)")
def nest_join(ctx, x, y, by, copy, keep, name, dots):
    left, right = keys_by(x, y, by)
    found = matches(x, y, left, right)
    rest = [i for i, n in enumerate(column_names(y)) if n not in right]
    small = reshaped(grouped(y, []), [y.data[i] for i in rest], [column_names(y)[i] or "" for i in rest])
    pieces = [kept_rows(small, np.array(rows, dtype=int)) for rows in found]
    label = one_string(name, "name") if name is not NULL else _argument(ctx, 1)
    return reshaped(x, [*x.data, rlist(pieces)], [*column_names(x), label])  # type: ignore[list-item]


def _argument(ctx: Context, i: int) -> str:
    node = ctx.call.args[i].value if ctx.call is not None else None
    return node.name if isinstance(node, Name) else "y"


# --- scoped variants ---------------------------------------------------------------------------------------


def _parts(names: list[str], ctx: Context, functions: Any, dots: Any) -> list[Quosure]:
    if functions is NULL:
        return [Quosure(None, Name(n), ctx.env) for n in names]
    return functions_at(names, functions, dots, ctx)


def _scoped_by_columns(verb: str, run: Callable[[RVector, list[Quosure]], Any]) -> None:
    """`arrange_at(.tbl, .vars, .funs)` and the like, where functions may be left out."""

    @library.function(f"{verb}_all(.tbl, .funs = list(), ...)")
    def all_(ctx, table, functions, dots):
        none = isinstance(functions, RVector) and len(functions) == 0
        return run(table, _parts(_chosen(table, "all", None, ctx), ctx, NULL if none else functions, dots))

    def declare(kind: str, chooser_name: str) -> None:
        @library.function(f"{verb}_{kind}(.tbl, {chooser_name}, .funs = list(), ...)")
        def some(ctx, table, chooser, functions, dots):
            none = isinstance(functions, RVector) and len(functions) == 0
            chosen = _chosen(table, kind, chooser, ctx)
            return run(table, _parts(chosen, ctx, NULL if none else functions, dots))

    declare("at", ".vars")
    declare("if", ".predicate")


_scoped_by_columns("arrange", lambda table, parts: arrange(table, {}, parts))
_scoped_by_columns("distinct", lambda table, parts: distinct(table, {}, parts))


def _group_with(table: RVector, parts: list[Quosure]) -> RVector:
    return group_by(table, {}, parts)


_scoped_by_columns("group_by", _group_with)


def _renamed(table: RVector, chosen: list[str], functions: Any, dots: Any, ctx: Context) -> list[str]:
    if isinstance(functions, RVector) and len(functions) == 0:
        return chosen
    f = as_mapper(functions, ctx)
    return list(call_mapper(f, [(None, character(chosen)), *dots], ctx).data)


def _scoped_names(verb: str, keeps_others: bool) -> None:
    def declare(kind: str, formals: str) -> None:
        @library.function(f"{verb}_{kind}(.tbl, {formals}.funs = list(), ...)")
        def scoped(ctx, table, *rest):
            *chooser, functions, dots = rest
            names = [n or "" for n in column_names(table)]
            chosen = _chosen(table, kind, chooser[0] if chooser else None, ctx)
            fresh = dict(zip(chosen, _renamed(table, chosen, functions, dots, ctx), strict=True))
            keep = [n for n in names if keeps_others or n in fresh or n in group_names(table)]
            if not keeps_others:
                keep = [n for n in keep if n not in fresh] + chosen
            return _with_picks(table, [(names.index(n), fresh.get(n, n)) for n in keep])

    declare("all", "")
    declare("at", ".vars, ")
    declare("if", ".predicate, ")


_scoped_names("select", False)
_scoped_names("rename", True)


def _transmute_with(table: RVector, parts: list[Quosure]) -> RVector:
    columns, changed, _ = mutated(table, parts)
    names = list(dict.fromkeys([*group_names(table), *changed]))
    return reshaped(table, [columns[n] for n in names], names)


_scoped("transmute", _transmute_with)


def _vars_predicate(name: str, kind: str) -> None:
    @library.special(name)
    def predicate(call: Call, env: Environment) -> Any:
        session.visible = True
        (part,) = quosures(promise_arguments(call, env)[:1], env)
        attributes = {"class": character([kind, "quosure"])}
        return rlist([Builtin("expr", "expr()", lambda: part)], None, attributes)


_vars_predicate("any_vars", "any_vars")
_vars_predicate("all_vars", "all_vars")


def _filtered(table: RVector, chosen: list[str], condition: Any, ctx: Context) -> RVector:
    """Rows where an expression of `.` holds for any or all of the columns."""
    kinds = condition.attribute("class") if isinstance(condition, RVector) else None
    columns = columns_of(table)
    flags = []
    for name in chosen:
        if kinds is not None:
            part = condition.data[0].function()
            value = _with_dot(part, columns, columns[name], table)
        else:
            value = call_mapper(as_mapper(condition, ctx), [(None, columns[name])], ctx).data == 1
        flags.append(value)
    some = kinds is not None and kinds.data[0] == "any_vars"
    joined = np.any(flags, axis=0) if some else np.all(flags, axis=0)
    return kept_rows(table, np.flatnonzero(joined))


def _with_dot(part: Quosure, columns: dict[str, Any], column: Any, table: RVector) -> np.ndarray:
    from .quosures import evaluate_quosure

    out = np.zeros(row_count(table), dtype=bool)
    for group in each_group(table):
        inside = {n: take_column_rows(c, group.rows) for n, c in columns.items()}
        value = evaluate_quosure(part, {**inside, ".": take_column_rows(column, group.rows)})
        out[group.rows] = value.data == 1
    return out


@library.function("filter_all(.tbl, .vars_predicate, .preserve = FALSE)")
def filter_all(ctx, table, predicate, preserve):
    return _filtered(table, _chosen(table, "all", None, ctx), predicate, ctx)


@library.function("filter_at(.tbl, .vars, .vars_predicate, .preserve = FALSE)")
def filter_at(ctx, table, vars_, predicate, preserve):
    return _filtered(table, _chosen(table, "at", vars_, ctx), predicate, ctx)


@library.function("filter_if(.tbl, .predicate, .vars_predicate, .preserve = FALSE)")
def filter_if(ctx, table, test, predicate, preserve):
    return _filtered(table, _chosen(table, "if", test, ctx), predicate, ctx)


# --- data --------------------------------------------------------------------------------------------------


def _bands(names: tuple[str, str], first: tuple[str, ...], second: tuple[str, ...]) -> RVector:
    return tibble_of([character(list(first)), character(list(second))], list(names), len(first))


library.values["band_members"] = _bands(
    ("name", "band"), ("Mick", "John", "Paul"), ("Stones", "Beatles", "Beatles")
)
library.values["band_instruments"] = _bands(
    ("name", "plays"), ("John", "Paul", "Keith"), ("guitar", "bass", "guitar")
)
library.values["band_instruments2"] = _bands(
    ("artist", "plays"), ("John", "Paul", "Keith"), ("guitar", "bass", "guitar")
)

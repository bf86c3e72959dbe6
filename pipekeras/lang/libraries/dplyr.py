"""dplyr's verbs on columns and order: mutate, select, rename, relocate, pull, arrange, filter, group_by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np

from ...errors import Code, UserError
from ...signature import Param, Signature
from ...syntax.tree import Arg, Call, Const, Name
from ..dispatch import class_of
from ..environment import Environment
from ..evaluator.blocks import called
from ..evaluator.calls import promise_arguments
from ..evaluator.compile import evaluate
from ..frames import column_names, is_frame, row_count
from ..lookup import force
from ..registry import Context
from ..session import session
from ..values import NULL, Promise, RVector, character, integer, logical, rlist
from ..vectors.coerce import has_class, one_flag, one_string, strings
from ..vectors.ordering import order_by
from . import rlang as _rlang
from . import tibble as _tibble
from . import tibble_print as _tibble_print
from .aborting import abort
from .across import expanded, functions_at
from .binding import like, tibble_of
from .grouping import (
    columns_of,
    each_group,
    evaluated,
    group_names,
    grouped,
    in_group,
    is_rowwise,
    kept_rows,
    reshaped,
    rowwise,
    sort_key,
    spread_out,
)
from .library import Library, method
from .quosures import Quosure, capture, evaluate_quosure, make_quosure, quosures
from .tidyselect import declare_helpers, select

library = Library("dplyr")
F = TypeVar("F", bound=Callable[..., Any])
declare_helpers(library)
library.share(
    _tibble.library, "tibble", "as_tibble", "data_frame", "as_data_frame", "lst", "tribble", "add_row"
)
library.share(_tibble_print.library, "glimpse")
library.share(
    _rlang.library,
    "sym",
    "syms",
    "quo",
    "quos",
    "enquo",
    "enquos",
    "expr",
    "enexpr",
    "ensym",
    "quo_name",
    "as_label",
)


def verb(*names: str, formals: str) -> Callable[[F], F]:
    """Declare a verb: Python gets the table, the named arguments and the captured `...`.

    Args:
        formals: R's formals behind `.data`, blank-separated
    """

    def declare(work: F) -> F:
        @library.special(*names)
        def run(call: Call, env: Environment) -> Any:
            session.visible = True
            given, parts = capture(_with_anchors(call), env, [".data", *formals.split()])
            data = given.pop(".data", NULL)
            if not is_frame(data):
                raise not_a_table(names[0], data)
            result = work(data, given, parts)
            session.visible = True
            return result

        return work

    return declare


def _with_anchors(call: Call) -> Call:
    """`.before = x` names a column: the bare name as text."""

    def is_anchor(arg: Arg) -> bool:
        return arg.name in (".before", ".after") and isinstance(arg.value, Name)

    if not any(is_anchor(a) for a in call.args):
        return call
    args = [Arg(a.name, Const(getattr(a.value, "name", ""))) if is_anchor(a) else a for a in call.args]
    return Call(call.function, args, call.span)


def not_a_table(name: str, data: Any) -> UserError:
    shown = class_of(data)
    listed = f'"{shown[0]}"' if len(shown) == 1 else "c(" + ", ".join(f"'{c}'" for c in shown) + ")"
    error = UserError(
        f"no applicable method for '{name}' applied to an object of class {listed}",
        code=Code.TYPE,
        cause=f"{name}() works on data frames",
    )
    return error


def selected(table: RVector, parts: Sequence[Quosure]) -> list[tuple[int, str]]:
    names = [n or "" for n in column_names(table)]
    return select(parts, names, list(table.data))


def selected_names(table: RVector, parts: Sequence[Quosure]) -> list[str]:
    names = column_names(table)
    return [names[i] or "" for i, _ in selected(table, parts)]


# --- select, rename, relocate, pull ------------------------------------------------------------------------


@verb("select", formals="...")
def select_(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    picks = selected(data, parts)
    names = column_names(data)
    keys = [n for n in group_names(data) if names.index(n) not in {i for i, _ in picks}]
    picks = [(names.index(n), n) for n in keys] + picks
    return _with_picks(data, picks)


def _with_picks(data: RVector, picks: Sequence[tuple[int, str]]) -> RVector:
    """Columns in a new order under new names; grouping columns may be renamed, too."""
    names = column_names(data)
    renamed = {names[i]: new for i, new in picks}
    bare = reshaped(grouped(data, []), [data.data[i] for i, _ in picks], [n for _, n in picks])
    keys = [renamed[k] for k in group_names(data)]
    if is_rowwise(data):
        return rowwise(bare, keys)
    return grouped(bare, keys) if keys else bare


@verb("rename", formals="...")
def rename(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    changed = dict(selected(data, parts))
    return _with_picks(data, [(i, changed.get(i, n or "")) for i, n in enumerate(column_names(data))])


@library.special("rename_with")
def rename_with(call: Call, env: Environment) -> Any:
    """`rename_with(.data, .fn, .cols = everything(), ...)`."""
    from .lambdas import as_mapper, call_mapper

    session.visible = True
    matched = Signature([Param(n) for n in (".data", ".fn", ".cols", "...")]).match(
        promise_arguments(call, env)
    )
    data = _value(matched.values[".data"])
    if not is_frame(data):
        raise not_a_table("rename_with", data)
    ctx = Context(env, call)
    names = [n or "" for n in column_names(data)]
    at = list(range(len(names)))
    if ".cols" in matched.values:
        at = sorted(i for i, _ in selected(data, quosures([(None, matched.values[".cols"])], env)))
    function = as_mapper(_value(matched.values[".fn"]), ctx)
    more = [(n, _value(v)) for n, v in matched.dots]
    fresh = call_mapper(function, [(None, character([names[i] for i in at])), *more], ctx)
    changed = dict(zip(at, strings(fresh, ".fn"), strict=True))
    return _with_picks(data, [(i, changed.get(i) or n) for i, n in enumerate(names)])


def _moved(data: RVector, first: list[str], before: Any, after: Any) -> list[int]:
    names = [n or "" for n in column_names(data)]
    moved = [names.index(n) for n in first]
    rest = [i for i in range(len(names)) if i not in moved]
    at = 0
    if before is not None:
        at = min(rest.index(i) if i in rest else 0 for i in before)
    elif after is not None:
        at = max(rest.index(i) if i in rest else -1 for i in after) + 1
    return [*rest[:at], *moved, *rest[at:]]


def _anchor(data: RVector, call_args: dict[str, Any], name: str, env: Environment) -> list[int] | None:
    node = call_args.get(name)
    return None if node is None else [i for i, _ in selected(data, [Quosure(None, node, env)])]


@library.special("relocate")
def relocate(call: Call, env: Environment) -> Any:
    session.visible = True
    nodes = {a.name: a.value for a in call.args if a.name in (".before", ".after")}
    plain = Call(call.function, [a for a in call.args if a.name not in nodes], call.span)
    given, parts = capture(plain, env, [".data", "..."])
    data = given[".data"]
    picks = selected(data, parts)
    names = column_names(data)
    order = _moved(
        data,
        [names[i] or "" for i, _ in picks],
        _anchor(data, nodes, ".before", env),
        _anchor(data, nodes, ".after", env),
    )
    new = dict(picks)
    return _with_picks(data, [(i, new.get(i, names[i] or "")) for i in order])


@library.special("pull")
def pull(call: Call, env: Environment) -> Any:
    """`pull(.data, var = -1, name = NULL)`: one column as vector."""
    session.visible = True
    from ...signature import Param, Signature

    matched = Signature([Param(".data"), Param("var"), Param("name"), Param("...")]).match(
        promise_arguments(call, env)
    )
    data = _value(matched.values[".data"])
    column = _one_column(data, matched.values.get("var"), env)
    if "name" not in matched.values:
        return column
    labels = _one_column(data, matched.values["name"], env)
    return column.with_attribute("names", character(strings(labels, "name")))


def _value(argument: Any) -> Any:
    return force(argument) if isinstance(argument, Promise) else argument


def _one_column(data: RVector, argument: Any, env: Environment) -> Any:
    if argument is None:
        return data.data[len(data) - 1]
    (part,) = quosures([(None, argument)], env)
    if not isinstance(part.node, Name) or part.node.name not in column_names(data):
        value = evaluate_quosure(part, {})
        if isinstance(value, RVector) and value.type in ("integer", "double") and value.data[0] < 0:
            return data.data[len(data) + int(value.data[0])]
        part = Quosure(None, Const(value), env)
    ((i, _),) = selected(data, [part])
    return data.data[i]


# --- mutate ------------------------------------------------------------------------------------------------


def mutated(data: RVector, parts: Sequence[Quosure]) -> tuple[dict[str, Any], list[str], list[str]]:
    """(all columns, names of new or changed ones, names that were looked at)."""
    columns = columns_of(data)
    changed: list[str] = []
    for part in parts:
        for single in expanded(part, columns, group_names(data)):
            values = evaluated(single, data, columns)
            if single.name is None and all(is_frame(v) for v in values) and values:
                frame = spread_out(values, data, single.label)
                for name, column in columns_of(frame).items():
                    columns[name] = column
                    changed.append(name)
                continue
            column = spread_out(values, data, single.label)
            if column is NULL:
                columns.pop(single.label, None)
                continue
            columns[single.label] = column
            changed.append(single.label)
    return columns, changed, _used_names(parts, columns)


def _used_names(parts: Sequence[Quosure], columns: dict[str, Any]) -> list[str]:
    from ..models.formulas import names_in

    found = {name for part in parts for name in names_in(part.node)}
    return [n for n in columns if n in found]


@verb("mutate", formals="... .keep .before .after")
def mutate(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    columns, changed, used = mutated(data, parts)
    old = [n or "" for n in column_names(data)]
    keep = one_string(given[".keep"], ".keep") if ".keep" in given else "all"
    names = list(columns)
    stays = set(changed) | set(group_names(data))
    if keep == "used":
        names = [n for n in names if n in stays or n in used]
    elif keep == "unused":
        names = [n for n in names if n in stays or n not in used]
    elif keep == "none":
        names = [n for n in names if n in stays]
    if ".before" in given or ".after" in given:
        fresh = [n for n in names if n not in old]
        rest = [n for n in names if n in old]
        anchor = given.get(".before", given.get(".after"))
        at = _anchor_place(anchor, rest) + (0 if ".before" in given else 1)
        names = [*rest[:at], *fresh, *rest[at:]]
    return reshaped(data, [columns[n] for n in names], names)


def _anchor_place(anchor: Any, names: list[str]) -> int:
    if anchor.type == "character":
        return names.index(anchor.data[0])
    return int(anchor.data[0]) - 1


@verb("transmute", formals="...")
def transmute(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    columns, changed, _ = mutated(data, parts)
    names = list(dict.fromkeys([*group_names(data), *changed]))
    return reshaped(data, [columns[n] for n in names], names)


@library.special("vars")
def vars_(call: Call, env: Environment) -> Any:
    session.visible = True
    parts = quosures(promise_arguments(call, env), env)
    names = [p.name for p in parts] if any(p.name for p in parts) else None
    return rlist([make_quosure(p.node, p.env) for p in parts], names, {"class": character("quosures")})


def _scoped(name: str, run: Callable[[RVector, list[Quosure]], Any]) -> None:
    """The variants `_at`, `_if` and `_all` of a verb."""

    def declare(kind: str, usage: str) -> None:
        @library.function(f"{name}_{kind}({usage})")
        def scoped(ctx, table, *rest):
            *chooser, functions, dots = rest
            chosen = _chosen(table, kind, chooser[0] if chooser else None, ctx)
            return run(table, functions_at(chosen, functions, dots, ctx))

    declare("all", ".tbl, .funs, ...")
    declare("if", ".tbl, .predicate, .funs, ...")
    declare("at", ".tbl, .vars, .funs, ...")


def _chosen(table: RVector, kind: str, chooser: Any, ctx: Context) -> list[str]:
    keys = group_names(table)
    names = [n or "" for n in column_names(table)]
    if kind == "all":
        return [n for n in names if n not in keys]
    if kind == "if":
        from .lambdas import as_mapper, call_mapper

        test = as_mapper(chooser, ctx)
        flags = [bool(call_mapper(test, [(None, c)], ctx).data[0] == 1) for c in table.data]
        return [n for n, flag in zip(names, flags, strict=True) if flag and n not in keys]
    if has_class(chooser, "quosures"):
        labels = chooser.names or [None] * len(chooser)
        parts = [
            Quosure(n or None, q.args[0].value, q.attributes[".Environment"])
            for n, q in zip(labels, chooser.data, strict=True)
        ]
    else:
        parts = [Quosure(None, Const(chooser), ctx.env)]
    return selected_names(table, parts)


def _mutate_with(data: RVector, parts: list[Quosure]) -> RVector:
    columns, _, _ = mutated(data, parts)
    return reshaped(data, list(columns.values()), list(columns))


_scoped("mutate", _mutate_with)


# --- filter and arrange ------------------------------------------------------------------------------------


@verb("filter", formals="... .preserve")
def filter_(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    for part in parts:
        if part.name is not None:
            raise abort(
                "Problem while computing the filter.\n✖ Input is named.\n"
                f"ℹ This usually means that you've used `=` instead of `==`.\n"
                f"ℹ Did you mean `{part.name} == ...`?",
                "filter",
            )
    columns = columns_of(data)
    keep = np.ones(row_count(data), dtype=bool)
    for part in parts:
        for single in expanded(part, columns, group_names(data), joined=True):
            flags = spread_out(evaluated(single, data, columns), data, "..1")
            if not isinstance(flags, RVector) or flags.type != "logical":
                raise abort(
                    "Problem while computing `..1`.\n✖ Input `..1` must be a logical vector,"
                    f" not a {class_of(flags)[0]}.",
                    "filter",
                )
            keep &= flags.data == 1
    return kept_rows(data, np.flatnonzero(keep))


@verb("arrange", formals="... .by_group")
def arrange(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    keys: list[RVector] = []
    down: list[bool] = []
    columns = columns_of(data)
    if ".by_group" in given and one_flag(given[".by_group"], ".by_group"):
        parts = [*(Quosure(None, Name(n), session.global_env) for n in group_names(data)), *parts]
    for part in parts:
        node = part.node
        reverse = called(node, "desc") and len(node.args) == 1
        inner = Quosure(None, node.args[0].value, part.env) if reverse else part
        for single in expanded(inner, columns, []):
            keys.append(sort_key(spread_out([evaluate_quosure(single, columns)], grouped(data, []), "..1")))
            down.append(reverse)
    if not keys:
        return data
    return kept_rows(data, order_by(keys, down))


@library.function("desc(x)")
def desc(x):
    from ..generics import invoke

    return invoke("-", invoke("xtfrm", x))


# --- grouping ----------------------------------------------------------------------------------------------


@verb("group_by", formals="... .add add .drop")
def group_by(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    add = any(n in given and one_flag(given[n], n) for n in (".add", "add"))
    keys = group_names(data) if add else []
    bare = grouped(data, [])
    columns = columns_of(bare)
    for part in parts:
        for single in expanded(part, columns, []):
            if single.name or not isinstance(single.node, Name) or single.node.name not in columns:
                if isinstance(single.node, Name) and single.node.name not in columns:
                    raise abort(
                        "Must group by variables found in `.data`.\n"
                        f"✖ Column `{single.node.name}` is not found.",
                        "group_by",
                    )
                columns[single.label] = spread_out(evaluated(single, bare, columns), bare, single.label)
            keys.append(single.label)
    made = reshaped(bare, list(columns.values()), list(columns))
    drop = one_flag(given[".drop"], ".drop") if ".drop" in given else True
    return grouped(made, list(dict.fromkeys(keys)), drop)


@verb("ungroup", formals="...")
def ungroup(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    if not parts:
        return grouped(data, [])
    gone = selected_names(data, parts)
    return grouped(data, [n for n in group_names(data) if n not in gone])


@verb("rowwise", formals="...")
def rowwise_(data: RVector, given: dict[str, Any], parts: list[Quosure]) -> RVector:
    return rowwise(data, selected_names(data, parts))


@library.function("group_vars(x)")
def group_vars(x):
    return character(group_names(x))


@library.function("n_groups(x)")
def n_groups(x):
    groups = x.attribute("groups")
    return integer(1 if groups is None else row_count(groups))


@library.function("is_grouped_df(x)", "is.grouped_df")
def is_grouped_df(x):
    return logical(has_class(x, "grouped_df"))


@verb("group_keys", formals="...")
def group_keys_(table: RVector, given: dict[str, Any], by: list[Quosure]) -> RVector:
    return group_keys(group_by(table, {}, by) if by else table)


def group_keys(table: RVector) -> RVector:
    groups = table.attribute("groups")
    if groups is None:
        return tibble_of([], [], 1)
    keep = range(len(groups) - 1)
    return like(groups, [groups.data[i] for i in keep], group_names(table), row_count(groups))


def _group_tables(table: RVector, keep: bool = True) -> list[RVector]:
    bare = grouped(table, [])
    names = column_names(bare)
    chosen = [i for i, n in enumerate(names) if keep or n not in group_names(table)]
    small = reshaped(bare, [bare.data[i] for i in chosen], [names[i] or "" for i in chosen])
    return [kept_rows(small, g.rows) for g in each_group(table)]


@verb("group_split", formals="... .keep")
def group_split(table: RVector, given: dict[str, Any], by: list[Quosure]) -> RVector:
    if by:
        table = group_by(table, {}, by)
    parts = _group_tables(table, ".keep" not in given or one_flag(given[".keep"], ".keep"))
    return _tibble_print.list_of(parts, kept_rows(parts[0], np.empty(0, dtype=int)))


@method("print.vctrs_list_of(x, ...)", "print", "vctrs_list_of", invisible=True)
def print_list_of(ctx, x, dots):
    from ..text.printing import print_value
    from .vectors import shown_type

    model = x.attribute("ptype")
    if not is_frame(model):
        session.write(f"<list_of<{class_of(model)[0]}>[{len(x)}]>\n")
        print_value(x.with_attributes({k: v for k, v in x.attributes.items() if k == "names"}), ctx)
        return x
    fields = [f"    {n}: {shown_type(c)}" for n, c in zip(column_names(model), model.data, strict=True)]
    lines = ["<list_of<", "  tbl_df<", *fields, "  >", f">[{len(x)}]>"]
    session.write("\n".join(lines) + "\n")
    print_value(x.with_attributes({k: v for k, v in x.attributes.items() if k == "names"}), ctx)
    return x


def _for_each_group(ctx: Context, table: RVector, f: Any, dots: Any, keep: bool = False) -> list[Any]:
    from .lambdas import as_mapper, call_mapper

    function = as_mapper(f, ctx)
    keys = group_keys(table)
    out = []
    for i, part in enumerate(_group_tables(table, keep=keep)):
        key = kept_rows(keys, np.array([i]))
        out.append(call_mapper(function, [(None, part), (None, key), *dots], ctx))
    return out


@library.function("group_map(.data, .f, ..., .keep = FALSE)")
def group_map(ctx, data, f, dots, keep):
    return rlist(_for_each_group(ctx, data, f, dots, one_flag(keep, ".keep")))


@library.function("group_walk(.data, .f, ...)", invisible=True)
def group_walk(ctx, data, f, dots):
    _for_each_group(ctx, data, f, dots)
    return data


@library.function("group_modify(.data, .f, ..., .keep = FALSE)")
def group_modify(ctx, data, f, dots, keep):
    from .binding import stacked

    results = _for_each_group(ctx, data, f, dots, one_flag(keep, ".keep"))
    keys = group_keys(data)
    titles = {str(n) for result in results for n in column_names(result)}
    twice = sorted(titles & {str(n) for n in column_names(keys)})
    if twice:
        raise UserError(
            "The returned data frame cannot contain the original grouping variables:\n"
            + ", ".join(twice)
            + ".",
            code=Code.VALUE,
        )
    pieces = []
    for i, result in enumerate(results):
        rows = np.full(row_count(result), i)
        key = kept_rows(keys, rows)
        pieces.append(
            like(result, [*key.data, *result.data], [*column_names(key), *column_names(result)], len(rows))
        )
    return grouped(_tibble.to_tibble(stacked(pieces)), group_names(data))


@library.special("do")
def do(call: Call, env: Environment) -> Any:
    """`do(.data, ...)`: an expression of `.` for each group: frames stacked, named ones as list columns."""
    session.visible = True
    from .binding import stacked

    data = _value(promise_arguments(call, env)[0][1])
    keys = group_names(data)
    values: list[list[Any]] = [[] for _ in call.args[1:]]
    for part, group in zip(_group_tables(data), each_group(data), strict=True):
        scope = Environment(env, None, {**in_group(columns_of(data), group, False), ".": part})
        for arg, column in zip(call.args[1:], values, strict=True):
            column.append(evaluate(arg.value, scope))
    labels = group_keys(data) if keys else tibble_of([], [], 1)
    if call.args[1].name:
        columns = [*labels.data, *(rlist(column) for column in values)]
        made = tibble_of(columns, [*keys, *(arg.name for arg in call.args[1:])], row_count(labels))
        return rowwise(made, [])
    if not keys:
        return values[0][0]
    pieces = []
    for i, value in enumerate(values[0]):
        own = column_names(value)
        lead = [(n, kept_rows(labels, np.full(row_count(value), i)).data[k]) for k, n in enumerate(keys)]
        lead = [(n, c) for n, c in lead if n not in own]
        columns, names = [*(c for _, c in lead), *value.data], [*(n for n, _ in lead), *own]
        pieces.append(like(value, columns, names, row_count(value)))
    return grouped(_tibble.to_tibble(stacked(pieces)), keys)

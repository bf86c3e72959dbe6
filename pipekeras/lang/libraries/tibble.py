"""tibble: data frames that are built column by column, keep types and have no row names."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...syntax.tree import Call, Name
from ..environment import Environment
from ..evaluator.blocks import called
from ..evaluator.calls import promise_arguments
from ..frames import (
    column_names,
    has_automatic_rows,
    is_frame,
    make_frame,
    numbered,
    row_count,
    row_labels,
    take_column_rows,
)
from ..generics import invoke
from ..lookup import is_function
from ..registry import Context
from ..session import session
from ..values import NULL, RVector, Scalar, character, integer, logical, rlist
from ..vectors.coerce import elements, has_class, one_int, one_string, strings
from .aborting import abort
from .binding import as_tibble_frame, like, repaired, tibble_of
from .grouping import group_names, regrouped_like
from .library import Library, method
from .quosures import Quosure, capture, evaluate_quosure, quosures
from .tibble_print import header_lines, shape_of, type_name
from .vectors import combined, recycled_to, repeated_missing, size_of

library = Library("tibble")


def built(parts: list[Quosure], columns: dict[str, Any] | None = None) -> dict[str, Any]:
    """Columns evaluated one after the other: later ones see earlier ones."""
    out: dict[str, Any] = dict(columns or {})
    for part in parts:
        value = evaluate_quosure(part, {n: _fully(c, out) for n, c in out.items()})
        if value is NULL:
            continue
        if is_frame(value) and part.name is None:
            out.update(zip((n or "" for n in column_names(value)), value.data, strict=True))
        else:
            out[part.label] = _column(value, part.label)
    return out


def _fully(column: Any, columns: dict[str, Any]) -> Any:
    count = _common_size(columns)
    return column if size_of(column) == count else recycled_to(column, count, "")


def _common_size(columns: dict[str, Any]) -> int:
    sizes = {size_of(c) for c in columns.values()}
    return max(sizes - {1}, default=1 if sizes else 0) if sizes - {1} else len(sizes)


def _column(value: Any, name: str) -> Any:
    if not isinstance(value, RVector):
        raise abort(f"All columns in a tibble must be vectors.\n✖ Column `{name}` is a function.", "tibble")
    if value.attributes and "names" in value.attributes and not is_frame(value) and value.type != "list":
        return value.with_attribute("names", None)
    return value


def assembled(columns: dict[str, Any]) -> RVector:
    """A tibble of columns, those of one element repeated.

    Raises:
        UserError: "Tibble columns must have compatible sizes."
    """
    sizes = {n: size_of(c) for n, c in columns.items()}
    different = {s for s in sizes.values() if s != 1}
    if len(different) > 1:
        lines = "\n".join(
            f"• Size {s}: Existing data." if i == 0 else f"• Size {s}: Column `{n}`."
            for i, (n, s) in enumerate((n, s) for n, s in sizes.items() if s != 1)
        )
        raise abort(
            f"Tibble columns must have compatible sizes.\n{lines}\nℹ Only values of size one are recycled.",
            "tibble",
        )
    count = different.pop() if different else (1 if columns else 0)
    return tibble_of([recycled_to(c, count, n) for n, c in columns.items()], list(columns), count)


@library.special("tibble", "tibble_row")
@library.special("data_frame")
def tibble(call: Call, env: Environment) -> Any:
    session.visible = True
    _, parts = capture(call, env, ["...", ".rows", ".name_repair"])
    return assembled(built(parts))


@library.special("lst")
def lst(call: Call, env: Environment) -> Any:
    session.visible = True
    columns: dict[str, Any] = {}
    for part in quosures(promise_arguments(call, env), env):
        columns[part.label] = evaluate_quosure(part, columns)
    return rlist(columns.values(), columns.keys())


@library.special("tribble", "frame_matrix")
def tribble(call: Call, env: Environment) -> Any:
    """`tribble(~x, ~y, 1, "a", 2, "b")`: a tibble written row by row."""
    session.visible = True
    parts = quosures(promise_arguments(call, env), env)
    names = []
    for part in parts:
        if not (called(part.node, "~") and len(part.node.args) == 1):
            break
        name = part.node.args[0].value
        names.append(name.name if isinstance(name, Name) else str(getattr(name, "value", "")))
    values = [evaluate_quosure(part, {}) for part in parts[len(names) :]]
    width = len(names)
    if len(values) % max(width, 1):
        raise abort(
            f"Data must be rectangular.\n• Found {width} columns.\n• Found {len(values)} cells.", "tribble"
        )
    columns = []
    for j in range(width):
        cells = values[j::width]
        plain = all(isinstance(c, RVector) and c.type != "list" and len(c) == 1 for c in cells)
        columns.append(combined(cells) if plain else rlist([_lone(c) for c in cells]))
    return tibble_of(columns, names, len(values) // width if width else 0)


def _lone(cell: Any) -> Any:
    """`list(x)` in a cell stands for x."""
    return cell.data[0] if isinstance(cell, RVector) and cell.type == "list" and len(cell) == 1 else cell


# --- conversion --------------------------------------------------------------------------------------------


def _refuse_untitled(table: RVector) -> None:
    """A table's dimensions give the columns' names."""
    titles = table.attribute("dimnames").names if table.attribute("dimnames") is not None else None
    for i in range(len(table.dim or ())):
        if not titles or not titles[i]:
            raise abort(f"Column {i + 1} must be named.\nUse .name_repair to specify repair.")


def to_tibble(x: Any, rownames: str | None = None) -> RVector:
    """Data frames, matrices, lists, tables and vectors as tibbles."""
    if isinstance(x, RVector) and not is_frame(x):
        if has_class(x, "table"):
            _refuse_untitled(x)
            x = invoke("as.data.frame", x, stringsAsFactors=Scalar("logical", 0))
            x = like(x, list(x.data), ["n" if n == "Freq" else n for n in column_names(x)], row_count(x))
        elif x.dim is not None or x.type != "list":
            bare = x.dim is None
            x = invoke("as.data.frame", x)
            if bare:
                x = like(x, list(x.data), ["value"], row_count(x))
        else:
            names = x.names or [f"...{i + 1}" for i in range(len(x))]
            return assembled(dict(zip((n or "" for n in names), x.data, strict=True)))
    out = as_tibble_frame(x)
    if rownames is None:
        return out
    return tibble_of([character(row_labels(x)), *out.data], [rownames, *column_names(out)])


@library.function("as_tibble(x, ..., .rows = NULL, .name_repair = NULL, rownames = NULL)", "as_data_frame")
def as_tibble(ctx, x, dots, rows, name_repair, rownames):
    made = to_tibble(x, None if rownames is NULL else one_string(rownames, "rownames"))
    names = _repaired_names([n or "" for n in column_names(made)], name_repair, ctx)
    return like(made, list(made.data), names, row_count(made))


def _repaired_names(names: list[str], how: Any, ctx: Context) -> list[str]:
    """Column names as `.name_repair` wants them; by default they must be unique."""
    if is_function(how) or (how is not NULL and not isinstance(how, RVector)):
        from .lambdas import as_mapper, call_mapper

        fresh = call_mapper(as_mapper(how, ctx), [(None, character(names))], ctx)
        return [t or "" for t in strings(fresh, ".name_repair")]
    kind = "check_unique" if how is NULL else one_string(how, ".name_repair")
    if kind == "unique":
        return repaired(names)
    if kind == "universal":
        return repaired([as_syntactic(n) for n in names])
    if kind == "check_unique":
        _refuse_doubled(names)
    return names


def as_syntactic(name: str) -> str:
    return name if not name else invoke("make.names", character(name)).data[0]


def _refuse_doubled(names: list[str]) -> None:
    doubled = list(dict.fromkeys(n for n in names if names.count(n) > 1))
    if not doubled:
        return
    listed = [f"`{n}`" for n in doubled]
    if len(listed) > 6:
        listed = [*listed[:5], f"and {len(listed) - 5} more"]
    elif len(listed) > 1:
        listed = (
            [*listed[:-2], f"{listed[-2]} and {listed[-1]}"]
            if len(listed) == 2
            else [*listed[:-1], f"and {listed[-1]}"]
        )
    plural = "s" if len(doubled) > 1 else ""
    raise abort(
        f"Column name{plural} {', '.join(listed)} must not be duplicated.\n"
        "Use .name_repair to specify repair."
    )


@library.function("is_tibble(x)", "is.tibble", "is_tibble_")
def is_tibble(x):
    return logical(has_class(x, "tbl_df"))


@library.function("as_tibble_row(x)")
def as_tibble_row(x):
    return assembled(dict(zip(x.names or [], elements(x), strict=True)))


@method("as.data.frame.tbl_df(x, row.names = NULL, optional = FALSE, ...)", "as.data.frame", "tbl_df")
def as_data_frame(x, row_names, optional, dots):
    return make_frame(list(x.data), column_names(x), numbered(row_count(x)))


@library.function("enframe(x, name = 'name', value = 'value')")
def enframe(x, name, value):
    names = x.names
    first = integer(np.arange(1, len(x) + 1)) if names is None else character(names)
    bare = x.with_attribute("names", None)
    if name is NULL:
        return tibble_of([bare], [one_string(value, "value")])
    return tibble_of([first, bare], [one_string(name, "name"), one_string(value, "value")])


@library.function("deframe(x)")
def deframe(x):
    if len(x) == 1:
        return x.data[0]
    return x.data[1].with_attribute("names", character(strings(x.data[0], "name")))


# --- row names ---------------------------------------------------------------------------------------------


@library.function("rownames_to_column(.data, var = 'rowname')", "rowid_to_column")
def rownames_to_column(ctx, data, var):
    name = one_string(var, "var")
    by_number = ctx.call is not None and getattr(ctx.call.function, "name", "") == "rowid_to_column"
    if by_number and name == "rowname":
        name = "rowid"
    first = integer(np.arange(1, row_count(data) + 1)) if by_number else character(row_labels(data))
    return like(data, [first, *data.data], [name, *column_names(data)], row_count(data))


@library.function("column_to_rownames(.data, var = 'rowname')")
def column_to_rownames(data, var):
    name = one_string(var, "var")
    names = column_names(data)
    at = names.index(name)
    labels = character(strings(data.data[at], "var"))
    rest = [i for i in range(len(names)) if i != at]
    return make_frame([data.data[i] for i in rest], [names[i] for i in rest], labels)


@library.function("has_rownames(.data)")
def has_rownames(data):
    return logical(not has_automatic_rows(data))


@library.function("remove_rownames(.data)")
def remove_rownames(data):
    return like(data, list(data.data), column_names(data), row_count(data))


# --- growing -----------------------------------------------------------------------------------------------


def _place(before: Any, after: Any, names: list[Any]) -> int:
    """Where something is put in, from 0; behind everything by default."""

    def position(value: Any) -> int:
        return names.index(value.data[0]) if value.type == "character" else int(value.data[0]) - 1

    if before is not None and before is not NULL:
        return position(before)
    return len(names) if after is None or after is NULL else position(after) + 1


@library.special("add_column")
def add_column(call: Call, env: Environment) -> Any:
    session.visible = True
    given, parts = capture(call, env, [".data", "...", ".before", ".after", ".name_repair"])
    data = given[".data"]
    count = row_count(data)
    made = {n: recycled_to(c, count, n) for n, c in built(parts).items()}
    names = list(column_names(data))
    for name in made:
        if name in names:
            raise abort(f"Column name `{name}` must not be duplicated.", "add_column")
    at = _place(given.get(".before"), given.get(".after"), names)
    columns = list(data.data)
    return like(
        data, [*columns[:at], *made.values(), *columns[at:]], [*names[:at], *made, *names[at:]], count
    )


@library.special("add_row", "add_case")
def add_row(call: Call, env: Environment) -> Any:
    session.visible = True
    given, parts = capture(call, env, [".data", "...", ".before", ".after"])
    data = given[".data"]
    made = assembled(built(parts))
    names = column_names(data)
    for name in column_names(made):
        if name not in names:
            raise abort(f"New rows can't add columns.\n✖ Can't find column `{name}` in `.data`.", "add_row")
    fresh, count, old = row_count(made), row_count(data), list(range(row_count(data)))
    at = count
    if given.get(".before") is not None:
        at = one_int(given[".before"], ".before") - 1
    elif given.get(".after") is not None:
        at = one_int(given[".after"], ".after")
    order = np.array([*old[:at], *range(count, count + fresh), *old[at:]], dtype=int)
    columns = []
    for name, column in zip(names, data.data, strict=True):
        own = column_names(made)
        piece = made.data[own.index(name)] if name in own else repeated_missing(column, fresh)
        columns.append(take_column_rows(combined([column, piece]), order))
    return like(data, columns, names, count + fresh)


# --- names and types ---------------------------------------------------------------------------------------


@library.function("has_name(x, name)")
def has_name(x, name):
    known = x.names or [] if isinstance(x, RVector) else []
    return logical([t in known for t in strings(name, "name")])


@library.function("as_tibble_col(x, column_name = 'value')")
def as_tibble_col(x, column_name):
    return assembled({one_string(column_name, "column_name"): x})


@library.function("new_tibble(x, ..., nrow, class = NULL)")
def new_tibble(x, dots, nrow=None, class_=NULL):
    rows = row_count_of(x) if nrow is None else one_int(nrow, "nrow")
    made = tibble_of(list(x.data), x.names or [], rows)
    if class_ is NULL:
        return made
    classes = [*strings(class_, "class"), *made.attribute("class").data]
    return made.with_attribute("class", character(classes))


def row_count_of(x: RVector) -> int:
    return size_of(x.data[0]) if len(x) else 0


@library.function("tbl_sum(x, ...)")
def tbl_sum(x, dots):
    lines = [line.removeprefix("# ") for line in header_lines(x)]
    parts = [line.partition(":") for line in lines]
    return character([rest.strip() for _, _, rest in parts], {"names": character([p for p, _, _ in parts])})


@library.function("type_sum(x)")
def type_sum(x):
    return character(type_name(x))


@library.function("obj_sum(x)")
def obj_sum(x):
    return character(shape_of(x)[1:-1] if x is not NULL else "NULL")


# --- indexing ----------------------------------------------------------------------------------------------


@method("`[.tbl_df`(x, ..., drop = FALSE)", "[", "tbl_df")
def subset_tibble(x, dots, drop):
    """As data frames are indexed, but one column stays a tibble."""
    from ..builtins.frame_indexing import subset_frame

    indices = [(n, v) for n, v in dots if n not in ("drop", "exact")]
    bare = as_data_frame(x, NULL, NULL, [])
    out = subset_frame(bare, indices, drop if len(indices) > 1 else None)
    if not isinstance(out, RVector) or not is_frame(out):
        return out
    made = like(tibble_of([], [], 0), list(out.data), column_names(out), row_count(out))
    if x.attribute("groups") is None:
        return made
    return regrouped_like(made, x) if set(group_names(x)) <= set(column_names(made)) else made

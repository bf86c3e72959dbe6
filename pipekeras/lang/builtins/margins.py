"""Margins of tables: sums over some of their dimensions, and tables with rows and columns of them added."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Call, Name
from .. import conditions
from ..evaluator.calls import argument_code, call_function, match_function
from ..generics import invoke
from ..registry import Context, builtin
from ..session import session
from ..text.deparse import deparse_value
from ..values import NULL, RVector, character, integer, rlist, stretched
from ..vectors.coerce import convert_data, has_class, numbers, one_flag
from .matrices import grid, margin_axes


@builtin("margin.table(x, margin = NULL)", "marginSums")
def margin_table(x, margin):
    if margin is NULL:
        return invoke("sum", RVector(x.type, x.data))
    shape = x.dim or (len(x),)
    keep = margin_axes(margin, x)
    cells = x.data.reshape(shape, order="F")
    sums = cells.sum(axis=tuple(i for i in range(len(shape)) if i not in keep))
    order = sorted(keep)
    sums = np.transpose(sums, [order.index(k) for k in keep])
    attributes: dict[str, Any] = {"dim": integer([shape[k] for k in keep])}
    dimnames = x.attribute("dimnames")
    if dimnames is not None:
        titles = dimnames.names
        parts = [dimnames.data[k] for k in keep]
        attributes["dimnames"] = rlist(parts, [titles[k] for k in keep] if titles else None)
    if has_class(x, "table"):
        attributes["class"] = character(["table"])
    kind = "integer" if x.type in ("integer", "logical") else "double"
    return RVector(
        kind, sums.reshape(-1, order="F").astype(np.int32 if kind == "integer" else float), attributes
    )


@builtin("addmargins(A, margin = seq_along(dim(A)), FUN = sum, quiet = FALSE)")
def addmargins(ctx: Context, table: Any, margin: Any, fun: Any, quiet: Any) -> RVector:
    if not isinstance(table, RVector) or table.dim is None:
        raise UserError("'A' must be an array or table", code=Code.VALUE)
    axes = [int(m) - 1 for m in numbers(margin, "margin")]
    if any(not 0 <= axis < len(table.dim) for axis in axes):
        raise UserError("subscript out of bounds", code=Code.VALUE)
    node = argument_code(ctx.call, "FUN")
    groups = _margin_groups(fun, node, len(axes), ctx)
    if node is not None and len(axes) > 1 and not one_flag(quiet, "quiet"):
        _announce(axes, table)
    if has_class(table, "table"):
        table = table.with_attribute("class", character(["table"]))
    for axis, group in zip(axes, groups, strict=True):
        table = _with_margins(table, axis, group, ctx)
    return table


Group = list[tuple[str, Any]]
"""The functions that make the margins of one dimension, and the labels of these margins."""


def _margin_groups(chosen: Any, node: Any, count: int, ctx: Context) -> list[Group]:
    """What is added to each of `count` dimensions, FUN being one function or a list with a part for each."""
    if not (isinstance(chosen, RVector) and chosen.type == "list"):
        label = "Sum" if node is None else " ".join(deparse_value(node).split("\n"))
        return [[(label, match_function(chosen, ctx))]] * count
    if len(chosen) not in (1, count):
        raise UserError(
            f"length of FUN, {len(chosen)},\n does not match the length of the margins, {count}",
            code=Code.VALUE,
        )
    parts = list(_parts(chosen, node)) * (count // len(chosen))
    return [_group(*part, f"Margin {i}", ctx) for i, part in enumerate(parts, 1)]


def _parts(functions: RVector, node: Any) -> Iterator[tuple[Any, str, Any]]:
    """The parts of a list, their names ("" for none) and, if the list is written out, their code."""
    listed = isinstance(node, Call) and isinstance(node.function, Name) and node.function.name == "list"
    codes = (
        [a.value for a in node.args]
        if listed and len(node.args) == len(functions)
        else [None] * len(functions)
    )
    names = functions.names or [""] * len(functions)
    return zip(functions.data, [n or "" for n in names], codes, strict=True)


def _group(part: Any, name: str, code: Any, otherwise: str, ctx: Context) -> Group:
    shown = name or (code.name if isinstance(code, Name) else "")
    if not (isinstance(part, RVector) and part.type == "list"):
        return [(shown or otherwise, match_function(part, ctx))]
    group = []
    for i, (each, own, inner) in enumerate(_parts(part, code), 1):
        label = own or (inner.name if isinstance(inner, Name) else "")
        if shown and label:
            label = f"{shown}.{label}"
        group.append((label or f"{otherwise}.{i}", match_function(each, ctx)))
    return group


def _announce(axes: list[int], table: RVector) -> None:
    """Tells in which order the dimensions are gone through: it matters unless the functions commute."""
    dimnames = table.attribute("dimnames")
    titles = dimnames.names if dimnames is not None else None
    lines = [f"{i}: {titles[axis] if titles else ''}\n" for i, axis in enumerate(axes, 1)]
    session.write("Margins computed over dimensions\nin the following order:\n" + "".join(lines))


def _with_margins(table: Any, axis: int, group: Group, ctx: Context) -> RVector:
    """A table with one more layer along an axis for each function."""
    shape = [size for k, size in enumerate(table.dim) if k != axis]
    layers = [grid(RVector("double", convert_data(table.data, table.type, "double"), table.attributes))]
    for _, function in group:
        values = _margin(table, axis, function, ctx).reshape(shape, order="F")
        layers.append(np.expand_dims(values, axis))
    cells = np.concatenate(layers, axis=axis)
    attributes = dict(table.attributes)
    attributes["dim"] = integer(cells.shape)
    attributes["dimnames"] = _labelled(table, axis, [label for label, _ in group])
    return RVector("double", cells.reshape(-1, order="F"), attributes)


def _margin(table: Any, axis: int, function: Any, ctx: Context) -> np.ndarray:
    """What a function gives for each cell of the other dimensions."""
    rest = [k for k in range(len(table.dim)) if k != axis]
    if rest:
        made = invoke("apply", table, integer([k + 1 for k in rest]), function)
    else:
        made = call_function(function, [(None, table)], ctx=ctx)
    size = math.prod(table.dim[k] for k in rest)
    if len(made) != size:
        conditions.warn("number of items to replace is not a multiple of replacement length")
    return stretched(convert_data(made.data, made.type, "double"), size)


def _labelled(table: Any, axis: int, labels: list[str]) -> RVector:
    """The dimnames with the margins' labels behind those of one dimension."""
    dimnames = table.attribute("dimnames")
    parts: list[Any] = list(dimnames.data) if dimnames is not None else [NULL] * len(table.dim)
    own = list(parts[axis].data) if parts[axis] is not NULL else [""] * table.dim[axis]
    parts[axis] = character([*own, *labels])
    return rlist(parts, dimnames.names if dimnames is not None else None)

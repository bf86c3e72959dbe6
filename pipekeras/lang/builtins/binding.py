"""cbind and rbind: joining vectors and matrices side by side or one under another."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Call, Name
from .. import conditions
from ..dispatch import find_method
from ..evaluator.calls import call_function
from ..registry import Context, builtin
from ..values import NULL, Dots, RVector, character, integer, object_array, rlist, stretched
from ..vectors.coerce import LADDER, convert_data, guard_joined, has_class, one_int


@builtin("cbind(..., deparse.level = 1)")
def cbind(ctx: Context, dots: Dots, deparse_level: Any) -> Any:
    return _bind(ctx, "cbind", dots, one_int(deparse_level, "deparse.level"))


@builtin("rbind(..., deparse.level = 1)")
def rbind(ctx: Context, dots: Dots, deparse_level: Any) -> Any:
    return _bind(ctx, "rbind", dots, one_int(deparse_level, "deparse.level"))


def _bind(ctx: Context, name: str, dots: Dots, level: int) -> Any:
    method = _method(ctx, name, dots)
    if method is not None:
        return call_function(method, dots, ctx=ctx, call=ctx.call)
    labels = _labels(ctx, dots, level)
    pairs = [(label, v) for label, (_, v) in zip(labels, dots, strict=True) if v is not NULL]
    if not pairs:
        return NULL
    for _, value in pairs:
        if not isinstance(value, RVector):
            pairs = [(n, v if isinstance(v, RVector) else rlist([v])) for n, v in pairs]
            break
    pairs = [(n, factor_codes(v)) for n, v in pairs]
    return bind_vectors(pairs, 1 if name == "cbind" else 0)


def factor_codes(value: RVector) -> RVector:
    """cbind sees factors as their codes."""
    return (
        value.with_attributes({"names": value.attribute("names")} if value.names else None)
        if (has_class(value, "factor"))
        else value
    )


def _method(ctx: Context, name: str, dots: Dots) -> Any:
    """The S3 method that all classed arguments agree on; a data frame wins."""
    for _, value in dots:
        if has_class(value, "data.frame"):
            return find_method(name, "data.frame", ctx.env)
    for _, value in dots:
        attributes = getattr(value, "attributes", None)
        for cls in attributes["class"].data if attributes and "class" in attributes else ():
            found = find_method(name, cls, ctx.env)
            if found is not None:
                return found
    return None


def _labels(ctx: Context, dots: Dots, level: int) -> list[str | None]:
    """Names of vectors: as given, or the symbol written at the call (deparse.level 1), or any code (2)."""
    nodes: list[Any] = [None] * len(dots)
    if isinstance(ctx.call, Call):
        args = [a for a in ctx.call.args if a.name != "deparse.level"]
        plain = not any(isinstance(a.value, Name) and a.value.name == "..." for a in args)
        if plain and len(args) == len(dots):
            nodes = [a.value for a in args]
    out: list[str | None] = []
    for (name, _), node in zip(dots, nodes, strict=True):
        if name:
            out.append(name)
        elif level >= 1 and isinstance(node, Name):
            out.append(node.name)
        elif level >= 2 and isinstance(node, Call):
            from ..vectors.coerce import deparse_text

            out.append(deparse_text(node))
        else:
            out.append(None)
    return out


class _Part:
    """One argument as a block: axis is the one that grows (1 columns, 0 rows)."""

    def __init__(self, label: str | None, value: RVector, axis: int) -> None:
        self.value = value
        self.label = label
        dim = value.dim
        self.is_matrix = dim is not None and len(dim) == 2
        self.extent = dim[axis] if self.is_matrix and dim else 1
        self.length = dim[1 - axis] if self.is_matrix and dim else len(value)
        dimnames = value.attribute("dimnames") if self.is_matrix else None
        self.own: Any = dimnames.data[axis] if dimnames is not None else NULL
        self.other: Any = dimnames.data[1 - axis] if dimnames is not None else NULL


def bind_vectors(pairs: list[tuple[str | None, RVector]], axis: int) -> RVector:
    """The default cbind (axis 1) and rbind (axis 0).

    Raises:
        UserError: "number of rows of matrices must match (see arg 2)"
    """
    parts = [_Part(label, value, axis) for label, value in pairs]
    length = _common_length(parts, axis)
    kind = max((p.value.type for p in parts), key=LADDER.__getitem__)
    # vectors of length 0 are left out unless everything is empty
    if length:
        parts = [p for p in parts if p.is_matrix or len(p.value)]
    guard_joined([p.value for p in parts], kind)
    blocks = [_block(p, kind, length, axis) for p in parts]
    joined = np.concatenate(blocks, axis=axis) if blocks else np.empty((0, 0), dtype=object)
    attributes: dict[str, Any] = {"dim": integer(list(joined.shape))}
    dimnames = _joined_names(parts, length, axis)
    if dimnames is not None:
        attributes["dimnames"] = dimnames
    return RVector(kind, joined.flatten(order="F"), attributes)


def _common_length(parts: list[_Part], axis: int) -> int:
    what = "rows" if axis == 1 else "columns"
    lengths = [(i, p.length) for i, p in enumerate(parts) if p.is_matrix]
    if lengths:
        first = lengths[0][1]
        for i, n in lengths:
            if n != first:
                raise UserError(
                    f"number of {what} of matrices must match (see arg {i + 1})",
                    code=Code.VALUE,
                    cause=f"argument {lengths[0][0] + 1} has {first}, argument {i + 1} has {n}",
                )
        length = first
    else:
        length = max(len(p.value) for p in parts)
    for i, p in enumerate(parts):
        n = len(p.value)
        if not p.is_matrix and n and (n > length or length % n) and (length or n):
            conditions.warn(f"number of {what} of result is not a multiple of vector length (arg {i + 1})")
            break
    return length


def _block(p: _Part, kind: str, length: int, axis: int) -> np.ndarray:
    data = convert_data(p.value.data, p.value.type, kind)
    if p.is_matrix:
        return data.reshape(p.value.dim, order="F")
    filled = stretched(data, length) if len(data) else np.empty(0, dtype=data.dtype)
    return filled.reshape((-1, 1) if axis == 1 else (1, -1))


def _joined_names(parts: list[_Part], length: int, axis: int) -> RVector | None:
    growing: list[str | None] = []
    named = False
    other: Any = NULL
    for p in parts:
        if p.is_matrix:
            growing += [""] * p.extent if p.own is NULL else list(p.own.data)
            named = named or p.own is not NULL
            other = p.other if other is NULL else other
        else:
            growing.append(p.label or "")
            named = named or p.label is not None
    if other is NULL:
        holders = (p.value for p in parts if not p.is_matrix and p.value.names and len(p.value) == length)
        holder = next(holders, None)
        if holder is not None:
            other = character(holder.names)
    if not named and other is NULL:
        return None
    labels = character(object_array(growing)) if named else NULL
    return rlist([other, labels] if axis == 1 else [labels, other])

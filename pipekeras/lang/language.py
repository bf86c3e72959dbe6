"""Language objects as lists and back: a call is its function followed by its arguments."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..errors import Code, UserError
from ..syntax.tree import EMPTY, NA, Arg, Call, Const, Function, Name
from .values import (
    EMPTY_SYMBOL,
    LANGUAGE,
    MISSING,
    NA_CHARACTER,
    NA_INTEGER,
    NA_LOGICAL,
    NA_REAL,
    NULL,
    RVector,
    Scalar,
    rlist,
)

_MISSING_CONSTANTS = {
    NA.LOGICAL: Scalar("logical", int(NA_LOGICAL)),
    NA.INTEGER: Scalar("integer", int(NA_INTEGER)),
    NA.REAL: Scalar("double", float(NA_REAL)),
    NA.CHARACTER: Scalar("character", NA_CHARACTER),
}


def constant_value(constant: Const) -> Any:
    """The R value a constant stands for."""
    value = constant.value
    if value is None:
        return NULL
    if isinstance(value, bool):
        return Scalar("logical", int(value))
    if isinstance(value, int):
        return Scalar("integer", value)
    if isinstance(value, float):
        return Scalar("double", value)
    if isinstance(value, str):
        return Scalar("character", value)
    if isinstance(value, complex):
        return RVector("complex", np.array([value]))
    if value is NA.COMPLEX:
        return RVector("complex", np.array([complex(NA_REAL, 0)]))
    return _MISSING_CONSTANTS[value] if isinstance(value, NA) else value


def from_node(node: Any) -> Any:
    """A part of a tree as a value: constants are unwrapped, names and calls are language objects."""
    if node is EMPTY:
        return EMPTY_SYMBOL
    return constant_value(node) if isinstance(node, Const) else node


def to_node(value: Any) -> Any:
    """A value as a part of a tree."""
    if value is MISSING or value is EMPTY_SYMBOL:
        return EMPTY
    return value if isinstance(value, LANGUAGE) else Const(value)


def to_list(call: Any) -> RVector:
    """as.list of a call."""
    if isinstance(call, Function):
        formals = rlist(
            [from_node(p.value) for p in call.params],
            [p.name for p in call.params],
        )
        return rlist([Name("function"), formals, from_node(call.body), NULL])
    assert isinstance(call, Call)
    items = [from_node(call.function), *(from_node(a.value) for a in call.args)]
    names = ["", *(a.name or "" for a in call.args)]
    return rlist(items, names if any(names) else None)


def from_list(parts: RVector) -> Any:
    """as.call: the first part is the function."""
    if not len(parts):
        raise UserError("invalid argument list", code=Code.ARGUMENT)
    names = parts.names or [""] * len(parts)
    args = [Arg(name or None, to_node(v)) for name, v in zip(names[1:], parts.data[1:], strict=True)]
    return Call(to_node(parts.data[0]), args)

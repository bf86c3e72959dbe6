"""Single numbers, strings and flags as Python's own, and as R values."""

from __future__ import annotations

from typing import Any

from ..values import FALSE, TRUE, RVector, Scalar

_NA_INT = -2147483648


def box(value: Any) -> Any:
    """The R value of what may be an unboxed one."""
    kind = type(value)
    if kind is float:
        return Scalar("double", value)
    if kind is int:
        return Scalar("integer", value)
    if kind is bool:
        return TRUE if value else FALSE
    if kind is str:
        return Scalar("character", value)
    return value


def unbox(value: Any) -> Any:
    """A single plain number, string or flag as Python's own; anything else, and NA, as it is."""
    kind = type(value)
    if kind is Scalar:
        inner = value.value
    elif kind is RVector and len(value.data) == 1 and value.type in _UNBOXED:
        inner = value.data.item(0)
    else:
        return value
    if value.attributes is not None:
        return value
    kind = type(inner)
    if kind is float or kind is str:
        return inner
    if kind is int and value.type == "integer" and inner != _NA_INT:
        return inner
    if kind is int and value.type == "logical" and inner >= 0:
        return inner == 1
    return value if type(value) is Scalar else Scalar(value.type, inner)


_UNBOXED = ("double", "integer", "logical", "character")

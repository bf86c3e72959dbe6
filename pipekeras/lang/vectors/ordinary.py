"""Operators on plain vectors where there is nothing to ask or to say: numpy's, or Python's on few integers.

Each function returns None where the general way of `arith` is needed: NA, classes, recycling, other types.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from ..values import Attributes, RVector, Scalar

quiet = False
"""Whether numpy says nothing of infinities and NaN already, so that each operation need not tell it."""


@contextmanager
def quiet_numbers() -> Iterator[None]:
    """While a program runs, infinities and NaN come about in silence."""
    global quiet
    before = quiet
    with np.errstate(all="ignore"):
        quiet = True
        try:
            yield
        finally:
            quiet = before


_ARITHMETIC: dict[str, Callable[..., Any]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
}
_COMPARISON: dict[str, Callable[..., Any]] = {
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    ">": np.greater,
    "<=": np.less_equal,
    ">=": np.greater_equal,
}
_WHOLE: dict[str, Callable[[int, int], int]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}
_LOGIC: dict[str, Callable[..., Any]] = {"&": np.bitwise_and, "|": np.bitwise_or}

_SHORT = 64
_NA_INT, _NA_LOGICAL = -2147483648, -128
_SHAPE = {"names", "dim", "dimnames"}


def plain_operation(op: str, a: RVector, b: RVector) -> RVector | None:
    """A binary operator; at most one operand has attributes, of shape, and then the other is one number."""
    attributes = None
    if a.attributes is not None or b.attributes is not None:
        attributes = _shape(a, b)
        if attributes is None:
            return None
    x: Any = a.value if a.__class__ is Scalar else a.data  # pyright: ignore[reportAttributeAccessIssue]
    y: Any = b.value if b.__class__ is Scalar else b.data  # pyright: ignore[reportAttributeAccessIssue]
    kind = a.type
    if kind != b.type:
        if x.__class__ is int and kind == "integer" and b.type == "double" and x != _NA_INT:
            x, kind = float(x), "double"
        elif y.__class__ is int and b.type == "integer" and kind == "double" and y != _NA_INT:
            y = float(y)
        else:
            return None
    if a.__class__ is Scalar:
        if b.__class__ is Scalar:
            return None
    elif b.__class__ is not Scalar and _misfit(x, y):
        return None
    work = _BY_TYPE.get(kind)
    found = None if work is None else work(op, x, y)
    return None if found is None else RVector(found[0], found[1], attributes)


def _misfit(x: Any, y: Any) -> bool:
    return len(x) != len(y) and len(x) != 1 and len(y) != 1


def _shape(a: RVector, b: RVector) -> Attributes | None:
    attributes = a.attributes or b.attributes or {}
    other = b if a.attributes else a
    plain = not other.attributes and len(other) == 1 and attributes.keys() <= _SHAPE
    return dict(attributes) if plain else None


def _doubles(op: str, x: Any, y: Any) -> tuple[str, np.ndarray] | None:
    if not quiet:
        return None
    compute = _ARITHMETIC.get(op)
    if compute is not None:
        return "double", compute(x, y)
    if op == "^":
        return ("double", np.multiply(x, x)) if y.__class__ is float and y == 2.0 else None
    compute = _COMPARISON.get(op)
    if compute is None or _has_nan(x) or _has_nan(y):
        return None
    return "logical", compute(x, y).view(np.int8)


def _has_nan(x: Any) -> bool:
    """Whether there is NaN among doubles: the sum of squares tells."""
    total = x if x.__class__ is float else x.dot(x)
    return total != total


def _has(x: Any, missing: Any) -> bool:
    return missing in x.tolist() if x.__class__ is np.ndarray else x == missing


def _integers(op: str, x: Any, y: Any) -> tuple[str, np.ndarray] | None:
    compute = _WHOLE.get(op)
    if compute is not None:
        return _whole(compute, x, y)
    compute = _COMPARISON.get(op)
    if compute is None or _has(x, _NA_INT) or _has(y, _NA_INT):
        return None
    return "logical", compute(x, y).view(np.int8)


def _whole(compute: Callable[[int, int], int], x: Any, y: Any) -> tuple[str, np.ndarray] | None:
    left = [x] if x.__class__ is int else x.tolist()
    right = [y] if y.__class__ is int else y.tolist()
    if not 0 < len(left) <= _SHORT or not 0 < len(right) <= _SHORT or _NA_INT in left or _NA_INT in right:
        return None
    if len(left) < len(right):
        left = left * len(right)
    elif len(left) > len(right):
        right = right * len(left)
    out = list(map(compute, left, right))
    if max(out) > 2147483647 or min(out) < -2147483647:
        return None
    return "integer", np.array(out, dtype=np.int32)


def _texts(op: str, x: Any, y: Any) -> tuple[str, np.ndarray] | None:
    if (op != "==" and op != "!=") or _has(x, None) or _has(y, None):
        return None
    return "logical", _COMPARISON[op](x, y).astype(np.int8)


def _flags(op: str, x: Any, y: Any) -> tuple[str, np.ndarray] | None:
    compute = _LOGIC.get(op)
    if compute is None or _has(x, _NA_LOGICAL) or _has(y, _NA_LOGICAL):
        return None
    return "logical", compute(x, y)


_BY_TYPE: dict[str, Callable[[str, Any, Any], tuple[str, np.ndarray] | None]] = {
    "double": _doubles,
    "integer": _integers,
    "character": _texts,
    "logical": _flags,
}


def plain_unary(op: str, a: RVector) -> RVector | None:
    """`-a` of doubles and `!a` of flags."""
    if a.attributes is not None:
        return None
    if op == "-" and a.type == "double":
        return RVector("double", np.negative(a.data))
    if op == "!" and a.type == "logical" and not _has(a.data, _NA_LOGICAL):
        return RVector("logical", a.data ^ 1)
    return None

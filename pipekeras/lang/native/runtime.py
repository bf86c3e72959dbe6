"""What generated code calls: values boxed and unboxed, variables read, elements read and written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from ...errors import UserError
from ..environment import Environment
from ..evaluator import assign, loops
from ..evaluator.blocks import truth
from ..values import (
    DTYPES,
    NULL,
    ActiveBinding,
    LazyBinding,
    MissingArgument,
    Promise,
    RVector,
    Scalar,
)
from ..vectors import arith, subset
from ..vectors.coerce import convert_data
from ..vectors.ordinary import plain_operation
from ..vectors.picks import picked, placed
from .boxes import box, unbox

_NA_INT = -2147483648
_NA_FLAG = b"\x80"
_MAX_INT = 2147483647
_LONG = 2**20
"""Vectors are joined here up to this length; longer ones may be more than memory holds."""


class Surprise(Exception):
    """The fast path is not made for these values: the closure of the expression must do it."""


_INDIRECT = (Promise, ActiveBinding, LazyBinding, MissingArgument, list, type(None))


def peek(bound: Any) -> Any:
    """The unboxed value of a binding, or None if there is none, or looking at it runs code."""
    if type(bound) is Promise:
        bound = bound.value
    kind = type(bound)
    if kind is Scalar:
        return unbox(bound)
    return None if kind in _INDIRECT else bound


def look(name: str, env: Environment | None) -> Any:
    """The unboxed value of a variable, or None if there is none, or looking at it runs code."""
    while env is not None:
        bound = env.values.get(name)
        if bound is not None:
            return peek(bound)
        env = env.parent
    return None


def waiting(bound: Any) -> bool:
    """Whether a binding is an argument not evaluated yet."""
    return type(bound) is Promise and bound.value is None


def evaluated(node: Any, value: Any, env: Environment) -> Promise:
    """An argument whose value is known; that of a class stays a promise, its methods may do anything."""
    kind = type(value)
    if kind is RVector:
        if _classed(value):
            return Promise(node, env)
        value.named = 2
    elif (
        kind is not float and kind is not int and kind is not bool and kind is not str and kind is not Scalar
    ):
        return Promise(node, env)
    return Promise(node, None, box(value))


def flag(value: Any, call: Any) -> bool:
    """The condition of `if` and `while`."""
    kind = type(value)
    if kind is bool:
        return value
    if kind is int or (kind is float and value == value):
        return value != 0
    return truth(box(value), call)


# Loops


def count(first: Any, last: Any) -> range | None:
    """`first:last` of whole numbers, or None."""
    if type(first) is float:
        if not first.is_integer():
            return None
        first = int(first)
    if type(last) is float:
        if not last.is_integer():
            return None
        last = int(last)
    if type(first) is not int or type(last) is not int:
        return None
    if not (-_MAX_INT <= first <= _MAX_INT and -_MAX_INT < last < _MAX_INT):
        return None
    return range(first, last + 1) if last >= first else range(first, last - 1, -1)


def count_to(n: Any) -> range | None:
    """`seq_len(n)` of a whole number, or None."""
    if type(n) is float and n.is_integer():
        n = int(n)
    return range(1, n + 1) if type(n) is int and 0 <= n < _MAX_INT else None


def count_along(x: Any) -> range | None:
    """`seq_along(x)` of a plain vector, or None."""
    n = size(x)
    return None if n is None else range(1, n + 1)


def size(x: Any) -> int | None:
    """`length(x)` where no method can have a say in it."""
    kind = type(x)
    if kind is RVector:
        return None if x.attributes is not None and "class" in x.attributes else len(x.data)
    if kind is float or kind is int or kind is bool or kind is str:
        return 1
    return 0 if x is NULL else None


def items(value: Any, call: Any) -> Iterable[Any]:
    """What the `for` of the call goes through, unboxed."""
    if type(value) is RVector and value.attributes is None:
        data = value.data
        if value.type == "double":
            return data.tolist()
        if value.type == "integer" and not (data == _NA_INT).any():
            return data.tolist()
    return map(unbox, loops.iterate(box(value), call))


# Elements


def _classed(x: RVector) -> bool:
    return x.attributes is not None and "class" in x.attributes


def _item(x: RVector, at: int) -> Any:
    """An element of an atomic vector, unboxed."""
    value = x.data.item(at)
    kind = x.type
    if kind == "double":
        return value
    if kind == "integer":
        return Scalar("integer", value) if value == _NA_INT else value
    if kind == "logical":
        return Scalar("logical", value) if value < 0 else value == 1
    if kind == "character":
        return Scalar("character", None) if value is None else value
    raise Surprise


def subset_one(x: Any, i: Any) -> Any:
    """`x[i]`"""
    if type(x) is not RVector:
        raise Surprise
    kind = type(i)
    if x.attributes is None and (kind is int or kind is float) and 1 <= i <= len(x.data):
        return _item(x, int(i) - 1)
    found = picked(x, [box(i)], True)
    if found is not None:
        return unbox(found)
    if x.attributes is None and kind is RVector and i.attributes is None:
        return _subset(x, i)
    raise Surprise


def _subset(x: RVector, i: RVector) -> Any:
    if i.type == "character":
        raise Surprise
    try:
        return subset.get_subset(x, [i])
    except UserError:
        raise Surprise from None


def element(x: Any, i: Any, env: Environment) -> Any:
    """`x[[i]]`, read in code that runs in env"""
    kind = type(i)
    if type(x) is not RVector:
        if type(x) is Environment and kind is str and x.attributes is None:
            return _in_environment(x, i, env)
        raise Surprise
    if kind is str:
        return dollar_exact(x, i)
    if (kind is int or kind is float) and 1 <= i <= len(x.data) and not _classed(x):
        if x.type == "list":
            return unbox(x.data[int(i) - 1])
        return _item(x, int(i) - 1)
    raise Surprise


def cell(x: Any, i: Any, j: Any) -> Any:
    """`m[i, j]` of a matrix without names"""
    if type(x) is RVector and type(i) in _NUMBERS and type(j) in _NUMBERS:
        attributes = x.attributes
        if attributes is not None and len(attributes) == 1 and "dim" in attributes:
            extents = attributes["dim"].data.tolist()
            if len(extents) == 2 and 1 <= i < extents[0] + 1 and 1 <= j < extents[1] + 1:
                return _item(x, int(i) - 1 + (int(j) - 1) * extents[0])
    if type(i) is RVector or type(j) is RVector:
        return several(x, i, j)
    return one_cell(x, i, j)


def one_cell(x: Any, i: Any, j: Any) -> Any:
    """`m[[i, j]]` of a matrix without names"""
    return _item(x, _cell_position(x, i, j))


def several(x: Any, *args: Any) -> Any:
    """`x[i, j, ...]` of an array without names"""
    if type(x) is not RVector:
        raise Surprise
    at = _one_position(x, args)
    if at is not None:
        return _item(x, at)
    found = picked(x, [box(i) for i in args], True)
    if found is None:
        raise Surprise
    return unbox(found)


def _one_position(x: RVector, args: tuple[Any, ...]) -> int | None:
    """Where in an array without names the element of one number for each axis is."""
    attributes = x.attributes
    if attributes is None or "dim" not in attributes or x.type not in _STORED:
        return None
    extents = attributes["dim"].data.tolist()
    if len(extents) != len(args) or len(attributes) != 1:
        return None
    at, stride = 0, 1
    for i, extent in zip(args, extents, strict=True):
        if type(i) not in _NUMBERS or not 1 <= i < extent + 1:
            return None
        at += (int(i) - 1) * stride
        stride *= extent
    return at


def _cell_position(x: Any, i: Any, j: Any) -> int:
    at = _one_position(x, (i, j)) if type(x) is RVector else None
    if at is None:
        raise Surprise
    return at


_NUMBERS = (float, int)


def dollar(x: Any, name: str, env: Environment) -> Any:
    """`x$name` of a list or an environment without class, read in code that runs in env"""
    if type(x) is RVector:
        if x.type == "list" and not _classed(x):
            names = _names(x)
            if name in names:
                return unbox(x.data[names.index(name)])
            if not any(n is not None and n.startswith(name) for n in names):
                return NULL
        raise Surprise
    if type(x) is Environment and x.attributes is None:
        return _in_environment(x, name, env)
    raise Surprise


def dollar_exact(x: RVector, name: str) -> Any:
    """`x[["name"]]` of a list"""
    if x.type == "list" and not _classed(x):
        names = _names(x)
        return unbox(x.data[names.index(name)]) if name in names else NULL
    raise Surprise


def _names(x: RVector) -> list[Any]:
    names = x.attributes.get("names") if x.attributes else None
    return [] if names is None else names.data.tolist()


def _in_environment(x: Environment, name: str, env: Environment) -> Any:
    if x is env:
        raise Surprise  # its variables may be newer in locals
    bound = x.values.get(name)
    if bound is None:
        return NULL
    value = peek(bound)
    if value is None:
        raise Surprise
    return value


_STORED: dict[str, tuple[type, ...]] = {
    "double": (float, int),
    "integer": (int,),
    "logical": (bool,),
    "character": (str,),
}


def put(x: Any, i: Any, value: Any) -> Any:
    """`x[i] <- value` of one number or string: the vector, changed or grown, or None where it cannot be."""
    if type(x) is not RVector or x.named > 1:
        return None
    kind = x.type
    index = type(i)
    if index is RVector or type(value) is RVector:
        return _put_several(x, (i,), value)
    if type(value) not in _STORED.get(kind, ()):
        return None
    if (index is not int and index is not float) or i < 1:
        return None
    data = x.data
    at = int(i) - 1
    if at < len(data):
        if not data.flags.writeable or _classed(x):
            return None
        data[at] = value
        return x
    if at > len(data) or x.attributes is not None:
        return None
    x.data = assign._longer(x, at + 1)
    x.data[at] = value
    return x


def _put_several(x: RVector, args: tuple[Any, ...], value: Any) -> Any:
    """`x[i, ...] <- value` of several numbers or strings."""
    new = box(value)
    if x.named > 1 or _classed(x) or not isinstance(new, RVector) or not x.data.flags.writeable:
        return None
    return x if placed(x, [box(i) for i in args], new) else None


def put_cells(x: Any, *rest: Any) -> Any:
    """`x[i, j, k, ...] <- value` of an array without class."""
    if type(x) is not RVector:
        return None
    at = _one_position(x, rest[:-1])
    if at is not None and type(rest[-1]) is not RVector:
        return put(x, at + 1, rest[-1])
    return _put_several(x, rest[:-1], rest[-1])


def put_element(x: Any, i: Any, value: Any, env: Environment) -> Any:
    """`x[[i]] <- value` in code that runs in env: as `put`, and for lists and environments too."""
    if type(x) is Environment:
        if type(i) is not str or x.locked is not None or x.attributes is not None:
            return None
        if any(scope is x for scope in env.chain()):
            return None  # its variables may be held in locals
        x.values[i] = _kept(value)
        return x
    if type(x) is not RVector or x.type != "list":
        return None if type(i) is RVector or type(value) is RVector else put(x, i, value)
    index = type(i)
    if index is str:
        names = _names(x)
        i = names.index(i) + 1 if i in names else 0
        index = int
    if (
        x.named > 1
        or value is NULL
        or value is x
        or (index is not int and index is not float)
        or i < 1
        or _classed(x)
    ):
        return None
    at = int(i) - 1
    if at == len(x.data) and x.attributes is None:
        x.data = assign._longer(x, at + 1)
    elif at >= len(x.data) or not x.data.flags.writeable:
        return None
    x.data[at] = _kept(value)
    return x


def _kept(value: Any) -> Any:
    value = box(value)
    if type(value) is RVector:
        value.named = 2
    return value


def put_one_cell(x: Any, i: Any, j: Any, value: Any) -> Any:
    """`m[[i, j]] <- value` of a matrix without class."""
    several = type(i) is RVector or type(j) is RVector or type(value) is RVector
    return None if several else put_cell(x, i, j, value)


def put_cell(x: Any, i: Any, j: Any, value: Any) -> Any:
    """`m[i, j] <- value` of a matrix without class."""
    attributes = x.attributes if type(x) is RVector else None
    if attributes is None or x.named > 1 or "class" in attributes or "dim" not in attributes:
        return None
    if type(i) is RVector or type(j) is RVector or type(value) is RVector:
        return _put_several(x, (i, j), value)
    extents = attributes["dim"].data.tolist()
    if len(extents) != 2 or type(i) not in _NUMBERS or type(j) not in _NUMBERS:
        return None
    rows, columns = extents
    if not (1 <= i <= rows and 1 <= j <= columns) or type(value) not in _STORED.get(x.type, ()):
        return None
    data = x.data
    if not data.flags.writeable:
        return None
    data[int(i) - 1 + (int(j) - 1) * rows] = value
    return x


# Vectors without class


_SAFE_ARITHMETIC = ("+", "-", "*", "/", "^")
_COMPARISONS = ("==", "!=", "<", ">", "<=", ">=")


def plain(name: str, a: Any, b: Any) -> Any:
    """An operator on plain vectors, where it can neither warn nor meet a method."""
    x, y = box(a), box(b)
    if not isinstance(x, RVector) or not isinstance(y, RVector) or _classed(x) or _classed(y):
        raise Surprise
    result = plain_operation(name, x, y)
    if result is not None:
        return result if len(result.data) != 1 else unbox(result)
    m, n = len(x), len(y)
    if m != n and m != 1 and n != 1:
        raise Surprise
    kinds = {x.type, y.type}
    try:
        if name in _SAFE_ARITHMETIC:
            if "double" in kinds and kinds <= {"double", "integer"}:
                return unbox(arith.arithmetic(name, x, y))
        elif name in ("&", "|"):
            if kinds == {"logical"}:
                return unbox(arith.logic(name, x, y))
        elif name in _COMPARISONS and (kinds <= {"double", "integer", "logical"} or kinds == {"character"}):
            return unbox(arith.compare(name, x, y))
    except UserError:
        pass
    raise Surprise


def sequence(first: Any, last: Any) -> RVector:
    """`first:last` of whole numbers"""
    steps = count(first, last)
    if steps is None:
        raise Surprise
    return RVector("integer", np.arange(steps.start, steps.stop, steps.step, dtype=np.int32))


_DOUBLE_AND_INTEGER = {float, int}


def combine(*parts: Any) -> Any:
    """`c(...)` of numbers, strings and plain vectors of one type."""
    kinds = {type(part) for part in parts}
    if len(kinds) == 1:
        kind = kinds.pop()
        if kind is float:
            return RVector("double", np.array(parts))
        if kind is int:
            return RVector("integer", np.array(parts, dtype=np.int32))
        if kind is str:
            data = np.empty(len(parts), dtype=object)
            data[:] = parts
            return RVector("character", data)
    elif kinds == _DOUBLE_AND_INTEGER:
        return RVector("double", np.array(parts))
    pieces = [box(part) for part in parts if part is not NULL]
    if not pieces or not all(isinstance(p, RVector) and p.attributes is None for p in pieces):
        raise Surprise
    types = {p.type for p in pieces}
    if len(types) != 1 or types & {"list", "expression"} or sum(map(len, pieces)) > _LONG:
        raise Surprise
    return RVector(types.pop(), np.concatenate([p.data for p in pieces]))


def converted(x: RVector, kind: str) -> RVector:
    """`as.integer(x)` and `as.double(x)` of flags and integers, which never warn."""
    if _classed(x) or x.type not in ("logical", "integer"):
        raise Surprise
    if x.type == kind:
        return x.with_attributes(None)
    if x.type == "logical" and _NA_FLAG not in x.data.tobytes():
        return RVector(kind, x.data.astype(DTYPES[kind]))
    return RVector(kind, convert_data(x.data, x.type, kind))


def extreme(x: RVector, name: str) -> Any:
    """`max(x)` and `min(x)` of numbers without NA."""
    if _classed(x) or x.type not in ("integer", "double") or not len(x.data):
        raise Surprise
    least = x.data.min().item()
    if least != least or (x.type == "integer" and least == _NA_INT):
        raise Surprise
    return least if name == "min" else x.data.max().item()

"""Functions of base R on few plain numbers, flags or strings, as generated code calls them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..values import NULL, RVector, object_array
from ..vectors import ordinary
from .boxes import box
from .runtime import Surprise, count_along, count_to

_NA_INT, _NA_LOGICAL = -2147483648, -128
SHORT = 200
"""Longer vectors are numpy's business."""


def _items(x: Any, *types: str) -> list[Any]:
    """The elements of a short vector without attributes."""
    if type(x) is not RVector or x.attributes is not None or x.type not in types or len(x.data) > SHORT:
        raise Surprise
    return x.data.tolist()


def total(x: Any) -> Any:
    """`sum(x)`; doubles are added in extended precision, as R does."""
    if type(x) is RVector and x.type == "double" and ordinary.quiet:
        attributes = x.attributes
        result = float(np.add.reduce(x.data, dtype=np.longdouble))
        if result != result or (attributes is not None and "class" in attributes):
            raise Surprise
        return result
    items = _items(x, "integer", "logical")
    result = sum(items)
    if (_NA_INT if x.type == "integer" else _NA_LOGICAL) in items or abs(result) > 2147483647:
        raise Surprise
    return result


def any_true(x: Any) -> bool:
    """`any(x)`"""
    if type(x) is bool:
        return x
    items = _items(x, "logical")
    if 1 not in items and _NA_LOGICAL in items:
        raise Surprise
    return 1 in items


def all_true(x: Any) -> bool:
    """`all(x)`"""
    if type(x) is bool:
        return x
    items = _items(x, "logical")
    if 0 not in items and _NA_LOGICAL in items:
        raise Surprise
    return 0 not in items


def are_texts(x: Any) -> bool:
    """Whether a value is strings without attributes."""
    return type(x) is RVector and x.type == "character" and x.attributes is None


def compared_texts(compute: Callable[[Any, Any], Any], texts: np.ndarray, text: str) -> RVector:
    """== and != of several strings, none of them NA, and one."""
    if len(texts) < 2 or None in texts.tolist():
        raise Surprise
    return RVector("logical", compute(texts, text).view(np.int8))


def _extreme_at(x: Any, best: Any) -> int:
    items = _items(x, "double", "integer")
    tally = sum(items)
    if not items or tally != tally or (x.type == "integer" and _NA_INT in items):
        raise Surprise
    return items.index(best(items)) + 1


def which_max(x: Any) -> int:
    """`which.max(x)`"""
    return _extreme_at(x, max)


def which_min(x: Any) -> int:
    """`which.min(x)`"""
    return _extreme_at(x, min)


def reversed_(x: Any) -> RVector:
    """`rev(x)`"""
    if type(x) is not RVector or x.attributes is not None:
        raise Surprise
    return RVector(x.type, x.data[::-1].copy())


def _counted(steps: range | None) -> RVector:
    if steps is None:
        raise Surprise
    return RVector("integer", np.arange(1, steps.stop, dtype=np.int32))


def sequence_to(n: Any) -> RVector:
    """`seq_len(n)`"""
    return _counted(count_to(n) if type(n) is not float or n <= SHORT else None)


def sequence_along(x: Any) -> RVector:
    """`seq_along(x)`"""
    return _counted(count_along(x))


def extents(x: Any) -> Any:
    """`dim(x)`"""
    if type(x) is not RVector or (x.attributes is not None and "class" in x.attributes):
        raise Surprise
    dim = x.attributes.get("dim") if x.attributes else None
    return NULL if dim is None else RVector("integer", dim.data.astype(np.int32))


def listed(*parts: Any) -> RVector:
    """`list(...)` without names"""
    items = [box(part) for part in parts]
    for item in items:
        if type(item) is RVector:
            item.named = 2
    return RVector("list", object_array(items))


def named(names: RVector, x: Any) -> RVector:
    """What `list(...)` or `c(...)` of so many single values made, with names."""
    if type(x) is not RVector or len(x.data) != len(names.data):
        raise Surprise
    names.named = 2
    x.attributes = {"names": names}
    return x


_KINDS = {str: "character", int: "integer", float: "double"}


def contained(x: Any, table: Any) -> bool:
    """`x %in% table` of one number or string."""
    kind = _KINDS.get(type(x))
    if kind is None or x != x:
        raise Surprise
    return x in _items(table, kind)

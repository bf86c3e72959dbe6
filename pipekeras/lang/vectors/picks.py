"""Most subscripts are few plain numbers inside the vector: those, without numpy's cost for each step.

Each function returns None where the general way of `subset` and `assign` is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..values import MISSING, RVector, Scalar
from .coerce import cell

SHORT = 200
"""An index up to this length is looked through as a Python list."""

Pick = slice | np.ndarray
"""0-based positions inside a vector: neighbours as a slice, which numpy takes without looking at each."""


def pick(index: Any, n: int) -> Pick | None:
    """The positions of n elements that an index picks."""
    kind = index.__class__
    if kind is Scalar:
        number = index.value
        if (index.type == "double" or index.type == "integer") and 1 <= number < n + 1:
            at = int(number) - 1
            return slice(at, at + 1)
        if number.__class__ is str or number is None or not -n - 1 < number <= -1 or index.type == "logical":
            return None
        return _without(n, int(-number) - 1)
    if kind is RVector:
        if index.attributes is None or "dim" not in index.attributes:
            return _several(index, n)
        return None
    return slice(0, n) if index is MISSING else None


def _without(n: int, at: int) -> Pick:
    if at == 0:
        return slice(1, n)
    if at == n - 1:
        return slice(0, at)
    kept = np.ones(n, dtype=bool)
    kept[at] = False
    return kept.nonzero()[0]


def _several(index: RVector, n: int) -> Pick | None:
    data = index.data
    count = len(data)
    if not 0 < count <= SHORT:
        return None
    items = data.tolist()
    if index.type == "logical":
        return None if count != n or -128 in items else data.nonzero()[0]
    if index.type == "double":
        try:
            items = list(map(int, items))
        except (ValueError, OverflowError):  # NaN and infinity
            return None
    elif index.type != "integer":
        return None
    low, high = min(items), max(items)
    if low < 1 or high > n:
        return None
    if high - low == count - 1 and items == list(range(low, high + 1)):
        return slice(low - 1, high)
    return np.array(items) - 1


def _grid(x: RVector, args: Sequence[Any]) -> tuple[list[int], list[Pick]] | None:
    """The extents of an array and what is picked along each axis, both with the last axis first."""
    dim: Any = x.attributes.get("dim") if x.attributes else None
    if dim is None:
        return None
    extents: list[int] = dim.data.tolist()
    if len(extents) != len(args):
        return None
    picks = []
    for index, extent in zip(args, extents, strict=True):
        picked = pick(index, extent)
        if picked is None:
            return None
        picks.append(picked)
    extents.reverse()
    picks.reverse()
    return extents, picks


def picked(x: RVector, args: Sequence[Any], drop: bool) -> RVector | None:
    """`x[args]` of a vector or array with no attributes but names or dim."""
    attributes = x.attributes
    if len(args) == 1:
        return _picked_vector(x, args[0], attributes)
    if attributes is None or len(attributes) != 1:
        return None
    found = _grid(x, args)
    if found is None:
        return None
    extents, picks = found
    grid = x.data.reshape(extents)
    grid = grid[tuple([p if p.__class__ is slice else slice(None) for p in picks])]
    for axis, each in enumerate(picks):
        if each.__class__ is not slice:
            grid = grid.take(each, axis)  # pyright: ignore
    shape = list(grid.shape)
    shape.reverse()
    if drop:
        kept = [extent for extent in shape if extent != 1]
        if len(kept) < len(shape):
            if not kept:
                return cell(x.type, grid.ravel(), 0)
            if len(kept) == 1:
                return RVector(x.type, grid.flatten())
        shape = kept
    return RVector(x.type, grid.flatten(), {"dim": RVector("integer", np.array(shape, dtype=np.int32))})


def _picked_vector(x: RVector, index: Any, attributes: Any) -> RVector | None:
    names = None
    if attributes is not None:
        names = attributes.get("names")
        if names is None or len(attributes) != 1:
            return None
    if index is MISSING:
        return None
    data = x.data
    if index.type == "character":
        at = None if names is None or index.attributes is not None else _by_name(names.data, index)
    else:
        at = pick(index, len(data))
    if at is None:
        return None
    if at.__class__ is slice and names is None and at.stop - at.start == 1:  # pyright: ignore
        return cell(x.type, data, at.start)  # pyright: ignore
    out = data[at].copy() if at.__class__ is slice else data[at]
    if names is None:
        return RVector(x.type, out)
    kept = names.data[at]
    return RVector(x.type, out, {"names": RVector("character", kept.copy())})


def _by_name(names: np.ndarray, index: RVector) -> Pick | None:
    """The positions of the first elements with those names."""
    wanted, known = index.data.tolist(), names.tolist()
    if not 0 < len(wanted) * len(known) <= SHORT or not all(wanted):  # "" and NA name nothing
        return None
    try:
        return np.array([known.index(name) for name in wanted])
    except ValueError:
        return None


def placed(x: RVector, args: Sequence[Any], items: RVector) -> bool:
    """`x[args] <- items` in place, x being writable: of the same type, or whole numbers among doubles."""
    data = items.data
    count = len(data)
    if x.type != items.type and not _widens(x, items):
        return False
    target = x.data
    if len(args) == 1:
        picks: Any = pick(args[0], len(target))
        if picks is None or count == 0 or count not in (1, _length(picks)) or _length(picks) == 0:
            return False
        _share(data, x.type)
        target[picks] = data
        return True
    found = _grid(x, args)
    if found is None:
        return False
    extents, picks = found
    if sum([p.__class__ is not slice for p in picks]) > 1:
        return False
    shape = [_length(p) for p in picks]
    size = 1
    for extent in shape:
        size *= extent
    if not size or count not in (1, size):
        return False
    _share(data, x.type)
    target.reshape(extents)[tuple(picks)] = data.reshape(shape) if count > 1 else data
    return True


def _widens(x: RVector, items: RVector) -> bool:
    """Whether numpy itself makes the items doubles: integers without NA."""
    if x.type != "double" or items.type != "integer":
        return False
    data = items.data
    return -2147483648 not in (data.tolist() if len(data) <= SHORT else data)


def _share(items: np.ndarray, type: str) -> None:
    """Elements of a list that is copied into another are reached by both."""
    if type == "list" or type == "expression":
        for item in items:
            if item.__class__ is RVector:
                item.named = 2


def _length(at: Pick) -> int:
    return at.stop - at.start if at.__class__ is slice else len(at)  # pyright: ignore

"""Joining values: what `c` and `unlist` do, with R's way of building names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..values import DTYPES, NA_INTEGER, NULL, Dots, RVector, Scalar, character, object_array
from .coerce import common_type, convert_data, elements, guard_joined, has_class
from .nesting import guard_nesting


class _Missing(str):
    """A missing name: NA alone, "NA" as a part of a longer name."""


_NA = _Missing("NA")


def _tags(names: Sequence[str | None] | None, n: int) -> list[str]:
    return [""] * n if names is None else [_NA if name is None else name for name in names]


class _Names:
    """Builds the names of a joined vector, as R's `c(a = 1:2)` gives a1 and a2."""

    def __init__(self, deep: bool) -> None:
        self.deep = deep
        self.out: list[str] = []
        self.number = 0
        self.count = 0

    def add(self, value: Any, base: str, tag: str) -> None:
        """Names of all elements of a value that stands under a tag below a base."""
        saved_number, saved_count = 0, self.count
        if tag:
            base = f"{base}.{tag}" if base else tag
            saved_number = self.number
            self.number, self.count = 0, self._leaves(value)
        names = value.names if isinstance(value, RVector) else None
        if self.deep and isinstance(value, RVector) and value.type in ("list", "expression"):
            for item, own in zip(value.data, _tags(names, len(value)), strict=True):
                self.add(item, base, own)
        elif isinstance(value, RVector):
            self._add_atomic(names, len(value), base)
        elif value is not NULL:
            self._one(base, "")
        if tag:
            self.count = saved_count
        self.number += saved_number

    def _add_atomic(self, names: list[str | None] | None, n: int, base: str) -> None:
        if not base:
            self.number += n
            self.out.extend(_tags(names, n))
            return
        for own in _tags(names, n):
            self._one(base, own)

    def _one(self, base: str, tag: str) -> None:
        self.number += 1
        if base and tag:
            name = f"{base}.{tag}"
        elif base:
            name = base if self.count == 1 else f"{base}{self.number}"
        else:
            name = tag
        self.out.append(name)

    def _leaves(self, value: Any) -> int:
        """How many leaves share a tag as their name's base (those with names of their own do not count)."""
        if not isinstance(value, RVector):
            return 0 if value is NULL else 1
        if self.deep and value.type in ("list", "expression"):
            names = value.names
            return sum(self._leaves(item) for i, item in enumerate(value.data) if not (names and names[i]))
        return len(value)


def _has_names(value: Any, deep: bool) -> bool:
    if not isinstance(value, RVector):
        return False
    if value.attributes and value.names is not None:
        return True
    if deep and value.type in ("list", "expression"):
        return any(_has_names(item, deep) for item in value.data)
    return False


def joined_names(pairs: Sequence[tuple[str | None, Any]], deep: bool) -> list[str | None] | None:
    """The names of the joined vector, or None where nothing is named.

    Args:
        pairs: the name, "" for none, None for NA, and the value
    """
    if not any(tag != "" or _has_names(value, deep) for tag, value in pairs):
        return None
    names = _Names(deep)
    for tag, value in pairs:
        names.number = names.count = 0
        names.add(value, "", _NA if tag is None else tag)
    return [None if name is _NA else name for name in names.out]


def combine(pairs: Dots, deep: bool = False, use_names: bool = True) -> Any:
    """`c(...)`: all values in one vector of the richest type; what is no vector makes it a list.

    Args:
        pairs: (name or None, value)
        deep: take lists apart (`recursive = TRUE`, `unlist`)
    """
    # a name of NULL makes no names
    return _combine([(tag or "", value) for tag, value in pairs if value is not NULL], deep, use_names)


def _combine(pairs: Sequence[tuple[str | None, Any]], deep: bool, use_names: bool) -> Any:
    if deep:
        guard_nesting(*(value for _, value in pairs))
    leaves = _leaves(pairs) if deep else [value for _, value in pairs]
    kind = common_type(leaves)
    if kind == "NULL":
        return NULL
    data = _join(leaves, kind)
    names = joined_names(pairs, deep) if use_names else None
    return RVector(kind, data, {"names": character(object_array(names))} if names is not None else None)


def _leaves(pairs: Sequence[tuple[str | None, Any]]) -> list[Any]:
    out: list[Any] = []
    stack = [value for _, value in reversed(pairs)]
    while stack:
        value = stack.pop()
        if isinstance(value, RVector) and value.type in ("list", "expression"):
            stack.extend(reversed(value.data))
        else:
            out.append(value)
    return out


def _join(values: Sequence[Any], kind: str) -> np.ndarray:
    if kind in ("list", "expression"):
        guard_joined([value for value in values if isinstance(value, RVector)], kind)
        items: list[Any] = []
        for value in values:
            items.extend(elements(value) if isinstance(value, RVector) else [] if value is NULL else [value])
        for item in items:
            if item.__class__ is RVector:
                item.named = 2
        return object_array(items)
    if len(values) > 1 and all(v.__class__ is Scalar and v.type == kind for v in values):
        return np.fromiter((v.value for v in values), dtype=DTYPES[kind], count=len(values))
    guard_joined(values, kind)
    parts = [convert_data(v.data, v.type, kind) for v in values if v is not NULL]
    return np.concatenate(parts) if parts else np.empty(0, dtype=DTYPES[kind])


def join_factors(factors: Sequence[RVector]) -> RVector:
    """Factors joined: levels in order of appearance (`unlist` of factors, `c.factor`)."""
    levels: dict[str | None, int] = {}
    parts = []
    for each in factors:
        own = each.attribute("levels")
        places = [levels.setdefault(w, len(levels) + 1) for w in (own.data if own is not None else ())]
        table = np.array([NA_INTEGER, *places], dtype=np.int32)
        parts.append(table[np.where(each.data == NA_INTEGER, 0, each.data)])
    guard_joined(factors, "integer")
    joined = np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)
    return RVector("integer", joined, {"levels": character(list(levels)), "class": character("factor")})


def _flat(items: np.ndarray) -> RVector | None:
    """Plain vectors of one type as one; None where there is more to do."""
    if not len(items) or set(map(type, items)) - {RVector, Scalar}:
        return None
    kind = items[0].type
    if kind in ("list", "expression") or any([v.attributes is not None or v.type != kind for v in items]):
        return None
    return RVector(kind, _join(list(items), kind))


def unlist(x: Any, deep: bool = True, use_names: bool = True) -> Any:
    """R's unlist: a list as one atomic vector where that is possible."""
    if not isinstance(x, RVector) or x.type not in ("list", "expression"):
        return x
    flat = _flat(x.data) if x.attributes is None else None
    if flat is not None:
        return flat
    if deep:
        guard_nesting(x)
    pairs = list(zip(x.names or [""] * len(x), x.data, strict=True))
    leaves = _leaves(pairs) if deep else [v for _, v in pairs]
    if leaves and all(has_class(leaf, "factor") for leaf in leaves):
        out = join_factors(leaves)
        joined = joined_names(pairs, deep) if use_names else None
        if joined is not None:
            out.attributes = {**(out.attributes or {}), "names": character(object_array(joined))}
        return out
    if any(not isinstance(leaf, RVector) and leaf is not NULL for leaf in leaves):
        # functions and other objects cannot stand in an atomic vector: R leaves the list as it is
        if not deep or all(item is leaf for item, leaf in zip(x.data, leaves, strict=False)):
            return x
        return combine([(None, leaf) for leaf in leaves], use_names=False)
    return _combine(pairs, deep, use_names)

"""When values are the same: keys for matching and uniqueness, and R's identical."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...syntax.tree import Call, Const, Function, Name
from ..language import constant_value
from ..values import NULL, Builtin, Closure, RVector, is_real_na
from .coerce import LADDER, convert_data, has_class
from .coerce import factor_or_text as text_of
from .ordering import numbered

# Codes: equal elements have equal whole numbers


def plain(x: Any) -> RVector:
    """What match() and unique() look at: factors by their levels' names, NULL as nothing."""
    if x is NULL:
        return RVector("logical", np.empty(0, dtype=np.int8))
    return text_of(x) if has_class(x, "factor") else x


def codes(*vectors: RVector) -> list[np.ndarray]:
    """Whole numbers for the elements of vectors (brought to one type): equal ones get equal numbers."""
    kind = max((v.type for v in vectors), key=LADDER.__getitem__)
    datas = [convert_data(v.data, v.type, kind) for v in vectors]
    sizes = np.cumsum([len(d) for d in datas])[:-1]
    joined = np.concatenate(datas)
    if kind in ("character", "list", "expression") or (len(joined) <= SHORT and kind != "complex"):
        keys = _keys(joined, kind)
        table = dict(zip(distinct := dict.fromkeys(keys), range(len(distinct)), strict=True))
        out = np.fromiter(map(table.__getitem__, keys), np.int64, len(keys))
    elif kind == "double":
        out = numbered(_bit_patterns(joined))
    elif kind == "complex":
        out = np.unique(joined, return_inverse=True)[1]
    else:
        out = numbered(joined)
    return np.split(out, sizes)


SHORT = 100
"""Few numbers are told apart by a table too."""


def _keys(data: np.ndarray, kind: str) -> list[Any]:
    if kind in ("list", "expression"):
        return [hashable(item) for item in data]
    return _bit_patterns(data).tolist() if kind == "double" and np.isnan(data).any() else data.tolist()


def _bit_patterns(data: np.ndarray) -> np.ndarray:
    """Doubles as words: all NA alike, all NaN alike, -0 as 0."""
    clean = np.where(data == 0, 0.0, data)
    words = clean.view(np.int64).copy()
    bad = np.isnan(data)
    if bad.any():
        words[bad] = np.where(is_real_na(data)[bad], 1, 2) + np.int64(0x7FF8000000000000)
    return words


def hashable(value: Any) -> Any:
    """A key equal for values that are identical, for lists and attributes as well."""
    if isinstance(value, RVector):
        if value.type in ("list", "expression"):
            data: Any = tuple(hashable(v) for v in value.data)
        elif value.type == "character":
            data = tuple(value.data)
        else:
            data = (_bit_patterns(value.data) if value.type == "double" else value.data).tobytes()
        attributes = value.attributes or {}
        return value.type, data, frozenset((k, hashable(v)) for k, v in attributes.items())
    if isinstance(value, (Name, Call, Function, Const)):
        return "language", language_key(value)
    if isinstance(value, Closure):
        return "closure", id(value.node), id(value.environment)
    return id(value)


def language_key(node: Any) -> Any:
    """A key of a syntax tree without its places in the source."""
    if isinstance(node, Name):
        return "name", node.name
    if isinstance(node, Const):
        return "const", hashable(constant_value(node))
    if isinstance(node, Call):
        return language_key(node.function), tuple((a.name, language_key(a.value)) for a in node.args)
    if isinstance(node, Function):
        params = tuple((a.name, language_key(a.value)) for a in node.params)
        return "function", params, language_key(node.body)
    return hashable(node)


def identical(a: Any, b: Any) -> bool:
    """R's identical: the same type, data and attributes (in any order)."""
    if a is b:
        return True
    if isinstance(a, RVector) and isinstance(b, RVector):
        return _same_vectors(a, b)
    if isinstance(a, Closure) and isinstance(b, Closure):
        return a.environment is b.environment and language_key(a.node) == language_key(b.node)
    if isinstance(a, (Name, Call, Function)) and isinstance(b, (Name, Call, Function)):
        return language_key(a) == language_key(b)
    if isinstance(a, Builtin) and isinstance(b, Builtin):
        return a.name == b.name
    return False


def _same_vectors(a: RVector, b: RVector) -> bool:
    if a.type != b.type or len(a) != len(b):
        return False
    first, second = a.attributes or {}, b.attributes or {}
    if first.keys() != second.keys() or not all(identical(v, second[k]) for k, v in first.items()):
        return False
    if a.type in ("list", "expression"):
        return all(identical(x, y) for x, y in zip(a.data, b.data, strict=True))
    if a.type == "double":
        return bool((_bit_patterns(a.data) == _bit_patterns(b.data)).all())
    if a.type == "complex":
        parts = ((part(a.data), part(b.data)) for part in (np.real, np.imag))
        return all(bool(np.array_equal(x, y, equal_nan=True)) for x, y in parts)
    return bool(np.array_equal(a.data, b.data))

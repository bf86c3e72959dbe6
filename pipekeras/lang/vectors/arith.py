"""R's operators on vectors: arithmetic, comparison, logic; recycling, NA and the attributes of results."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Call, Function, Name
from .. import conditions
from ..foreign import foreign_type
from ..text.collate import c_locale, collation_key
from ..values import (
    MISSING,
    NA_INTEGER,
    NA_LOGICAL,
    NA_REAL,
    NULL,
    Attributes,
    RVector,
    is_real_na,
    object_array,
    stretched,
)
from .coerce import LADDER, convert_data, deparse_text, has_class, is_atomic
from .ordinary import plain_operation, plain_unary
from .ranges import LONG, Range

_COMPARE_KEYS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


# Recycling and attributes


def check_dims(a: RVector, b: RVector) -> None:
    """Two arrays of one operation must have equal dimensions; nothing may be longer than a time series."""
    for series, other in ((a, b), (b, a)):
        if series.attributes and "tsp" in series.attributes and len(series) < len(other):
            raise UserError("time-series/vector length mismatch", code=Code.VALUE)
    if a.attributes and b.attributes and a.dim is not None and b.dim is not None and a.dim != b.dim:
        raise UserError(
            "non-conformable arrays",
            code=Code.VALUE,
            cause=f"their dimensions are ({_dims(a)}) and ({_dims(b)})",
            cure="arrays of an operation need equal dimensions",
        )


def recycle(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both arrays in one length, or left to numpy's broadcasting when one has length 1."""
    m, n = len(a), len(b)
    if m == n or ((m == 1 or n == 1) and m and n):
        return a, b
    if m == 0 or n == 0:
        return a[:0], b[:0]
    if max(m, n) % min(m, n):
        conditions.warn("longer object length is not a multiple of shorter object length")
    return stretched(a, max(m, n)), stretched(b, max(m, n))


_SHAPE = ("names", "dim", "dimnames", "tsp")


def result_attributes(a: RVector, b: RVector, length: int, keep_class: bool) -> Attributes | None:
    """What an operator's result inherits: dim, dimnames, names, and for arithmetic all other attributes too.

    Attributes of the first operand win; those of an operand shorter than the result are not kept.
    """
    if not a.attributes and not b.attributes:
        return None
    first, second = a.attributes or {}, b.attributes or {}
    out: Attributes = {}
    if keep_class:
        for attributes, vector in ((second, b), (first, a)):
            if len(vector) == length:
                out.update({k: v for k, v in attributes.items() if k not in _SHAPE})
    holders = [(first, a), (second, b)]
    dim = _result_dim(a, b)
    if dim is not None:
        if length != int(np.prod(dim.data.astype(np.int64))):
            raise UserError(
                f"dims [product {int(np.prod(dim.data))}] do not match the length of object [{length}]"
            )
        out["dim"] = dim
        named = ("dimnames", [at for at, _ in holders])
    else:
        named = ("names", [at for at, v in holders if len(v) == length])
    value = next((at[named[0]] for at in named[1] if named[0] in at), None)
    if value is not None:
        out[named[0]] = value
    if "tsp" in first or "tsp" in second:
        _keep_time(out, a, b, length)
    return out or None


def _result_dim(a: RVector, b: RVector) -> Any:
    """The dim of the result: the first array's, unless the other side is empty or longer than one cell."""
    for array, other in ((a, b), (b, a)):
        dim = array.attribute("dim")
        if dim is None:
            continue
        if other.attribute("dim") is None and len(array) == 1 != len(other):
            return None
        if len(other) or not len(array) or other.attribute("dim") is not None:
            return dim
    return None


def _keep_time(out: Attributes, a: RVector, b: RVector, length: int) -> None:
    """The result of a time series is one."""
    series = a if a.attribute("tsp") is not None else b
    if not length:
        raise UserError("cannot assign 'tsp' to zero-length vector", code=Code.VALUE)
    out["tsp"] = series.attribute("tsp")
    if series.attribute("class") is not None:
        out["class"] = series.attribute("class")


def _dims(x: RVector) -> str:
    return ", ".join(map(str, x.dim or ()))


def _foreign(op: str, a: Any, b: Any) -> Any:
    """The operator's result when an operand is a foreign object, else None."""
    for operand in (a, b):
        if not isinstance(operand, RVector):
            foreign = foreign_type(operand)
            if foreign is not None:
                return foreign.arith(op, a, b)
    return None


def _simple_or_foreign(op: str, a: Any, b: Any) -> Any:
    """The result where nothing is to be asked of vectors, or where an operand is foreign; else None."""
    if isinstance(a, RVector) and isinstance(b, RVector):
        return plain_operation(op, a, b)
    return _foreign(op, a, b)


# Arithmetic


def _int_add(op: str, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    wide = {"+": np.add, "-": np.subtract, "*": np.multiply}[op](a.astype(np.int64), b.astype(np.int64))
    missing = (a == NA_INTEGER) | (b == NA_INTEGER)
    over = np.abs(wide) > 2147483647
    over &= ~missing
    if over.any():
        conditions.warn("NAs produced by integer overflow")
    return np.where(missing | over, NA_INTEGER, wide).astype(np.int32)


def _int_divide(op: str, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    missing = (a == NA_INTEGER) | (b == NA_INTEGER) | (b == 0)
    divisor = np.where(missing, 1, b)
    out = np.floor_divide(a, divisor) if op == "%/%" else np.mod(a, divisor)
    return np.where(missing, NA_INTEGER, out).astype(np.int32)


def _real_mod(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    quotient = np.abs(a / b)
    for _ in range(int(((quotient > 2.0**52) & np.isfinite(quotient)).sum())):
        conditions.warn("probable complete loss of accuracy in modulus")
    return np.where(b == 0, np.nan, np.mod(a, b) + 0.0)  # R's zeros are positive


def _real_int_divide(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    quotient = a / b
    return np.where(np.isfinite(quotient) & (b != 0), np.floor_divide(a, b) + 0.0, quotient)


def _powers_of_wholes(a: np.ndarray, b: np.ndarray) -> np.ndarray | None:
    """Powers of whole numbers by the C library: numpy's 10^-5 is not 0.00001. None where one overflows."""
    if a.dtype != np.float64 or b.dtype != np.float64 or not (_all_whole(a) and _all_whole(b)):
        return None
    base, exponent = np.broadcast_arrays(a, b)
    try:
        return np.array(list(map(math.pow, base.tolist(), exponent.tolist())))
    except (OverflowError, ValueError):
        return None


def _all_whole(data: np.ndarray) -> bool:
    return bool((np.isfinite(data) & (data == np.trunc(data))).all())


def _power(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    if len(b) == 1 and b[0] == 2.0:
        return a * a
    out = _powers_of_wholes(a, b)
    if out is not None:
        return out
    out = np.power(a, b)
    out = np.where((a < 0) & np.isinf(b), np.nan, out)  # numpy has limits where R has none
    if np.isnan(b).any():  # of two missing numbers NA wins
        out = np.where(np.isnan(out) & is_real_na(np.broadcast_to(b, out.shape)), NA_REAL, out)
    return out


_REAL: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "^": _power,
    "%%": _real_mod,
    "%/%": _real_int_divide,
}


def arithmetic(op: str, a: Any, b: Any) -> Any:
    """`a op b` for + - * / ^ %% %/%.

    Raises:
        UserError: "non-numeric argument to binary operator", "non-conformable arrays"
    """
    result = _simple_or_foreign(op, a, b)
    if result is not None:
        return result
    x, y = _numeric(a), _numeric(b)
    check_dims(x, y)
    left, right = recycle(x.data, y.data)
    type, data = _compute(op, x.type, left, y.type, right)
    return RVector(type, data, result_attributes(x, y, len(data), keep_class=True))


def _compute(op: str, x: str, left: np.ndarray, y: str, right: np.ndarray) -> tuple[str, np.ndarray]:
    kind = x if LADDER[x] >= LADDER[y] else y
    with np.errstate(all="ignore"):
        if kind in ("logical", "integer"):
            if op not in ("/", "^"):
                left, right = convert_data(left, x, "integer"), convert_data(right, y, "integer")
                whole = _int_divide if op in ("%%", "%/%") else _int_add
                return "integer", whole(op, left, right)
            kind = "double"
        left, right = convert_data(left, x, kind), convert_data(right, y, kind)
        if kind == "complex" and op in ("%%", "%/%"):
            raise UserError("unimplemented complex operation", code=Code.TYPE)
        return kind, _REAL[op](left, right)


def _numeric(value: Any) -> RVector:
    if isinstance(value, RVector) and value.type in ("logical", "integer", "double", "complex"):
        return value
    if value is NULL:
        return RVector("integer", np.empty(0, dtype=np.int32))
    raise UserError(
        "non-numeric argument to binary operator",
        code=Code.TYPE,
        cause=f"an operand is {_describe(value)}",
        cure="operators of arithmetic need numbers or logical values",
    )


def _describe(value: Any) -> str:
    names = {"character": "text", "closure": "a function", "builtin": "a function", "list": "a list"}
    kind = getattr(value, "type", None)
    return names.get(kind, f"of type '{kind}'") if isinstance(kind, str) else "no vector"


def unary(op: str, a: Any) -> Any:
    """`-a`, `+a` or `!a`."""
    if a.__class__ is RVector:
        result = plain_unary(op, a)
        if result is not None:
            return result
    result = _foreign(op, a, NULL)
    if result is not None:
        return result
    if op == "!":
        return _negate_logical(a)
    if not isinstance(a, RVector) or a.type not in ("logical", "integer", "double", "complex"):
        raise UserError("invalid argument to unary operator", code=Code.TYPE)
    type = "integer" if a.type == "logical" else a.type
    data = convert_data(a.data, a.type, type)
    if op == "-":
        # the NA of integers is its own negative: -(-2^31) wraps around
        data = np.negative(data)
    if op == "+" and a.type == type:
        return a
    return RVector(type, data, dict(a.attributes) if a.attributes else None)


def _negate_logical(a: Any) -> RVector:
    if not isinstance(a, RVector) or a.type not in ("logical", "integer", "double", "complex", "raw"):
        if isinstance(a, RVector) and not len(a):
            return RVector("logical", np.empty(0, dtype=np.int8))
        raise UserError("invalid argument type", code=Code.TYPE)
    attributes = a.attributes
    if a.type == "raw":
        return RVector("raw", ~a.data, attributes and dict(attributes))
    data = convert_data(a.data, a.type, "logical")
    if attributes and a.type != "logical":
        names = None if a.names is None else {"names": RVector("character", object_array(a.names))}
        attributes = {**(names or {}), **{k: v for k, v in attributes.items() if k in ("dim", "dimnames")}}
    return RVector(
        "logical",
        np.where(data == NA_LOGICAL, NA_LOGICAL, data == 0).astype(np.int8),
        dict(attributes) if attributes else None,
    )


# Comparison


_COMPARE: dict[str, Any] = {
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    ">": np.greater,
    "<=": np.less_equal,
    ">=": np.greater_equal,
}


def compare(op: str, a: Any, b: Any) -> Any:
    """`a op b` for == != < > <= >=."""
    result = _simple_or_foreign(op, a, b)
    if result is not None:
        return result
    x, y = _comparable(a, b, op), _comparable(b, a, op)
    check_dims(x, y)
    left, right = recycle(x.data, y.data)
    kind = x.type if LADDER[x.type] >= LADDER[y.type] else y.type
    if kind == "complex" and op not in ("==", "!="):
        raise UserError("invalid comparison with complex values", code=Code.TYPE)
    with np.errstate(all="ignore"):
        data = _compare_data(op, left, x.type, right, y.type, kind)
    return RVector("logical", data, result_attributes(x, y, len(data), keep_class=False))


def _compare_data(op: str, left: np.ndarray, x: str, right: np.ndarray, y: str, kind: str) -> np.ndarray:
    if kind in ("character", "list"):
        return _compare_text(op, convert_data(left, x, "character"), convert_data(right, y, "character"))
    if kind == "double" or x != y:
        kind = "complex" if kind == "complex" else "double"
        left, right = convert_data(left, x, kind), convert_data(right, y, kind)
        missing = np.isnan(left) | np.isnan(right)
    elif kind == "raw":
        missing = np.zeros(1, dtype=bool)
    elif kind == "complex":
        missing = np.isnan(left) | np.isnan(right)
    else:
        na = NA_LOGICAL if kind == "logical" else NA_INTEGER
        missing = (left == na) | (right == na)
    out = _COMPARE[op](left, right).astype(np.int8)
    if missing.any():
        out[np.broadcast_to(missing, out.shape)] = NA_LOGICAL
    return out


def _compare_text(op: str, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    missing = RVector("character", left).is_na() | RVector("character", right).is_na()
    if op in ("==", "!="):
        out = _COMPARE[op](left, right).astype(np.int8)
    else:
        test = _COMPARE_KEYS[op]
        key: Any = str if c_locale() else collation_key
        a, b = np.broadcast_arrays(left, right)
        pairs = zip(a, b, missing, strict=True)
        out = np.array([not m and test(key(p), key(q)) for p, q, m in pairs], dtype=np.int8)
    if missing.any():
        out[np.broadcast_to(missing, out.shape)] = NA_LOGICAL
    return out


def _comparable(value: Any, other: Any, op: str) -> RVector:
    if is_atomic(value):
        return value
    if value is NULL:
        return RVector("logical", np.empty(0, dtype=np.int8))
    if isinstance(value, Name):
        return RVector("character", np.array([value.name], dtype=object))
    if isinstance(value, (Call, Function)):
        return RVector("character", np.array([deparse_text(value)], dtype=object))
    if isinstance(value, RVector):
        if is_atomic(other):  # a list is brought to the other side's type
            return RVector(other.type, convert_data(value.data, "list", other.type), value.attributes)
        raise UserError("comparison of these types is not implemented", code=Code.TYPE)
    raise UserError(f"comparison ({op}) is possible only for atomic and list types", code=Code.TYPE)


# Logic


def logic(op: str, a: Any, b: Any) -> Any:
    """`a & b` and `a | b`, element by element in three-valued logic."""
    result = _simple_or_foreign(op, a, b)
    if result is not None:
        return result
    x, y = _truth(a, op), _truth(b, op)
    if (x.type == "raw") != (y.type == "raw"):
        _truth(MISSING, op)
    check_dims(x, y)
    left, right = recycle(x.data, y.data)
    if x.type == y.type == "raw":
        data = (np.bitwise_and if op == "&" else np.bitwise_or)(left, right)
        return RVector("raw", data, result_attributes(x, y, len(data), keep_class=False))
    left, right = convert_data(left, x.type, "logical"), convert_data(right, y.type, "logical")
    # the value that decides alone: FALSE for &, TRUE for |
    decisive = np.int8(0 if op == "&" else 1)
    decided = (left == decisive) | (right == decisive)
    missing = (left == NA_LOGICAL) | (right == NA_LOGICAL)
    data = np.where(decided, decisive, np.where(missing, NA_LOGICAL, 1 - decisive)).astype(np.int8)
    return RVector("logical", data, result_attributes(x, y, len(data), keep_class=False))


def _truth(value: Any, op: str) -> RVector:
    if value is NULL:
        return RVector("logical", np.empty(0, dtype=np.int8))
    if isinstance(value, RVector) and value.type in ("logical", "integer", "double", "complex", "raw"):
        return value
    raise UserError("operations are possible only for numeric, logical or complex types", code=Code.TYPE)


# Ranges


def colon(a: Any, b: Any) -> RVector:
    """`a:b`: integers where they fit, else doubles; of two factors their interaction."""
    if has_class(a, "factor") and has_class(b, "factor"):
        return _crossed(a, b)
    if not len(a) or not len(b):
        raise UserError("argument of length 0", code=Code.ARGUMENT)
    first, last = _end(a), _end(b)
    if abs(last - first) >= 2.0**52:
        raise UserError("result would be too long a vector", code=Code.VALUE)
    count = int(abs(last - first) + 1e-10) + 1
    whole = first == int(first) and abs(first) <= 2147483647 and abs(last) <= 2147483647
    step = 1 if first <= last else -1
    if count > LONG:
        return Range("integer" if whole else "double", first, step, count)
    if whole:
        start = int(first)
        return RVector("integer", np.arange(start, start + step * count, step, dtype=np.int32))
    return RVector("double", first + step * np.arange(count, dtype=np.float64))


def _crossed(a: RVector, b: RVector) -> RVector:
    if len(a) != len(b):
        raise UserError("unequal factor lengths", code=Code.ARGUMENT)
    first, second = a.attribute("levels").data, b.attribute("levels").data
    codes = (a.data - 1) * len(second) + b.data
    codes[a.is_na() | b.is_na()] = NA_INTEGER
    names = object_array([f"{p}:{q}" for p in first for q in second])
    levels = RVector("character", names)
    return RVector(
        "integer", codes, {"levels": levels, "class": RVector("character", object_array(["factor"]))}
    )


def _end(value: Any) -> float:
    if not is_atomic(value):
        raise UserError("argument of length 0", code=Code.ARGUMENT)
    if len(value) > 1:
        conditions.warn(f"numerical expression has {len(value)} elements: only the first used")
    end = float(convert_data(value.data[:1], value.type, "double")[0])
    if end != end:
        raise UserError("NA/NaN argument", code=Code.ARGUMENT)
    return end

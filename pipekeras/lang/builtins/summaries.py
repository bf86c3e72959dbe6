"""R's Summary group and running totals: sum, prod, max, min, range, mean, cumsum, pmin, pmax."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...signature import Param, Signature
from .. import conditions
from ..registry import builtin
from ..text.collate import string_keys
from ..values import (
    NA_INTEGER,
    NA_REAL,
    NULL,
    Dots,
    RVector,
    Scalar,
    character,
    double,
    integer,
    is_real_na,
    stretched,
)
from ..vectors import ordinary
from ..vectors.coerce import (
    LADDER,
    NUMERIC,
    coerce,
    convert_data,
    has_class,
    is_atomic,
    missing_value,
    one_flag,
    one_number,
    type_of,
)
from ..vectors.ranges import Range
from ..vectors.subset import pick

_NA_INT = int(NA_INTEGER)
_SUMMABLE = (*NUMERIC, "complex")


def long_sum(data: np.ndarray) -> float:
    """The sum in extended precision, as R accumulates."""
    with np.errstate(all="ignore"):
        return float(np.sum(data, dtype=np.longdouble))


def _bad_type(value: Any) -> UserError:
    return UserError(f"invalid 'type' ({type_of(value)}) of argument", code=Code.TYPE)


def _summands(dots: Dots, na_rm: bool, allowed: tuple[str, ...] = _SUMMABLE) -> tuple[str, np.ndarray]:
    """All arguments in one array of the richest type."""
    values = [v for _, v in dots if v is not NULL]
    kind = "logical"
    for value in values:
        if not isinstance(value, RVector) or value.type not in allowed:
            raise _bad_type(value)
        if has_class(value, "factor"):
            raise UserError("'sum' not meaningful for factors", code=Code.TYPE)
        kind = max(kind, value.type, key=LADDER.__getitem__)
    parts = []
    for value in values:
        data = convert_data(value.data, value.type, kind)
        parts.append(data[~value.is_na()] if na_rm else data)
    kind = "integer" if kind == "logical" else kind
    if len(parts) == 1:
        return kind, parts[0] if values[0].type != "logical" else convert_data(parts[0], "logical", "integer")
    joined = np.concatenate(parts) if parts else np.empty(0, dtype=np.int32)
    return kind, convert_data(joined, "logical", "integer") if joined.dtype == np.int8 else joined


@builtin("sum(..., na.rm = FALSE)", generic=True)
def sum_(dots: Dots, na_rm: Any) -> RVector:
    if len(dots) == 1 and dots[0][1].__class__ is Range:
        return double(dots[0][1].total())
    kind, data = _summands(dots, one_flag(na_rm, "na.rm"))
    if kind == "integer":
        if (data == NA_INTEGER).any():
            return integer([None])
        total = int(data.sum(dtype=np.int64))
        if abs(total) > 2147483647:
            return double(float(total))
        return integer(total)
    if kind == "complex":
        return RVector("complex", np.array([data.sum()]))
    return double(np.array([long_sum(data)]) if not np.isnan(data).any() else _first_nan(data))


def _first_nan(data: np.ndarray) -> np.ndarray:
    """NA or NaN, whichever comes first."""
    return data[np.isnan(data)][:1].copy()


@builtin("prod(..., na.rm = FALSE)", generic=True)
def prod(dots: Dots, na_rm: Any) -> RVector:
    kind, data = _summands(dots, one_flag(na_rm, "na.rm"))
    if kind == "complex":
        return RVector("complex", np.array([data.prod()]))
    numbers = convert_data(data, kind, "double")
    if np.isnan(numbers).any():
        return double(_first_nan(numbers))
    with np.errstate(all="ignore"):
        return double(float(np.prod(numbers, dtype=np.longdouble)))


# Extremes


def _best(dots: Dots, na_rm: bool, name: str) -> RVector:
    """The largest (max) or smallest (min) of all elements."""
    values = [v for _, v in dots if v is not NULL]
    for value in values:
        if not isinstance(value, RVector) or value.type not in (*NUMERIC, "character"):
            raise _bad_type(value)
        if has_class(value, "factor") and not has_class(value, "ordered"):
            raise UserError(f"'{name}' not meaningful for factors", code=Code.TYPE)
    kind = max((v.type for v in values), key=LADDER.__getitem__, default="double")
    kind = "integer" if kind == "logical" else kind
    parts = [convert_data(v.data, v.type, kind) for v in values]
    data = np.concatenate(parts) if parts else np.empty(0)
    vector = RVector(kind, data)
    missing = vector.is_na()
    if missing.any() and not na_rm:
        if kind == "double" and not is_real_na(data).any():
            return double(math.nan)
        return RVector(kind, np.array([missing_value(kind)], dtype=data.dtype))
    data = data[~missing]
    if not len(data):
        return _nothing(kind, name)
    if kind == "character":
        keys = string_keys(list(data))
        best = (max if name == "max" else min)(range(len(data)), key=keys.__getitem__)
        return character(data[best])
    return RVector(kind, np.array([data.max() if name == "max" else data.min()]))


def _nothing(kind: str, name: str) -> RVector:
    if kind == "character":
        conditions.warn("no non-missing arguments, returning NA")
        return character(None)
    conditions.warn(f"no non-missing arguments to {name}; returning {_limit(name)}")
    return double(-math.inf if name == "max" else math.inf)


def _limit(name: str) -> str:
    return "-Inf" if name == "max" else "Inf"


def _of_scalars(dots: Dots, larger: bool) -> Scalar | None:
    """The extreme of single doubles or integers without NA, as in scalar code."""
    numbers = []
    kind = "integer"
    for _, value in dots:
        if value.__class__ is not Scalar or value.type not in ("double", "integer") or value.attributes:
            return None
        number = value.value
        if number != number or number == _NA_INT:
            return None
        kind = kind if value.type == "integer" else "double"
        numbers.append(number)
    if not numbers:
        return None
    best = max(numbers) if larger else min(numbers)
    return Scalar(kind, float(best) if kind == "double" else best)


@builtin("max(..., na.rm = FALSE)", generic=True)
def max_(dots: Dots, na_rm: Any) -> RVector:
    return _of_scalars(dots, True) or _best(dots, one_flag(na_rm, "na.rm"), "max")


@builtin("min(..., na.rm = FALSE)", generic=True)
def min_(dots: Dots, na_rm: Any) -> RVector:
    return _of_scalars(dots, False) or _best(dots, one_flag(na_rm, "na.rm"), "min")


@builtin("range(..., na.rm = FALSE, finite = FALSE)", generic=True)
def range_(dots: Dots, na_rm: Any, finite: Any) -> RVector:
    remove = one_flag(na_rm, "na.rm")
    if one_flag(finite, "finite"):
        remove = True
        dots = [
            (n, pick(v, np.flatnonzero(np.isfinite(v.data)))) if v.type == "double" else (n, v)
            for n, v in dots
        ]
    low, high = _best(dots, remove, "min"), _best(dots, remove, "max")
    return RVector(low.type, np.concatenate([low.data, high.data]))


def _parallel(dots: Dots, na_rm: bool, larger: bool) -> Any:
    """pmax and pmin: the extreme of each position, recycled; attributes of the first argument stay."""
    values = [v for _, v in dots]
    if not values:
        raise UserError("no arguments", code=Code.ARGUMENT)
    if len(values) == 1 and (values[0] is NULL or is_atomic(values[0])):
        return values[0]
    values = [integer([]) if v is NULL else v for v in values]
    for value in values:
        if not isinstance(value, RVector) or value.type not in (*NUMERIC, "character"):
            raise UserError("invalid input type", code=Code.TYPE)
    kind = max((v.type for v in values), key=LADDER.__getitem__)
    kind = "integer" if kind == "logical" else kind
    n = 0 if any(not len(v) for v in values) else max(len(v) for v in values)
    if any(len(v) and n % len(v) for v in values):
        conditions.warn("an argument will be fractionally recycled")
    best = RVector(kind, stretched(convert_data(values[0].data, values[0].type, kind), n).copy())
    for value in values[1:]:
        _fold(best, RVector(kind, stretched(convert_data(value.data, value.type, kind), n)), na_rm, larger)
    first = values[0]
    return RVector(kind, best.data, dict(first.attributes) if first.attributes and len(first) == n else None)


def _fold(best: RVector, other: RVector, na_rm: bool, larger: bool) -> None:
    """Put into best what is more extreme in other."""
    missing, theirs = best.is_na(), other.is_na()
    if best.type == "character":
        keys = string_keys(["" if t is None else t for t in [*best.data, *other.data]])
        n = len(best)
        better = np.array(
            [(keys[n + i] > keys[i]) == larger and keys[n + i] != keys[i] for i in range(n)], bool
        )
    else:
        with np.errstate(all="ignore"):
            better = other.data > best.data if larger else other.data < best.data
    better = np.where(theirs, not na_rm, better) if not na_rm else better & ~theirs
    better = np.where(missing, na_rm & ~theirs, better).astype(bool)
    best.data[better] = other.data[better]


@builtin("pmax(..., na.rm = FALSE)", "pmax.int")
def pmax(dots: Dots, na_rm: Any) -> Any:
    return _parallel(dots, one_flag(na_rm, "na.rm"), True)


@builtin("pmin(..., na.rm = FALSE)", "pmin.int")
def pmin(dots: Dots, na_rm: Any) -> Any:
    return _parallel(dots, one_flag(na_rm, "na.rm"), False)


# Means


def long_mean(data: np.ndarray) -> float:
    """The mean, refined once by the mean of what is left over, as R does."""
    if not len(data):
        return math.nan
    with np.errstate(all="ignore"):
        wide = data.astype(np.longdouble)
        mean = wide.mean()
        if np.isfinite(mean):
            mean += (wide - mean).mean()
        return float(mean)


@builtin("mean(x, ...)", generic=True)
def mean(x: Any, dots: Dots) -> RVector:
    return _mean(x, dots)


@builtin("mean.default(x, ...)")
def mean_default(x: Any, dots: Dots) -> RVector:
    return _mean(x, dots)


_MEAN = Signature([Param("trim"), Param("na.rm"), Param("...")])


def _mean(x: Any, dots: Dots) -> RVector:
    given = _MEAN.match(dots).values if dots else {}
    if not isinstance(x, RVector) or x.type not in _SUMMABLE or has_class(x, "factor"):
        conditions.warn("argument is not numeric or logical: returning NA")
        return double([None])
    data = x.data if x.type == "complex" else convert_data(x.data, x.type, "double")
    if "na.rm" in given and one_flag(given["na.rm"], "na.rm"):
        data = data[~np.isnan(data)]
    if x.type == "complex":
        return RVector("complex", np.array([data.mean()]))
    trim = one_number(given["trim"], "trim") if "trim" in given else 0.0
    if trim > 0 and len(data):
        data = _trimmed(data, trim)
    bad = np.isnan(data)
    return double(data[bad][:1].copy() if bad.any() else np.array([long_mean(data)]))


def _trimmed(data: np.ndarray, trim: float) -> np.ndarray:
    if np.isnan(data).any():
        return data
    n = len(data)
    if trim >= 0.5:
        ordered = np.sort(data)
        return ordered[(n - 1) // 2 : n // 2 + 1]
    low = math.floor(n * trim)
    return np.sort(data)[low : n - low]


# Running totals


def _cumulative(x: Any, function: Any, integers: bool) -> RVector:
    if x is NULL:
        return double([])
    if not isinstance(x, RVector):
        raise UserError(f"'{type_of(x)}' object cannot be coerced to type 'double'", code=Code.TYPE)
    if x.type == "character":
        x = coerce(x, "double")
    own = x.names
    names = {"names": character(own)} if own is not None else None
    if x.type in ("logical", "integer") and integers:
        data = convert_data(x.data, x.type, "integer")
        first = _first_missing(data == NA_INTEGER)
        out = function(data[:first].astype(np.int64))
        over = np.abs(out) > 2147483647
        if over.any():
            conditions.warn("integer overflow in 'cumsum'; use 'cumsum(as.numeric(.))'")
            first = _first_missing(over)
        full = np.full(len(data), NA_INTEGER, dtype=np.int32)
        full[:first] = out[:first]
        return integer(full, names)
    if x.type == "complex" and function in (np.cumsum, np.cumprod):
        return RVector("complex", function(x.data), names)
    data = convert_data(x.data, x.type, "double")
    if function is np.cumsum and ordinary.quiet and names is None:
        out = np.add.accumulate(data, dtype=np.longdouble).astype(np.float64)
        if not len(out) or out[-1] == out[-1]:
            return double(out)
    first = _first_missing(np.isnan(data))
    full = np.full(len(data), NA_REAL)
    if first < len(data):
        full[first:] = data[first]
    with np.errstate(all="ignore"):
        full[:first] = function(data[:first].astype(np.longdouble))
    return double(full, names)


def _first_missing(missing: np.ndarray) -> int:
    return int(np.argmax(missing)) if missing.any() else len(missing)


@builtin("cumsum(x)", generic=True)
def cumsum(x: Any) -> RVector:
    return _cumulative(x, np.cumsum, True)


@builtin("cumprod(x)", generic=True)
def cumprod(x: Any) -> RVector:
    return _cumulative(x, np.cumprod, False)


@builtin("cummax(x)", generic=True)
def cummax(x: Any) -> RVector:
    return _cumulative(x, np.maximum.accumulate, True)


@builtin("cummin(x)", generic=True)
def cummin(x: Any) -> RVector:
    return _cumulative(x, np.minimum.accumulate, True)

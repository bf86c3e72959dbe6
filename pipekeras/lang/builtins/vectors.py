"""Making, repeating, cutting and asking about vectors: c, seq, rep, length, head, which, is.na, ifelse."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from .. import conditions
from ..environment import Environment
from ..evaluator.assign import grown, set_subset
from ..foreign import foreign_type
from ..generics import invoke, is_object
from ..registry import builtin
from ..values import (
    DTYPES,
    FALSE,
    MISSING,
    NA_INTEGER,
    NA_LOGICAL,
    NULL,
    Dots,
    RVector,
    Scalar,
    character,
    double,
    integer,
    logical,
    object_array,
    rlist,
    stretched,
)
from ..vectors.coerce import (
    INT_MAX,
    convert_data,
    guard_growth,
    guard_size,
    has_class,
    is_atomic,
    is_function,
    missing_value,
    one_flag,
    one_int,
    one_number,
    one_string,
    type_of,
)
from ..vectors.combine import combine, join_factors, unlist
from ..vectors.equality import identical
from ..vectors.subset import get_subset, pick

# Making vectors


@builtin("c(..., recursive = FALSE, use.names = TRUE)", generic=True)
def c(dots: Dots, recursive: Any, use_names: Any) -> Any:
    return combine(dots, one_flag(recursive, "recursive"), one_flag(use_names, "use.names"))


@builtin("c.factor(..., recursive = TRUE)")
def c_factor(dots: Dots, recursive: Any) -> Any:
    values = [v for _, v in dots]
    if all(isinstance(v, RVector) and v.attribute("levels") is not None for v in values):
        made = join_factors(values)
        levels = made.attribute("levels")
        if all(has_class(v, "ordered") and identical(v.attribute("levels"), levels) for v in values):
            made = made.with_attribute("class", character(["ordered", "factor"]))
        return made
    return combine(dots)


@builtin("unlist(x, recursive = TRUE, use.names = TRUE)", generic=True)
def unlist_(x: Any, recursive: Any, use_names: Any) -> Any:
    return unlist(x, one_flag(recursive, "recursive"), one_flag(use_names, "use.names"))


_MODES = {"numeric": "double", **{t: t for t in DTYPES}}


def _blank(mode: str, length: Any) -> RVector:
    count = -1.0
    if is_atomic(length) and len(length) == 1:
        count = float(convert_data(length.data, length.type, "double")[0])
        if math.isnan(count) and length.type in ("double", "character"):
            raise UserError("vector size cannot be NA/NaN", code=Code.ARGUMENT)
    if not count >= 0:
        raise UserError("invalid 'length' argument", code=Code.ARGUMENT)
    n = guard_size(count, mode)
    data = np.zeros(n, dtype=DTYPES[mode])
    if mode in ("list", "expression"):
        data = object_array([NULL] * n)
    elif mode == "character":
        data[:] = ""
    return RVector(mode, data)


@builtin('vector(mode = "logical", length = 0L)')
def vector(mode: Any, length: Any) -> RVector:
    name = one_string(mode, "mode")
    if name not in _MODES:
        raise UserError(f"vector: cannot make a vector of mode '{name}'.", code=Code.ARGUMENT)
    return _blank(_MODES[name], length)


@builtin("logical(length = 0L)")
def logical_(length: Any) -> RVector:
    return _blank("logical", length)


@builtin("integer(length = 0L)")
def integer_(length: Any) -> RVector:
    return _blank("integer", length)


@builtin("numeric(length = 0L)", "double")
def numeric(length: Any) -> RVector:
    return _blank("double", length)


@builtin("character(length = 0L)")
def character_(length: Any) -> RVector:
    return _blank("character", length)


@builtin("raw(length = 0L)")
def raw(length: Any) -> RVector:
    return _blank("raw", length)


# Repeating


@builtin("rep(x, times = 1L, length.out = NA, each = 1L, ...)", generic=True)
def rep(x: Any, times: Any, length_out: Any, each: Any, dots: Dots) -> Any:
    if x is NULL:
        return NULL
    if not isinstance(x, RVector):
        raise UserError(f"attempt to replicate an object of type '{type_of(x)}'", code=Code.TYPE)
    if length_out.__class__ is each.__class__ is times.__class__ is Scalar and x.attributes is None:
        short = _repeated_shortly(x, times, length_out, each)
        if short is not None:
            return short
    return pick(x, _repeated(len(x), times, length_out, each, x.type))


_SHORT = 10_000


def _repeated_shortly(x: RVector, times: Scalar, length_out: Scalar, each: Scalar) -> RVector | None:
    """A plain vector a number of times, to a moderate length; None where there is more to ask."""
    count = times.value
    if (length_out.type, length_out.value) != ("logical", -128) or each.value != 1 or x.type == "list":
        return None
    if times.type not in ("integer", "double") or not 0 <= count <= _SHORT or len(x) * count > _SHORT:
        return None
    return RVector(x.type, stretched(x.data, len(x) * int(count)))


def _repeated(
    n: int, times: Any, length_out: Any, each: Any, type: str, what: str = "argument"
) -> np.ndarray:
    """Which positions rep() takes; errors call times an argument, or a value as rep.int() does."""
    per = _count(each, "each")
    per = 1 if per is None else per
    guard_growth(float(n) * per, n, type)
    positions = np.repeat(np.arange(n), per)
    wanted = _count(length_out, "length.out")
    if wanted is not None:
        guard_growth(wanted, n, type)
        return stretched(positions, wanted) if len(positions) else np.full(wanted, -1)
    if not isinstance(times, RVector) or not is_atomic(times):
        raise UserError(f"invalid 'times' {what}", code=Code.ARGUMENT)
    counts = convert_data(times.data, times.type, "double")
    if np.isnan(counts).any() or (counts < 0).any() or not len(counts):
        raise UserError(f"invalid 'times' {what}", code=Code.ARGUMENT)
    if len(counts) == 1:
        guard_growth(float(counts[0]) * len(positions), n, type)
        return np.tile(positions, int(counts[0]))
    if len(counts) != len(positions):
        raise UserError(
            f"invalid 'times' {what}",
            code=Code.ARGUMENT,
            cause=f"times has {len(counts)} values for {len(positions)} elements",
        )
    guard_growth(float(np.trunc(counts).sum()), n, type)
    return np.repeat(positions, counts.astype(np.int64))


def _count(value: Any, what: str) -> int | None:
    """A count for rep, None for NA."""
    if value is NULL:
        return None
    number = one_number(value, what)
    if math.isnan(number):
        return None
    if number < 0:
        raise UserError(f"invalid '{what}' argument", code=Code.ARGUMENT)
    guard_size(number, "raw")
    return int(number)


@builtin("rep_len(x, length.out)")
def rep_len(x: Any, length_out: Any) -> Any:
    wanted = one_number(length_out, "length.out")
    if not wanted >= 0:
        raise UserError("invalid 'length.out' value", code=Code.ARGUMENT)
    if x is NULL:
        if wanted >= 1:
            raise UserError("cannot replicate NULL to a non-zero length", code=Code.ARGUMENT)
        return NULL
    n = guard_growth(wanted, len(x), x.type)
    out = stretched(x.data, n) if len(x) else np.full(n, missing_value(x.type), dtype=x.data.dtype)
    return RVector(x.type, out)


@builtin("rep.int(x, times)")
def rep_int(x: Any, times: Any) -> Any:
    if x is NULL:
        return NULL
    return RVector(x.type, x.data[_repeated(len(x), times, NULL, integer(1), x.type, "value")])


@builtin("rev(x)", generic=True)
def rev(x: Any) -> Any:
    if x is NULL:
        return NULL
    if is_object(x):
        size = one_int(invoke("length", x), "length(x)")
        return invoke("[", x, integer(np.arange(size, 0, -1))) if size else x
    if x.dim is not None and len(x.dim) == 1:
        return get_subset(x, [integer(np.arange(len(x), 0, -1))])
    return pick(x, np.arange(len(x) - 1, -1, -1))


@builtin("append(x, values, after = length(x))")
def append(x: Any, values: Any, after: Any) -> Any:
    n = length_of(x)
    at = one_int(after, "after")
    if at <= 0:
        return combine([(None, values), (None, x)])
    if at >= n:
        return combine([(None, x), (None, values)])
    order = np.arange(n)
    return combine([(None, pick(x, order[:at])), (None, values), (None, pick(x, order[at:]))])


# Length


def length_of(x: Any) -> int:
    """R's length of any value."""
    if isinstance(x, RVector) or x is NULL:
        return len(x)
    if isinstance(x, Environment):
        return len(x.values)
    foreign = foreign_type(x)
    if foreign is not None:
        return foreign.length(x)
    return len(x.args) + 1 if type_of(x) == "language" and hasattr(x, "args") else 1


@builtin("length(x)", generic=True)
def length(x: Any) -> RVector:
    count = length_of(x)
    return integer(count) if count <= INT_MAX else double(float(count))


@builtin("`length<-`(x, value)", generic=True)
def set_length(x: Any, value: Any) -> Any:
    n = one_int(value, "value")
    if x is NULL:
        return NULL if n == 0 else RVector("list", object_array([NULL] * n))
    if n == len(x):
        return x
    if n > len(x):
        out = grown(x, n)
    else:
        names = x.names
        out = RVector(x.type, x.data[:n].copy())
        if names is not None:
            out.attributes = {"names": character(names[:n])}
        return out
    out.attributes = {k: v for k, v in (out.attributes or {}).items() if k == "names"} or None
    return out


@builtin("lengths(x, use.names = TRUE)", generic=True)
def lengths(x: Any, use_names: Any) -> RVector:
    counts = [length_of(item) for item in x.data] if getattr(x, "type", "") == "list" else [1] * length_of(x)
    attributes = x.attributes if isinstance(x, RVector) and one_flag(use_names, "use.names") else None
    kept = {k: v for k, v in (attributes or {}).items() if k in ("names", "dim", "dimnames")}
    return integer(np.array(counts, dtype=np.int32), kept)


# Ends


def _end_count(n: Any, size: int) -> int:
    """How many elements head() takes; a negative n leaves that many out."""
    count = one_number(n, "n")
    if math.isnan(count):
        raise UserError("invalid 'n' - must be numeric, possibly NA.", code=Code.ARGUMENT)
    count = int(max(min(count, size), -size))
    return count if count >= 0 else size + count


def is_tabular(x: Any) -> bool:
    return isinstance(x, RVector) and x.dim is not None and len(x.dim) >= 2


@builtin("head(x, n = 6L, ...)", generic=True)
def head(x: Any, n: Any, dots: Dots) -> Any:
    if is_tabular(x):
        return _ends_of_array(x, n, from_end=False, keep_numbers=False)
    if is_function(x):
        return x
    if x is NULL:
        return NULL
    return _elements_at(x, np.arange(1, _end_count(n, len(x)) + 1))


@builtin("tail(x, n = 6L, keepnums = TRUE, addrownums, ...)", generic=True)
def tail(x: Any, n: Any, keepnums: Any, addrownums: Any = MISSING, dots: Any = ()) -> Any:
    if is_tabular(x):
        keep = one_flag(keepnums if addrownums is MISSING else addrownums, "keepnums")
        return _ends_of_array(x, n, from_end=True, keep_numbers=keep)
    if x is NULL:
        return NULL
    size = len(x)
    return _elements_at(x, np.arange(size - _end_count(n, size) + 1, size + 1))


def _elements_at(x: Any, places: np.ndarray) -> Any:
    """x[places], by the method of its class; a table of one dimension stays one."""
    if is_object(x):
        return invoke("[", x, integer(places), **({"drop": FALSE} if x.dim is not None else {}))
    return get_subset(x, [integer(places)], False)


def _ends_of_array(x: RVector, n: Any, from_end: bool, keep_numbers: bool) -> RVector:
    dim = x.dim or ()
    args: list[Any] = [MISSING] * len(dim)
    for k, wanted in enumerate(n.data[: len(dim)]):
        if wanted != wanted or (n.type == "integer" and wanted == NA_INTEGER):
            continue
        count = _end_count(double(float(wanted)), dim[k])
        first = dim[k] - count if from_end else 0
        args[k] = integer(np.arange(first + 1, first + count + 1))
    out = get_subset(x, args, drop=False)
    return _number_rows(x, out, args) if from_end and keep_numbers else out


def _number_rows(x: RVector, out: RVector, args: list[Any]) -> RVector:
    """tail() names rows without names by their numbers in the whole: "[5,]"."""
    dimnames = out.attribute("dimnames")
    items: list[Any] = list(dimnames.data) if dimnames is not None else [NULL] * len(args)
    if args[0] is MISSING or items[0] is not NULL or len(args) != 2 or not len(args[0]):
        return out
    labels = [f"[{i},]" for i in args[0].data]
    items[0] = character([label.rjust(max(map(len, labels))) for label in labels])
    return out.with_attribute("dimnames", rlist(items, dimnames.names if dimnames is not None else None))


# Which


@builtin("which(x, arr.ind = FALSE, useNames = TRUE)")
def which(x: Any, arr_ind: Any, use_names: Any) -> RVector:
    if not isinstance(x, RVector) or x.type != "logical":
        raise UserError("argument to 'which' is not logical", code=Code.TYPE)
    at = np.flatnonzero(x.data == 1)
    if one_flag(arr_ind, "arr.ind") and x.dim is not None:
        return array_indices(x, at, one_flag(use_names, "useNames"))
    names = x.names
    kept = {"names": character([names[i] for i in at])} if names and one_flag(use_names, "useNames") else None
    return integer((at + 1).astype(np.int32), kept)


def array_indices(x: RVector, at: np.ndarray, use_names: bool) -> RVector:
    dim = x.dim or ()
    columns = np.unravel_index(at, dim, order="F")
    data = (np.concatenate(columns) + 1).astype(np.int32)
    attributes: dict[str, Any] = {"dim": integer([len(at), len(dim)])}
    if use_names:
        titles = ["row", "col"] if len(dim) == 2 else [f"dim{k + 1}" for k in range(len(dim))]
        dimnames = x.attribute("dimnames")
        rows: Any = NULL
        own: list[str | None] = [] if dimnames is None else dimnames.names or []
        if any(own):
            titles = [name or f"dim{k}" for k, name in enumerate(own, 1)]
        if dimnames is not None and dimnames.data[0] is not NULL:
            rows = character([dimnames.data[0].data[i] for i in columns[0]])
        attributes["dimnames"] = rlist([rows, character(titles)])
    return integer(data, attributes)


def _extreme(x: Any, find: Any) -> RVector:
    data = convert_data(x.data, x.type, "double") if x is not NULL else np.empty(0)
    ok = ~np.isnan(data)
    if not ok.any():
        return integer([])
    at = np.flatnonzero(ok)[find(data[ok])]
    names = x.names
    return integer([int(at) + 1], {"names": character([names[at]])} if names else None)


@builtin("which.max(x)")
def which_max(x: Any) -> RVector:
    return _extreme(x, np.argmax)


@builtin("which.min(x)")
def which_min(x: Any) -> RVector:
    return _extreme(x, np.argmin)


# Asking


def shape_attributes(x: Any) -> dict[str, Any] | None:
    """names, dim and dimnames: what tests of each element keep."""
    if not isinstance(x, RVector) or not x.attributes:
        return None
    return {k: v for k, v in x.attributes.items() if k in ("names", "dim", "dimnames")} or None


def _list_test(x: RVector, test: Any) -> np.ndarray:
    return np.array([is_atomic(v) and len(v) == 1 and bool(test(v)[0]) for v in x.data], dtype=bool)


@builtin("is.na(x)", generic=True)
def is_na(x: Any) -> RVector:
    if not isinstance(x, RVector):
        if x is NULL:
            return logical([])
        conditions.warn(f"is.na() applied to non-(list or vector) of type '{type_of(x)}'")
        return logical(False)
    flags = _list_test(x, lambda v: v.is_na()) if x.type == "list" else x.is_na()
    return logical(flags, shape_attributes(x))


@builtin("`is.na<-`(x, value)", generic=True)
def set_is_na(x: Any, value: Any) -> Any:
    if isinstance(x, RVector) and "class" in (x.attributes or {}):
        return invoke("[<-", x, value, value=logical([None]))
    return set_subset(x.copy() if isinstance(x, RVector) else x, [value], logical([None]))


@builtin("is.nan(x)", generic=True)
def is_nan(x: Any) -> RVector:
    from ..values import is_real_na

    if not is_atomic(x):
        raise UserError(f"default method not implemented for type '{type_of(x)}'", code=Code.TYPE)
    flags = np.isnan(x.data) & ~is_real_na(x.data) if x.type == "double" else np.zeros(len(x), dtype=bool)
    return logical(flags, shape_attributes(x))


def _numeric_test(x: Any, test: Any, otherwise: bool) -> RVector:
    if x is NULL:
        return logical([])
    if not is_atomic(x):
        raise UserError(f"default method not implemented for type '{type_of(x)}'", code=Code.TYPE)
    if x.type in ("double", "complex"):
        flags = test(x.data)
    elif x.type in ("integer", "logical"):
        flags = ~x.is_na() & otherwise
    else:
        flags = np.zeros(len(x), dtype=bool)
    return logical(flags, shape_attributes(x))


@builtin("is.finite(x)", generic=True)
def is_finite(x: Any) -> RVector:
    return _numeric_test(x, np.isfinite, True)


@builtin("is.infinite(x)", generic=True)
def is_infinite(x: Any) -> RVector:
    return _numeric_test(x, np.isinf, False)


@builtin("anyNA(x, recursive = FALSE)", generic=True)
def any_na(x: Any, recursive: Any) -> RVector:
    if not isinstance(x, RVector):
        return logical(False)
    deep = one_flag(recursive, "recursive")
    return logical(_any_missing(x, deep))


def _any_missing(x: Any, deep: bool) -> bool:
    if not isinstance(x, RVector):
        return False
    if x.type != "list":
        return bool(x.is_na().any())
    if has_class(x, "data.frame"):
        return any(_any_missing(column, False) for column in x.data)
    if deep:
        return any(_any_missing(v, deep) for v in x.data)
    return bool(_list_test(x, lambda v: v.is_na()).any())


def _truth_values(pairs: Dots) -> np.ndarray:
    parts = []
    for _, value in pairs:
        if value is NULL:
            continue
        size = len(value) if isinstance(value, RVector) else 1
        if size and type_of(value) not in ("logical", "integer"):
            conditions.warn(f"coercing argument of type '{type_of(value)}' to logical")
        if not isinstance(value, RVector):
            raise UserError(
                f"cannot coerce type '{type_of(value)}' to vector of type 'logical'", code=Code.TYPE
            )
        parts.append(convert_data(value.data, value.type, "logical"))
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.int8)


@builtin("any(..., na.rm = FALSE)", generic=True)
def any_(dots: Dots, na_rm: Any) -> RVector:
    data = _truth_values(dots)
    if (data == 1).any():
        return logical(True)
    unknown = (data == NA_LOGICAL).any() and not one_flag(na_rm, "na.rm")
    return logical([None]) if unknown else logical(False)


@builtin("all(..., na.rm = FALSE)", generic=True)
def all_(dots: Dots, na_rm: Any) -> RVector:
    data = _truth_values(dots)
    if (data == 0).any():
        return logical(False)
    unknown = (data == NA_LOGICAL).any() and not one_flag(na_rm, "na.rm")
    return logical([None]) if unknown else logical(True)


@builtin("xor(x, y)")
def xor(x: Any, y: Any) -> Any:
    from ..vectors.arith import logic, unary

    return logic("&", logic("|", x, y), unary("!", logic("&", x, y)))


def _single_truth(x: Any, wanted: int) -> RVector:
    return logical(isinstance(x, RVector) and x.type == "logical" and len(x) == 1 and x.data[0] == wanted)


@builtin("isTRUE(x)")
def is_true(x: Any) -> RVector:
    return _single_truth(x, 1)


@builtin("isFALSE(x)")
def is_false(x: Any) -> RVector:
    return _single_truth(x, 0)


# Runs and differences


@builtin("rle(x)")
def rle(x: Any) -> RVector:
    if not isinstance(x, RVector) or set(x.attributes or {}) - {"names"}:
        raise UserError("'x' must be a vector of an atomic type", code=Code.TYPE)
    n = len(x)
    # NA is not known to be equal to anything, so it ends its run
    same = np.equal(x.data[1:], x.data[:-1]).astype(bool) & ~x.is_na()[1:]
    change = np.flatnonzero(~same) if n else np.empty(0, int)
    ends = np.append(change, n - 1) if n else change
    counts = np.diff(np.concatenate([[-1], ends])).astype(np.int32)
    names = x.names
    # R computes the lengths from the comparison of x[-1] with x[-n], and so keeps names of it
    own = {"names": character([*(names[i + 1] for i in change), ""])} if names else {}
    parts = rlist([integer(counts, own), pick(x, ends)], ["lengths", "values"])
    parts.attributes = {**(parts.attributes or {}), "class": character("rle")}
    return parts


@builtin("inverse.rle(x, ...)")
def inverse_rle(x: RVector, dots: Dots) -> RVector:
    lengths, values = x.data[0], x.data[1]
    return pick(values, np.repeat(np.arange(len(values)), lengths.data.astype(np.int64)))


@builtin("embed(x, dimension = 1)")
def embed(x: RVector, dimension: Any) -> RVector:
    table = x.data.reshape(x.dim, order="F") if x.dim is not None else x.data.reshape(-1, 1)
    k, n = one_int(dimension, "dimension"), len(table)
    if k < 1 or k > n:
        raise UserError("wrong embedding dimension", code=Code.ARGUMENT)
    rows = n - k + 1
    columns = [series[k - 1 - j : k - 1 - j + rows] for j in range(k) for series in table.T]
    return RVector(x.type, np.concatenate(columns), {"dim": integer([rows, len(columns)])})

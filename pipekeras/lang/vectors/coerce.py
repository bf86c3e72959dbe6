"""Conversion between R's vector types, and the checks that turn arguments of builtins into Python values."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Call, Const, Function, Name
from .. import conditions
from ..environment import Environment
from ..foreign import foreign_type
from ..primitives import PRIMITIVES, SPECIALS
from ..text.format import encode_complex, layout_complex, number_strings
from ..values import (
    DTYPES,
    LANGUAGE,
    NA_INTEGER,
    NA_LOGICAL,
    NA_REAL,
    NULL,
    Attributes,
    Builtin,
    Closure,
    RVector,
    Scalar,
    is_real_na,
    object_array,
)
from .nesting import guard_nesting

LADDER = {
    "NULL": 0,
    "raw": 1,
    "logical": 2,
    "integer": 3,
    "double": 4,
    "complex": 5,
    "character": 6,
    "list": 7,
    "expression": 8,
}
"""R's types from the poorest to the richest: `c()` and replacement climb it."""

NUMERIC = ("logical", "integer", "double")
INT_MAX = 2147483647

MEMORY_LIMIT = 3 * 2**30
"""Bytes that one vector may take; beyond it R too says "cannot allocate vector of size"."""
_OBJECT_LIMITS = {"list": 2**27, "expression": 2**27, "character": 2**29}
"""The same for vectors of references, whose elements take room and time of their own."""
_GROWTH_LIMIT = 12 * 2**20
_OBJECT_GROWTH_LIMITS = {"list": 2**20, "expression": 2**20, "character": 2**22}
"""Elements by which a vector may grow out of itself: sixty doublings end soon, 16,000 images may double."""
_ONE_STEP = 64
"""Growth by more than this factor is no step of many: a size was asked for."""


def guard_size(count: float, type: str = "double") -> int:
    """The number of elements as int, refused before numpy tries to allocate what no machine has."""
    size = count * np.dtype(DTYPES[type]).itemsize
    if size > _OBJECT_LIMITS.get(type, MEMORY_LIMIT):
        raise _too_large(count, size)
    return int(count)


def guard_growth(count: float, source: int, type: str, added: float | None = None) -> int:
    """As guard_size, for a vector made of fewer elements: by repeating them, joined with itself, by
    assignment behind its end. In a loop such vectors grow until nothing holds them, so they may grow by less.

    Args:
        count: elements of the result
        source: elements that it is made of
        added: how many count as new, by default count - source
    """
    added = count - source if added is None else added
    if added > _OBJECT_GROWTH_LIMITS.get(type, _GROWTH_LIMIT) and count < _ONE_STEP * source:
        raise _too_large(count, count * np.dtype(DTYPES[type]).itemsize)
    return guard_size(count, type)


def guard_joined(parts: Sequence[RVector], type: str) -> int:
    """The length of vectors in one; those that occur again make it grow."""
    count = sum(map(len, parts))
    source = sum(map(len, {id(part): part for part in parts}.values()))
    if count > source and any(part.names is not None for part in parts):
        guard_growth(count, source, "character")
    return guard_growth(count, source, type)


def _too_large(count: float, size: float) -> UserError:
    return UserError(
        f"cannot allocate vector of size {size / 2**30:.1f} Gb",
        code=Code.LIMIT,
        cause=f"the result would have {count:.0f} elements",
        cure="work on it in pieces",
    )


def type_of(value: Any) -> str:
    """R's `typeof`."""
    if isinstance(value, Name):
        return "symbol"
    if isinstance(value, (Call, Function)):
        return "language"
    if isinstance(value, Builtin):
        return (
            "closure" if value.name not in PRIMITIVES else "special" if value.name in SPECIALS else "builtin"
        )
    kind = getattr(value, "type", None)
    return kind if isinstance(kind, str) and foreign_type(value) is None else "externalptr"


_MODES = {
    "integer": "numeric",
    "double": "numeric",
    "closure": "function",
    "builtin": "function",
    "special": "function",
    "symbol": "name",
    "language": "call",
}


def mode_of(value: Any) -> str:
    """R's `mode`."""
    if isinstance(value, Call) and isinstance(value.function, Name) and value.function.name == "(":
        return "("
    kind = type_of(value)
    return _MODES.get(kind, kind)


def is_vector(value: Any) -> bool:
    return isinstance(value, RVector)


def is_atomic(value: Any) -> bool:
    return isinstance(value, RVector) and value.type not in ("list", "expression")


def is_function(value: Any) -> bool:
    if isinstance(value, (Closure, Builtin)):
        return True
    foreign = foreign_type(value)
    return foreign is not None and foreign.callable(value)


def has_class(value: Any, name: str) -> bool:
    """Whether the class attribute holds a name; foreign objects have none."""
    attributes = getattr(value, "attributes", None)
    classes = attributes.get("class") if isinstance(attributes, dict) else None
    return classes is not None and name in classes.data


def common_type(values: Iterable[Any]) -> str:
    """The type that can hold all values: the highest on R's ladder; what is no vector needs a list."""
    best = "NULL"
    for value in values:
        kind = value.type if isinstance(value, RVector) else "NULL" if value is NULL else "list"
        if LADDER[kind] > LADDER[best]:
            best = kind
    return best


# Numbers in text


_HEX = re.compile(r"[+-]?0[xX]([0-9a-fA-F]+)(\.[0-9a-fA-F]*)?([pP][+-]?\d+)?\Z")
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d*)?\Z")
_DIGITS_ONLY = re.compile(r"[0-9.eE+-]*")
_WORDS = {"nan": math.nan, "inf": math.inf, "infinity": math.inf}


def parse_number(text: str) -> float | None:
    """The double a string stands for by R's rules, or None. "NA" is the caller's business."""
    text = text.strip()
    if _DECIMAL.match(text):
        mantissa, mark, exponent = text.replace("E", "e").partition("e")
        # R reads "1e" as 1
        return float(mantissa + mark + exponent) if exponent.strip("+-") else float(mantissa)
    if _HEX.match(text):
        return float.fromhex(text)
    word = _WORDS.get(text.lstrip("+-").lower())
    return None if word is None else -word if text.startswith("-") else word


def _complex_text(z: complex) -> str:
    return encode_complex(z, layout_complex(np.array([z]), 15))


# Data from type to type


_LOGICAL_WORDS = {"T": 1, "TRUE": 1, "true": 1, "True": 1, "F": 0, "FALSE": 0, "false": 0, "False": 0}


def _from_small(data: np.ndarray, type: str, to: str) -> np.ndarray:
    """logical, integer or raw to a number type."""
    out = data.astype(DTYPES[to])
    if type != "raw":
        missing = data == (NA_LOGICAL if type == "logical" else NA_INTEGER)
        if missing.any():
            out[missing] = {"logical": NA_LOGICAL, "integer": NA_INTEGER}.get(to, NA_REAL)
    return out


def _to_logical(data: np.ndarray, type: str) -> np.ndarray:
    if type in ("double", "complex"):
        return np.where(np.isnan(data), NA_LOGICAL, data != 0).astype(np.int8)
    missing = data == NA_INTEGER if type == "integer" else np.zeros(len(data), dtype=bool)
    return np.where(missing, NA_LOGICAL, data != 0).astype(np.int8)


def double_to_integer(data: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        bad = ~(np.abs(data) < INT_MAX + 1.0)
        out = data.astype(np.int32) if not bad.any() else np.where(bad, 0, data).astype(np.int32)
    if bad.any():
        out[bad] = NA_INTEGER
        if not np.isnan(data[bad]).all():
            conditions.warn_running("NAs introduced by coercion to integer range")
    return out


def _strings_to_numbers(data: np.ndarray) -> np.ndarray:
    texts = data.tolist()
    try:
        if _DIGITS_ONLY.fullmatch("".join(texts)):
            return np.fromiter(map(float, texts), dtype=np.float64, count=len(texts))
    except (TypeError, ValueError):
        pass  # NA, or text that Python does not read as R does
    out = np.empty(len(data), dtype=np.float64)
    lost = False
    for i, text in enumerate(texts):
        if text is None or not text.strip():
            out[i] = NA_REAL
            continue
        number = parse_number(text)
        lost = lost or number is None
        out[i] = NA_REAL if number is None else number
    if lost:
        conditions.warn_running("NAs introduced by coercion")
    return out


def _complex_from_text(data: np.ndarray) -> np.ndarray:
    out = np.empty(len(data), dtype=np.complex128)
    lost = False
    for i, text in enumerate(data):
        try:
            out[i] = NA_REAL if text is None or not text.strip() else complex(text.strip().replace("i", "j"))
        except ValueError:
            out[i], lost = NA_REAL, True
    if lost:
        conditions.warn_running("NAs introduced by coercion")
    return out


def _doubles_to_strings(data: np.ndarray) -> np.ndarray:
    small = np.abs(data) < 1e5
    if small.all() and (data == np.trunc(data)).all():
        return object_array(list(map(str, data.astype(np.int64).tolist())))
    out = object_array(number_strings(data, digits=15))
    out[is_real_na(data)] = None
    return out


def _to_strings(data: np.ndarray, type: str) -> np.ndarray:
    if type == "double":
        return _doubles_to_strings(data)
    if type == "integer":
        out = object_array(list(map(str, data.tolist())))
        out[data == NA_INTEGER] = None
        return out
    if type == "logical":
        words = {0: "FALSE", 1: "TRUE"}
        return object_array([words.get(v) for v in data.tolist()])
    if type == "raw":
        return object_array([f"{v:02x}" for v in data.tolist()])
    texts = [_complex_text(z) for z in data.tolist()]
    return object_array([None if text == "NA" else text for text in texts])


def _to_integer(data: np.ndarray, type: str) -> np.ndarray:
    if type == "character":
        data = _strings_to_numbers(data)
    elif type == "complex":
        data = np.real(data)
    elif type in ("logical", "raw"):
        return _from_small(data, type, "integer")
    return double_to_integer(data)


def _to_double(data: np.ndarray, type: str) -> np.ndarray:
    if type == "character":
        return _strings_to_numbers(data)
    if type == "complex":
        if (np.imag(data) != 0).any():
            conditions.warn("imaginary parts discarded in coercion")
        return np.real(data).copy()
    return _from_small(data, type, "double")


def _to_raw(data: np.ndarray, type: str) -> np.ndarray:
    numbers = _to_integer(data, type) if type != "integer" else data
    bad = (numbers < 0) | (numbers > 255)
    if bad.any():
        conditions.warn("out-of-range values treated as 0 in coercion to raw")
    return np.where(bad, 0, numbers).astype(np.uint8)


def _text_to_logical(data: np.ndarray) -> np.ndarray:
    return np.array([_LOGICAL_WORDS.get(t, NA_LOGICAL) for t in data], dtype=np.int8)


def convert_data(data: np.ndarray, type: str, to: str) -> np.ndarray:
    """The array of one atomic type (or list) as that of another, with R's NA rules and warnings."""
    if type == to:
        return data
    if to in ("list", "expression"):
        return data if type in ("list", "expression") else object_array(_cells(type, data, None))
    if type in ("list", "expression"):
        return _list_to_atomic(data, to)
    if to == "logical":
        return _text_to_logical(data) if type == "character" else _to_logical(data, type)
    if to == "complex":
        return _complex_from_text(data) if type == "character" else _from_small_complex(data, type)
    if to == "character":
        return _to_strings(data, type)
    return {"integer": _to_integer, "double": _to_double, "raw": _to_raw}[to](data, type)


def _from_small_complex(data: np.ndarray, type: str) -> np.ndarray:
    return (data if type == "double" else _from_small(data, type, "double")).astype(np.complex128)


def _list_to_atomic(items: np.ndarray, to: str) -> np.ndarray:
    """Each element must be one atomic value, or none for NA; to text, anything goes, deparsed as R does."""
    if to == "character":
        return object_array([_element_text(item) for item in items])
    out = np.empty(len(items), dtype=DTYPES[to])
    for i, item in enumerate(items):
        if isinstance(item, RVector) and len(item) <= (0 if is_atomic(item) else 1):
            out[i] = convert_data(np.array([NA_LOGICAL], dtype=DTYPES["logical"]), "logical", to)[0]
            continue
        if not is_atomic(item) or len(item) != 1:
            raise UserError(f"'list' object cannot be coerced to type '{to}'", code=Code.TYPE)
        out[i] = convert_data(item.data, item.type, to)[0]
    return out


def _element_text(item: Any) -> str | None:
    if is_atomic(item) and len(item) == 1 and not (item.attributes and "names" in item.attributes):
        text = convert_data(item.data, item.type, "character")[0]
        return "NA" if text is None and item.type != "character" else text
    if isinstance(item, Name):
        return item.name
    guard_nesting(item)
    return deparse_text(_bare(item))


def _bare(item: Any) -> Any:
    """The value without attributes but names, whole numbers as plain ones: how R shows elements of lists."""
    if not isinstance(item, RVector):
        return item
    names = item.attribute("names")
    attributes = None if names is None else {"names": names}
    if item.type in ("list", "expression"):
        return RVector(item.type, object_array([_bare(each) for each in item.data]), attributes)
    steps = np.diff(item.data.astype(np.int64)) if item.type == "integer" else np.empty(0)
    if item.type == "integer" and len(item) and not (len(steps) and (steps == 1).all()):
        return RVector("double", convert_data(item.data, "integer", "double"), attributes)
    return RVector(item.type, item.data, attributes)


def deparse_text(value: Any) -> str:
    """The value as R code on one line."""
    from ..text.deparse import deparse_lines  # the deparser stands above this module

    return " ".join(deparse_lines(value, 500))


# Values from type to type


def coerce(value: Any, type: str, what: str | None = None) -> RVector:
    """The value as a vector of the type under the same attributes (R's coerceVector)."""
    if value is NULL:
        return RVector(type, np.empty(0, dtype=DTYPES[type]))
    if not isinstance(value, RVector):
        return _coerce_other(value, type)
    if value.type == type:
        return value
    return RVector(
        type, convert_data(value.data, value.type, type), value.attributes and dict(value.attributes)
    )


def _coerce_other(value: Any, type: str) -> RVector:
    if type in ("list", "expression"):
        return RVector(type, object_array([value]))
    if type == "character" and isinstance(value, LANGUAGE):
        return RVector("character", object_array(language_texts(value)))
    raise UserError(f"cannot coerce type '{type_of(value)}' to vector of type '{type}'", code=Code.TYPE)


def language_texts(node: Any) -> list[str]:
    """as.character of a language object: its parts, each deparsed."""
    if isinstance(node, Name):
        return [node.name]
    if isinstance(node, Call):
        parts = [node.function, *(a.value for a in node.args)]
        return [p.name if isinstance(p, Name) else _constant_text(p) for p in parts]
    return [deparse_text(node)]


def _constant_text(part: Any) -> str:
    if isinstance(part, Const) and isinstance(part.value, str):
        return part.value
    return deparse_text(part)


def as_vector(value: Any, type: str) -> RVector:
    """R's as.vector(value, mode): atomic vectors lose all attributes, lists keep their names."""
    out = coerce(value, type)
    if not out.attributes:
        return out
    names = out.attributes.get("names")
    keep = {"names": names} if type in ("list", "expression") and names is not None else None
    return out.with_attributes(keep)


# Elements


_CARRIED = ("factor", "Date", "POSIXct", "difftime")


_SCALARS = ("double", "integer", "logical", "character")


def _cells(type: str, data: np.ndarray, attributes: Attributes | None) -> list[RVector]:
    """One vector of length 1 for each element."""
    if not attributes and type in _SCALARS:
        return [Scalar(type, v) for v in data.tolist()]
    # rows of one fresh block: none overlaps another
    return [RVector(type, row, dict(attributes or {})) for row in data.reshape(-1, 1).copy()]


def cell(type: str, data: np.ndarray, i: int) -> RVector:
    """Element i of vector data as a value of its own."""
    if type in _SCALARS:
        return Scalar(type, data.item(i))
    return RVector(type, data[i : i + 1].copy())


def elements(value: Any) -> list[Any]:
    """Each element as an R value: what `lapply` walks over (`as.list`). Classes of factors and dates stay."""
    if value is NULL:
        return []
    if isinstance(value, Environment):
        return [value.values[name] for name in value.listed() if not name.startswith(".")]
    if not isinstance(value, RVector):
        return [value]
    if value.type in ("list", "expression"):
        return list(value.data)
    attributes = value.attributes
    carried = None
    if attributes and any(has_class(value, c) for c in _CARRIED):
        carried = {k: v for k, v in attributes.items() if k not in ("names", "dim", "dimnames")}
    guard_size(len(value), "list")
    return _cells(value.type, value.data, carried)


# Arguments of builtins


def _invalid(what: str) -> UserError:
    return UserError(f"invalid '{what}' argument", code=Code.ARGUMENT)


def one_number(value: Any, what: str) -> float:
    """The argument as one number; NA becomes nan."""
    if value.__class__ is Scalar and (
        value.type == "double" or (value.type == "integer" and value.value > 0)
    ):
        return float(value.value)
    if not is_atomic(value) or len(value) < 1 or value.type not in (*NUMERIC, "character", "complex", "raw"):
        raise _invalid(what)
    return float(convert_data(value.data[:1], value.type, "double")[0])


def one_int(value: Any, what: str) -> int:
    """The argument as one whole number, cut towards zero; NA and what is no number are refused."""
    number = one_number(value, what)
    if not math.isfinite(number):
        raise _invalid(what)
    return int(number)


def one_string(value: Any, what: str) -> str:
    """The argument as one string that is not NA."""
    if value.__class__ is Scalar and value.type == "character" and value.value is not None:
        return value.value
    if not isinstance(value, RVector) or value.type != "character" or len(value) < 1 or value.data[0] is None:
        raise _invalid(what)
    return value.data[0]


def one_flag(value: Any, what: str) -> bool:
    """The argument as TRUE or FALSE; NA is refused."""
    if value.__class__ is Scalar and value.type == "logical" and value.value >= 0:
        return value.value == 1
    if not is_atomic(value) or len(value) < 1:
        raise _invalid(what)
    flag = convert_data(value.data[:1], value.type, "logical")[0]
    if flag == NA_LOGICAL:
        raise _invalid(what)
    return bool(flag)


def strings(value: Any, what: str) -> list[str | None]:
    """The argument as strings, None for NA; numbers and factors are written out."""
    if value is NULL:
        return []
    if not isinstance(value, RVector):
        raise _invalid(what)
    return list(factor_or_text(value).data)


def factor_or_text(value: RVector) -> RVector:
    """as.character: factors give their levels' names."""
    if has_class(value, "factor"):
        levels = value.attribute("levels")
        words = np.array([None, *(levels.data if levels is not None else ())], dtype=object)
        if len(value) and value.data.max() >= len(words):
            raise UserError("malformed factor", code=Code.TYPE, cause="it has codes beyond its levels")
        return RVector("character", words[np.maximum(value.data, 0)])
    return as_vector(value, "character")


def numbers(value: Any, what: str) -> np.ndarray:
    """The argument as float64 array; text is refused."""
    if value is NULL:
        return np.empty(0)
    if not isinstance(value, RVector) or value.type not in (*NUMERIC, "raw"):
        raise _invalid(what)
    return convert_data(value.data, value.type, "double")


def missing_value(type: str) -> Any:
    """NA of a type as numpy holds it; NULL for a list, 0 for raw."""
    return {
        "logical": NA_LOGICAL,
        "integer": NA_INTEGER,
        "double": NA_REAL,
        "complex": complex(NA_REAL, 0),
        "character": None,
        "raw": 0,
    }.get(type, NULL)


def named(value: RVector, names: Sequence[str | None] | None) -> RVector:
    """The fresh value with names set; None leaves it as it is."""
    if names is None:
        return value
    attributes = {"names": RVector("character", object_array(list(names))), **(value.attributes or {})}
    return RVector(value.type, value.data, attributes)

"""Operators and functions of single numbers and strings; each raises `Surprise` where R would do more."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .. import limits
from ..environment import Environment
from ..evaluator.compile import ASSUMED
from ..evaluator.operators import apply_binary, apply_unary
from ..values import NA_REAL, NULL, Builtin, Closure, RVector, Scalar, logical
from . import vectors
from .boxes import box, unbox
from .runtime import Surprise, combine, converted, extreme, plain, sequence, size

_MAX_INT = 2147483647
_EXACT = 9e15
"""Whole doubles below are exact, and so are their quotients and rests."""

Binary = Callable[[Any, Any], Any]


def _arithmetic(name: str, compute: Binary) -> Binary:
    def general(a: Any, b: Any) -> Any:
        left, right = type(a), type(b)
        if left is float or left is int:
            if right is float:
                return compute(a, b)
            if right is int:
                result = compute(a, b)
                if left is float or -_MAX_INT <= result <= _MAX_INT:
                    return result
                raise Surprise
        missing = _missing(a, b)
        return plain(name, a, b) if missing is None else missing

    return general


_VECTOR_TYPES = {float: "double", int: "integer", bool: "logical"}
_NA_REAL, _NA_INT = float(NA_REAL), Scalar("integer", -2147483648)


def _missing(a: Any, b: Any) -> Any:
    """NA, where one of two single numbers is the NA of integers or flags; else None."""
    if type(a) is not Scalar and type(b) is not Scalar:
        return None
    types = set()
    for value in (a, b):
        if type(value) is Scalar and value.attributes is None and value.type in ("integer", "logical"):
            if unbox(value) is not value:
                return None
            types.add(value.type)
        elif type(value) in _VECTOR_TYPES and value == value:
            types.add(_VECTOR_TYPES[type(value)])
        else:
            return None
    return _NA_REAL if "double" in types else _NA_INT


def _number(value: Any) -> bool:
    kind = type(value)
    return kind is float or kind is int


def divide(a: Any, b: Any) -> Any:
    if _number(a) and _number(b):
        if b:
            return a / b
        raise Surprise
    return plain("/", a, b)


def power(a: Any, b: Any) -> Any:
    """R's R_pow: squares are products, and 1 to any power and any to 0 are 1."""
    if not (_number(a) and _number(b)):
        return plain("^", a, b)
    if b == 2:
        return float(a) * a
    if a == 1 or b == 0:
        return 1.0
    try:
        return math.pow(a, b)
    except (ValueError, OverflowError):
        raise Surprise from None


def _whole(name: str, compute: Binary) -> Binary:
    """%% and %/% of whole numbers."""

    def general(a: Any, b: Any) -> Any:
        left, right = type(a), type(b)
        if left is int and right is int:
            if b:
                return compute(a, b)
        elif _number(a) and _number(b) and b and _is_whole(a) and _is_whole(b):
            return float(compute(a, b)) + 0.0  # R's zeros are positive
        raise Surprise

    return general


def _is_whole(x: Any) -> bool:
    return -_EXACT < x < _EXACT and float(x).is_integer()


def _comparison(name: str, compute: Binary, text: bool) -> Binary:
    def general(a: Any, b: Any) -> Any:
        if _number(a) and _number(b):
            if a == a and b == b:
                return compute(a, b)
            raise Surprise
        if text and type(a) is str:
            if type(b) is str:
                return compute(a, b)
            if vectors.are_texts(b):
                return vectors.compared_texts(compute, b.data, a)
        elif text and type(b) is str and vectors.are_texts(a):
            return vectors.compared_texts(compute, a.data, b)
        return plain(name, a, b)

    return general


def _logic(name: str) -> Binary:
    def general(a: Any, b: Any) -> Any:
        if type(a) is bool and type(b) is bool:
            return (a and b) if name == "&" else (a or b)
        return plain(name, a, b)

    return general


BINARY: dict[str, Binary] = {
    "+": _arithmetic("+", operator.add),
    "-": _arithmetic("-", operator.sub),
    "*": _arithmetic("*", operator.mul),
    "/": divide,
    "^": power,
    "%%": _whole("%%", operator.mod),
    "%/%": _whole("%/%", operator.floordiv),
    "==": _comparison("==", operator.eq, True),
    "!=": _comparison("!=", operator.ne, True),
    "<": _comparison("<", operator.lt, False),
    ">": _comparison(">", operator.gt, False),
    "<=": _comparison("<=", operator.le, False),
    ">=": _comparison(">=", operator.ge, False),
    "&": _logic("&"),
    "|": _logic("|"),
    ":": sequence,
}
"""Every operator in general, by R name."""


def negate(a: Any) -> Any:
    if _number(a):
        return -a
    raise Surprise


def positive(a: Any) -> Any:
    if _number(a):
        return a
    raise Surprise


def invert(a: Any) -> Any:
    if type(a) is bool:
        return not a
    raise Surprise


UNARY: dict[str, Callable[[Any], Any]] = {"-": negate, "+": positive, "!": invert}


def binary(name: str, a: Any, b: Any, call: Any, env: Environment) -> Any:
    """An operator whose operands may not be computed again: methods are called, warnings given, from here."""
    try:
        return BINARY[name](a, b)
    except Surprise:
        return unbox(apply_binary(name, box(a), box(b), call, env))


def unary(name: str, a: Any, call: Any, env: Environment) -> Any:
    """As `binary`."""
    try:
        return UNARY[name](a)
    except Surprise:
        return unbox(apply_unary(name, box(a), call, env))


def logical_operand(value: Any) -> bool:
    """An operand of `&&` and `||` that is no NA."""
    kind = type(value)
    if kind is bool:
        return value
    if kind is int or (kind is float and value == value):
        return value != 0
    raise Surprise


# Functions of base R


def _of_double(compute: Callable[[float], float]) -> Callable[[Any], Any]:
    def function(x: Any) -> float:
        if type(x) is not float and type(x) is not int:
            raise Surprise
        try:
            result = compute(x)
        except (ValueError, OverflowError):
            raise Surprise from None
        if result != result:
            raise Surprise
        return result

    return function


def _absolute(x: Any) -> Any:
    if _number(x):
        return abs(x)
    raise Surprise


def _floor(x: Any) -> float:
    if type(x) is float and -_EXACT < x < _EXACT:
        return x // 1.0
    raise Surprise


def _ceiling(x: Any) -> float:
    if type(x) is float and -_EXACT < x < _EXACT:
        return -(-x // 1.0)
    raise Surprise


def _length(x: Any) -> int:
    n = size(x)
    if n is None:
        raise Surprise
    return n


def _characters(x: Any) -> int:
    if type(x) is str:
        return len(x)
    raise Surprise


def _extreme(name: str, compute: Callable[..., Any]) -> Callable[..., Any]:
    def function(*values: Any) -> Any:
        if len(values) == 2:
            a, b = values
            if type(a) is type(b) is float and a == a and b == b:
                return compute(a, b)
        elif len(values) == 1 and type(values[0]) is RVector:
            return extreme(values[0], name)
        kinds = {type(v) for v in values}
        if kinds == {int}:
            return compute(values)
        if kinds and kinds <= {int, float} and all(v == v for v in values):
            return float(compute(values))
        raise Surprise

    return function


def _is_null(x: Any) -> bool:
    return x is NULL


def _is_na(x: Any) -> Any:
    kind = type(x)
    if kind is RVector and x.attributes is None and x.type in _VECTOR_TYPES.values():
        return unbox(logical(x.is_na()))
    if kind is float:
        return x != x
    if kind is int or kind is bool or kind is str:
        return False
    if kind is Scalar and x.attributes is None:
        return bool(x.is_na()[0])
    raise Surprise


def _is_function(x: Any) -> bool:
    return type(x) is Closure or type(x) is Builtin


def _is_character(x: Any) -> bool:
    kind = type(x)
    if kind is str:
        return True
    if kind is float or kind is int or kind is bool or x is NULL:
        return False
    if isinstance(x, RVector):
        return x.type == "character"
    raise Surprise


def _as_integer(x: Any) -> Any:
    if type(x) is int:
        return x
    if type(x) is RVector:
        return converted(x, "integer")
    if type(x) is bool or (type(x) is float and -2147483648.0 < x < 2147483648.0):
        return int(x)
    raise Surprise


def _as_double(x: Any) -> Any:
    if type(x) is RVector:
        return converted(x, "double")
    if type(x) is float or type(x) is int or type(x) is bool:
        return float(x)
    raise Surprise


def _joined(*parts: Any) -> str:
    text = []
    for part in parts:
        if type(part) is str:
            text.append(part)
        elif type(part) is int:
            text.append(str(part))
        else:
            raise Surprise
    if not text or sum(map(len, text)) > limits.TEXT_LIMIT:
        raise Surprise
    return "".join(text)


def _substring(x: Any, start: Any, stop: Any) -> str:
    if type(x) is str and _number(start) and _number(stop) and start >= 1 and 0 <= stop < _MAX_INT:
        return x[int(start) - 1 : int(stop)]
    raise Surprise


@dataclass(frozen=True)
class Intrinsic:
    """A pure function of base R that generated code calls directly.

    Attributes:
        function: the Python function of unboxed values
        kind: of what it returns: "float", "int", "bool", "str" or "any"
        arity: how many arguments it takes, or None for any number
    """

    function: Callable[..., Any]
    kind: str
    arity: int | None = 1


_DOUBLE: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log": math.log,
    "log2": math.log2,
    "log10": math.log10,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "atan": math.atan,
    "tanh": math.tanh,
}

INTRINSICS: dict[str, Intrinsic] = {
    **{name: Intrinsic(_of_double(compute), "float") for name, compute in _DOUBLE.items()},
    "abs": Intrinsic(_absolute, "any"),
    "floor": Intrinsic(_floor, "float"),
    "ceiling": Intrinsic(_ceiling, "float"),
    "length": Intrinsic(_length, "int"),
    "nchar": Intrinsic(_characters, "int"),
    "max": Intrinsic(_extreme("max", max), "any", None),
    "min": Intrinsic(_extreme("min", min), "any", None),
    "is.null": Intrinsic(_is_null, "bool"),
    "is.na": Intrinsic(_is_na, "any"),
    "is.function": Intrinsic(_is_function, "bool"),
    "is.character": Intrinsic(_is_character, "bool"),
    "as.integer": Intrinsic(_as_integer, "any"),
    "as.numeric": Intrinsic(_as_double, "any"),
    "as.double": Intrinsic(_as_double, "any"),
    "paste0": Intrinsic(_joined, "str", None),
    "substr": Intrinsic(_substring, "str", 3),
    "c": Intrinsic(combine, "any", None),
    "list": Intrinsic(vectors.listed, "any", None),
    "sum": Intrinsic(vectors.total, "any"),
    "any": Intrinsic(vectors.any_true, "bool"),
    "all": Intrinsic(vectors.all_true, "bool"),
    "which.max": Intrinsic(vectors.which_max, "int"),
    "which.min": Intrinsic(vectors.which_min, "int"),
    "rev": Intrinsic(vectors.reversed_, "any"),
    "seq_len": Intrinsic(vectors.sequence_to, "any"),
    "seq_along": Intrinsic(vectors.sequence_along, "any"),
    "dim": Intrinsic(vectors.extents, "any"),
    "%in%": Intrinsic(vectors.contained, "bool", 2),
}
"""By R name. A program that binds one of these names gets calls by lookup from then on."""

ASSUMED.update(INTRINSICS)

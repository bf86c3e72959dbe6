"""R's Math group and number theory: functions of each element, rounding, bits, complex parts."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ...errors import Code, UserError
from .. import conditions
from ..generics import invoke
from ..registry import builtin
from ..text.format import round_complex
from ..values import MISSING, NA_INTEGER, NA_REAL, NULL, RVector, Scalar, double, integer, is_real_na
from ..vectors import ordinary
from ..vectors.arith import recycle, result_attributes
from ..vectors.coerce import NUMERIC, convert_data, guard_size, one_int, one_number

_NA_INT = int(NA_INTEGER)

Elementwise = Callable[[np.ndarray], np.ndarray]


def numeric_argument(x: Any) -> RVector:
    """The argument of a mathematical function, or R's refusal."""
    if isinstance(x, RVector) and x.type in (*NUMERIC, "complex"):
        return x
    raise UserError("non-numeric argument to mathematical function", code=Code.TYPE)


def apply_math(x: Any, function: Elementwise) -> RVector:
    """function of each element as double; attributes stay; a new NaN is worth a warning."""
    if ordinary.quiet and x.__class__ is RVector and x.type == "double" and not x.attributes:
        plain = function(x.data)
        if not np.isnan(plain).any():
            return RVector("double", plain)
    x = numeric_argument(x)
    data = x.data if x.type == "complex" else convert_data(x.data, x.type, "double")
    with np.errstate(all="ignore"):
        out = function(data)
    if x.type != "complex":
        bad = np.isnan(out)
        if bad.any():
            if (bad & ~np.isnan(data)).any():
                conditions.warn("NaNs produced")
            out = np.where(np.isnan(data), data, out)
    return RVector("complex" if np.iscomplexobj(out) else "double", out, dict(x.attributes or {}))


def _exact(function: Callable[[float], float]) -> Elementwise:
    """A function of Python's math for each element; its domain errors become NaN, its overflows Inf."""

    def one(v: float) -> float:
        try:
            return function(v)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return lambda data: np.array([one(v) for v in data.tolist()], dtype=np.float64)


def _gamma(v: float) -> float:
    return math.nan if v == 0 else math.gamma(v)


def _log_gamma(v: float) -> float:
    return math.inf if v <= 0 and v == math.floor(v) else math.lgamma(v)


def digamma_of(x: float) -> float:
    """The derivative of log gamma: recurrence up to 10, then the asymptotic series."""
    if x <= 0 and x == math.floor(x):
        return math.nan
    if x < 0:
        return digamma_of(1 - x) - math.pi / math.tan(math.pi * x)
    shift = 0.0
    while x < 10:
        shift -= 1 / x
        x += 1
    r = 1 / (x * x)
    series = 1 / 12 - r * (1 / 120 - r * (1 / 252 - r * (1 / 240 - r * (1 / 132 - r * 691 / 32760))))
    return shift + math.log(x) - 0.5 / x - r * series


def trigamma_of(x: float) -> float:
    """The second derivative of log gamma."""
    if x <= 0 and x == math.floor(x):
        return math.inf
    if x < 0:
        return -trigamma_of(1 - x) + (math.pi / math.sin(math.pi * x)) ** 2
    total = 0.0
    while x < 12:
        total += 1 / (x * x)
        x += 1
    r = 1 / (x * x)
    series = 1 / 6 - r * (1 / 30 - r * (1 / 42 - r * (1 / 30 - r * (5 / 66 - r * 691 / 2730))))
    return total + 1 / x + r / 2 + r / x * series


def _sin_pi(x: np.ndarray) -> np.ndarray:
    return np.where(np.mod(x, 1) == 0, 0.0, np.sin(np.pi * np.mod(x, 2)))


def _cos_pi(x: np.ndarray) -> np.ndarray:
    return np.where(np.mod(x, 1) == 0.5, 0.0, np.cos(np.pi * np.mod(x, 2)))


def _tan_pi(x: np.ndarray) -> np.ndarray:
    return _sin_pi(x) / _cos_pi(x)


_FUNCTIONS: dict[str, Elementwise] = {
    "sqrt": np.sqrt, "exp": np.exp, "expm1": np.expm1, "log1p": np.log1p, "log2": np.log2, "log10": np.log10,
    "cos": np.cos, "sin": np.sin, "tan": np.tan, "acos": np.arccos, "asin": np.arcsin, "atan": np.arctan,
    "cosh": np.cosh, "sinh": np.sinh, "tanh": np.tanh,
    "acosh": np.arccosh, "asinh": np.arcsinh, "atanh": np.arctanh,
    "cospi": _cos_pi, "sinpi": _sin_pi, "tanpi": _tan_pi,
    "gamma": _exact(_gamma), "lgamma": _exact(_log_gamma),
    "digamma": _exact(digamma_of), "trigamma": _exact(trigamma_of),
}  # fmt: skip


_SINGLE: dict[str, Callable[[float], float]] = {
    name: getattr(math, name)
    for name in _FUNCTIONS
    if hasattr(math, name) and name not in ("gamma", "lgamma")
}
"""The same functions of one number, for scalar code."""


def _single(x: Any, function: Callable[[float], float] | None) -> Scalar | None:
    """function of a single finite number; None where numpy has to look at it."""
    if x.__class__ is not Scalar or function is None or x.attributes:
        return None
    if x.type not in ("double", "integer"):
        return None
    value = x.value
    if x.type == "integer" and value == _NA_INT:
        return None
    try:
        return Scalar("double", function(value))
    except (ValueError, OverflowError):
        return None


def _declare(name: str, function: Elementwise) -> None:
    single = _SINGLE.get(name)

    @builtin(f"{name}(x)", generic=True)
    def elementwise(x: Any) -> RVector:
        return _single(x, single) or apply_math(x, function)


for _name, _function in _FUNCTIONS.items():
    _declare(_name, _function)


@builtin("factorial(x)", generic=True)
def factorial(x: Any) -> RVector:
    if isinstance(x, RVector) and x.type == "character":
        raise UserError("non-numeric argument to binary operator", code=Code.TYPE)
    return apply_math(x, lambda data: _exact(_gamma)(data + 1))


@builtin("lfactorial(x)", generic=True)
def lfactorial(x: Any) -> RVector:
    return apply_math(x, lambda data: _exact(_log_gamma)(data + 1))


@builtin("log(x, base = exp(1))", generic=True)
def log(x: Any, base: Any = NULL) -> RVector:
    if base is NULL:
        return _single(x, math.log) or apply_math(x, np.log)
    x, base = numeric_argument(x), numeric_argument(base)
    kind = "complex" if "complex" in (x.type, base.type) else "double"
    a, b = recycle(convert_data(x.data, x.type, kind), convert_data(base.data, base.type, kind))
    with np.errstate(all="ignore"):
        # the exact functions for the two usual bases, as R
        out = {2.0: np.log2, 10.0: np.log10}.get(b[0] if len(b) == 1 else 0, lambda v: np.log(v) / np.log(b))(
            a
        )
    if (np.isnan(out) & ~np.isnan(a) & ~np.isnan(b)).any():
        conditions.warn("NaNs produced")
    return RVector(kind, out, result_attributes(x, base, len(out), keep_class=True))


@builtin("abs(x)", generic=True)
def abs_(x: Any) -> RVector:
    x = numeric_argument(x)
    if x.type in ("integer", "logical"):
        data = convert_data(x.data, x.type, "integer")
        return integer(np.where(data == NA_INTEGER, NA_INTEGER, np.abs(data)), dict(x.attributes or {}))
    return double(np.abs(x.data), dict(x.attributes or {}))


@builtin("sign(x)", generic=True)
def sign(x: Any) -> RVector:
    x = numeric_argument(x)
    return double(np.sign(convert_data(x.data, x.type, "double")), dict(x.attributes or {}))


# Rounding


def _declare_rounding(name: str, usage: str, function: Elementwise) -> None:
    @builtin(usage, generic=True)
    def rounding(x: Any, *more: Any) -> RVector:
        x = numeric_argument(x)
        if x.type == "complex":
            raise UserError("unimplemented complex function", code=Code.TYPE)
        return apply_math(x, function)


_declare_rounding("floor", "floor(x)", np.floor)
_declare_rounding("ceiling", "ceiling(x)", np.ceil)
_declare_rounding("trunc", "trunc(x, ...)", np.trunc)


def round_half_even(data: np.ndarray, digits: int) -> np.ndarray:
    """R 4's rounding: of the two nearest decimals the closer one, the even one where both are as near."""
    if digits == 0:
        return np.rint(data)
    if digits > 323:
        return data.copy()
    if digits < -308:
        return np.zeros_like(data)
    x = np.abs(data)
    with np.errstate(all="ignore"):
        if digits > 0:
            power = np.float64(10.0) ** digits
            scaled = x * power
            low, high = np.floor(scaled) / power, np.ceil(scaled) / power
        else:
            power = np.float64(10.0) ** -digits
            scaled = x / power
            low, high = np.floor(scaled) * power, np.ceil(scaled) * power
        below, above = x - low, high - x
        even = np.mod(np.floor(scaled), 2) == 0
        out = np.where((below < above) | ((below == above) & even), low, high)
        # so many digits that there is nothing to round
        magnitude = math.log10(2) * (0.5 + np.floor(np.log2(np.where(x > 0, x, 1.0))))
        exact = (magnitude + digits > 15) | ~np.isfinite(x) | (x == 0)
    return np.where(exact, data, np.copysign(out, data))


def significant(data: np.ndarray, digits: int) -> np.ndarray:
    """Each number to so many significant digits."""
    digits = max(digits, 1)
    if digits > 22:
        return data.copy()
    out = data.copy()
    ok = np.isfinite(data) & (data != 0)
    x = np.abs(data[ok])
    shift = digits - 1 - np.floor(np.log10(x)).astype(np.int64)
    with np.errstate(all="ignore"):
        up = np.float64(10.0) ** np.clip(shift, 0, 308)
        extra = np.float64(10.0) ** np.clip(shift - 308, 0, None)
        down = np.float64(10.0) ** np.clip(-shift, 0, None)
        rounded = np.where(shift > 0, np.rint(x * up * extra) / up / extra, np.rint(x / down) * down)
    out[ok] = np.copysign(rounded, data[ok])
    return out


def _by_digits(x: Any, digits: Any, function: Callable[[np.ndarray, int], np.ndarray]) -> RVector:
    x = numeric_argument(x)
    if not isinstance(digits, RVector) or digits.type not in NUMERIC:
        raise UserError("non-numeric argument to mathematical function", code=Code.TYPE)
    if len(digits) == 0:
        raise UserError("invalid second argument of length 0", code=Code.ARGUMENT)
    places = convert_data(digits.data, digits.type, "double")
    if x.type == "complex":
        d = int(places[0])
        if function is significant:  # of the larger part
            return RVector("complex", round_complex(x.data, d), dict(x.attributes or {}))
        return RVector(
            "complex", function(x.data.real, d) + 1j * function(x.data.imag, d), dict(x.attributes or {})
        )
    data, places = recycle(convert_data(x.data, x.type, "double"), places)
    if len(places) == 1 and places[0] == places[0]:
        out = function(data, int(np.clip(np.floor(places[0] + 0.5), -400, 400)))
    else:
        pairs = zip(*np.broadcast_arrays(data, places), strict=True)
        out = np.array([_one_by_digits(v, d, function) for v, d in pairs])
    return RVector("double", out, dict(x.attributes or {}))


def _one_by_digits(value: float, digits: float, function: Callable[[np.ndarray, int], np.ndarray]) -> float:
    return NA_REAL if digits != digits else function(np.array([value]), int(np.floor(digits + 0.5)))[0]


@builtin("round(x, digits = 0, ...)", generic=True)
def round_(x: Any, digits: Any, dots: Any) -> RVector:
    return _by_digits(x, digits, round_half_even)


@builtin("signif(x, digits = 6, ...)", generic=True)
def signif(x: Any, digits: Any, dots: Any) -> RVector:
    return _by_digits(x, digits, significant)


@builtin("zapsmall(x, digits = getOption('digits'))")
def zapsmall(x: Any, digits: Any) -> RVector:
    if not len(digits):
        raise UserError("invalid 'digits'", code=Code.ARGUMENT)
    size = numeric_argument(invoke("abs", x))
    size = convert_data(size.data[~size.is_na()], size.type, "double")
    if not len(size):
        return x
    places, largest = one_number(digits, "digits"), float(size.max())
    return invoke(
        "round", x, digits=double(max(0.0, places - math.log10(largest)) if largest > 0 else places)
    )


# Two arguments


def _pairwise(x: Any, y: Any, function: Callable[[float, float], float]) -> RVector:
    x, y = numeric_argument(x), numeric_argument(y)
    a, b = recycle(convert_data(x.data, x.type, "double"), convert_data(y.data, y.type, "double"))
    out = np.array([_guarded(function, p, q) for p, q in zip(*np.broadcast_arrays(a, b), strict=True)])
    return RVector("double", out.astype(np.float64), result_attributes(x, y, len(out), keep_class=True))


def _guarded(function: Callable[[float, float], float], a: float, b: float) -> float:
    if a != a or b != b:
        return NA_REAL
    try:
        return function(float(a), float(b))
    except (ValueError, ZeroDivisionError):
        return math.nan
    except OverflowError:
        return math.inf


def log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


_MOST_CHOSEN = 1030
"""As many of twice as many are more ways than a double can count."""


def choose_of(n: float, k: float) -> float:
    k = round(k)
    if k < 0:
        return 0.0
    if n == round(n) and n >= 0:
        if min(k, n - k) > _MOST_CHOSEN:
            return math.inf
        return float(math.comb(int(n), k)) if k <= n else 0.0
    out = 1.0
    for j in range(1, k + 1):
        out *= (n - k + j) / j
    return out


@builtin("beta(a, b)")
def beta(a: Any, b: Any) -> RVector:
    return _pairwise(a, b, lambda p, q: math.exp(log_beta(p, q)))


@builtin("lbeta(a, b)")
def lbeta(a: Any, b: Any) -> RVector:
    return _pairwise(a, b, log_beta)


@builtin("choose(n, k)")
def choose(n: Any, k: Any) -> RVector:
    return _pairwise(n, k, choose_of)


@builtin("lchoose(n, k)")
def lchoose(n: Any, k: Any) -> RVector:
    return _pairwise(n, k, lambda p, q: math.log(abs(choose_of(p, q))))


@builtin("atan2(y, x)")
def atan2(y: Any, x: Any) -> RVector:
    return _pairwise(y, x, math.atan2)


# Bits


def _bits(a: Any, b: Any, function: Any) -> RVector:
    parts = []
    for value in (a, b):
        if not isinstance(value, RVector) or value.type not in ("integer", "double"):
            raise UserError("'a' and 'b' must have the same type", code=Code.TYPE)
        parts.append(convert_data(value.data, value.type, "integer"))
    x, y = recycle(*parts)
    missing = (x == NA_INTEGER) | (y == NA_INTEGER)
    return integer(np.where(missing, NA_INTEGER, function(x, y)).astype(np.int32))


@builtin("bitwAnd(a, b)")
def bitw_and(a: Any, b: Any) -> RVector:
    return _bits(a, b, np.bitwise_and)


@builtin("bitwOr(a, b)")
def bitw_or(a: Any, b: Any) -> RVector:
    return _bits(a, b, np.bitwise_or)


@builtin("bitwXor(a, b)")
def bitw_xor(a: Any, b: Any) -> RVector:
    return _bits(a, b, np.bitwise_xor)


@builtin("bitwNot(a)")
def bitw_not(a: Any) -> RVector:
    return _bits(a, integer(0), lambda x, _: ~x)


def _shift(x: np.ndarray, by: np.ndarray, left: bool) -> np.ndarray:
    """Bits as unsigned; R gives doubles where the result does not fit an int."""
    wide = x.astype(np.uint32).astype(np.uint64)
    return ((wide << by.astype(np.uint64)) & 0xFFFFFFFF if left else wide >> by.astype(np.uint64)).astype(
        float
    )


@builtin("bitwShiftL(a, n)")
def bitw_shift_left(a: Any, n: Any) -> RVector:
    return _shifted(a, n, True)


@builtin("bitwShiftR(a, n)")
def bitw_shift_right(a: Any, n: Any) -> RVector:
    return _shifted(a, n, False)


def _shifted(a: Any, n: Any, left: bool) -> RVector:
    x, by = recycle(convert_data(a.data, a.type, "integer"), convert_data(n.data, n.type, "integer"))
    out = _shift(x, by, left)
    return integer(out.astype(np.int32)) if (out < 2147483648).all() else double(out)


@builtin("intToBits(x)")
def int_to_bits(x: Any) -> RVector:
    data = convert_data(x.data, x.type, "integer").astype("<u4")
    return RVector("raw", np.unpackbits(data.view(np.uint8), bitorder="little"))


@builtin("rawToBits(x)")
def raw_to_bits(x: Any) -> RVector:
    if not isinstance(x, RVector) or x.type != "raw":
        raise UserError("argument 'x' must be raw", code=Code.TYPE)
    return RVector("raw", np.unpackbits(x.data.astype(np.uint8), bitorder="little"))


@builtin("packBits(x, type = c('raw', 'integer', 'double'))")
def pack_bits(x: RVector, type: RVector) -> RVector:
    packed = np.packbits((convert_data(x.data, x.type, "integer") & 1).astype(np.uint8), bitorder="little")
    if type.data[0] == "integer":
        return integer(packed.view("<i4"))
    return double(packed.view("<f8")) if type.data[0] == "double" else RVector("raw", packed)


# Complex numbers


def _part(x: Any, function: Callable[[np.ndarray], np.ndarray]) -> RVector:
    if not isinstance(x, RVector) or x.type not in (*NUMERIC, "complex"):
        raise UserError("non-numeric argument to function", code=Code.TYPE)
    return double(np.array(function(convert_data(x.data, x.type, "complex"))), dict(x.attributes or {}))


@builtin("complex(length.out = 0L, real = numeric(), imaginary = numeric(), modulus = 1, argument = 0)")
def complex_(
    length_out: Any, real: Any, imaginary: Any, modulus: Any = MISSING, argument: Any = MISSING
) -> RVector:
    """From the parts, or from modulus and argument if one of them is given at all."""
    length = one_int(length_out, "length.out")
    if length < 0:
        raise UserError("invalid length", code=Code.VALUE)
    polar = modulus is not MISSING or argument is not MISSING
    pair = [(modulus, 1.0), (argument, 0.0)] if polar else [(real, 0.0), (imaginary, 0.0)]
    given = [np.empty(0) if v is MISSING else convert_data(v.data, v.type, "double") for v, _ in pair]
    n = guard_size(max(length, int(polar), *map(len, given)), "complex")
    absent = [NA_REAL if polar and v is not MISSING else default for v, default in pair]
    first, second = (np.resize(d if len(d) else a, n) for d, a in zip(given, absent, strict=True))
    out = np.empty(n, dtype=np.complex128)
    out.real, out.imag = (first * np.cos(second), first * np.sin(second)) if polar else (first, second)
    return RVector("complex", out)


@builtin("Re(z)", generic=True)
def re_(z: Any) -> RVector:
    return _part(z, np.real)


@builtin("Im(z)", generic=True)
def im_(z: Any) -> RVector:
    return _part(z, np.imag)


@builtin("Mod(z)", generic=True)
def mod_(z: Any) -> RVector:
    return _part(z, _modulus)


def _modulus(z: np.ndarray) -> np.ndarray:
    real = np.real(z)
    return np.where(is_real_na(real), real, np.abs(z))


@builtin("Arg(z)", generic=True)
def arg_(z: Any) -> RVector:
    return _part(z, np.angle)


@builtin("Conj(z)", generic=True)
def conj_(z: Any) -> RVector:
    x = numeric_argument(z)
    return RVector(x.type, np.conj(x.data), x.attributes) if x.type == "complex" else x


@builtin("fft(z, inverse = FALSE)")
def fft(z: Any, inverse: Any) -> RVector:
    """The unnormalised discrete Fourier transform; of an array over all axes."""
    x = numeric_argument(z)
    data = convert_data(x.data, x.type, "complex")
    backwards = bool(inverse.data[0])
    grid = data.reshape(x.dim, order="F") if x.dim else data
    out = np.fft.ifftn(grid) * grid.size if backwards else np.fft.fftn(grid)
    return RVector("complex", out.flatten(order="F"), {"dim": x.attribute("dim")} if x.dim else None)

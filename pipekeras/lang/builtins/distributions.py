"""Density, distribution and quantile functions of the usual distributions."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ...errors import Code, UserError
from .. import conditions
from ..coerce import NUMERIC, convert_data, one_flag
from ..random import normal_quantile
from ..registry import builtin
from ..values import RVector, double

Number = Callable[..., float]

_TINY = 1e-300


def normal_below(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))


def gamma_below(shape: float, x: float) -> float:
    """The regularised lower incomplete gamma function, by series below the mode and fraction above."""
    if x <= 0:
        return 0.0
    if math.isinf(x):
        return 1.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        term = total = 1 / shape
        n = shape
        while abs(term) > abs(total) * 1e-17:
            n += 1
            term *= x / n
            total += term
        return min(1.0, total * front)
    return max(0.0, 1 - front * _gamma_fraction(shape, x))


def gamma_above(shape: float, x: float) -> float:
    """The regularised upper incomplete gamma function, exact where it is tiny."""
    if x <= shape + 1 or math.isinf(x):
        return 1 - gamma_below(shape, x)
    return math.exp(shape * math.log(x) - x - math.lgamma(shape)) * _gamma_fraction(shape, x)


def _gamma_fraction(shape: float, x: float) -> float:
    """Lentz's continued fraction of the upper incomplete gamma function."""
    b = x + 1 - shape
    c, d = 1 / _TINY, 1 / b
    h = d
    for i in range(1, 10000):
        a = -i * (i - shape)
        b += 2
        d = 1 / (a * d + b or _TINY)
        c = b + a / c or _TINY
        h *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return h


def beta_below(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function (Lentz's continued fraction)."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_below(b, a, 1 - x)
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    front = math.exp(a * math.log(x) + b * math.log1p(-x) - log_beta) / a
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or _TINY)
    h = d
    for m in range(1, 10000):
        for top in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + top * d or _TINY)
            c = 1 + top / c or _TINY
            h *= d * c
        if abs(d * c - 1) < 1e-16:
            break
    return front * h


def _log_choose(n: float, k: float) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _whole(x: float) -> bool:
    return x == math.floor(x)


def _binomial_mass(x: float, n: float, p: float) -> float:
    if not _whole(x) or not 0 <= x <= n:
        return 0.0
    if p in (0.0, 1.0):
        return float(x == n * p)
    if n < 1000:
        return math.comb(int(n), int(x)) * p**x * (1 - p) ** (n - x)
    return math.exp(_log_choose(n, x) + x * math.log(p) + (n - x) * math.log1p(-p))


def _binomial_below(x: float, n: float, p: float) -> float:
    last = int(min(math.floor(x + 1e-7), n))
    return math.fsum(_binomial_mass(float(k), n, p) for k in range(last + 1))


def _poisson_mass(x: float, mu: float) -> float:
    if x < 0 or not _whole(x):
        return 0.0
    return math.exp(x * math.log(mu) - mu - math.lgamma(x + 1)) if mu > 0 else float(x == 0)


def _gamma_density(x: float, shape: float, rate: float, scale: float) -> float:
    if x < 0:
        return 0.0
    if x == 0:
        return math.inf if shape < 1 else 1 / scale if shape == 1 else 0.0
    return math.exp((shape - 1) * math.log(x / scale) - x / scale - math.lgamma(shape)) / scale


def _t_density(x: float, df: float) -> float:
    front = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - 0.5 * math.log(df * math.pi)
    return math.exp(front - (df + 1) / 2 * math.log1p(x * x / df))


def _t_below(x: float, df: float) -> float:
    tail = 0.5 * beta_below(df / 2, 0.5, df / (df + x * x))
    return tail if x < 0 else 1 - tail


def _normal_density(x: float, mean: float, sd: float) -> float:
    z = (x - mean) / sd
    return math.exp(-0.5 * z * z) / (sd * math.sqrt(2 * math.pi))


def _f_density(x: float, m: float, n: float) -> float:
    if x < 0:
        return 0.0
    if x == 0:
        return math.inf if m < 2 else 1.0 if m == 2 else 0.0
    log_beta = math.lgamma(m / 2) + math.lgamma(n / 2) - math.lgamma((m + n) / 2)
    ratio = m / 2 * math.log(m * x) + n / 2 * math.log(n) - (m + n) / 2 * math.log(m * x + n)
    return math.exp(ratio - log_beta) / x


def _beta_density(x: float, a: float, b: float) -> float:
    if not 0 < x < 1:
        edge, other = (a, b) if x == 0 else (b, a)
        return 0.0 if not 0 <= x <= 1 or edge > 1 else math.inf if edge < 1 else other
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    return math.exp((a - 1) * math.log(x) + (b - 1) * math.log1p(-x) - log_beta)


def _logistic_below(x: float, location: float, scale: float) -> float:
    z = (x - location) / scale
    return 1 / (1 + math.exp(-z)) if z > -700 else math.exp(z)


def _logistic_density(x: float, location: float, scale: float) -> float:
    e = math.exp(-abs((x - location) / scale))
    return e / (scale * (1 + e) ** 2)


def _weibull_density(x: float, shape: float, scale: float) -> float:
    if x < 0:
        return 0.0
    return shape / scale * (x / scale) ** (shape - 1) * math.exp(-((x / scale) ** shape))


def _cauchy_below(x: float, location: float, scale: float) -> float:
    z = (x - location) / scale
    return math.atan(-1 / z) / math.pi if z < -1 else 0.5 + math.atan(z) / math.pi


def _negative_binomial_mass(x: float, size: float, prob: float) -> float:
    if x < 0 or not _whole(x):
        return 0.0
    log_ways = math.lgamma(x + size) - math.lgamma(size) - math.lgamma(x + 1)
    return math.exp(log_ways + size * math.log(prob) + x * math.log1p(-prob)) if prob < 1 else float(x == 0)


_LOGISTIC = "location = 0, scale = 1"
_WEIBULL = "shape, scale = 1"

_DENSITIES: dict[str, tuple[str, Number]] = {
    "norm": ("mean = 0, sd = 1", _normal_density),
    "unif": ("min = 0, max = 1", lambda x, a, b: 1 / (b - a) if a <= x <= b else 0.0),
    "exp": ("rate = 1", lambda x, r: r * math.exp(-r * x) if x >= 0 else 0.0),
    "lnorm": ("meanlog = 0, sdlog = 1",
              lambda x, m, s: _normal_density(math.log(x), m, s) / x if x > 0 else 0.0),
    "binom": ("size, prob", _binomial_mass),
    "pois": ("lambda", _poisson_mass),
    "gamma": ("shape, rate = 1, scale = 1 / rate", _gamma_density),
    "chisq": ("df", lambda x, k: _gamma_density(x, k / 2, 0.5, 2.0)),
    "t": ("df", _t_density),
    "geom": ("prob", lambda x, p: p * (1 - p) ** x if x >= 0 and _whole(x) else 0.0),
    "f": ("df1, df2", _f_density),
    "beta": ("shape1, shape2", _beta_density),
    "logis": (_LOGISTIC, _logistic_density),
    "weibull": (_WEIBULL, _weibull_density),
    "cauchy": (_LOGISTIC, lambda x, m, s: 1 / (math.pi * s * (1 + ((x - m) / s) ** 2))),
    "nbinom": ("size, prob", _negative_binomial_mass),
}  # fmt: skip

_BELOW: dict[str, tuple[str, Number]] = {
    "norm": ("mean = 0, sd = 1", lambda x, m, s: normal_below((x - m) / s)),
    "unif": ("min = 0, max = 1", lambda x, a, b: min(1.0, max(0.0, (x - a) / (b - a)))),
    "exp": ("rate = 1", lambda x, r: -math.expm1(-r * x) if x > 0 else 0.0),
    "lnorm": ("meanlog = 0, sdlog = 1",
              lambda x, m, s: normal_below((math.log(x) - m) / s) if x > 0 else 0.0),
    "binom": ("size, prob", _binomial_below),
    "pois": ("lambda", lambda x, mu: 1 - gamma_below(math.floor(x + 1e-7) + 1, mu) if x >= 0 else 0.0),
    "gamma": ("shape, rate = 1, scale = 1 / rate", lambda x, a, r, s: gamma_below(a, x / s)),
    "chisq": ("df", lambda x, k: gamma_below(k / 2, x / 2)),
    "t": ("df", _t_below),
    "f": ("df1, df2", lambda x, m, n: beta_below(m / 2, n / 2, m * x / (m * x + n)) if x > 0 else 0.0),
    "beta": ("shape1, shape2", lambda x, a, b: beta_below(a, b, x)),
    "geom": ("prob",
             lambda x, p: -math.expm1((math.floor(x + 1e-7) + 1) * math.log1p(-p)) if x >= 0 else 0.0),
    "logis": (_LOGISTIC, _logistic_below),
    "weibull": (_WEIBULL, lambda x, k, s: -math.expm1(-((x / s) ** k)) if x > 0 else 0.0),
    "cauchy": (_LOGISTIC, _cauchy_below),
    "nbinom": ("size, prob",
               lambda x, n, p: beta_below(n, math.floor(x + 1e-7) + 1, p) if x >= 0 else 0.0),
}  # fmt: skip


_ABOVE: dict[str, Number] = {
    "norm": lambda x, m, s: normal_below((m - x) / s),
    "exp": lambda x, r: math.exp(-r * x) if x > 0 else 1.0,
    "t": lambda x, df: _t_below(-x, df),
    "f": lambda x, m, n: beta_below(n / 2, m / 2, n / (m * x + n)) if x > 0 else 1.0,
    "chisq": lambda x, df: gamma_above(df / 2, x / 2),
    "beta": lambda x, a, b: beta_below(b, a, 1 - x),
    "logis": lambda x, m, s: _logistic_below(m - x, 0.0, s),
    "weibull": lambda x, k, s: math.exp(-((x / s) ** k)) if x > 0 else 1.0,
    "cauchy": lambda x, m, s: _cauchy_below(m - x, 0.0, s),
}
"""Upper tails where 1 - p would lose their digits."""


def _normal_at(p: float) -> float:
    return float(normal_quantile(np.array([p]))[0]) if 0 < p < 1 else math.inf if p else -math.inf


def _inverse(below: Number, low: float, high: float) -> Number:
    """The quantile function of a continuous distribution on (low, high), by bisection to the last bit."""

    def at(p: float, *parameters: float) -> float:
        if p in (0, 1):
            return high if p else low
        a, b = (-1.0 if low < 0 else 0.0), 1.0
        while b < high and below(b, *parameters) < p:
            a, b = b, b * 2
        while a < 0 and below(a, *parameters) > p:
            a, b = a * 2, a
        for _ in range(200):
            middle = (a + b) / 2
            if middle in (a, b):
                break
            a, b = (middle, b) if below(middle, *parameters) < p else (a, middle)
        return b

    return at


def _t_at(p: float, df: float) -> float:
    """Student's quantiles are symmetric: the lower half keeps its digits."""
    find = _inverse(_t_below, -math.inf, math.inf)
    return -find(1 - p, df) if p > 0.5 else find(p, df)


def _counted(below: Number) -> Number:
    """The quantile function of a distribution on 0, 1, 2, ...: the least number that p does not exceed."""

    def at(p: float, *parameters: float) -> float:
        if p == 1:
            return parameters[0] if below is _binomial_below else math.inf
        wanted = p * (1 - 64 * np.finfo(float).eps)
        high = 1.0
        while below(high, *parameters) < wanted:
            high *= 2
        low = -1.0
        while high - low > 1:
            middle = math.floor((low + high) / 2)
            low, high = (low, middle) if below(middle, *parameters) >= wanted else (middle, high)
        return float(high)

    return at


def _logistic_at(p: float, location: float, scale: float) -> float:
    if p in (0, 1):
        return math.inf if p else -math.inf
    return location + scale * math.log(p / (1 - p))


def _cauchy_at(p: float, location: float, scale: float) -> float:
    if p in (0, 1):
        return math.inf if p else -math.inf
    return location - scale / math.tan(math.pi * p) if p != 0.5 else location


_AT: dict[str, tuple[str, Number]] = {
    "t": ("df", _t_at),
    "chisq": ("df", _inverse(lambda x, df: gamma_below(df / 2, x / 2), 0.0, math.inf)),
    "f": ("df1, df2", _inverse(_BELOW["f"][1], 0.0, math.inf)),
    "beta": ("shape1, shape2", _inverse(_BELOW["beta"][1], 0.0, 1.0)),
    "norm": ("mean = 0, sd = 1", lambda p, m, s: m + s * _normal_at(p)),
    "unif": ("min = 0, max = 1", lambda p, a, b: a + p * (b - a)),
    "exp": ("rate = 1", lambda p, r: -math.log1p(-p) / r if p < 1 else math.inf),
    "lnorm": ("meanlog = 0, sdlog = 1", lambda p, m, s: math.exp(m + s * _normal_at(p)) if p > 0 else 0.0),
    "gamma": ("shape, rate = 1, scale = 1 / rate", _inverse(_BELOW["gamma"][1], 0.0, math.inf)),
    "binom": ("size, prob", _counted(_binomial_below)),
    "pois": ("lambda", _counted(_BELOW["pois"][1])),
    "geom": ("prob", _counted(_BELOW["geom"][1])),
    "nbinom": ("size, prob", _counted(_BELOW["nbinom"][1])),
    "logis": (_LOGISTIC, _logistic_at),
    "weibull": (_WEIBULL, lambda p, k, s: s * (-math.log1p(-p)) ** (1 / k) if p < 1 else math.inf),
    "cauchy": (_LOGISTIC, _cauchy_at),
}


def _columns(values: list[Any]) -> tuple[list[np.ndarray], RVector]:
    for value in values:
        if not isinstance(value, RVector) or value.type not in NUMERIC:
            raise UserError("Non-numeric argument to mathematical function", code=Code.TYPE)
    data = [convert_data(v.data, v.type, "double") for v in values]
    n = max(map(len, data)) if all(map(len, data)) else 0
    return [np.resize(d, n) if n else d[:0] for d in data], values[0]


def _each(function: Number, values: list[Any]) -> RVector:
    """The function of each row of recycled arguments; NaN with a warning where it is not defined."""
    columns, first = _columns(values)
    out = np.empty(len(columns[0]))
    undefined = False
    for i, row in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
        if any(v != v for v in row):
            out[i] = next(v for v in row if v != v)
            continue
        try:
            out[i] = function(*row)
        except (ValueError, ZeroDivisionError):
            out[i], undefined = math.nan, True
        except OverflowError:
            out[i] = math.inf
    if undefined:
        conditions.warn("NaNs produced")
    kept = {k: v for k, v in (first.attributes or {}).items() if k in ("names", "dim", "dimnames")}
    return double(out, kept if len(first) == len(out) else None)


def _declare_density(name: str, parameters: str, function: Number) -> None:
    @builtin(f"d{name}(x, {parameters}, log = FALSE)")
    def density(*values: Any) -> RVector:
        out = _each(function, list(values[:-1]))
        if not one_flag(values[-1], "log"):
            return out
        with np.errstate(divide="ignore"):
            return double(np.log(out.data), out.attributes)


def _declare_below(name: str, parameters: str, function: Number) -> None:
    @builtin(f"p{name}(q, {parameters}, lower.tail = TRUE, log.p = FALSE)")
    def below(*values: Any) -> RVector:
        lower = one_flag(values[-2], "lower.tail")
        upper = None if lower else _ABOVE.get(name)
        out = _each(upper or function, list(values[:-2]))
        data = out.data if lower or upper else 1 - out.data
        with np.errstate(divide="ignore"):
            return double(np.log(data) if one_flag(values[-1], "log.p") else data, out.attributes)


def _declare_at(name: str, parameters: str, function: Number) -> None:
    def checked(p: float, *more: float) -> float:
        if not 0 <= p <= 1:
            raise ValueError
        return function(p, *more)

    @builtin(f"q{name}(p, {parameters}, lower.tail = TRUE, log.p = FALSE)")
    def at(*values: Any) -> RVector:
        p = values[0]
        data = convert_data(p.data, p.type, "double") if isinstance(p, RVector) else p
        data = np.exp(data) if one_flag(values[-1], "log.p") else data
        data = data if one_flag(values[-2], "lower.tail") else 1 - data
        return _each(checked, [double(np.asarray(data), p.attributes), *values[1:-2]])


for _name, (_parameters, _function) in _DENSITIES.items():
    _declare_density(_name, _parameters, _function)
for _name, (_parameters, _function) in _BELOW.items():
    _declare_below(_name, _parameters, _function)
for _name, (_parameters, _function) in _AT.items():
    _declare_at(_name, _parameters, _function)

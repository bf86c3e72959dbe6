"""The usual distributions: density, tails and quantiles of each, declared as R's d, p and q functions."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...errors import Code, UserError
from .. import conditions
from ..distributions.densities import (
    beta_density,
    binomial_density,
    f_density,
    gamma_density,
    geometric_density,
    hypergeometric_density,
    log_or_not,
    logistic_density,
    negative_binomial_density,
    normal_density,
    poisson_density,
    t_density,
    weibull_density,
)
from ..distributions.noncentral import (
    chi_squared_density_off,
    chi_squared_tails_off,
    t_density_off,
    t_tails_off,
)
from ..distributions.ranks import rank_sum_counts, signed_rank_counts
from ..distributions.tails import ALL, NONE, Tails, beta_tails, gamma_tails, normal_tails
from ..random_numbers.stream import normal_quantile
from ..registry import BASE
from ..values import MISSING, Builtin, RVector, double, stretched
from ..vectors.coerce import NUMERIC, convert_data, one_flag

Number = Callable[..., float]


@dataclass(frozen=True, slots=True)
class Family:
    """A distribution.

    Attributes:
        usage: its parameters as R declares them; one without a default may be left out if it is called ncp
        density: of x and the parameters; `log` asks for the logarithm
        tails: of x and the parameters
        valid: whether there is such a distribution
        support: the least and the largest value
        at: the value with a lower tail p and an upper tail q, if there is a formula for it
        counts: whether its values are 0, 1, 2, ...
    """

    usage: str
    density: Number
    tails: Callable[..., Tails]
    valid: Callable[..., bool]
    support: Callable[..., tuple[float, float]] = lambda *_: (0.0, math.inf)
    at: Number | None = None
    counts: bool = False


def _whole_line(*_: float) -> tuple[float, float]:
    return -math.inf, math.inf


def _positive(*parameters: float) -> bool:
    return all(p >= 0 for p in parameters)


def _proper(*parameters: float) -> bool:
    return all(p > 0 for p in parameters)


# Normal


def _normal_tails(x: float, mean: float, sd: float) -> Tails:
    if sd == 0:
        return NONE if x < mean else ALL
    return normal_tails((x - mean) / sd)


def _normal_at(p: float, q: float, mean: float, sd: float) -> float:
    smaller = min(p, q)
    if smaller < 1e-300:
        return math.copysign(math.inf, 0.5 - q) if not smaller else _solved(_NORMAL, p, q, mean, sd)
    z = float(normal_quantile(np.array([smaller]))[0])
    return mean + sd * (z if p <= q else -z)


_NORMAL = Family(
    "mean = 0, sd = 1", normal_density, _normal_tails, lambda m, s: s >= 0, _whole_line, _normal_at
)


def _log_normal_density(x: float, mean: float, sd: float, log: bool = False) -> float:
    if x <= 0:
        return log_or_not(0.0, log)
    inner = normal_density(math.log(x), mean, sd, log)
    return inner - math.log(x) if log else inner / x


_LOG_NORMAL = Family(
    "meanlog = 0, sdlog = 1",
    _log_normal_density,
    lambda x, m, s: _normal_tails(math.log(x), m, s) if x > 0 else NONE,
    lambda m, s: s >= 0,
    at=lambda p, q, m, s: math.exp(_normal_at(p, q, m, s)) if p > 0 else 0.0,
)


# Gamma and its kin


_GAMMA = Family(
    "shape, rate = 1, scale = 1 / rate",
    lambda x, a, _, s, log=False: gamma_density(x, a, s, log),
    lambda x, a, _, s: gamma_tails(a, x / s),
    lambda a, _, s: a >= 0 and s >= 0,
)


def _exponential_density(x: float, rate: float, log: bool = False) -> float:
    if x < 0:
        return log_or_not(0.0, log)
    return math.log(rate) - rate * x if log else rate * math.exp(-rate * x)


def _exponential_tails(x: float) -> Tails:
    return Tails(-math.expm1(-x), math.exp(-x), None, -x) if x > 0 else NONE


def _exponential_at(p: float, q: float) -> float:
    if not q:
        return math.inf
    return -math.log(q) if q <= 0.5 else -math.log1p(-p)


_EXPONENTIAL = Family(
    "rate = 1",
    _exponential_density,
    lambda x, r: _exponential_tails(r * x),
    _proper,
    at=lambda p, q, r: _exponential_at(p, q) / r,
)
_WEIBULL = Family(
    "shape, scale = 1",
    weibull_density,
    lambda x, k, s: _exponential_tails((x / s) ** k) if x > 0 else NONE,
    _proper,
    at=lambda p, q, k, s: s * _exponential_at(p, q) ** (1 / k),
)
_CHI_SQUARED = Family(
    "df, ncp = 0",
    lambda x, k, d, log=False: (
        chi_squared_density_off(x, k, d, log) if d else gamma_density(x, k / 2, 2.0, log)
    ),
    lambda x, k, d: chi_squared_tails_off(x, k, d) if d else gamma_tails(k / 2, x / 2),
    _positive,
)


# Beta and its kin


def _t_tails(x: float, df: float, ncp: float) -> Tails:
    if ncp == ncp:
        return t_tails_off(x, df, ncp)
    if math.isinf(df):
        return normal_tails(x)
    both = beta_tails(df / 2, 0.5, df / (df + x * x), x * x / (df + x * x))
    log = None if both.log_lower is None else both.log_lower - math.log(2)
    far = Tails(both.lower / 2, 1 - both.lower / 2, log)
    return far.swapped() if x > 0 else far


def _f_tails(x: float, m: float, n: float) -> Tails:
    if x <= 0:
        return NONE
    if math.isinf(x):
        return ALL
    if math.isinf(n):
        return gamma_tails(m / 2, x * m / 2)
    return beta_tails(m / 2, n / 2, m * x / (m * x + n), n / (m * x + n))


_BETA = Family(
    "shape1, shape2", beta_density, lambda x, a, b: beta_tails(a, b, x), _positive, lambda *_: (0.0, 1.0)
)
_STUDENT = Family(
    "df, ncp",
    lambda x, n, d, log=False: t_density_off(x, n, d, log) if d == d else t_density(x, n, log),
    _t_tails,
    lambda n, _: n > 0,
    _whole_line,
    lambda p, q, n, d: 0.0 if p == q and d != d else _solved(_STUDENT, p, q, n, d),
)
_FISHER = Family("df1, df2", f_density, _f_tails, _proper)


# Others on the line


def _uniform_tails(x: float, low: float, high: float) -> Tails:
    if x <= low or x >= high:
        return NONE if x < high or x <= low else ALL
    return Tails((x - low) / (high - low), (high - x) / (high - low))


def _logistic_tails(x: float, location: float, scale: float) -> Tails:
    z = (x - location) / scale
    if z > 0:
        return _logistic_tails(2 * location - x, location, scale).swapped()
    return Tails(math.exp(z) / (1 + math.exp(z)), 1 / (1 + math.exp(z)), z - math.log1p(math.exp(z)))


def _logistic_at(p: float, q: float, location: float, scale: float) -> float:
    if not p or not q:
        return math.inf if p else -math.inf
    return location + scale * math.log(p / q)


def _cauchy_tails(x: float, location: float, scale: float) -> Tails:
    z = (x - location) / scale
    far = math.atan(1 / abs(z)) / math.pi if abs(z) > 1 else 0.5 - math.atan(abs(z)) / math.pi
    return Tails(far, 1 - far) if z < 0 else Tails(1 - far, far)


def _cauchy_at(p: float, q: float, location: float, scale: float) -> float:
    if not p or not q:
        return math.inf if p else -math.inf
    if p == q:
        return location
    return location + scale / math.tan(math.pi * min(p, q)) * (1 if q < p else -1)


_PLACE = "location = 0, scale = 1"
_UNIFORM = Family(
    "min = 0, max = 1",
    lambda x, a, b, log=False: log_or_not(1 / (b - a) if a <= x <= b else 0.0, log),
    _uniform_tails,
    lambda a, b: b >= a and math.isfinite(b - a),
    lambda a, b: (a, b),
    at=lambda p, q, a, b: a + p * (b - a),
)
_LOGISTIC = Family(_PLACE, logistic_density, _logistic_tails, lambda m, s: s > 0, _whole_line, _logistic_at)
_CAUCHY = Family(
    _PLACE,
    lambda x, m, s, log=False: log_or_not(1 / (math.pi * s * (1 + ((x - m) / s) ** 2)), log),
    _cauchy_tails,
    lambda m, s: s > 0,
    _whole_line,
    _cauchy_at,
)


# Counts


def _floored(x: float) -> int:
    return math.floor(x + 1e-7)


def _binomial_tails(x: float, n: float, p: float) -> Tails:
    k = _floored(x)
    if k < 0 or k >= n:
        return NONE if k < 0 else ALL
    return beta_tails(k + 1, n - k, p).swapped()


def _poisson_tails(x: float, mean: float) -> Tails:
    if x < 0:
        return NONE
    return gamma_tails(_floored(x) + 1, mean).swapped() if mean > 0 and x < math.inf else ALL


def _geometric_tails(x: float, p: float) -> Tails:
    if x < 0:
        return NONE
    log_upper = (_floored(x) + 1) * math.log1p(-p) if p < 1 else -math.inf
    return Tails(-math.expm1(log_upper), math.exp(log_upper), None, log_upper)


def _hypergeometric_tails(x: float, m: float, n: float, k: float) -> Tails:
    last = int(min(_floored(x), k, m))
    if last < max(0, k - n):
        return NONE
    chances = [hypergeometric_density(float(i), m, n, k) for i in range(int(min(k, m)) + 1)]
    return Tails(min(1.0, math.fsum(chances[: last + 1])), math.fsum(chances[last + 1 :]))


def _from_counts(ways: list[int]) -> Callable[[float], Tails]:
    total = sum(ways)

    def tails(x: float) -> Tails:
        k = _floored(x)
        if k < 0:
            return NONE
        return Tails(sum(ways[: k + 1]) / total, sum(ways[k + 1 :]) / total)

    return tails


def _chance(ways: list[int], x: float, log: bool) -> float:
    there = x == math.floor(x) and 0 <= x < len(ways)
    return log_or_not(ways[int(x)] / sum(ways) if there else 0.0, log)


_BINOMIAL = Family(
    "size, prob",
    binomial_density,
    _binomial_tails,
    lambda n, p: n >= 0 and n == round(n) and 0 <= p <= 1,
    lambda n, p: (0.0, n),
    counts=True,
)
_POISSON = Family(
    "lambda",
    poisson_density,
    _poisson_tails,
    _positive,
    lambda mean: (0.0, math.inf if mean else 0.0),
    counts=True,
)
_GEOMETRIC = Family(
    "prob",
    geometric_density,
    _geometric_tails,
    lambda p: 0 < p <= 1,
    lambda p: (0.0, math.inf if p < 1 else 0.0),
    counts=True,
)
_HYPERGEOMETRIC = Family(
    "m, n, k",
    hypergeometric_density,
    _hypergeometric_tails,
    lambda m, n, k: min(m, n, k) >= 0 and k <= m + n,
    lambda m, n, k: (max(0.0, k - n), min(k, m)),
    counts=True,
)
_SIGNED_RANK = Family(
    "n",
    lambda x, n, log=False: _chance(signed_rank_counts(round(n)), x, log),
    lambda x, n: _from_counts(signed_rank_counts(round(n)))(math.floor(x + 0.5)),
    _proper,
    lambda n: (0.0, n * (n + 1) / 2),
    counts=True,
)
_RANK_SUM = Family(
    "m, n",
    lambda x, m, n, log=False: _chance(rank_sum_counts(round(m), round(n)), x, log),
    lambda x, m, n: _from_counts(rank_sum_counts(round(m), round(n)))(x),
    _proper,
    lambda m, n: (0.0, m * n),
    counts=True,
)


def _probability(prob: float, size: float, mean: float) -> float:
    return size / (size + mean) if prob != prob else prob


_NEGATIVE_BINOMIAL = Family(
    "size, prob, mu",
    lambda x, n, p, mu, log=False: negative_binomial_density(x, n, p, mu, log),
    lambda x, n, p, mu: beta_tails(n, _floored(x) + 1, _probability(p, n, mu)) if x >= 0 else NONE,
    lambda n, p, mu: n >= 0 and (0 < p <= 1 or mu >= 0),
    counts=True,
)

FAMILIES: dict[str, Family] = {
    "norm": _NORMAL, "lnorm": _LOG_NORMAL, "unif": _UNIFORM, "exp": _EXPONENTIAL, "gamma": _GAMMA,
    "chisq": _CHI_SQUARED, "beta": _BETA, "t": _STUDENT, "f": _FISHER, "cauchy": _CAUCHY, "weibull": _WEIBULL,
    "logis": _LOGISTIC, "binom": _BINOMIAL, "pois": _POISSON, "geom": _GEOMETRIC,
    "nbinom": _NEGATIVE_BINOMIAL, "hyper": _HYPERGEOMETRIC, "signrank": _SIGNED_RANK, "wilcox": _RANK_SUM,
}  # fmt: skip
_MAY_BE_MISSING = ("ncp", "prob", "mu")


# Quantiles of distributions without a formula


def _bits(x: float) -> int:
    """The place of a double among all doubles."""
    (n,) = struct.unpack("<q", struct.pack("<d", x))
    return n if n >= 0 else -(n + 2**63)


def _double(place: int) -> float:
    return struct.unpack("<d", struct.pack("<q", place if place >= 0 else -place - 2**63))[0]


def _solved(family: Family, p: float, q: float, *parameters: float) -> float:
    """By bisection among the doubles themselves, on the smaller of the two tails."""
    low, high = family.support(*parameters)
    if not p or not q:
        return high if p else low
    by_lower = p <= q
    a, b = _bits(max(low, -1.7e308)), _bits(min(high, 1.7e308))
    while b - a > 1:
        middle = (a + b) // 2
        tails = family.tails(_double(middle), *parameters)
        enough = tails.lower >= p if by_lower else tails.upper <= q
        a, b = (a, middle) if enough else (middle, b)
    return low if a == _bits(low) else _double(b)


def _counted(family: Family, p: float, q: float, by_lower: bool, *parameters: float) -> float:
    """The least count whose lower tail is at least p."""
    least, most = family.support(*parameters)
    if p == 0 or q == 0:
        return most if p else least
    fuzz = 64 * np.finfo(float).eps

    def enough(k: float) -> bool:
        tails = family.tails(k, *parameters)
        return tails.lower >= p * (1 - fuzz) if by_lower else tails.upper <= q * (1 + fuzz)

    low, high = least - 1, max(least, 1.0)
    while not enough(high):
        low, high = high, high * 2 + 1
    while high - low > 1:
        middle = math.floor((low + high) / 2)
        low, high = (low, middle) if enough(middle) else (middle, high)
    return float(max(high, least))


# Declaration


def _each(function: Number, values: list[Any]) -> RVector:
    """The function of each row of recycled arguments; NaN with a warning where it is not defined."""
    given = [i for i, v in enumerate(values) if v is not MISSING]
    for i in given:
        if not isinstance(values[i], RVector) or values[i].type not in NUMERIC:
            raise UserError("Non-numeric argument to mathematical function", code=Code.TYPE)
    data = {i: convert_data(values[i].data, values[i].type, "double") for i in given}
    n = max(len(d) for d in data.values()) if all(len(d) for d in data.values()) else 0
    columns = [stretched(data[i], n) if i in data and n else np.full(n, math.nan) for i in range(len(values))]
    out = np.empty(n)
    undefined = False
    for i, row in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
        missing = [v for k, v in zip(range(len(row)), row, strict=True) if v != v and k in data]
        if missing:
            out[i] = missing[0]
            continue
        try:
            out[i] = function(*row)
        except OverflowError:
            out[i] = math.inf
        except (ValueError, ZeroDivisionError):
            out[i] = math.nan
        undefined = undefined or out[i] != out[i]
    if undefined:
        conditions.warn("NaNs produced")
    first = values[0]
    kept = {k: v for k, v in (first.attributes or {}).items() if k in ("names", "dim", "dimnames")}
    return double(out, kept if len(first) == n else None)


def _declare(name: str, family: Family) -> None:
    parameters = family.usage
    names = [part.split("=")[0].strip() for part in parameters.split(",")]
    optional = [n in _MAY_BE_MISSING and f"{n} =" not in parameters for n in names]

    def density(x: float, log: bool, *more: float) -> float:
        if not family.valid(*more):
            return math.nan
        if family.counts and math.isfinite(x) and abs(x - round(x)) > 1e-7 * max(1, abs(x)):
            if name not in ("signrank", "wilcox"):
                conditions.warn(f"non-integer x = {x:f}")
            return log_or_not(0.0, log)
        return family.density(x, *more, log=log)

    def below(x: float, lower: bool, log: bool, *more: float) -> float:
        return family.tails(x, *more).value(lower, log) if family.valid(*more) else math.nan

    def at(p: float, lower: bool, log: bool, *more: float) -> float:
        if not family.valid(*more) or not (p <= 0 if log else 0 <= p <= 1):
            return math.nan
        chance, rest = (math.exp(p), -math.expm1(p)) if log else (p, 1 - p)
        below_, above = (chance, rest) if lower else (rest, chance)
        if family.counts:
            return _counted(family, below_, above, lower, *more)
        if family.at is not None:
            return family.at(below_, above, *more)
        return _solved(family, below_, above, *more)

    _as_builtin(f"d{name}(x, {parameters}, log = FALSE)", optional, 1, density)
    _as_builtin(f"p{name}(q, {parameters}, lower.tail = TRUE, log.p = FALSE)", optional, 2, below)
    _as_builtin(f"q{name}(p, {parameters}, lower.tail = TRUE, log.p = FALSE)", optional, 2, at)


def _as_builtin(usage: str, optional: list[bool], flags: int, function: Number) -> None:
    """Declare a function of x, its parameters and one or two flags; some parameters may be missing."""

    def run(*values: Any) -> RVector:
        chosen = [one_flag(v, "log.p") for v in values[-flags:]]
        return _each(lambda x, *more: function(x, *chosen, *more), list(values[:-flags]))

    name = usage.partition("(")[0]
    missing = {i + 1: MISSING for i, may in enumerate(optional) if may}
    BASE[name] = Builtin(name, usage, run, fallbacks=missing or None)


for _name, _family in FAMILIES.items():
    _declare(_name, _family)

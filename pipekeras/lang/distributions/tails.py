"""Both tails of the normal, gamma and beta distributions, each with all its digits, and as logarithms.

Series where a tail is large, continued fractions where it is small (Abramowitz & Stegun 6.5, 26.2, 26.5),
times a probability by Loader's method.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import NamedTuple

from .saddlepoint import binomial_raw, poisson_raw

_TINY = 1e-300
_EULER = 0.5772156649015329


class Tails(NamedTuple):
    """The chance of at most x, of more than x; and their logarithms where the chances underflow."""

    lower: float
    upper: float
    log_lower: float | None = None
    log_upper: float | None = None

    def swapped(self) -> Tails:
        return Tails(self.upper, self.lower, self.log_upper, self.log_lower)

    def value(self, lower: bool, log: bool) -> float:
        chance, rest, own = (
            (self.lower, self.upper, self.log_lower) if lower else (self.upper, self.lower, self.log_upper)
        )
        if not log:
            return chance
        if own is not None:
            return own
        if chance > 0.5:
            return math.log1p(-rest) if rest else 0.0
        return math.log(chance) if chance > 0 else -math.inf


NONE, ALL = Tails(0.0, 1.0), Tails(1.0, 0.0)


def normal_tails(z: float) -> Tails:
    if z > 0:
        return normal_tails(-z).swapped()
    if math.isinf(z):
        return NONE
    t = -z / math.sqrt(2)
    lower = 0.5 * math.erfc(t)
    if t > 3 and lower > 0:  # what rounding took from t counts t times
        lower *= math.exp(-float(Fraction(z) ** 2 / 2 - Fraction(t) ** 2))
    log_lower = None
    if lower < 1e-290:
        square, total = 1 / (z * z), 1.0
        for k in range(15, 0, -2):  # the asymptotic series by Horner's rule
            total = 1 - k * square * total
        log_lower = -0.5 * z * z - math.log(-z) - 0.5 * math.log(2 * math.pi) + math.log(total)
    return Tails(lower, 1 - lower, log_lower)


def _log_gamma_1p(a: float) -> float:
    """log(Gamma(1 + a)), exact for small a."""
    if abs(a) > 0.25:
        return math.lgamma(1 + a)
    total, power = -_EULER * a, -a
    for n in range(2, 40):
        power *= -a
        total += _ZETA[n] * power / n
    return total


def _zeta(n: int) -> float:
    """Riemann's zeta function, by terms and Euler and Maclaurin's formula for the rest."""
    k = 40.0
    rest = k ** (1 - n) / (n - 1) + 0.5 * k**-n + n * k ** (-n - 1) / 12
    rest += -n * (n + 1) * (n + 2) * k ** (-n - 3) / 720
    rest += n * (n + 1) * (n + 2) * (n + 3) * (n + 4) * k ** (-n - 5) / 30240
    return math.fsum(float(i) ** -n for i in range(1, int(k))) + rest


_ZETA = [0.0, 0.0, *(_zeta(n) for n in range(2, 40))]


def gamma_tails(shape: float, x: float) -> Tails:
    if x <= 0:
        return NONE
    if math.isinf(x) or shape == 0:
        return ALL
    if x < 1:
        return _gamma_near_zero(shape, x)
    log_front = poisson_raw(shape, x, log=True)
    front = math.exp(log_front) if log_front < -700 else poisson_raw(shape, x)
    if x <= shape + 1 and shape >= 1:
        total = _gamma_series(shape, x)
        lower = front * total
        return Tails(lower, 1 - lower, log_front + math.log(total) if lower < 1e-290 else None)
    total = shape * _gamma_fraction(shape, x)
    upper = front * total
    return Tails(1 - upper, upper, None, log_front + math.log(total) if upper < 1e-290 else None)


def _gamma_near_zero(shape: float, x: float) -> Tails:
    """By the alternating series, which keeps the digits of both tails of small shapes."""
    total, term = 0.0, shape
    for n in range(1, 200):
        term *= -x / n
        following = total + term / (shape + n)
        if following == total:
            break
        total = following
    log_power = shape * math.log(x) - _log_gamma_1p(shape)
    lower = (1 + total) * math.exp(log_power)
    power = math.expm1(log_power)
    upper = -(total + power + total * power)
    return Tails(lower, upper, log_power + math.log1p(total) if lower < 1e-290 else None)


def _gamma_series(shape: float, x: float) -> float:
    term = total = 1.0
    n = shape
    while term > total * 1e-17:
        n += 1
        term *= x / n
        total += term
    return total


def _gamma_fraction(shape: float, x: float) -> float:
    """Lentz's continued fraction of the upper incomplete gamma function."""
    b = x + 1 - shape
    c, d = 1 / _TINY, 1 / b
    h = d
    for i in range(1, 100000):
        a = -i * (i - shape)
        b += 2
        d = 1 / (a * d + b or _TINY)
        c = b + a / c or _TINY
        step = d * c
        h *= step
        if abs(step - 1) < 2e-16:
            break
    return h


def beta_tails(a: float, b: float, x: float, y: float | None = None) -> Tails:
    """Args: y: 1 - x, where it is known better than x tells."""
    y = 1 - x if y is None else y
    if x <= 0:
        return NONE
    if y <= 0:
        return ALL
    if a == 0 or b == 0:
        return ALL if a == 0 else NONE
    if x > (a + 1) / (a + b + 2):
        return beta_tails(b, a, y, x).swapped() if y <= (b + 1) / (a + b + 2) else _beta_lower(a, b, x, y)
    return _beta_lower(a, b, x, y)


def _beta_lower(a: float, b: float, x: float, y: float) -> Tails:
    log_front = binomial_raw(a, a + b, x, y, log=True)
    total = _beta_fraction(a, b, x) * b / (a + b)
    lower = math.exp(log_front) * total
    return Tails(lower, 1 - lower, log_front + math.log(total) if lower < 1e-290 else None)


def _beta_fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1) or _TINY)
    h = d
    for m in range(1, 100000):
        for top in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / (1 + top * d or _TINY)
            c = 1 + top / c or _TINY
            h *= d * c
        if abs(d * c - 1) < 2e-16:
            break
    return h

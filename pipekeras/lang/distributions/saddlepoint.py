"""Poisson and binomial probabilities to full precision, from which other densities are made.

Source: Loader 2000, Fast and Accurate Computation of Binomial Probabilities.
"""

from __future__ import annotations

import math
from functools import lru_cache

_LOG_2PI = math.log(2 * math.pi)
_SERIES = (1 / 1188, 1 / 1680, 1 / 1260, 1 / 360, 1 / 12)


@lru_cache(maxsize=1024)
def stirling_error(n: float) -> float:
    """log(n!) less Stirling's approximation of it."""
    if n <= 0:
        return math.inf
    if n <= 15:
        return math.lgamma(n + 1) - (n + 0.5) * math.log(n) + n - 0.5 * _LOG_2PI
    square = n * n
    total = 0.0
    for term in _SERIES:
        total = term - total / square
    return total / n


def deviance(x: float, mean: float) -> float:
    """x log(x / mean) + mean - x."""
    if x == 0:
        return mean
    if abs(x - mean) < 0.1 * (x + mean):
        v = (x - mean) / (x + mean)
        total = (x - mean) * v
        term = 2 * x * v
        v *= v
        for j in range(1, 1000):
            term *= v
            following = total + term / (2 * j + 1)
            if following == total:
                break
            total = following
        return total
    return x * math.log(x / mean) + mean - x


def poisson_raw(x: float, mean: float, log: bool = False) -> float:
    """mean^x exp(-mean) / Gamma(x + 1), for any x."""
    if mean == 0 or math.isinf(mean) or x < 0:
        chance = float(x == 0 and mean == 0)
        return chance if not log else 0.0 if chance else -math.inf
    if x <= mean * 2.2e-308:
        return -mean if log else math.exp(-mean)
    if mean < x * 2.2e-308:
        value = -math.inf if math.isinf(x) else -mean + x * math.log(mean) - math.lgamma(x + 1)
        return value if log else math.exp(value)
    exponent = -stirling_error(x) - deviance(x, mean)
    if log:
        return -0.5 * math.log(2 * math.pi * x) + exponent
    return math.exp(exponent) / math.sqrt(2 * math.pi * x)


def binomial_raw(x: float, n: float, p: float, q: float, log: bool = False) -> float:
    """Gamma(n + 1) / (Gamma(x + 1) Gamma(n - x + 1)) p^x q^(n - x), for any x; p + q = 1."""
    value = _binomial_log(x, n, p, q)
    return value if log else math.exp(value)


def _binomial_log(x: float, n: float, p: float, q: float) -> float:
    if p == 0 or q == 0:
        return 0.0 if x == (0 if p == 0 else n) else -math.inf
    if x == 0:
        return 0.0 if n == 0 else -deviance(n, n * q) - n * p if p < 0.1 else n * math.log(q)
    if x == n:
        return -deviance(n, n * p) - n * q if q < 0.1 else n * math.log(p)
    if x < 0 or x > n:
        return -math.inf
    value = stirling_error(n) - stirling_error(x) - stirling_error(n - x)
    value -= deviance(x, n * p) + deviance(n - x, n * q)
    return value - 0.5 * (_LOG_2PI + math.log(x) + math.log1p(-x / n))

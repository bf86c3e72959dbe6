"""Densities and probabilities of the usual distributions, or their logarithms, to full precision.

Source: Loader 2000, whose Poisson and binomial probabilities the others are made of.
"""

from __future__ import annotations

import math

from .saddlepoint import binomial_raw, deviance, poisson_raw, stirling_error

_ROOT_2PI = math.sqrt(2 * math.pi)


def log_or_not(value: float, log: bool) -> float:
    if not log:
        return value
    return math.log(value) if value > 0 else -math.inf


def _times(raw: float, factor: float, log: bool) -> float:
    """A raw density, a logarithm already if log, times a factor."""
    if not log:
        return raw * factor
    return raw + math.log(factor) if factor > 0 else -math.inf


def normal_density(x: float, mean: float, sd: float, log: bool = False) -> float:
    if sd == 0:
        return math.inf if x == mean else log_or_not(0.0, log)
    z = abs(x - mean) / sd
    if log:
        return -(0.5 * math.log(2 * math.pi) + 0.5 * z * z + math.log(sd))
    if z < 5:
        return math.exp(-0.5 * z * z) / _ROOT_2PI / sd
    if z > 38.6 or math.isinf(z):
        return 0.0
    # the square of a short number is exact
    short = round(z * 65536) / 65536
    rest = z - short
    return math.exp(-0.5 * short * short) * math.exp((-0.5 * rest - short) * rest) / _ROOT_2PI / sd


def gamma_density(x: float, shape: float, scale: float, log: bool = False) -> float:
    if x < 0:
        return log_or_not(0.0, log)
    if shape == 0:
        return math.inf if x == 0 else log_or_not(0.0, log)
    if x == 0:
        return math.inf if shape < 1 else log_or_not(0.0 if shape > 1 else 1 / scale, log)
    if shape < 1:
        return _times(poisson_raw(shape, x / scale, log), shape / x, log)
    return _times(poisson_raw(shape - 1, x / scale, log), 1 / scale, log)


def weibull_density(x: float, shape: float, scale: float, log: bool = False) -> float:
    if x < 0 or (x == 0 and shape > 1):
        return log_or_not(0.0, log)
    if x == 0:
        return math.inf if shape < 1 else log_or_not(1 / scale, log)
    power = (x / scale) ** (shape - 1)
    whole = power * (x / scale)
    return -whole + math.log(shape * power / scale) if log else shape * power * math.exp(-whole) / scale


def beta_density(x: float, a: float, b: float, log: bool = False) -> float:
    if x < 0 or x > 1:
        return log_or_not(0.0, log)
    if x in (0.0, 1.0):
        own, other = (a, b) if x == 0 else (b, a)
        return math.inf if own < 1 else log_or_not(0.0 if own > 1 else other, log)
    if a < 1 and b < 1:
        return _times(binomial_raw(a, a + b, x, 1 - x, log), a * b / ((a + b) * x * (1 - x)), log)
    if a < 1:
        return _times(binomial_raw(a, a + b - 1, x, 1 - x, log), a / x, log)
    if b < 1:
        return _times(binomial_raw(a - 1, a + b - 1, x, 1 - x, log), b / (1 - x), log)
    return _times(binomial_raw(a - 1, a + b - 2, x, 1 - x, log), a + b - 1, log)


def t_density(x: float, n: float, log: bool = False) -> float:
    if math.isinf(n):
        return normal_density(x, 0.0, 1.0, log)
    t = -deviance(n / 2, (n + 1) / 2) + stirling_error((n + 1) / 2) - stirling_error(n / 2)
    share = x * x / n
    if share > 0.2:
        half = math.log1p(share) / 2
        u = n * half
    else:
        half = math.log1p(share) / 2
        u = -deviance(n / 2, (n + x * x) / 2) + x * x / 2
    if log:
        return t - u - (0.5 * math.log(2 * math.pi) + half)
    return math.exp(t - u) / _ROOT_2PI / math.sqrt(1 + share)


def f_density(x: float, m: float, n: float, log: bool = False) -> float:
    if x < 0:
        return log_or_not(0.0, log)
    if x == 0:
        return math.inf if m < 2 else log_or_not(0.0 if m > 2 else 1.0, log)
    f = 1 / (n + x * m)
    q, p = n * f, x * m * f
    if m >= 2:
        return _times(binomial_raw((m - 2) / 2, (m + n - 2) / 2, p, q, log), m * q / 2, log)
    return _times(binomial_raw(m / 2, (m + n) / 2, p, q, log), m * m * q / (2 * p * (m + n)), log)


def logistic_density(x: float, location: float, scale: float, log: bool = False) -> float:
    z = abs((x - location) / scale)
    e = math.exp(-z)
    f = 1 + e
    return -(z + math.log(scale * f * f)) if log else e / (scale * f * f)


def binomial_density(x: float, n: float, p: float, log: bool = False) -> float:
    return binomial_raw(round(x), n, p, 1 - p, log) if 0 <= x <= n else log_or_not(0.0, log)


def poisson_density(x: float, mean: float, log: bool = False) -> float:
    return poisson_raw(round(x), mean, log) if 0 <= x < math.inf else log_or_not(0.0, log)


def geometric_density(x: float, p: float, log: bool = False) -> float:
    if not 0 <= x < math.inf:
        return log_or_not(0.0, log)
    return _times(binomial_raw(0.0, round(x), p, 1 - p, log), p, log)


def negative_binomial_density(x: float, n: float, p: float, mean: float, log: bool = False) -> float:
    """Args: p: NaN where the mean is given instead."""
    if not 0 <= x < math.inf:
        return log_or_not(0.0, log)
    p, q = (n / (n + mean), mean / (n + mean)) if p != p else (p, 1 - p)
    if x == 0:
        value = n * math.log(p)
        return value if log else math.exp(value)
    return _times(binomial_raw(n, round(x) + n, p, q, log), n / (n + round(x)), log)


def hypergeometric_density(x: float, m: float, n: float, k: float, log: bool = False) -> float:
    if x < max(0, k - n) or x > min(k, m):
        return log_or_not(0.0, log)
    if k == 0:
        return log_or_not(float(x == 0), log)
    p, q = k / (m + n), (m + n - k) / (m + n)
    value = binomial_raw(x, m, p, q, True) + binomial_raw(k - x, n, p, q, True)
    value -= binomial_raw(k, m + n, p, q, True)
    return value if log else math.exp(value)

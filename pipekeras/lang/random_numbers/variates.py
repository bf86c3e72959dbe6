"""Continuous random numbers from R's stream: exponential, gamma, chi-squared and beta.

Sources: Ahrens & Dieter 1972 (exponential), 1974 and 1982 (gamma); Cheng 1978 (beta).
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence

from .stream import Stream


def _partial_sums() -> list[float]:
    """q[k-1] = sum of ln(2)^i / i! for i to k: with 16 terms it is 1 in double precision."""
    total, term, sums = 0.0, 1.0, []
    for k in range(1, 17):
        term *= math.log(2.0) / k
        total += term
        sums.append(total)
    return sums


_Q = _partial_sums()


def exponential(s: Stream) -> float:
    """One standard exponential (Ahrens & Dieter 1972, algorithm SA)."""
    shift, u = 0.0, s.uniform()
    while True:
        u += u
        if u > 1.0:
            break
        shift += _Q[0]
    u -= 1.0
    if u <= _Q[0]:
        return shift + u
    i = 0
    least = s.uniform()
    while True:
        least = min(least, s.uniform())
        i += 1
        if u <= _Q[i]:
            return shift + least * _Q[0]


# Gamma


_GAMMA_Q = (2.424e-4, 2.4511e-4, -7.388e-5, 0.00144121, 0.00801191, 0.02083148, 0.04166669, 0.0)
_GAMMA_A = (0.1233795, -0.1367177, 0.1423657, -0.1662921, 0.2000062, -0.250003, 0.3333333, 0.0)


def polynomial(coefficients: Sequence[float], x: float) -> float:
    total = 0.0
    for c in coefficients:
        total = total * x + c
    return total


def gamma(s: Stream, shape: float, scale: float = 1.0) -> float:
    """One gamma number: Ahrens & Dieter's GS (1974) below shape 1, GD (1982) from there on."""
    if shape == 0 or scale == 0:
        return 0.0
    return scale * _gamma_small(s, shape) if shape < 1 else _gamma_large(s, shape, scale)


def chi_squared(s: Stream, df: float, ncp: float = 0.0) -> float:
    """One chi-squared number, central or not (then a Poisson mixture of central ones)."""
    if not ncp:
        return gamma(s, df / 2, 2.0)
    from .counts import poisson

    steps = poisson(s, ncp / 2)
    more = chi_squared(s, 2 * steps) if steps > 0 else 0.0
    return more + gamma(s, df / 2, 2.0) if df > 0 else more


# Beta


def beta(s: Stream, shape1: float, shape2: float) -> float:
    """One beta number: Cheng's BB (1978) where both shapes are above 1, BC else."""
    if math.isinf(shape1) and math.isinf(shape2):
        return 0.5
    if shape1 == 0 and shape2 == 0:
        return 0.0 if s.uniform() < 0.5 else 1.0
    if math.isinf(shape1) or shape2 == 0:
        return 1.0
    if math.isinf(shape2) or shape1 == 0:
        return 0.0
    a, b = min(shape1, shape2), max(shape1, shape2)
    if a <= 1:
        w = _beta_small(s, a, b)
        return a / (a + w) if shape1 == a else w / (a + w)
    w = _beta_large(s, a, b)
    return b / (b + w) if shape1 != a else w / (b + w)


def _odds(u: float, power: float, factor: float) -> tuple[float, float]:
    v = power * math.log(u / (1.0 - u))
    if v > 1024 * math.log(2.0):
        return v, sys.float_info.max
    return v, min(factor * math.exp(v), sys.float_info.max)


def _beta_small(s: Stream, a: float, b: float) -> float:
    alpha, power, delta = a + b, 1.0 / a, 1.0 + b - a
    low = delta * (0.0138889 + 0.0416667 * a) / (b * power - 0.777778)
    high = 0.25 + (0.5 + 0.25 / delta) * a
    while True:
        u, u2 = s.uniform(), s.uniform()
        if u < 0.5:
            y = u * u2
            z = u * y
            if 0.25 * u2 + z - y >= low:
                continue
        else:
            z = u * u * u2
            if z <= 0.25:
                return _odds(u, power, b)[1]
            if z >= high:
                continue
        v, w = _odds(u, power, b)
        if alpha * (math.log(alpha / (a + w)) + v) - 1.3862944 >= math.log(z):
            return w


def _beta_large(s: Stream, a: float, b: float) -> float:
    alpha = a + b
    power = math.sqrt((alpha - 2.0) / (2.0 * a * b - alpha))
    slope = a + 1.0 / power
    while True:
        u, u2 = s.uniform(), s.uniform()
        v, w = _odds(u, power, a)
        z = u * u * u2
        r = slope * v - 1.3862944
        surplus = a + r - w
        if surplus + 2.609438 >= 5.0 * z:
            return w
        log_z = math.log(z)
        if surplus > log_z or r + alpha * math.log(alpha / (b + w)) >= log_z:
            return w


# Gamma's two ways


def _gamma_small(s: Stream, shape: float) -> float:
    e = 1.0 + math.exp(-1.0) * shape
    while True:
        p = e * s.uniform()
        if p >= 1.0:
            x = -math.log((e - p) / shape)
            if exponential(s) >= (1.0 - shape) * math.log(x):
                return x
        else:
            x = math.exp(math.log(p) / shape)
            if exponential(s) >= x:
                return x


def _gamma_quotient(t: float, root: float, square: float, q0: float) -> float:
    v = t / (root + root)
    if abs(v) <= 0.25:
        return q0 + 0.5 * t * t * polynomial(_GAMMA_A, v)
    return q0 - root * t + 0.25 * t * t + (square + square) * math.log(1.0 + v)


def _gamma_hat(shape: float, root: float, square: float) -> tuple[float, float, float]:
    """Location, scale and constant of the double exponential above the density."""
    if shape <= 3.686:
        return 0.463 + root + 0.178 * square, 1.235, 0.195 / root - 0.079 + 0.16 * root
    if shape <= 13.022:
        return 1.654 + 0.0076 * square, 1.68 / root + 0.275, 0.062 / root + 0.024
    return 1.77, 0.75, 0.1515 / root


def _gamma_large(s: Stream, shape: float, scale: float) -> float:
    square = shape - 0.5
    root = math.sqrt(square)
    t = s.normal()
    x = root + 0.5 * t
    if t >= 0:
        return scale * (x * x)
    u = s.uniform()
    if (5.656854 - root * 12) * u <= t * t * t:
        return scale * (x * x)
    q0 = polynomial(_GAMMA_Q, 1 / shape)
    if x > 0 and math.log(1.0 - u) <= _gamma_quotient(t, root, square, q0):
        return scale * (x * x)
    b, si, c = _gamma_hat(shape, root, square)
    while True:
        e = exponential(s)
        u = 2 * s.uniform() - 1.0
        t = b - si * e if u < 0 else b + si * e
        if t >= -0.71874483771719:
            q = _gamma_quotient(t, root, square, q0)
            if q > 0 and c * abs(u) <= math.expm1(q) * math.exp(e - 0.5 * t * t):
                x = root + 0.5 * t
                return scale * x * x

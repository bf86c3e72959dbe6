"""Continuous random numbers from R's stream: exponential and gamma.

Sources: Ahrens & Dieter 1972 (exponential), 1974 and 1982 (gamma).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .random import Stream


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


def gamma(s: Stream, shape: float) -> float:
    """One gamma number of scale 1: Ahrens & Dieter's GS (1974) below shape 1, GD (1982) from there on."""
    return _gamma_small(s, shape) if shape < 1 else _gamma_large(s, shape)


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


def _gamma_large(s: Stream, shape: float) -> float:
    square = shape - 0.5
    root = math.sqrt(square)
    t = s.normal()
    x = root + 0.5 * t
    if t >= 0:
        return x * x
    u = s.uniform()
    if (5.656854 - root * 12) * u <= t * t * t:
        return x * x
    q0 = polynomial(_GAMMA_Q, 1 / shape)
    if x > 0 and math.log(1.0 - u) <= _gamma_quotient(t, root, square, q0):
        return x * x
    b, si, c = _gamma_hat(shape, root, square)
    while True:
        e = exponential(s)
        u = 2 * s.uniform() - 1.0
        t = b - si * e if u < 0 else b + si * e
        if t >= -0.71874483771719:
            q = _gamma_quotient(t, root, square, q0)
            if q > 0 and c * abs(u) <= math.expm1(q) * math.exp(e - 0.5 * t * t):
                x = root + 0.5 * t
                return x * x

"""Random hypergeometric counts from R's stream: algorithms HIN and H2PE.

Source: Kachitvichyanukul & Schmeiser 1985.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from .stream import Stream

_LOG_ROOT_2PI = 0.918938533204672741780329736406
_LOG_FACTORIALS = [math.log(math.factorial(i)) for i in range(8)]
_SCALE = 1e25  # of probabilities, against underflow


def _log_factorial(i: int) -> float:
    if i < 0:
        return -1.0
    if i <= 7:
        return _LOG_FACTORIALS[i]
    x = float(i)
    series = (0.0833333333333333 - 0.00277777777777778 / (x * x)) / x
    return (x + 0.5) * math.log(x) - x + _LOG_ROOT_2PI + series


class _Urn(NamedTuple):
    """n1 <= n2 balls of two colours, k drawn of them (at most half), m the mode."""

    n1: int
    n2: int
    k: int
    m: int
    least: int
    most: int

    def log_ways(self, x: int) -> float:
        n1, n2, k = self.n1, self.n2, self.k
        return sum(_log_factorial(i) for i in (x, n1 - x, k - x, n2 - k + x))


def hypergeometric(s: Stream, white: int, black: int, drawn: int) -> float:
    """How many of the drawn balls are white."""
    total = white + black
    n1, n2 = min(white, black), max(white, black)
    k = total - drawn if 2 * drawn >= total else drawn
    m = int((k + 1.0) * (n1 + 1.0) / (total + 2))
    urn = _Urn(n1, n2, k, m, max(0, k - n2), min(n1, k))
    x = urn.most
    if urn.least < urn.most:
        x = _inverse(s, urn) if m - urn.least < 10 else _h2pe(s, urn)
    if 2 * drawn >= total:
        return float(drawn - black + x if white > black else white - x)
    return float(drawn - x if white > black else x)


def _inverse(s: Stream, urn: _Urn) -> int:
    n1, n2, k = urn.n1, urn.n2, urn.k
    if k < n2:
        start = _log_factorial(n2) + _log_factorial(n1 + n2 - k) - _log_factorial(n2 - k)
    else:
        start = _log_factorial(n1) + _log_factorial(k) - _log_factorial(k - n2)
    start = math.exp(start - _log_factorial(n1 + n2) + math.log(_SCALE))
    while True:
        x, u, p = urn.least, s.uniform() * _SCALE, start
        while u > p:
            u -= p
            p *= (n1 - x) * float(k - x)
            x += 1
            p = p / x / (n2 - k + x)
            if x > urn.most:
                break
        else:
            return x


def _h2pe(s: Stream, urn: _Urn) -> int:
    """A rectangle and two exponential tails."""
    n1, n2, k, m = urn.n1, urn.n2, urn.k, urn.m
    total = float(n1 + n2)
    spread = math.sqrt((total - k) * k * n1 * n2 / (total - 1) / total / total)
    d = int(1.5 * spread) + 0.5
    xl, xr = m - d + 0.5, m + d + 0.5
    a = urn.log_ways(m)
    kl = math.exp(a - _ways_at(urn, xl))
    kr = math.exp(a - _ways_at(urn, xr - 1))
    left = -math.log(xl * (n2 - k + xl) / (n1 - xl + 1) / (k - xl + 1))
    right = -math.log((n1 - xr + 1) * (k - xr + 1) / xr / (n2 - k + xr))
    p1 = d + d
    p2 = p1 + kl / left
    p3 = p2 + kr / right
    while True:
        u, v = s.uniform() * p3, s.uniform()
        if u < p1:
            x = int(xl + u)
        elif u <= p2:
            x = int(xl + math.log(v) / left)
            if x < urn.least:
                continue
            v *= (u - p1) * left
        else:
            x = int(xr - math.log(v) / right)
            if x > urn.most:
                continue
            v *= (u - p2) * right
        if _accepts(urn, x, v, a):
            return x


def _ways_at(urn: _Urn, x: float) -> float:
    parts = (x, urn.n1 - x, urn.k - x, urn.n2 - urn.k + x)
    return sum(_log_factorial(int(part)) for part in parts)


def _accepts(urn: _Urn, x: int, v: float, a: float) -> bool:
    n1, n2, k, m = urn.n1, urn.n2, urn.k, urn.m
    if m < 100 or x <= 50:
        f = 1.0
        for i in range(m + 1, x + 1):
            f = f * (n1 - i + 1) * (k - i + 1) / (n2 - k + i) / i
        for i in range(x + 1, m + 1):
            f = f * i * (n2 - k + i) / (n1 - i + 1) / (k - i + 1)
        return v <= f
    log_v = math.log(v)
    upper, lower = _squeeze(urn, x)
    if log_v > upper:
        return False
    return log_v < lower or log_v <= a - urn.log_ways(x)


def _squeeze(urn: _Urn, x: int) -> tuple[float, float]:
    """Bounds of the log of the ratio of probabilities at x and at the mode."""
    n1, n2, k, m = urn.n1, urn.n2, urn.k, urn.m
    y, y1, off = float(x), x + 1.0, float(x - m)
    yn, yk, nk = n1 - y + 1.0, k - y + 1.0, n2 - k + y1
    r, s, t, e = -off / y1, off / yn, off / yk, -off / nk
    g = yn * yk / (y1 * nk) - 1.0
    gu = g * (1.0 + g * (-0.5 + g / 3.0))
    gl = gu - 0.25 * g**4 / (1.0 + g if g < 0.0 else 1.0)
    xm = m + 0.5
    weights = (xm, n1 - m + 0.5, k - m + 0.5, n2 - k + xm)
    upper = sum(w * z * (1.0 + z * (-0.5 + z / 3.0)) for w, z in zip(weights, (r, s, t, e), strict=True))
    upper += y * gu - m * gl + 0.0034
    rest = sum(w * z**4 / (1.0 + z if z < 0 else 1.0) for w, z in zip(weights, (r, s, t, e), strict=True))
    return upper, upper - 0.25 * rest + (y + m) * (gl - gu) - 0.0078

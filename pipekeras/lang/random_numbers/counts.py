"""Random counts from R's stream: Poisson, binomial and negative binomial, geometric, ranks.

Sources: Ahrens & Dieter 1982 (Poisson); Kachitvichyanukul & Schmeiser 1988 (binomial).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import accumulate

import numpy as np

from .stream import Stream
from .variates import exponential, gamma, polynomial

_POISSON_A = (0.1250060, -0.1384794, 0.1421878, -0.1661269, 0.2000118, -0.2500068, 0.3333333, -0.5)
_ONE_SQRT_2PI = 0.398942280401432677939946059934


def poisson(s: Stream, mu: float) -> float:
    """One Poisson number of mean mu."""
    if mu <= 0:
        return 0.0
    return _poisson_small(s, mu) if mu < 10 else _poisson_large(s, mu)


def _poisson_small(s: Stream, mu: float) -> float:
    """By the inverse of the distribution function, to 35 terms (a uniform beyond them is drawn again)."""
    while True:
        u = s.uniform()
        term = total = math.exp(-mu)
        if u <= total:
            return 0.0
        for k in range(1, 36):
            term *= mu / k
            total += term
            if u <= total:
                return float(k)


def _poisson_large(s: Stream, mu: float) -> float:
    """Ahrens & Dieter 1982, algorithm PD: a normal number corrected by acceptance and rejection."""
    root = math.sqrt(mu)
    g = mu + root * s.normal()
    k, u = -1.0, 0.0
    if g >= 0:
        k = math.floor(g)
        if k >= math.floor(mu - 1.1484):
            return k
        u = s.uniform()
        if 6 * mu * mu * u >= (mu - k) ** 3:
            return k
    b1 = 1 / 24 / mu
    b2 = 0.3 * b1 * b1
    c3 = 1 / 7 * b1 * b2
    c = (1 - b1 + 3 * b2 - 15 * c3, b1 - 6 * b2 + 45 * c3, b2 - 15 * c3, c3)
    if g >= 0:
        px, py, fx, fy = _poisson_densities(k, mu, root, c)
        if fy - u * fy <= py * math.exp(px - fx):
            return k
    while True:
        e = exponential(s)
        u = 2 * s.uniform() - 1
        t = 1.8 + math.copysign(e, u)
        if t > -0.6744:
            k = math.floor(mu + root * t)
            px, py, fx, fy = _poisson_densities(k, mu, root, c)
            if 0.1069 / mu * abs(u) <= py * math.exp(px + e) - fy * math.exp(fx + e):
                return k


def _poisson_densities(
    k: float, mu: float, root: float, c: tuple[float, ...]
) -> tuple[float, float, float, float]:
    difference = mu - k
    if k < 10:
        px, py = -mu, mu**k / math.factorial(int(k))
    else:
        rest = 1 / 12 / k
        rest -= 4.8 * rest**3
        v = difference / k
        if abs(v) <= 0.25:
            px = k * v * v * polynomial(_POISSON_A, v) - rest
        else:
            px = k * math.log(1 + v) - difference - rest
        py = _ONE_SQRT_2PI / math.sqrt(k)
    x = ((0.5 - difference) / root) ** 2
    return px, py, -0.5 * x, _ONE_SQRT_2PI / root * (((c[3] * x + c[2]) * x + c[1]) * x + c[0])


def poissons(s: Stream, mu: float, count: int) -> np.ndarray:
    """count Poisson numbers of one mean."""
    if not 0 < mu < 10:
        return np.array([poisson(s, mu) for _ in range(count)], dtype=np.float64)
    terms = [math.exp(-mu)]
    for k in range(1, 36):
        terms.append(terms[-1] * (mu / k))
    return _inverted(s, np.array(list(accumulate(terms))), count, lambda: _poisson_small(s, mu))


def _inverted(s: Stream, totals: np.ndarray, count: int, one: Callable[[], float]) -> np.ndarray:
    """The first place whose total reaches a uniform, for count of them; if one is beyond, all by `one`."""
    places = np.searchsorted(totals, s.peek(count), side="left")
    if count and places.max() == len(totals):
        return np.array([one() for _ in range(count)], dtype=np.float64)
    s.skip(count)
    return places.astype(np.float64)


# Binomial


def binomials(s: Stream, n: int, prob: float, count: int) -> np.ndarray:
    """count binomial numbers of one size and probability."""
    p = min(prob, 1 - prob)
    if not 0 < n * p < 30:
        return np.array([binomial(s, n, prob) for _ in range(count)], dtype=np.float64)
    u = s.peek(count).copy()
    out = np.zeros(count)
    at = np.arange(count)
    ratio = p / (1 - p)
    g = ratio * (n + 1)
    f = (1 - p) ** n
    for k in range(1, 112):
        rest = u >= f
        u = u[rest] - f
        at = at[rest]
        if not len(at):
            s.skip(count)
            return n - out if prob > 0.5 else out
        out[at] = k
        f *= g / k - ratio
    return np.array([binomial(s, n, prob) for _ in range(count)], dtype=np.float64)


def binomial(s: Stream, n: int, prob: float) -> float:
    """One binomial number."""
    if prob == 0 or n == 0:
        return 0.0
    if prob == 1:
        return float(n)
    p = min(prob, 1 - prob)
    k = _binomial_inverse(s, n, p) if n * p < 30 else _binomial_btpe(s, n, p)
    return float(n - k if prob > 0.5 else k)


def _binomial_inverse(s: Stream, n: int, p: float) -> int:
    q = 1 - p
    ratio = p / q
    g = ratio * (n + 1)
    start = q**n
    while True:
        k, f, u = 0, start, s.uniform()
        while k <= 110:
            if u < f:
                return k
            u -= f
            k += 1
            f *= g / k - ratio


def _binomial_btpe(s: Stream, n: int, p: float) -> int:
    """Kachitvichyanukul & Schmeiser 1988: triangle, parallelogram and two exponential tails."""
    q = 1 - p
    npq = n * p * q
    peak = n * p + p
    m = int(peak)
    p1 = int(2.195 * math.sqrt(npq) - 4.6 * q) + 0.5
    xm = m + 0.5
    xl, xr = xm - p1, xm + p1
    c = 0.134 + 20.5 / (15.3 + m)
    al = (peak - xl) / (peak - xl * p)
    left = al * (1 + 0.5 * al)
    al = (xr - peak) / (xr * q)
    right = al * (1 + 0.5 * al)
    p2 = p1 * (1 + c + c)
    p3 = p2 + c / left
    p4 = p3 + c / right
    while True:
        u, v = s.uniform() * p4, s.uniform()
        if u <= p1:
            return int(xm - p1 * v + u)
        if u <= p2:
            x = xl + (u - p1) / c
            v = v * c + 1 - abs(xm - x) / p1
            if v > 1 or v <= 0:
                continue
            k = int(x)
        elif u > p3:
            k = int(xr - math.log(v) / right)
            if k > n:
                continue
            v *= (u - p3) * right
        else:
            k = int(xl + math.log(v) / left)
            if k < 0:
                continue
            v *= (u - p2) * left
        if _binomial_accepts(k, m, n, p, v, npq):
            return k


def _binomial_accepts(k: int, m: int, n: int, p: float, v: float, npq: float) -> bool:
    q = 1 - p
    ratio = p / q
    g = ratio * (n + 1)
    d = abs(k - m)
    if d <= 20 or d >= npq / 2 - 1:
        f = 1.0
        for i in range(m + 1, k + 1):
            f *= g / i - ratio
        for i in range(k + 1, m + 1):
            f /= g / i - ratio
        return v <= f
    amaxp = (d / npq) * ((d * (d / 3 + 0.625) + 0.1666666666666) / npq + 0.5)
    ynorm = -(d * d) / (2 * npq)
    log_v = math.log(v)
    if log_v < ynorm - amaxp:
        return True
    if log_v > ynorm + amaxp:
        return False
    x1, f1, z, w = k + 1.0, m + 1.0, n + 1.0 - m, n - k + 1.0
    limit = (m + 0.5) * math.log(f1 / x1) + (n - m + 0.5) * math.log(z / w)
    limit += (k - m) * math.log(w * p / (x1 * q))
    return log_v <= limit + sum(_stirling(t) for t in (f1, z, x1, w))


def _stirling(t: float) -> float:
    t2 = t * t
    return (13860.0 - (462.0 - (132.0 - (99.0 - 140.0 / t2) / t2) / t2) / t2) / t / 166320.0


# Mixtures and ranks


def geometric(s: Stream, prob: float) -> float:
    return poisson(s, exponential(s) * ((1 - prob) / prob))


def negative_binomial(s: Stream, size: float, scale: float) -> float:
    """A Poisson number whose mean is a gamma number of this shape and scale."""
    return poisson(s, gamma(s, size, scale)) if scale else 0.0


def signed_rank(s: Stream, n: int) -> float:
    """Wilcoxon's signed rank statistic of n values."""
    return float(sum((i + 1) * math.floor(s.uniform() + 0.5) for i in range(n)))


def rank_sum(s: Stream, m: int, n: int) -> float:
    """Wilcoxon's rank sum statistic of m and n values."""
    return float(s.permutation(m + n, n).sum() - n * (n - 1) // 2)

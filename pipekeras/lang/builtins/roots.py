"""polyroot: the zeros of a polynomial by Jenkins and Traub's three stages (CACM algorithm 419, 1972)."""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..registry import builtin
from ..values import RVector
from ..vectors.coerce import NUMERIC, convert_data

_ETA = sys.float_info.epsilon
_MRE = 2 * math.sqrt(2) * _ETA
_BIG = sys.float_info.max
_TURN = (-0.06975647374412529990, 0.99756405025982424767)  # cosine and sine of 94 degrees


def _divide(a: complex, b: complex) -> complex:
    if b == 0:
        return complex(math.inf, math.inf)
    if abs(b.real) >= abs(b.imag):
        r = b.imag / b.real
        t = 1 / (b.real + r * b.imag)
        return complex((a.real + a.imag * r) * t, (a.imag - a.real * r) * t)
    r = b.real / b.imag
    t = 1 / (b.imag + r * b.real)
    return complex((a.real * r + a.imag) * t, (a.imag * r - a.real) * t)


def _size(z: complex) -> float:
    return math.hypot(z.real, z.imag)


def _horner(s: complex, p: list[complex]) -> tuple[list[complex], complex]:
    """The partial sums of Horner's rule at s, and the value."""
    v = p[0]
    q = [v]
    for c in p[1:]:
        re = v.real * s.real - v.imag * s.imag + c.real
        v = complex(re, v.real * s.imag + v.imag * s.real + c.imag)
        q.append(v)
    return q, v


def _lower_bound(sizes: list[float]) -> float:
    """Cauchy's lower bound on the moduli of the zeros, by Newton's method."""
    pot = [*sizes[:-1], -sizes[-1]]
    n = len(pot)
    x = math.exp((math.log(-pot[-1]) - math.log(pot[0])) / (n - 1))
    if pot[-2] != 0:
        x = min(x, -pot[-1] / pot[-2])
    while True:
        smaller = x * 0.1
        f = pot[0]
        for c in pot[1:]:
            f = f * smaller + c
        if f <= 0:
            break
        x = smaller
    step = x
    while abs(step / x) > 0.005:
        f = pot[0]
        slope = f
        for i, c in enumerate(pot[1:], 1):
            f = f * x + c
            if i < n - 1:
                slope = slope * x + f
        step = f / slope
        x -= step
    return x


def _scale(sizes: list[float]) -> float:
    """A power of two that keeps the coefficients from overflow and harmful underflow."""
    high, low = math.sqrt(_BIG), sys.float_info.min / _ETA
    largest, least = max(sizes), min((s for s in sizes if s), default=_BIG)
    if low <= least and largest <= high:
        return 1.0
    x = low / least
    factor = 1 / (math.sqrt(largest) * math.sqrt(least)) if x <= 1 else (1.0 if _BIG / x > largest else x)
    return 2.0 ** int(math.log(factor) / math.log(2.0) + 0.5)


class _Search:
    """The search for one zero of p, whose first coefficient is the leading one."""

    def __init__(self, p: list[complex]) -> None:
        self.p = p
        self.s = 0j
        self.t = 0j
        n = len(p) - 1
        self.h = [complex((n - i) * p[i].real / n, (n - i) * p[i].imag / n) for i in range(n)]

    def no_shift(self, steps: int) -> None:
        p, n = self.p, len(self.p) - 1
        for _ in range(steps):
            h = self.h
            if _size(h[-1]) <= _ETA * 10 * _size(p[n - 1]):
                self.h = [0j, *h[:-1]]
            else:
                t = _divide(-p[-1], h[-1])
                self.h = [p[0], *(t * h[j - 1] + p[j] for j in range(1, n))]

    def evaluate(self) -> None:
        self.qp, self.pv = _horner(self.s, self.p)

    def next_t(self) -> bool:
        """Set t = -p(s)/h(s); True where h(s) is essentially zero."""
        self.qh, value = _horner(self.s, self.h)
        vanishes = _size(value) <= _ETA * 10 * _size(self.h[-1])
        self.t = 0j if vanishes else _divide(-self.pv, value)
        return vanishes

    def next_h(self, vanishes: bool) -> None:
        if vanishes:
            self.h = [0j, *self.qh[:-1]]
        else:
            t = self.t
            self.h = [self.qp[0], *(t * self.qh[j - 1] + self.qp[j] for j in range(1, len(self.h)))]

    def fixed_shift(self, limit: int) -> bool:
        self.evaluate()
        testing, passed = True, False
        vanishes = self.next_t()
        z = self.s
        for j in range(1, limit + 1):
            before = self.t
            self.next_h(vanishes)
            vanishes = self.next_t()
            z = self.s + self.t
            if vanishes or not testing or j == limit:
                continue
            if _size(self.t - before) >= 0.5 * _size(z):
                passed = False
            elif not passed:
                passed = True
            else:
                kept = list(self.h), self.s
                if self.variable_shift(z):
                    return True
                testing = False
                self.h, self.s = kept
                self.evaluate()
                vanishes = self.next_t()
        return self.variable_shift(z)

    def variable_shift(self, z: complex, limit: int = 10) -> bool:
        self.s = z
        clustered, before, relative = False, 0.0, 0.0
        for i in range(limit):
            self.evaluate()
            value, modulus = _size(self.pv), _size(self.s)
            if value <= 20 * self._error(modulus, value):
                return True
            if i and not clustered and value >= before and relative < 0.05:
                clustered = True
                self._leave_cluster(relative)
                before = _BIG
            elif i and value * 0.1 > before:
                return False
            else:
                before = value
            vanishes = self.next_t()
            self.next_h(vanishes)
            if not self.next_t():
                relative = _size(self.t) / _size(self.s)
                self.s += self.t
        return False

    def _leave_cluster(self, relative: float) -> None:
        r = math.sqrt(max(relative, _ETA))
        s = self.s
        self.s = complex(s.real * (r + 1) - s.imag * r, s.real * r + s.imag * (r + 1))
        self.evaluate()
        for _ in range(5):
            self.next_h(self.next_t())

    def _error(self, modulus: float, value: float) -> float:
        """A bound on the error of Horner's rule."""
        e = _size(self.qp[0]) * _MRE / (_ETA + _MRE)
        for q in self.qp:
            e = e * modulus + _size(q)
        return e * (_ETA + _MRE) - value * _MRE


def zeros(coefficients: list[complex]) -> list[complex]:
    """The zeros of a polynomial, leading coefficient first.

    Raises:
        UserError: "root finding code failed"
    """
    p = list(coefficients)
    found: list[complex] = []
    while len(p) > 1 and p[-1] == 0:
        found.append(0j)
        p.pop()
    if len(p) < 2:
        return found
    factor = _scale([_size(c) for c in p])
    if factor != 1:
        p = [c * factor for c in p]
    x, y = math.sqrt(0.5), -math.sqrt(0.5)
    while len(p) > 2:
        bound = _lower_bound([_size(c) for c in p])
        search = _Search(p)
        for attempt in range(18):
            if attempt % 9 == 0:
                search.no_shift(5)
            x, y = _TURN[0] * x - _TURN[1] * y, _TURN[1] * x + _TURN[0] * y
            search.s = complex(bound * x, bound * y)
            if search.fixed_shift(10 * (attempt % 9 + 1)):
                break
        else:
            raise UserError("root finding code failed", code=Code.VALUE)
        found.append(search.s)
        p = search.qp[:-1]
    found.append(_divide(-p[1], p[0]))
    return found


@builtin("polyroot(z)")
def polyroot(z: Any) -> RVector:
    if not isinstance(z, RVector) or z.type not in (*NUMERIC, "complex"):
        raise UserError("invalid argument type", code=Code.TYPE)
    data = [complex(c) for c in convert_data(z.data, z.type, "complex")]
    while data and data[-1] == 0:
        data.pop()
    if not all(math.isfinite(c.real) and math.isfinite(c.imag) for c in data):
        raise UserError("invalid polynomial coefficient", code=Code.VALUE)
    return RVector("complex", np.array(zeros(data[::-1]) if len(data) > 1 else [], dtype=np.complex128))

"""R's random numbers, number for number: Mersenne-Twister, normals by inversion, integers by rejection.

Sources: Matsumoto & Nishimura 1998 (MT19937); Wichura 1988, AS 241 (normal quantiles); Ahrens & Dieter 1972
(exponential), 1974 and 1982 (gamma, Poisson); Kachitvichyanukul & Schmeiser 1988 (binomial); Walker 1977
(aliases). The order in which uniforms are used up is R's.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from .ordering import stable_order

_SCALE = 2.3283064365386963e-10  # 2^-32 as R has it
_BIG = 134217728  # 2^27: a normal uses two uniforms for 54 bits


class Stream:
    """The stream of uniforms. Drawn ahead in blocks, so that vectors and loops share one stream."""

    def __init__(self) -> None:
        self.rounding = False  # sample.kind = "Rounding", R's before 3.6
        self._generator = np.random.MT19937()
        self._words = np.random.Generator(self._generator)
        self._ahead = np.empty(0)
        self._used = 0
        self._floats: list[float] = []  # what is ahead as Python's floats, for those who draw one by one
        self._seeded = False

    def seed(self, seed: int) -> None:
        """set.seed: R scrambles the seed by a congruential generator and fills the state with its output."""
        value = seed & 0xFFFFFFFF
        for _ in range(50):
            value = (69069 * value + 1) & 0xFFFFFFFF
        words = []
        for _ in range(625):
            value = (69069 * value + 1) & 0xFFFFFFFF
            words.append(value)
        # the first word is R's position in the state, set to "all used up"
        key = np.array(words[1:], dtype=np.uint32)
        self._generator.state = {"bit_generator": "MT19937", "state": {"key": key, "pos": 624}}
        self._set_ahead(np.empty(0))
        self._seeded = True

    def state(self) -> Any:
        """Where the stream is, for restore()."""
        ahead = self._ahead[self._used :].copy()
        return self._generator.state, ahead, self._seeded, self.rounding

    def restore(self, state: Any) -> None:
        """Go on where the stream was when state() was called."""
        self._generator.state, ahead, self._seeded, self.rounding = state
        self._set_ahead(ahead)

    def _set_ahead(self, ahead: np.ndarray) -> None:
        self._ahead, self._used, self._floats = ahead, 0, []

    def peek(self, n: int) -> np.ndarray:
        """The next n uniforms, not used up."""
        if not self._seeded:
            self.seed(int.from_bytes(os.urandom(4), "little"))
        left = len(self._ahead) - self._used
        if n > left:
            words = self._words.integers(0, 2**32, size=max(n - left, 624), dtype=np.uint32)
            fresh = words * _SCALE
            # never 0 or 1
            np.clip(fresh, 0.5 * _SCALE, 1.0 - 0.5 * _SCALE, out=fresh)
            self._set_ahead(np.concatenate([self._ahead[self._used :], fresh]) if left else fresh)
        return self._ahead[self._used : self._used + n]

    def skip(self, n: int) -> None:
        self._used += n

    def uniforms(self, n: int) -> np.ndarray:
        out = self.peek(n).copy()
        self.skip(n)
        return out

    def uniform(self) -> float:
        used = self._used
        if used >= len(self._floats):
            self.peek(1)
            self._floats, used = self._ahead.tolist(), self._used
        self._used = used + 1
        return self._floats[used]

    def normals(self, n: int) -> np.ndarray:
        pairs = self.uniforms(2 * n).reshape(n, 2)
        u = np.floor(_BIG * pairs[:, 0]) + pairs[:, 1]
        return normal_quantile(u / _BIG)

    def normal(self) -> float:
        return float(self.normals(1)[0])

    # Whole numbers below n

    def indices(self, n: float, count: int) -> np.ndarray:
        """count independent whole numbers in 0 .. n-1 (R_unif_index)."""
        if self.rounding:
            return np.floor(n * self.uniforms(count)).astype(np.int64)
        bits = math.ceil(math.log2(n)) if n > 1 else 0
        words = bits // 16 + 1
        taken: list[np.ndarray] = []
        missing = count
        while missing:
            tries = int(missing * 2**bits / n * 1.1) + 8
            values = self._bits(self.peek(tries * words).reshape(tries, words), bits)
            good = np.flatnonzero(values < n)[:missing]
            self.skip(words * (int(good[-1]) + 1 if len(good) == missing else tries))
            taken.append(values[good])
            missing -= len(good)
        return np.concatenate(taken) if taken else np.empty(0, dtype=np.int64)

    @staticmethod
    def _bits(uniforms: np.ndarray, bits: int) -> np.ndarray:
        value = np.zeros(len(uniforms), dtype=np.int64)
        for column in uniforms.T:
            value = (value << 16) + np.floor(column * 65536).astype(np.int64)
        return value & ((1 << bits) - 1)

    def index(self, n: int) -> int:
        if self.rounding:
            return int(n * self.uniform())
        bits = (n - 1).bit_length()
        mask = (1 << bits) - 1
        while True:
            value = 0
            for _ in range(bits // 16 + 1):
                value = (value << 16) + int(self.uniform() * 65536)
            value &= mask
            if value < n:
                return value

    def permutation(self, n: int, count: int) -> np.ndarray:
        """count different whole numbers of 0 .. n-1, in random order."""
        return _drawn_from_pool(self._shrinking(n, count), n)

    def _shrinking(self, n: int, count: int) -> np.ndarray:
        """Whole numbers below n, n-1, n-2, ... for `count` bounds."""
        if self.rounding:
            return np.floor(np.arange(n, n - count, -1) * self.uniforms(count)).astype(np.int64)
        taken: list[np.ndarray] = []
        while count:
            bits = (n - 1).bit_length()
            # as many bounds as need this number of bits; at bound 1 there are none
            bounds = min(count, n - (1 << bits >> 1)) if bits else 1
            words = bits // 16 + 1
            tries = min(int(bounds * 1.1 * 2**bits / n) + 8, _BLOCK)
            values = self._bits(self.peek(tries * words).reshape(tries, words), bits)
            good = _below_shrinking(values, n)[:bounds]
            self.skip(words * (int(good[-1]) + 1 if len(good) == bounds else tries))
            taken.append(values[good])
            n -= len(good)
            count -= len(good)
        return np.concatenate(taken) if taken else np.empty(0, dtype=np.int64)

    def distinct(self, n: float, count: int) -> np.ndarray:
        """As permutation for few out of very many (R's hashing version)."""
        drawn = self.indices(n, count)
        if len(np.unique(drawn)) == count:
            return drawn.astype(np.float64)
        seen = dict.fromkeys(drawn.tolist())
        while len(seen) < count:
            seen.setdefault(self.index(int(n)))
        return np.array(list(seen), dtype=np.float64)


_BLOCK = 1 << 15
"""Draws that are judged at once: the more, the more often a judgement must be made anew."""


def _below_shrinking(values: np.ndarray, n: int) -> np.ndarray:
    """Positions of the values below a bound that starts at n and falls by one with each value that is."""
    taken = values < n
    while True:
        before = np.cumsum(taken) - taken
        again = values < n - before
        if np.array_equal(again, taken):
            return np.flatnonzero(taken)
        taken = again


def _drawn_from_pool(places: np.ndarray, n: int) -> np.ndarray:
    """What drawing from a pool 0 .. n-1 gives, if its last element fills each place drawn from."""
    if len(places) < _BLOCK:
        pool = list(range(n)) if n <= 4 * len(places) else _Untouched()
        return _drawn_one_by_one(places.tolist(), n, pool)
    # Draw i takes what stands at places[i] and moves there what stands at n-1-i. What a draw moved is found
    # by following moves back to one that found its place untouched: all chains at once, each step doubling.
    count = len(places)
    at = np.arange(count)
    order = stable_order(places)
    same = places[order[1:]] == places[order[:-1]]
    earlier = np.full(count, -1)  # the last draw before from the same place
    earlier[order[1:][same]] = order[:-1][same]
    last = np.full(n, -1)
    last[places] = at  # of equal indices the last is kept
    end = n - 1 - at
    source = last[end]
    source = np.where(source == at, earlier, source)
    moved = np.where(source < 0, end, 0)
    source = np.where(source < 0, at, source)
    while True:
        further = source[source]
        if np.array_equal(further, source):
            break
        source = further
    moved = moved[source]
    return np.where(earlier < 0, places, moved[earlier])


class _Untouched(dict):
    """A pool of which only what was moved is kept."""

    def __missing__(self, place: int) -> int:
        return place


def _drawn_one_by_one(places: list[int], n: int, pool: Any) -> np.ndarray:
    out = []
    for place in places:
        n -= 1
        out.append(pool[place])
        pool[place] = pool[n]
    return np.array(out, dtype=np.int64)


stream = Stream()
"""The session's generator."""


# Normal quantiles


_CENTRE = (
    (2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608),
    (5226.495278852854561, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
     5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1.0),
)  # fmt: skip
_MIDDLE = (
    (7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
     3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734),
    (1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
     0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1.0),
)  # fmt: skip
_FAR = (
    (2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
     0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772),
    (2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5,
     7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1.0),
)  # fmt: skip


def _polynomials(x: np.ndarray, coefficients: tuple[tuple[float, ...], ...]) -> tuple[np.ndarray, ...]:
    """Polynomials of x by Horner's rule, the highest power's coefficient first."""
    made = []
    for each in coefficients:
        total = np.full_like(x, each[0])
        for c in each[1:]:
            total *= x
            total += c
        made.append(total)
    return tuple(made)


def normal_quantile(p: np.ndarray) -> np.ndarray:
    """The standard normal quantile of each probability (qnorm), AS 241."""
    q = p - 0.5
    out = np.empty_like(p)
    centre = np.abs(q) <= 0.425
    near = q[centre]
    top, bottom = _polynomials(0.180625 - near * near, _CENTRE)
    out[centre] = near * top / bottom
    tail = ~centre
    if tail.any():
        smaller = np.where(q[tail] < 0, p[tail], 1.0 - p[tail])
        # math.log: the C library's, as R's
        logs = [math.log(s) if s > 0 else -math.inf for s in smaller.tolist()]
        r = np.sqrt(-np.array(logs))
        top, bottom = _polynomials(r - 1.6, _MIDDLE)
        size = top / bottom
        far = r > 5.0
        if far.any():
            top, bottom = _polynomials(r[far] - 5.0, _FAR)
            size[far] = top / bottom
        size[np.isinf(r)] = math.inf
        out[tail] = np.where(q[tail] < 0, -size, size)
    return out


# Exponential


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


def _polynomial(coefficients: Sequence[float], x: float) -> float:
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
        return q0 + 0.5 * t * t * _polynomial(_GAMMA_A, v)
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
    q0 = _polynomial(_GAMMA_Q, 1 / shape)
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


# Poisson


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
            px = k * v * v * _polynomial(_POISSON_A, v) - rest
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


# Sampling with probabilities


def _heap_order(weights: Sequence[float]) -> tuple[list[float], list[int]]:
    """Weights in descending order and where they stood, by R's heapsort, whose order of ties shows."""
    a, order = [0.0, *weights], list(range(len(weights) + 1))
    n = len(weights)
    start, end = n // 2 + 1, n
    while n > 1:
        if start > 1:
            start -= 1
            value, at = a[start], order[start]
        else:
            value, at = a[end], order[end]
            a[end], order[end] = a[1], order[1]
            end -= 1
            if end == 1:
                a[1], order[1] = value, at
                break
        i, j = start, 2 * start
        while j <= end:
            if j < end and a[j] > a[j + 1]:
                j += 1
            if value <= a[j]:
                break
            a[i], order[i] = a[j], order[j]
            i, j = j, 2 * j
        a[i], order[i] = value, at
    return a[1:], [k - 1 for k in order[1:]]


def sample_weighted(s: Stream, weights: np.ndarray, count: int, replace: bool) -> np.ndarray:
    """count whole numbers of 0 .. n-1 with the given probabilities (which sum to 1)."""
    if not replace:
        return _weighted_distinct(s, weights, count)
    if (weights * len(weights) > 0.1).sum() > 200:
        return _walker(s, weights, count)
    ordered, places = _heap_order(weights.tolist())
    limits = np.cumsum(ordered)
    limits[-1] = math.inf
    return np.array(places)[np.searchsorted(limits, s.uniforms(count), side="left")]


def _weighted_distinct(s: Stream, weights: np.ndarray, count: int) -> np.ndarray:
    ordered, places = _heap_order(weights.tolist())
    left = np.array(ordered)
    total, out = 1.0, []
    for u in s.uniforms(count).tolist():
        target = total * u
        j = min(int(np.searchsorted(np.cumsum(left), target, side="left")), len(left) - 1)
        out.append(places.pop(j))
        total -= left[j]
        left = np.delete(left, j)
    return np.array(out, dtype=np.int64)


def _walker(s: Stream, weights: np.ndarray, count: int) -> np.ndarray:
    """Walker's alias method, which R takes for more than 200 sizeable probabilities."""
    n = len(weights)
    q = (weights * n).tolist()
    small = [i for i in range(n) if q[i] < 1]
    large = [i for i in range(n) if q[i] >= 1]
    # the large ones fill the table from its end
    table = small + large[::-1]
    alias = [0] * n
    first_large = len(small)
    if small and large:
        for k in range(n - 1):
            i, j = table[k], table[first_large]
            alias[i] = j
            q[j] += q[i] - 1
            if q[j] < 1:
                first_large += 1
            if first_large >= n:
                break
    out = []
    for _ in range(count):
        cell = s.index(n)
        out.append(cell if s.uniform() < q[cell] else alias[cell])
    return np.array(out, dtype=np.int64)

"""R's stream of random numbers, number for number: uniforms, normals by inversion, integers by rejection.

Source: Wichura 1988, AS 241 (normal quantiles). The order in which uniforms are used up is R's.
"""

from __future__ import annotations

import math
import os
import sys
from typing import Any

import numpy as np

from ..vectors.ordering import stable_order
from .generators import Generator, MersenneTwister

_BIG = 134217728  # 2^27: a normal uses two uniforms for 54 bits


NORMAL_KINDS = {"Box-Muller": 2, "Inversion": 4}
"""How normals are made, by their numbers in the first word of .Random.seed."""


class Stream:
    """The stream of uniforms. Drawn ahead in blocks, so that vectors and loops share one stream.

    Attributes:
        rounding: sample.kind = "Rounding", R's before 3.6
        normal_kind: how normals are made of uniforms
        generator: the source
    """

    def __init__(self) -> None:
        self.rounding = False
        self.normal_kind = "Inversion"
        self.generator: Generator = MersenneTwister()
        self._second_normal: float | None = None  # of Box and Muller's pairs
        self._ahead = np.empty(0)
        self._used = 0
        self._floats: list[float] = []  # what is ahead as Python's floats, for those who draw one by one
        self._seeded = False
        self._origin: tuple[list[int], int] = (
            [],
            0,
        )  # a state, and how many draws it is before what is ahead

    def seed(self, seed: int) -> None:
        """set.seed: R scrambles the seed by a congruential generator and fills the state with its output."""
        self.generator.seed(seed)
        self._second_normal = None
        self._set_ahead(np.empty(0))
        self._seeded = True

    def change(self, kind: type[Generator]) -> None:
        """RNGkind: another generator, seeded by the one before."""
        seed = int(self.uniform() * 4294967295)
        self.generator = kind()
        self.seed(seed)

    def state(self) -> Any:
        """Where the stream is, for restore()."""
        kinds = type(self.generator), self.normal_kind, self.rounding
        return kinds, self.words() if self._seeded else None, self._second_normal

    def restore(self, state: Any) -> None:
        """Go on where the stream was when state() was called."""
        (kind, self.normal_kind, self.rounding), words, second = state
        self.generator = kind()
        self._seeded = words is not None
        if words is not None:
            self.load(words)
        self._second_normal = second

    def words(self) -> list[int]:
        """The generator's state as .Random.seed has it, without what was drawn ahead."""
        self.peek(1)
        state, behind = self._origin
        twin = type(self.generator)()
        twin.load(state)
        if behind + self._used:
            twin.take(behind + self._used)
        return twin.words()

    def load(self, words: list[int]) -> None:
        """Go on from a state that words() gave."""
        self.generator.load(words)
        self._second_normal = None
        self._seeded = True
        self._set_ahead(np.empty(0))

    def _set_ahead(self, ahead: np.ndarray) -> None:
        self._ahead, self._used, self._floats = ahead, 0, []

    def peek(self, n: int) -> np.ndarray:
        """The next n uniforms, not used up."""
        if not self._seeded:
            self.seed(int.from_bytes(os.urandom(4), "little"))
        left = len(self._ahead) - self._used
        if n > left:
            state, behind = self._origin
            self._origin = (state, behind + self._used) if left else (self.generator.words(), 0)
            fresh = self.generator.take(max(n - left, 624))
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
        if self.normal_kind == "Box-Muller":
            return np.array([self._box_muller() for _ in range(n)])
        pairs = self.uniforms(2 * n).reshape(n, 2)
        u = np.floor(_BIG * pairs[:, 0]) + pairs[:, 1]
        return normal_quantile(u / _BIG)

    def normal(self) -> float:
        return float(self.normals(1)[0])

    def _box_muller(self) -> float:
        """Normals by pairs (Box & Muller 1958), the second kept for the next call."""
        second, self._second_normal = self._second_normal, None
        if second is not None:
            return second
        angle = 2 * math.pi * self.uniform()
        radius = math.sqrt(-2 * math.log(self.uniform())) + 10 * sys.float_info.min
        self._second_normal = radius * math.sin(angle)
        return radius * math.cos(angle)

    # Whole numbers below n

    def indices(self, n: float, count: int) -> np.ndarray:
        """count independent whole numbers in 0 .. n-1 (R_unif_index)."""
        if self.rounding:
            return np.floor(n * self.uniforms(count)).astype(np.int64)
        if count <= _FEW and n < 2**31:
            return np.array([self.index(int(n)) for _ in range(count)], dtype=np.int64)
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
        if count <= _FEW:
            return np.array([self.index(n - k) for k in range(count)], dtype=np.int64)
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


_FEW = 32
"""So many numbers are drawn one by one."""
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

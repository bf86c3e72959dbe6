"""R's generators of uniform random numbers, seeded by one word; their states are words as in .Random.seed.

Sources: Matsumoto & Nishimura 1998 (Mersenne-Twister); Wichmann & Hill 1982; Marsaglia 1997 (multiply with
carry) and 1984 (Super-Duper); L'Ecuyer 1999 (combined multiple recursive generator MRG32k3a).
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

_WORD = 0xFFFFFFFF
_MT_SCALE = 2.3283064365386963e-10  # 2^-32 as R has it
_SCALE = 2.328306437080797e-10  # 1 / (2^32 - 1)


class Generator(Protocol):
    """A source of uniforms in (0, 1).

    Attributes:
        name: as RNGkind() has it
        code: its number in the first word of .Random.seed
    """

    name: str
    code: int

    def seed(self, seed: int) -> None: ...

    def take(self, n: int) -> np.ndarray: ...

    def words(self) -> list[int]: ...

    def load(self, words: list[int]) -> None: ...


def scrambled(seed: int, count: int, below: int = _WORD + 1) -> list[int]:
    """The words that a congruential generator makes of a seed, those too large left out."""
    value = seed & _WORD
    for _ in range(50):
        value = (69069 * value + 1) & _WORD
    out: list[int] = []
    while len(out) < count:
        value = (69069 * value + 1) & _WORD
        if value < below:
            out.append(value)
    return out


class MersenneTwister:
    name, code = "Mersenne-Twister", 3

    def __init__(self) -> None:
        self._generator = np.random.MT19937()
        self._integers = np.random.Generator(self._generator).integers

    def seed(self, seed: int) -> None:
        # the first word is the position in the state, set to "all used up"
        self.load([624, *scrambled(seed, 625)[1:]])

    def take(self, n: int) -> np.ndarray:
        fresh = self._integers(0, 2**32, size=n, dtype=np.uint32) * _MT_SCALE
        return np.clip(fresh, 0.5 * _SCALE, 1.0 - 0.5 * _SCALE, out=fresh)

    def words(self) -> list[int]:
        state = self._generator.state["state"]
        return [int(state["pos"]), *state["key"].tolist()]

    def load(self, words: list[int]) -> None:
        state: Any = {"key": np.array(words[1:], dtype=np.uint32), "pos": words[0]}
        self._generator.state = {"bit_generator": "MT19937", "state": state}


class _Stepping:
    """A generator whose numbers are made one after the other."""

    size = 2

    def __init__(self) -> None:
        self.state = [1] * self.size

    def seed(self, seed: int) -> None:
        self.load(scrambled(seed, self.size))

    def step(self) -> float:
        raise NotImplementedError

    def take(self, n: int) -> np.ndarray:
        return np.clip([self.step() for _ in range(n)], 0.5 * _SCALE, 1.0 - 0.5 * _SCALE)

    def words(self) -> list[int]:
        return list(self.state)

    def load(self, words: list[int]) -> None:
        self.state = [word or 1 for word in words]


class WichmannHill(_Stepping):
    name, code = "Wichmann-Hill", 0
    size = 3
    _moduli = (30269, 30307, 30323)

    def load(self, words: list[int]) -> None:
        self.state = [word % m or 1 for word, m in zip(words, self._moduli, strict=True)]

    def step(self) -> float:
        self.state = [s * f % m for s, f, m in zip(self.state, (171, 172, 170), self._moduli, strict=True)]
        x, y, z = self.state
        value = x / 30269.0 + y / 30307.0 + z / 30323.0
        return value - int(value)


class MarsagliaMulticarry(_Stepping):
    name, code = "Marsaglia-Multicarry", 1

    def step(self) -> float:
        x, y = self.state
        x = (36969 * (x & 0xFFFF) + (x >> 16)) & _WORD
        y = (18000 * (y & 0xFFFF) + (y >> 16)) & _WORD
        self.state = [x, y]
        return (((x << 16) & _WORD) ^ (y & 0xFFFF)) * _SCALE


class SuperDuper(_Stepping):
    name, code = "Super-Duper", 2

    def load(self, words: list[int]) -> None:
        self.state = [words[0] or 1, words[1] | 1]

    def step(self) -> float:
        x, y = self.state
        x ^= x >> 15
        x ^= (x << 17) & _WORD
        y = 69069 * y & _WORD
        self.state = [x, y]
        return (x ^ y) * _SCALE


class LEcuyer(_Stepping):
    name, code = "L'Ecuyer-CMRG", 7
    size = 6
    _m1, _m2 = 4294967087, 4294944443

    def seed(self, seed: int) -> None:
        self.load(scrambled(seed, self.size, below=self._m2))

    def step(self) -> float:
        s = self.state
        first = (1403580 * s[1] - 810728 * s[0]) % self._m1
        second = (527612 * s[5] - 1370589 * s[3]) % self._m2
        self.state = [s[1], s[2], first, s[4], s[5], second]
        return (first - second if first > second else first - second + self._m1) * 2.328306549295727688e-10


KINDS: tuple[type[Generator], ...] = (
    WichmannHill,
    MarsagliaMulticarry,
    SuperDuper,
    MersenneTwister,
    LEcuyer,
)

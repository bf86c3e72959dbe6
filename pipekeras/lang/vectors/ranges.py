"""`a:b` so long that it is kept as its ends: length, elements and sum are known without making it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..values import DTYPES, RVector, Scalar
from .coerce import guard_size

LONG = 2**27
"""Elements from which on a range is not made until all of it is needed."""


class Range(RVector):
    """The numbers first, first + step, ...; it has no attributes and is never written to.

    Attributes:
        first: the first number
        step: 1 or -1
        count: how many there are
    """

    __slots__ = ("count", "first", "step")

    def __init__(self, type: str, first: float, step: int, count: int) -> None:
        self.type = type
        self.first = first
        self.step = step
        self.count = count
        self.attributes = None

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Scalar]:
        make = int if self.type == "integer" else float
        return (Scalar(self.type, make(self.first + self.step * i)) for i in range(self.count))

    @property
    def data(self) -> np.ndarray:  # pyright: ignore[reportIncompatibleVariableOverride]
        return self.at(np.arange(guard_size(self.count, self.type)))

    @property
    def named(self) -> int:  # pyright: ignore[reportIncompatibleVariableOverride]
        return 2

    @named.setter
    def named(self, value: int) -> None:
        pass

    def copy(self) -> RVector:
        return RVector(self.type, self.data)

    def at(self, positions: np.ndarray) -> np.ndarray:
        """The numbers at 0-based positions."""
        return (self.first + self.step * positions).astype(DTYPES[self.type])

    def total(self) -> float:
        """Their sum, as R rounds it."""
        return (2 * self.first + self.step * (self.count - 1)) * self.count / 2

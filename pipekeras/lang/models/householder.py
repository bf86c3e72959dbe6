"""Least squares by Householder reflections; columns that others explain go last, as in LINPACK's dqrdc2."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..values import NA_REAL

TOLERANCE = 1e-7
"""A column whose norm shrinks below this part of its own is taken to depend on those before."""


@dataclass(frozen=True, slots=True)
class QR:
    """X[:, pivot] = Q R in LINPACK's compact form.

    Attributes:
        compact: R on and above the diagonal, the reflections below it
        first: the first entry of each reflection (R's `qraux`)
        pivot: 0-based positions of the columns
        rank: how many columns are independent
    """

    compact: np.ndarray
    first: np.ndarray
    pivot: np.ndarray
    rank: int

    def _reflection(self, j: int) -> np.ndarray:
        v = self.compact[j:, j].copy()
        v[0] = self.first[j]
        return v

    def _steps(self) -> range:
        return range(min(self.rank, len(self.compact) - 1))  # the last row needs no reflection

    def transposed_times(self, y: np.ndarray) -> np.ndarray:
        """Q'y."""
        out = np.array(y, dtype=float)
        for j in self._steps():
            _reflect(self._reflection(j), out[j:])
        return out

    def times(self, y: np.ndarray) -> np.ndarray:
        """Qy."""
        out = np.array(y, dtype=float)
        for j in reversed(self._steps()):
            _reflect(self._reflection(j), out[j:])
        return out

    @property
    def upper(self) -> np.ndarray:
        """R, of min(rows, columns) rows."""
        return np.triu(self.compact[: min(self.compact.shape)])

    def coefficients(self, y: np.ndarray) -> np.ndarray:
        """The least-squares solution in the order of X's columns, NA for dependent ones."""
        k = self.rank
        out = np.full((self.compact.shape[1], *np.shape(y)[1:]), NA_REAL)
        out[self.pivot[:k]] = np.linalg.solve(self.upper[:k, :k], self.transposed_times(y)[:k])
        return out

    def unscaled_covariance(self) -> np.ndarray:
        """(X'X)^-1 of the independent columns, in pivoted order."""
        inverse = np.linalg.solve(self.upper[: self.rank, : self.rank], np.eye(self.rank))
        return inverse @ inverse.T


def _reflect(v: np.ndarray, y: np.ndarray) -> None:
    """Apply a reflection in place."""
    if v[0]:
        products = v * y if y.ndim == 1 else v[:, None] * y
        scale = np.cumsum(products, axis=0)[-1] / v[0]  # summed in order, for R's last bit
        y -= v * scale if y.ndim == 1 else np.outer(v, scale)


def decompose(x: np.ndarray, tolerance: float = TOLERANCE) -> QR:
    """The QR decomposition of a matrix.

    Source: Dongarra et al., LINPACK Users' Guide (1979), chapter 9; the limited pivoting is R's ?qr.
    """
    a = np.array(x, dtype=float, order="F")
    rows, columns = a.shape
    pivot = np.arange(columns)
    left = np.sqrt((a * a).sum(axis=0))
    own = np.where(left == 0, 1.0, left)
    estimate = left.copy()
    first = left.copy()
    rank = columns
    for j in range(min(rows, columns)):
        while j < rank and first[j] < own[j] * tolerance:
            order = [*range(j), *range(j + 1, columns), j]
            a, pivot, first, own, estimate = (
                a[:, order],
                pivot[order],
                first[order],
                own[order],
                estimate[order],
            )
            rank -= 1
        if j == rows - 1:
            break
        norm = math.sqrt(float(a[j:, j] @ a[j:, j]))
        if norm == 0:
            continue
        norm = math.copysign(norm, a[j, j]) if a[j, j] else norm
        a[j:, j] *= 1 / norm  # as LINPACK scales: the last bit is another than by division
        a[j, j] += 1
        v = a[j:, j].copy()
        rest = a[j:, j + 1 :]
        _reflect(v, rest)
        for i in range(j + 1, columns):
            if first[i]:
                part = max(0.0, 1 - (abs(a[j, i]) / first[i]) ** 2)
                if abs(part) < 1e-6:
                    first[i] = estimate[i] = math.sqrt(float(a[j + 1 :, i] @ a[j + 1 :, i]))
                else:
                    first[i] *= math.sqrt(part)
        first[j] = a[j, j]
        a[j, j] = -norm
    return QR(a, first, pivot, min(rank, rows))

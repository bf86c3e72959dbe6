"""Products, LU and symmetric eigenvectors rounded and signed as reference BLAS and LAPACK, R's own, do it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

_SMALL = 1_000_000
"""Multiplications up to which a product is summed in order; a larger one is left to numpy's BLAS."""
_MOST_ROWS = 200
"""Rows up to which a matrix is decomposed in order."""


def product(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """a @ b; small products add their terms one after another, as reference BLAS does."""
    rows, inner = a.shape
    if inner == 0 or rows * inner * b.shape[1] > _SMALL:
        return a @ b
    return np.add.accumulate(a[:, :, None] * b[None, :, :], axis=1)[:, -1]


@dataclass(frozen=True, slots=True)
class LU:
    """P A = L U (LAPACK's dgetrf).

    Attributes:
        compact: U on and above the diagonal, L below it
        order: 0-based rows of A in the order of P A
        sign: -1 if the rows were exchanged an odd number of times
        zero_pivot: 1-based place of the first pivot that is exactly 0, or 0
    """

    compact: np.ndarray
    order: np.ndarray
    sign: int
    zero_pivot: int

    def log_determinant(self) -> tuple[float, int]:
        """The logarithm of the absolute value, and the sign."""
        diagonal = np.diagonal(self.compact)
        with np.errstate(divide="ignore"):
            log = float(np.add.accumulate(np.log(np.abs(diagonal)))[-1]) if len(diagonal) else 0.0
        return log, self.sign * (-1 if (diagonal < 0).sum() % 2 else 1)

    def solve(self, right: np.ndarray) -> np.ndarray:
        """X of A X = right."""
        out = np.array(right[self.order], dtype=np.result_type(right, self.compact))
        n = len(out)
        for k in range(n):
            out[k + 1 :] -= np.outer(self.compact[k + 1 :, k], out[k])
        for k in reversed(range(n)):
            out[k] /= self.compact[k, k]
            out[:k] -= np.outer(self.compact[:k, k], out[k])
        return out


def lu(grid: np.ndarray) -> LU:
    """The LU decomposition with exchanged rows of a square matrix."""
    work = np.array(grid, dtype=np.result_type(grid, float))
    n = len(work)
    order, sign, zero = np.arange(n), 1, 0
    for k in range(n):
        best = k + int(np.argmax(np.abs(work[k:, k])))
        if best != k:
            work[[k, best]] = work[[best, k]]
            order[[k, best]] = order[[best, k]]
            sign = -sign
        if work[k, k] == 0:
            zero = zero or k + 1
            continue
        work[k + 1 :, k] *= 1 / work[k, k]
        work[k + 1 :, k + 1 :] -= np.outer(work[k + 1 :, k], work[k, k + 1 :])
    return LU(work, order, sign, zero)


def in_order(grid: np.ndarray) -> bool:
    """Whether a matrix is small enough to be decomposed in LAPACK's order of operations."""
    return len(grid) <= _MOST_ROWS


def symmetric_eigen(grid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eigenvalues, largest first, and their vectors as columns with the signs of LAPACK's dsyevr."""
    values, vectors = np.linalg.eigh(grid)
    values, vectors = values[::-1], vectors[:, ::-1]
    if np.iscomplexobj(grid):
        return values, vectors
    if len(grid) == 2 and grid[1, 0] == 0:
        return values, _vectors_of_two(grid[0, 0], grid[1, 1])
    return values, vectors if len(grid) == 2 else vectors * _signs(grid, vectors)


def _vectors_of_two(a: float, c: float) -> np.ndarray:
    """Eigenvectors of a diagonal matrix of two rows, as dlaev2 has them."""
    if a == c:
        cosine, sine = (0.0, 1.0) if a >= 0 else (1.0, 0.0)
    else:
        cosine, sine = (-1.0, 0.0) if (a + c < 0) == (a < c) else (0.0, 1.0)
    by_size = np.array([[cosine, -sine], [sine, cosine]])
    return by_size if a + c >= 0 else by_size[:, ::-1]


def _signs(grid: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """dlar1v: in the basis of the tridiagonal form the (last) largest component of a vector is positive."""
    inside = _tridiagonal_basis(grid).T @ vectors
    size = np.abs(inside)
    largest = len(grid) - 1 - np.argmax((size > size.max(axis=0) - 1e-8)[::-1], axis=0)
    return np.where(inside[largest, range(len(grid))] < 0, -1.0, 1.0)


def _tridiagonal_basis(grid: np.ndarray) -> np.ndarray:
    """Q of Q' A Q = T by Householder's reflections from the lower triangle (dsytrd)."""
    work, n = np.array(grid, dtype=float), len(grid)
    basis = np.eye(n)
    for i in range(n - 2):
        column = work[i + 1 :, i].copy()
        rest = float(np.linalg.norm(column[1:]))
        if rest == 0:
            continue
        beta = -math.copysign(math.hypot(column[0], rest), column[0])
        scale = (beta - column[0]) / beta
        column = column / (column[0] - beta)
        column[0] = 1.0
        reflection = np.eye(n)
        reflection[i + 1 :, i + 1 :] -= scale * np.outer(column, column)
        work = reflection @ work @ reflection
        basis = basis @ reflection
    return basis

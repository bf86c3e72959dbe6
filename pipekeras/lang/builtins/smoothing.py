"""Smooth curves: lowess()'s robust local lines (Cleveland 1979), and density()'s sums of kernels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..registry import builtin
from ..values import RVector, double
from ..vectors.coerce import numbers, one_int, one_number, one_string


@builtin(".lowess(x, y, f, iter, delta)")
def lowess(x: Any, y: Any, f: Any, iter: Any, delta: Any) -> RVector:
    at, values = numbers(x, "x"), numbers(y, "y")
    n = len(at)
    if n < 2:
        return double(values)
    near = max(2, min(n, int(one_number(f, "f") * n + 1e-7)))
    step = one_number(delta, "delta")
    trust: np.ndarray | None = None
    turns = one_int(iter, "iter")
    fitted = values
    for turn in range(turns + 1):
        fitted = _pass(at, values, near, step, trust)
        off = np.abs(values - fitted)
        ordered = np.sort(off)
        spread = 3 * (ordered[n // 2] + ordered[n - n // 2 - 1]) if n % 2 == 0 else 6 * ordered[n // 2]
        if turn == turns or spread <= 1e-7 * off.mean():
            break
        share = off / spread
        trust = np.where(share <= 0.001, 1.0, np.where(share <= 0.999, (1 - share * share) ** 2, 0.0))
    return double(fitted)


def _pass(x: np.ndarray, y: np.ndarray, near: int, delta: float, trust: np.ndarray | None) -> np.ndarray:
    """Lines at points more than delta apart; between them by interpolation."""
    n = len(x)
    out = np.empty(n)
    left, right = 0, near - 1
    last, i = -1, 0
    while True:
        while right < n - 1 and x[i] - x[left] > x[right + 1] - x[i]:
            left, right = left + 1, right + 1
        out[i] = _line(x, y, i, left, right, trust)
        if last < i - 1:
            share = (x[last + 1 : i] - x[last]) / (x[i] - x[last])
            out[last + 1 : i] = share * out[i] + (1 - share) * out[last]
        last = i
        limit = x[last] + delta
        i = last + 1
        while i < n and x[i] <= limit:
            if x[i] == x[last]:
                out[i] = out[last]
                last = i
            i += 1
        i = max(last + 1, i - 1)
        if last >= n - 1:
            return out


def _line(x: np.ndarray, y: np.ndarray, i: int, left: int, right: int, trust: np.ndarray | None) -> float:
    here = x[i]
    reach = max(here - x[left], x[right] - here)
    end = int(np.searchsorted(x, here + 0.999 * reach, side="right"))
    part = slice(left, max(end, i + 1))
    far = np.abs(x[part] - here)
    with np.errstate(all="ignore"):
        weights = np.where(far <= 0.001 * reach, 1.0, (1 - (far / reach) ** 3) ** 3)
    weights[far > 0.999 * reach] = 0
    if trust is not None:
        weights = weights * trust[part]
    total = weights.sum()
    if total <= 0:
        return float(y[i])
    weights = weights / total
    if reach > 0:
        centre = (weights * x[part]).sum()
        slope, spread = here - centre, (weights * (x[part] - centre) ** 2).sum()
        if np.sqrt(spread) > 0.001 * (x[-1] - x[0]):
            weights = weights * (slope / spread * (x[part] - centre) + 1)
    return float((weights * y[part]).sum())


# Kernels of standard deviation 1: half their width, and their height at the share u of it.
_KERNELS: dict[str, tuple[float, Callable[[np.ndarray], np.ndarray]]] = {
    "rectangular": (3**0.5, lambda u: np.full_like(u, 0.5)),
    "triangular": (6**0.5, lambda u: 1 - u),
    "epanechnikov": (5**0.5, lambda u: 0.75 * (1 - u**2)),
    "biweight": (7**0.5, lambda u: 0.9375 * (1 - u**2) ** 2),
    "cosine": ((1 / 3 - 2 / np.pi**2) ** -0.5, lambda u: (1 + np.cos(np.pi * u)) / 2),
    "optcosine": ((1 - 8 / np.pi**2) ** -0.5, lambda u: np.pi / 4 * np.cos(np.pi / 2 * u)),
}


def _kernel(name: str, far: np.ndarray, bandwidth: float) -> np.ndarray:
    if name == "gaussian":
        return np.exp(-0.5 * (far / bandwidth) ** 2) / (bandwidth * np.sqrt(2 * np.pi))
    reach, height = _KERNELS[name]
    u = far / (reach * bandwidth)
    return np.where(u < 1, height(np.minimum(u, 1)) / (reach * bandwidth), 0.0)


def _binned(x: np.ndarray, weights: np.ndarray, low: float, step: float, count: int) -> np.ndarray:
    """The weights on a grid: each point shares its own between the two neighbours."""
    place = (x - low) / step
    cell = np.floor(place).astype(int)
    inside = (cell >= 0) & (cell < count - 1)
    cell, place, weights = cell[inside], place[inside], weights[inside]
    upper = weights * (place - cell)
    return np.bincount(cell, weights - upper, count) + np.bincount(cell + 1, upper, count)


@builtin(".smoothed(x, weights, kernel, bw, grid)")
def smoothed(x: Any, weights: Any, kernel: Any, bw: Any, grid: Any) -> RVector:
    """The density at an even grid, convolved by Fourier's transform (Silverman 1982) on a wider one."""
    bandwidth, wanted = one_number(bw, "bw"), numbers(grid, "x")
    count = 1 << int(max(512, len(wanted)) - 1).bit_length()
    low, high = wanted[0] - 4 * bandwidth, wanted[-1] + 4 * bandwidth
    fine, step = np.linspace(low, high, count, retstep=True)
    masses = _binned(numbers(x, "x"), numbers(weights, "weights"), low, float(step), count)
    # twice the length, so that what leaves at one end does not come in at the other
    turns = np.arange(2 * count)
    far = np.minimum(turns, 2 * count - turns) * (2 * (high - low) / (2 * count - 1))
    spectrum = np.fft.rfft(masses, 2 * count) * np.fft.rfft(
        _kernel(one_string(kernel, "kernel"), far, bandwidth)
    )
    smooth = np.fft.irfft(spectrum, 2 * count)[:count]
    return double(np.interp(wanted, fine, np.maximum(smooth, 0)))

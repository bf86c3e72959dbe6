"""Samples with probabilities from R's stream, by its heapsort of them, or by Walker's aliases (1977)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from .stream import Stream


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

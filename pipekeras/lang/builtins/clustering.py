"""The steps of hclust() and kmeans(): Lance and Williams's agglomeration, Hartigan and Wong's transfers.

Sources: Lance & Williams 1967; Murtagh 1985 (nearest neighbours); Hartigan & Wong 1979 (AS 136).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ..coerce import convert_data, one_int, one_string
from ..registry import builtin
from ..values import RVector, double, integer, rlist

# Hierarchical


def _updated(
    kind: int, da: np.ndarray, db: np.ndarray, dab: float, na: float, nb: float, nk: np.ndarray
) -> np.ndarray:
    """Distances of a merged pair to the others; kinds as R numbers its methods."""
    if kind in (1, 8):  # Ward's
        return ((na + nk) * da + (nb + nk) * db - nk * dab) / (na + nb + nk)
    if kind == 2:
        return np.minimum(da, db)
    if kind == 3:
        return np.maximum(da, db)
    if kind == 4:
        return (na * da + nb * db) / (na + nb)
    if kind == 5:
        return (da + db) / 2
    if kind == 6:
        return (da + db - dab / 2) / 2
    return (na * da + nb * db - na * nb * dab / (na + nb)) / (na + nb)


@builtin(".agglomerated(d, n, kind, members)")
def agglomerated(d: Any, n: Any, kind: Any, members: Any) -> RVector:
    count, method = one_int(n, "n"), one_int(kind, "kind")
    table = np.full((count, count), np.inf)
    below = np.tril_indices(count, -1)
    order = np.lexsort((below[0], below[1]))
    table[below[0][order], below[1][order]] = d.data**2 if method == 8 else d.data
    table = np.minimum(table, table.T)
    sizes = convert_data(members.data, members.type, "double").copy()
    alive = np.ones(count, dtype=bool)
    pairs: list[tuple[int, int]] = []
    heights: list[float] = []
    upper = np.triu(np.ones((count, count), dtype=bool), 1)
    for _ in range(count - 1):
        i, j = divmod(int(np.argmin(np.where(upper, table, np.inf))), count)
        least = float(table[i, j])
        heights.append(least**0.5 if method == 8 else least)
        others = alive.copy()
        others[[i, j]] = False
        fresh = _updated(method, table[i, others], table[j, others], least, sizes[i], sizes[j], sizes[others])
        table[i, others] = table[others, i] = fresh
        table[j, :] = table[:, j] = np.inf
        alive[j] = False
        sizes[i] += sizes[j]
        pairs.append((i, j))
    merge, leaves = _merges(pairs)
    return rlist(
        [integer(merge.reshape(-1, order="F"), {"dim": integer([count - 1, 2])}), double(np.array(heights)),
         integer(leaves)],
        ["merge", "height", "order"],
    )  # fmt: skip


def _merges(pairs: list[tuple[int, int]]) -> tuple[np.ndarray, list[int]]:
    """R's matrix of merges, single objects negative and first, and the order of the leaves."""
    label: dict[int, int] = {}
    leaves: dict[int, list[int]] = {}
    merge = np.zeros((len(pairs), 2), dtype=np.int32)
    for step, (i, j) in enumerate(pairs):
        a, b = label.get(i, -(i + 1)), label.get(j, -(j + 1))
        if (a > 0 and b < 0) or (a > 0 and b > 0 and a > b):
            a, b = b, a
        merge[step] = a, b
        leaves[step + 1] = [leaf for side in (a, b) for leaf in (leaves[side] if side > 0 else [-side])]
        label[i] = step + 1
    return merge, leaves[len(pairs)]


# k means


@builtin(".k_means(x, centers, steps, algorithm)")
def k_means(x: Any, centers: Any, steps: Any, algorithm: Any) -> RVector:
    data = convert_data(x.data, x.type, "double").reshape(x.dim, order="F")
    middles = convert_data(centers.data, centers.type, "double").reshape(centers.dim, order="F").copy()
    most = one_int(steps, "iter.max")
    if one_string(algorithm, "algorithm") == "Hartigan-Wong" and len(middles) > 1:
        groups, iterations, fault = _HartiganWong(data, middles).run(most)
    else:
        groups, iterations, fault = _lloyd(data, middles, most)
    k = len(middles)
    sizes = np.bincount(groups, minlength=k)
    if (sizes == 0).any():
        fault = 1
    middles = np.array([data[groups == g].mean(axis=0) if sizes[g] else middles[g] for g in range(k)])
    within = [float(((data[groups == g] - middles[g]) ** 2).sum()) for g in range(k)]
    return rlist(
        [integer((groups + 1).astype(np.int32)), double(middles.reshape(-1, order="F")),
         double(np.array(within)), integer(sizes.astype(np.int32)), integer(iterations), integer(fault)],
        ["cluster", "centers", "wss", "size", "iter", "fault"],
    )  # fmt: skip


def _lloyd(data: np.ndarray, middles: np.ndarray, most: int) -> tuple[np.ndarray, int, int]:
    groups = np.full(len(data), -1)
    for step in range(1, most + 1):
        nearest = ((data[:, None, :] - middles[None]) ** 2).sum(axis=2).argmin(axis=1)
        if (nearest == groups).all():
            return groups, step, 0
        groups = nearest
        for g in np.unique(groups):
            middles[g] = data[groups == g].mean(axis=0)
    return groups, most + 1, 2


class _HartiganWong:
    """Points move one by one to the group that then has the least sum of squares."""

    def __init__(self, data: np.ndarray, middles: np.ndarray) -> None:
        self.data = data
        self.middles = middles
        self.m, self.k = len(data), len(middles)

    def run(self, most: int) -> tuple[np.ndarray, int, int]:
        distances = ((self.data[:, None, :] - self.middles[None]) ** 2).sum(axis=2)
        closest = np.argsort(distances, axis=1, kind="stable")
        self.own, self.second = closest[:, 0].copy(), closest[:, 1].copy()
        self.sizes = np.bincount(self.own, minlength=self.k).astype(float)
        if (self.sizes == 0).any():
            return self.own, 0, 1
        self.middles = np.array([self.data[self.own == g].mean(axis=0) for g in range(self.k)])
        self.live_until = np.full(self.k, self.m)  # groups in the live set, and how far
        self.moved_at = np.full(self.k, -1)
        self.in_live_set = np.ones(self.k, dtype=bool)
        self.losses = np.zeros(self.m)
        still = 0
        for step in range(1, most + 1):
            still = self._optimal_transfer(still)
            if still == self.m:
                return self.own, step, 0
            self._quick_transfer()
            if self.k == 2:
                return self.own, step, 0
            self.moved_at[:] = 0
        return self.own, most + 1, 2

    def _shift(self, i: int, source: int, target: int) -> None:
        point, a, b = self.data[i], self.sizes[source], self.sizes[target]
        self.middles[source] = (self.middles[source] * a - point) / (a - 1)
        self.middles[target] = (self.middles[target] * b + point) / (b + 1)
        self.sizes[source] -= 1
        self.sizes[target] += 1
        self.own[i], self.second[i] = target, source

    def _loss(self, i: int, group: int) -> float:
        n = self.sizes[group]
        return float(((self.data[i] - self.middles[group]) ** 2).sum()) * n / (n - 1)

    def _gain(self, i: int, group: int) -> float:
        n = self.sizes[group]
        return float(((self.data[i] - self.middles[group]) ** 2).sum()) * n / (n + 1)

    def _optimal_transfer(self, still: int) -> int:
        self.live_until[self.in_live_set] = self.m
        for i in range(self.m):
            still += 1
            source = int(self.own[i])
            if self.sizes[source] > 1:
                if self.moved_at[source] != 0:
                    self.losses[i] = self._loss(i, source)
                target = int(self.second[i])
                best, favourite = self._gain(i, target), target
                for group in range(self.k):
                    asleep = i >= self.live_until[source] and i >= self.live_until[group]
                    if asleep or group in (source, favourite):
                        continue
                    gain = self._gain(i, group)
                    if gain < best:
                        best, target = gain, group
                if best >= self.losses[i]:
                    self.second[i] = target
                else:
                    still = 0
                    self.live_until[[source, target]] = self.m + i
                    self.moved_at[[source, target]] = i + 1
                    self._shift(i, source, target)
            if still == self.m:
                return still
        self.in_live_set[:] = False
        self.live_until -= self.m
        return still

    def _quick_transfer(self) -> None:
        still, step = 0, 0
        while True:
            for i in range(self.m):
                still += 1
                step += 1
                source, target = int(self.own[i]), int(self.second[i])
                if self.sizes[source] > 1:
                    if step <= self.moved_at[source]:
                        self.losses[i] = self._loss(i, source)
                    if (step < self.moved_at[source] or step < self.moved_at[target]) and self._gain(
                        i, target
                    ) < self.losses[i]:
                        still = 0
                        self.in_live_set[[source, target]] = True
                        self.moved_at[[source, target]] = step + self.m
                        self._shift(i, source, target)
                if still == self.m:
                    return

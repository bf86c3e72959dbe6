"""The steps of hclust() and kmeans(): Lance and Williams's agglomeration, Hartigan and Wong's transfers.

Sources: Lance & Williams 1967; Murtagh 1985 (nearest neighbours); Hartigan & Wong 1979 (AS 136).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError, did_you_mean
from ..registry import builtin
from ..values import NULL, RVector, character, double, integer, rlist
from ..vectors.coerce import convert_data, numbers, one_int, one_string

# Hierarchical

_LINKAGES = ("ward.D", "single", "complete", "average", "mcquitty", "median", "centroid", "ward.D2")


def _updated(
    linkage: str, da: np.ndarray, db: np.ndarray, dab: float, na: float, nb: float, nk: np.ndarray
) -> np.ndarray:
    """Distances of a merged pair to the others."""
    if linkage.startswith("ward"):
        return ((na + nk) * da + (nb + nk) * db - nk * dab) / (na + nb + nk)
    if linkage == "single":
        return np.minimum(da, db)
    if linkage == "complete":
        return np.maximum(da, db)
    if linkage == "average":
        return (na * da + nb * db) / (na + nb)
    if linkage == "mcquitty":
        return (da + db) / 2
    if linkage == "median":
        return (da + db - dab / 2) / 2
    return (na * da + nb * db - na * nb * dab / (na + nb)) / (na + nb)


def _linkage(given: str) -> str:
    found = [name for name in _LINKAGES if name == given] or [n for n in _LINKAGES if n.startswith(given)]
    if len(found) != 1:
        raise UserError(
            f"invalid clustering method {given}", code=Code.ARGUMENT, cure=did_you_mean(given, _LINKAGES)
        )
    return found[0]


def _sizes(d: RVector, members: Any) -> np.ndarray:
    """How many objects each row of the distances stands for."""
    size = d.attribute("Size")
    if size is None:
        raise UserError("invalid dissimilarities", code=Code.ARGUMENT)
    count = one_int(size, "Size")
    if count < 2:
        raise UserError("must have n >= 2 objects to cluster", code=Code.ARGUMENT)
    sizes = np.ones(count) if members is NULL else numbers(members, "members").copy()
    if len(sizes) != count:
        raise UserError("invalid length of members", code=Code.ARGUMENT)
    return sizes


@builtin(".cluster_tree(d, method, members)")
def cluster_tree(d: Any, method: Any, members: Any) -> RVector:
    linkage = _linkage(one_string(method, "method"))
    sizes = _sizes(d, members)
    count = len(sizes)
    table = np.full((count, count), np.inf)
    second, first = np.triu_indices(count, 1)
    table[first, second] = table[second, first] = d.data**2 if linkage == "ward.D2" else d.data
    alive = np.ones(count, dtype=bool)
    pairs: list[tuple[int, int]] = []
    heights: list[float] = []
    upper = np.triu(np.ones((count, count), dtype=bool), 1)
    for _ in range(count - 1):
        i, j = divmod(int(np.argmin(np.where(upper, table, np.inf))), count)
        least = float(table[i, j])
        heights.append(least**0.5 if linkage == "ward.D2" else least)
        others = alive.copy()
        others[[i, j]] = False
        fresh = _updated(
            linkage, table[i, others], table[j, others], least, sizes[i], sizes[j], sizes[others]
        )
        table[i, others] = table[others, i] = fresh
        table[j, :] = table[:, j] = np.inf
        alive[j] = False
        sizes[i] += sizes[j]
        pairs.append((i, j))
    merge, leaves = _merges(pairs)
    return rlist(
        [integer(merge.reshape(-1, order="F"), {"dim": integer([count - 1, 2])}), double(np.array(heights)),
         integer(leaves), d.attribute("Labels") or NULL, character(linkage)],
        ["merge", "height", "order", "labels", "method"],
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


@builtin(".cut_tree(merge, k)")
def cut_tree(merge: Any, k: Any) -> RVector:
    """A column for each number of parts; parts are numbered by their first member."""
    steps = merge.data.reshape((-1, 2), order="F").astype(int)
    count = len(steps) + 1
    wanted = numbers(k, "k").astype(int)
    if wanted.min() < 1 or wanted.max() > count:
        raise UserError(f"elements of 'k' must be between 1 and {count}", code=Code.ARGUMENT)
    label = np.arange(count)
    made: list[int] = []
    parts = {count: label.copy()}
    for left, pair in zip(range(count - 1, 0, -1), steps, strict=True):
        one, other = (label[-side - 1] if side < 0 else made[side - 1] for side in pair)
        made.append(int(min(one, other)))
        label[label == max(one, other)] = made[-1]
        parts[left] = label.copy()
    columns = [np.unique(parts[n], return_inverse=True)[1] + 1 for n in wanted]
    return integer(np.concatenate(columns).astype(np.int32), {"dim": integer([count, len(columns)])})


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
    within = np.array([((data[groups == g] - middles[g]) ** 2).sum() for g in range(k)])
    total = ((data - data.mean(axis=0)) ** 2).sum()
    parts = {
        "cluster": integer((groups + 1).astype(np.int32)),
        "centers": double(middles.reshape(-1, order="F"), {"dim": integer(list(middles.shape))}),
        "totss": double(total),
        "withinss": double(within),
        "tot.withinss": double(within.sum()),
        "betweenss": double(total - within.sum()),
        "size": integer(sizes.astype(np.int32)),
        "iter": integer(iterations),
        "ifault": integer(fault),
    }
    return rlist(list(parts.values()), list(parts))


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

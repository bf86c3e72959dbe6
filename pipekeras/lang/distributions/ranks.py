"""In how many ways Wilcoxon's rank statistics take each of their values."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=64)
def signed_rank_counts(n: int) -> list[int]:
    """For sums of ranks 1 to n with positive sign: 0 .. n (n + 1) / 2."""
    ways = [1]
    for rank in range(1, n + 1):
        longer = ways + [0] * rank
        for i, count in enumerate(ways):
            longer[i + rank] += count
        ways = longer
    return ways


@lru_cache(maxsize=64)
def rank_sum_counts(m: int, n: int) -> list[int]:
    """For Mann and Whitney's statistic of m and n values, 0 .. m n: Gauss's binomial coefficients."""
    ways = [1] + [0] * (m * n)
    for i in range(1, m + 1):
        # times (1 - q^(n + i)) / (1 - q^i)
        for k in range(m * n, n + i - 1, -1):
            ways[k] -= ways[k - n - i]
        for k in range(i, m * n + 1):
            ways[k] += ways[k - i]
    return ways


@lru_cache(maxsize=64)
def kendall_counts(n: int) -> list[int]:
    """For the number of concordant pairs of n values: permutations by inversions."""
    ways = [1]
    for i in range(1, n):
        longer = [0] * (len(ways) + i)
        for k, count in enumerate(ways):
            for step in range(i + 1):
                longer[k + step] += count
        ways = longer
    return ways


@lru_cache(maxsize=16)
def spearman_counts(n: int) -> list[int]:
    """For the sum of squared differences of two rankings of n values, by the sets of ranks taken (n < 10)."""
    most = n * (n * n - 1) // 3
    states: dict[int, list[int]] = {0: [1] + [0] * most}
    for i in range(n):
        following: dict[int, list[int]] = {}
        for taken, ways in states.items():
            for rank in range(n):
                if taken >> rank & 1:
                    continue
                target = following.setdefault(taken | 1 << rank, [0] * (most + 1))
                square = (i - rank) ** 2
                for k, count in enumerate(ways[: most + 1 - square]):
                    if count:
                        target[k + square] += count
        states = following
    return states[2**n - 1]

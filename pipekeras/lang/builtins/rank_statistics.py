"""Lower tails of Kendall's and Spearman's statistics, which cor.test() asks for."""

from __future__ import annotations

import math
from typing import Any

from ..distributions.ranks import kendall_counts, spearman_counts
from ..registry import builtin
from ..values import RVector, double
from ..vectors.coerce import one_number


def _below(ways: list[int], q: float) -> RVector:
    return double(sum(ways[: max(0, int(q) + 1)]) / sum(ways))


@builtin(".kendall_below(q, n)")
def kendall_below(q: Any, n: Any) -> RVector:
    return _below(kendall_counts(int(one_number(n, "n"))), one_number(q, "q"))


@builtin(".spearman_below(q, n)")
def spearman_below(q: Any, n: Any) -> RVector:
    count, squares = int(one_number(n, "n")), one_number(q, "q")
    if count < 10:
        return _below(spearman_counts(count), squares)
    return double(_spearman_series(squares, count))


def _spearman_series(squares: float, n: int) -> float:
    """Edgeworth's series for the lower tail (Best & Roberts 1975, AS 89); the statistic takes even values."""
    b = 1 / n
    x = (6 * (squares + 1) * b / (n * n - 1) - 1) * math.sqrt(n - 1)
    y = x * x
    inner = 0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y)
    middle = 0.0879 + 0.0151 * b - y * inner
    u = x * b * (
        0.2274 + b * (0.2531 + 0.1745 * b)
        + y * (-0.0758 + b * (0.1033 + 0.3932 * b) - y * b * middle)
    )  # fmt: skip
    return min(1.0, max(0.0, math.erfc(-x / math.sqrt(2)) / 2 - u * math.exp(-y / 2)))

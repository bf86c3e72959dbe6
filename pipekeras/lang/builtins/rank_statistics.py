"""Lower tails of Kendall's and Spearman's statistics, which cor.test() asks for."""

from __future__ import annotations

from typing import Any

from ..coerce import one_number
from ..ranks import kendall_counts, spearman_counts
from ..registry import builtin
from ..values import RVector, double


def _below(ways: list[int], q: float) -> RVector:
    return double(sum(ways[: max(0, int(q) + 1)]) / sum(ways))


@builtin(".kendall_below(q, n)")
def kendall_below(q: Any, n: Any) -> RVector:
    return _below(kendall_counts(int(one_number(n, "n"))), one_number(q, "q"))


@builtin(".spearman_below(q, n)")
def spearman_below(q: Any, n: Any) -> RVector:
    return _below(spearman_counts(int(one_number(n, "n"))), one_number(q, "q"))

"""format.pval: probabilities with few digits, tiny ones as `< 2.2e-16`."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..coerce import numbers, one_int, one_number, one_string
from ..format import format_numbers
from ..registry import builtin
from ..values import character, double


def _formatted(data: np.ndarray, digits: int) -> list[str]:
    return [text.strip() for text in format_numbers(double(data), digits)]


@builtin(
    "format.pval(pv, digits = max(1, getOption('digits') - 2), eps = .Machine$double.eps,"
    " na.form = 'NA', ...)"
)
def format_pval(pv: Any, digits: Any, eps: Any, na_form: Any, dots: Any) -> Any:
    data, count, least = numbers(pv, "pv"), one_int(digits, "digits"), one_number(eps, "eps")
    out = np.full(len(data), one_string(na_form, "na.form"), dtype=object)
    known = ~np.isnan(data)
    tiny = known & (data < least)
    plain = known & ~tiny
    with np.errstate(all="ignore"):
        fixed = plain & ((data == 0) | (np.floor(np.log10(np.where(data > 0, data, 1))) >= -4))
    for part in (fixed, plain & ~fixed):
        if part.any():
            out[part] = _formatted(data[part], count)
    if tiny.any():
        few, widest = max(1, count - 2), max((len(t) for t in out[~tiny]), default=0)
        if (~tiny).any() and few > 1 and few + 6 > widest:
            few = max(1, widest - 7)
        gap = "" if few == 1 and widest <= 6 else " "
        out[tiny] = f"<{gap}{_formatted(np.array([least]), few)[0]}"
    return character(out)

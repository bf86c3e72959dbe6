"""format.pval: probabilities with few digits, tiny ones as `< 2.2e-16`."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..generics import invoke
from ..models.coefficients import format_p
from ..registry import builtin
from ..values import Dots, character, double, integer
from ..vectors.coerce import numbers, one_int, one_number, one_string


@builtin(
    "format.pval(pv, digits = max(1, getOption('digits') - 2), eps = .Machine$double.eps,"
    " na.form = 'NA', ...)"
)
def format_pval(pv: Any, digits: Any, eps: Any, na_form: Any, dots: Dots) -> Any:
    more = {name: value for name, value in dots if name}

    def formatted(values: np.ndarray, figures: int) -> list[str]:
        return list(invoke("format", double(values), digits=integer(figures), **more).data)

    least = one_number(eps, "eps")
    texts = format_p(
        numbers(pv, "pv"), one_int(digits, "digits"), least, one_string(na_form, "na.form"), formatted
    )
    return character(texts)

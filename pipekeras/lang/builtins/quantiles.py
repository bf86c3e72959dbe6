"""Where values lie: median, quantile, fivenum, mad."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..generics import invoke
from ..registry import builtin
from ..text.format import significance
from ..values import (
    MISSING,
    NA_REAL,
    Dots,
    RVector,
    character,
    double,
    integer,
    logical,
)
from ..vectors.coerce import NUMERIC, convert_data, has_class, missing_value, one_flag, one_int, one_number
from ..vectors.subset import get_subset, pick
from .stats import numeric_data
from .summaries import long_sum


@builtin("median(x, na.rm = FALSE, ...)", generic=True)
def median(x: Any, na_rm: Any, dots: Dots) -> Any:
    if has_class(x, "factor") or has_class(x, "data.frame") or not isinstance(x, RVector):
        raise UserError("need numeric data", code=Code.TYPE)
    missing = x.is_na()
    if missing.any():
        if not one_flag(na_rm, "na.rm"):
            return RVector(x.type, np.array([missing_value(x.type)], dtype=x.data.dtype))
        x = pick(x, np.flatnonzero(~missing))
    n = len(x)
    if not n:
        return RVector(x.type, np.array([missing_value(x.type)], dtype=x.data.dtype))
    ordered = invoke(
        "sort",
        RVector(x.type, x.data, x.attributes and {k: v for k, v in x.attributes.items() if k != "names"}),
    )
    middle = get_subset(ordered, [integer([(n + 1) // 2, n // 2 + 1])])
    lasting = () if x.attribute("tsp") is not None else ("class", "units", "tzone")
    kept = {k: v for k, v in (x.attributes or {}).items() if k in lasting}
    if n % 2:
        return RVector(x.type, middle.data[1:], kept)
    if x.type == "character":
        return invoke("mean", middle)
    return double([float(convert_data(middle.data, x.type, "double").mean())], kept)


@builtin("weighted.mean(x, w, ..., na.rm = FALSE)", generic=True)
def weighted_mean(x: Any, w: Any = MISSING, dots: Any = (), na_rm: Any = MISSING) -> Any:
    data = numeric_data(x)
    weights = np.ones(len(data)) if w is MISSING else numeric_data(w, "w")
    if len(weights) != len(data):
        raise UserError("'x' and 'w' must have the same length", code=Code.VALUE)
    if na_rm is not MISSING and one_flag(na_rm, "na.rm"):
        ok = ~np.isnan(data)
        data, weights = data[ok], weights[ok]
    weights = weights / long_sum(weights)
    used = weights != 0
    return double(long_sum(data[used] * weights[used]))


def percent_names(probs: np.ndarray) -> list[str | None]:
    """ "25%", to seven significant digits and never scientific."""
    out: list[str | None] = []
    for p in probs.tolist():
        if p != p:
            out.append("")
            continue
        value = 100 * p
        _, needed, _ = significance(np.array([abs(value)]), 7) if value else (0, np.array([1]), 0)
        power = math.floor(math.log10(abs(value))) if value else 0
        out.append(f"{value:.{max(0, int(needed[0]) - 1 - power)}f}%")
    return out


def quantiles(data: np.ndarray, probs: np.ndarray, type: int = 7) -> np.ndarray:
    """Sample quantiles by one of Hyndman and Fan's nine definitions (1996)."""
    ordered = np.sort(data)
    n = len(ordered)
    if not n:
        return np.full(len(probs), NA_REAL)
    if type == 7:
        index = 1 + max(n - 1, 0) * probs
        low = np.floor(index + 4 * np.finfo(float).eps)
        weight = index - low
        weight[np.abs(weight) < 4 * np.finfo(float).eps] = 0
        low = low.astype(int)
        below, above = ordered[low - 1], ordered[np.minimum(low, n - 1)]
        with np.errstate(invalid="ignore"):  # 0 * Inf
            return np.where(weight > 0, (1 - weight) * below + weight * above, below)
    fuzz = 4 * np.finfo(float).eps
    if type <= 3:
        nppm = n * probs - 0.5 if type == 3 else n * probs
        j = np.floor(nppm + fuzz)
        h: Any = {1: nppm > j + fuzz, 2: np.where(nppm > j + fuzz, 1, 0.5), 3: (nppm != j) | (j % 2 == 1)}[
            type
        ]
        h = np.asarray(h, dtype=float)
    else:
        a, b = {4: (0, 1), 5: (0.5, 0.5), 6: (0, 0), 8: (1 / 3, 1 / 3), 9: (3 / 8, 3 / 8)}[type]
        nppm = a + probs * (n + 1 - a - b)
        j = np.floor(nppm + fuzz)
        h = nppm - j
        h[np.abs(h) < fuzz] = 0
    padded = np.concatenate([ordered[:1], ordered[:1], ordered, ordered[-1:], ordered[-1:]])
    j = np.clip(j, -1, n + 1).astype(int)
    below, above = padded[j + 1], padded[np.minimum(j + 2, n + 3)]
    return np.where(h == 0, below, np.where(h == 1, above, (1 - h) * below + h * above))


@builtin("quantile(x, probs = seq(0, 1, 0.25), na.rm = FALSE, names = TRUE, type = 7, ...)", generic=True)
def quantile(x: Any, probs: Any, na_rm: Any, names: Any, type: Any, dots: Dots) -> Any:
    kind = one_int(type, "type")
    if not 1 <= kind <= 9:
        raise UserError("'type' must be a number from 1 to 9", code=Code.ARGUMENT)
    if has_class(x, "factor"):
        if not has_class(x, "ordered"):
            raise UserError("(unordered) factors are not allowed", code=Code.TYPE)
        if kind not in (1, 3):
            raise UserError("'type' must be 1 or 3 for ordered factors", code=Code.ARGUMENT)
    if not isinstance(x, RVector) or x.type not in NUMERIC:
        raise UserError("non-numeric argument to binary operator", code=Code.TYPE)
    data = convert_data(x.data, x.type, "double")
    if np.isnan(data).any():
        if not one_flag(na_rm, "na.rm"):
            raise UserError(
                "missing values and NaN's not allowed if 'na.rm' is FALSE",
                code=Code.VALUE,
                cure="use na.rm = TRUE",
            )
        data = data[~np.isnan(data)]
    wanted = convert_data(probs.data, probs.type, "double")
    if ((wanted < -1e-12) | (wanted > 1 + 1e-12)).any():
        raise UserError("'probs' outside [0,1]", code=Code.ARGUMENT)
    known = ~np.isnan(wanted)
    out = np.full(len(wanted), NA_REAL)
    out[known] = quantiles(data, np.clip(wanted[known], 0, 1), kind)
    labels = {"names": character(percent_names(wanted))} if one_flag(names, "names") and len(wanted) else {}
    if has_class(x, "factor"):
        own = {k: v for k, v in (x.attributes or {}).items() if k in ("levels", "class")}
        return integer(out.astype(np.int32), own | labels)
    own = {k: v for k, v in (x.attributes or {}).items() if k in ("class", "units", "tzone")}
    return double(out, own | labels)


@builtin("fivenum(x, na.rm = TRUE)")
def fivenum(x: Any, na_rm: Any) -> RVector:
    data = numeric_data(x)
    missing = np.isnan(data)
    if missing.any() and not one_flag(na_rm, "na.rm"):
        return double(np.full(5, NA_REAL))
    known = data[~missing]
    if not len(known):
        return double(np.full(5, NA_REAL))
    own = x.names
    if own is None:
        return double(five_numbers(known))
    kept = [own[i] for i in np.flatnonzero(~missing)]
    order = np.argsort(known, kind="stable")
    names = character([kept[order[i]] for i in _five_places(len(known))[0]])
    return double(five_numbers(known), {"names": names})


def five_numbers(data: np.ndarray) -> np.ndarray:
    """Tukey's minimum, lower hinge, median, upper hinge, maximum."""
    ordered = np.sort(data)
    low, high = _five_places(len(data))
    return 0.5 * (ordered[low] + ordered[high])


def _five_places(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Between which of n ordered values each of the five numbers lies."""
    fourth = math.floor((n + 3) / 2) / 2
    depth = np.array([1, fourth, (n + 1) / 2, n + 1 - fourth, n])
    return np.floor(depth).astype(int) - 1, np.ceil(depth).astype(int) - 1


@builtin("IQR(x, na.rm = FALSE, type = 7)")
def iqr(x: Any, na_rm: Any, type: Any) -> RVector:
    ends = quantile(x, double([0.25, 0.75]), na_rm, logical(False), type, [])
    return double(float(ends.data[1] - ends.data[0]))


@builtin("mad(x, center = median(x), constant = 1.4826, na.rm = FALSE, low = FALSE, high = FALSE)")
def mad(x: Any, center: Any, constant: Any, na_rm: Any, low: Any, high: Any) -> RVector:
    data = numeric_data(x)
    if one_flag(na_rm, "na.rm"):
        data = data[~np.isnan(data)]
    centre = one_number(center, "center") if center.data[0] == center.data[0] else float(np.median(data))
    off = np.sort(np.abs(data - centre))
    n = len(off)
    if np.isnan(off).any():
        return double(np.array([NA_REAL]))
    middle = float(np.median(off))
    if n % 2 == 0 and (one_flag(low, "low") or one_flag(high, "high")):
        middle = float(off[n // 2 - 1 if one_flag(low, "low") else n // 2])
    return double(one_number(constant, "constant") * middle)

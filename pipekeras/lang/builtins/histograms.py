"""Numbers behind plots: pretty breaks, histograms, box plot statistics, ranges with a margin."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..generics import invoke
from ..registry import Context, builtin
from ..session import session
from ..values import NULL, TRUE, RVector, character, double, integer, logical, rlist
from ..vectors.coerce import deparse_text, numbers, one_flag, one_int, one_number
from .graphics import tell_once
from .quantiles import five_numbers

_ROUNDING = 1e-10


def pretty_breaks(
    low: float,
    high: float,
    count: int = 5,
    least: int = 1,
    shrink: float = 0.75,
    bias: float = 1.5,
    bias5: float | None = None,
) -> np.ndarray:
    """About `count` intervals of 1, 2 or 5 times a power of 10 that cover low to high.

    Source: Becker, Chambers & Wilks, The New S Language (1988), as in R's pretty().
    """
    bias5 = 0.5 + 1.5 * bias if bias5 is None else bias5
    cell = max(abs(low), abs(high))
    limit = 1 + (1 / (1 + bias) if bias5 >= 1.5 * bias + 0.5 else 1.5 / (1 + bias5))
    limit *= max(1, count) * np.finfo(float).eps
    if high - low < cell * limit * 3 or (low == high == 0):
        cell = 1.0 if low == high == 0 else cell
        cell = shrink * (9 + cell / 10 if cell > 10 else cell) / max(least, 1)
    else:
        cell = (high - low) / max(count, 1)
    unit = base = 10.0 ** math.floor(math.log10(cell))
    for factor, weight in ((2, bias), (5, bias5), (10, bias)):
        if factor * base - cell >= weight * (cell - unit):
            break
        unit = factor * base
    first = math.floor(low / unit + _ROUNDING)
    last = math.ceil(high / unit - _ROUNDING)
    while first * unit > low + _ROUNDING * unit:
        first -= 1
    while last * unit < high - _ROUNDING * unit:
        last += 1
    more = int(0.5 + least - (last - first))
    if more > 0:
        if low == 0 and first == 0 and high != 0:
            last += more
        elif high == 0 and last == 0 and low != 0:
            first -= more
        else:
            up = more // 2 if first >= 0 else more // 2 + more % 2
            first, last = first - (more - up), last + up
    start, end = min(low, first * unit), max(high, last * unit)
    steps = last - first
    breaks = start + np.arange(steps + 1) * ((end - start) / steps)
    breaks[np.abs(breaks) < 1e-14 * (end - start) / steps] = 0
    return breaks


@builtin(
    "pretty(x, n = 5, min.n = n %/% 3, shrink.sml = 0.75, high.u.bias = 1.5,"
    " u5.bias = .5 + 1.5 * high.u.bias, eps.correct = 0, ...)",
    generic=True,
)
def pretty(x: Any, n: Any, min_n: Any, shrink: Any, bias: Any, bias5: Any, eps: Any, dots: Any) -> Any:
    values = numbers(x, "x")
    values = values[np.isfinite(values)]
    if not len(values):
        return x
    return double(
        pretty_breaks(
            float(values.min()),
            float(values.max()),
            one_int(n, "n"),
            one_int(min_n, "min.n"),
            one_number(shrink, "shrink.sml"),
            one_number(bias, "high.u.bias"),
            one_number(bias5, "u5.bias"),
        )
    )


@builtin("extendrange(x, r = range(x, na.rm = TRUE), f = 0.05)")
def extendrange(x: Any, r: Any, f: Any) -> RVector:
    low, high = numbers(r, "r")[:2].tolist()
    margin = numbers(f, "f")
    return double([low - margin[0] * (high - low), high + margin[-1] * (high - low)])


def _sturges(count: int) -> int:
    return math.ceil(math.log2(count) + 1)


@builtin("nclass.Sturges(x)")
def nclass_sturges(x: Any) -> RVector:
    return double([_sturges(len(x))])


def _histogram_breaks(values: np.ndarray, breaks: Any) -> np.ndarray:
    if breaks is None or (isinstance(breaks, RVector) and breaks.type == "character"):
        name = "sturges" if breaks is None else str(breaks.data[0]).lower()
        if name != "sturges":
            raise UserError(
                f"hist(breaks = '{name}') is not provided",
                code=Code.UNSUPPORTED,
                cure='use "Sturges", a number of bins, or the breaks themselves',
            )
        return pretty_breaks(float(values.min()), float(values.max()), _sturges(len(values)))
    given = numbers(breaks, "breaks")
    if len(given) == 1:
        return pretty_breaks(float(values.min()), float(values.max()), int(given[0]))
    return np.sort(given)


def _counts(values: np.ndarray, breaks: np.ndarray, lowest: bool, right: bool) -> np.ndarray:
    """How many values lie in each bin; what is on a break but for rounding counts as being on it."""
    fuzz = 1e-7 * float(np.median(np.diff(breaks)))
    margins = np.full(len(breaks), fuzz if right else -fuzz)
    if lowest:
        margins[0 if right else -1] *= -1
    edges = breaks + margins
    places = np.searchsorted(edges, values, side="left" if right else "right")
    inside = (places > 0) & (places < len(breaks))
    if not inside.all():
        raise UserError(
            "some 'x' not counted; maybe 'breaks' do not span range of 'x'",
            code=Code.VALUE,
            cure="give breaks from the least to the largest value",
        )
    return np.bincount(places[inside] - 1, minlength=len(breaks) - 1)


@builtin(
    "hist(x, breaks = 'Sturges', freq = NULL, probability = !freq, include.lowest = TRUE, right = TRUE,"
    " plot = TRUE, ...)",
    generic=True,
)
def hist(ctx: Context, x: Any, breaks: Any, freq: Any, probability: Any = NULL, lowest: Any = TRUE,
         right: Any = TRUE, plot: Any = TRUE, dots: Any = ()) -> RVector:  # fmt: skip
    # freq and probability say what the axis of the drawing shows; `!freq` is an error where freq is NULL
    if not one_flag(invoke("is.numeric", x), "is.numeric"):
        raise UserError("'x' must be numeric", code=Code.TYPE, cure="take a column of numbers")
    values = numbers(x, "x")
    values = values[np.isfinite(values)]
    edges = _histogram_breaks(values, breaks)
    counts = _counts(values, edges, one_flag(lowest, "include.lowest"), one_flag(right, "right"))
    widths = np.diff(edges)
    written = ctx.call.args[0].value if ctx.call is not None and ctx.call.args else None
    parts = {
        "breaks": double(edges),
        "counts": integer(counts),
        "density": double(counts / (len(values) * widths)),
        "mids": double(0.5 * (edges[:-1] + edges[1:])),
        "xname": character([deparse_text(written) if written is not None else "x"]),
        "equidist": logical([bool(np.ptp(widths) < 1e-7 * widths.mean())]),
    }
    shown = one_flag(plot, "plot")
    session.visible = not shown
    if shown:
        tell_once()
    return rlist(parts.values(), list(parts), {"class": character(["histogram"])})


@builtin("print.histogram(x, ...)", invisible=True)
def print_histogram(x: Any, dots: Any) -> Any:
    invoke("print.default", x)
    return x


@builtin("boxplot.stats(x, coef = 1.5, do.conf = TRUE, do.out = TRUE)")
def boxplot_stats(x: Any, coef: Any, do_conf: Any, do_out: Any) -> RVector:
    """Whiskers, hinges and median, as Tukey's box plot draws them, and what lies beyond."""
    values = numbers(x, "x")
    known = values[~np.isnan(values)]
    stats = five_numbers(known)
    reach = one_number(coef, "coef")
    spread = stats[3] - stats[1]
    beyond = np.zeros(len(values), dtype=bool)
    if reach > 0:
        with np.errstate(invalid="ignore"):
            beyond = (values < stats[1] - reach * spread) | (values > stats[3] + reach * spread)
        inside = values[~beyond & ~np.isnan(values)]
        stats[0], stats[4] = inside.min(), inside.max()
    notch = 1.58 * spread / math.sqrt(len(known))
    parts = {
        "stats": double(stats),
        "n": integer([len(known)]),
        "conf": double([stats[2] - notch, stats[2] + notch]) if one_flag(do_conf, "do.conf") else NULL,
        "out": double(values[beyond] if one_flag(do_out, "do.out") else []),
    }
    return rlist(parts.values(), list(parts))

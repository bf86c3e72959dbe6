"""integrate(): adaptive quadrature by Gauss and Kronrod's rules.

Source: Piessens et al. 1983, QUADPACK (QAGS and QAGI without their extrapolation).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..evaluator.calls import call_function, match_function
from ..registry import Context, builtin
from ..values import Dots, RVector, character, double, integer, rlist
from ..vectors.coerce import convert_data, one_flag, one_int, one_number

_EPS = float(np.finfo(float).eps)
# nodes from the outside in, with Kronrod's and Gauss's weights; 0 where Gauss's rule has no node
_RULE_21 = (
    (0.9956571630258080807, 0.0116946388673718742, 0.0),
    (0.9739065285171717200, 0.0325581623079647274, 0.0666713443086881375),
    (0.9301574913557082260, 0.0547558965743519960, 0.0),
    (0.8650633666889845107, 0.0750396748109199527, 0.1494513491505805931),
    (0.7808177265864168970, 0.0931254545836976055, 0.0),
    (0.6794095682990244062, 0.1093871588022976418, 0.2190863625159820439),
    (0.5627571346686046833, 0.1234919762620658510, 0.0),
    (0.4333953941292471907, 0.1347092173114733259, 0.2692667193099963550),
    (0.2943928627014601981, 0.1427759385770600807, 0.0),
    (0.1488743389816312108, 0.1477391049013384913, 0.2955242247147528701),
    (0.0, 0.1494455540029169056, 0.0),
)  # fmt: skip
_RULE_15 = (
    (0.9914553711208126392, 0.0229353220105292249, 0.0),
    (0.9491079123427585245, 0.0630920926299785532, 0.1294849661688696932),
    (0.8648644233597690727, 0.1047900103222501838, 0.0),
    (0.7415311855993944398, 0.1406532597155259187, 0.2797053914892766679),
    (0.5860872354676911302, 0.1690047266392679028, 0.0),
    (0.4058451513773971669, 0.1903505780647854099, 0.3818300505051189449),
    (0.2077849550078984676, 0.2044329400752988924, 0.0),
    (0.0, 0.2094821410847278280, 0.4179591836734693877),
)  # fmt: skip

Batch = Callable[[np.ndarray], np.ndarray]


def _rule(f: Batch, low: float, high: float, rule: tuple[Any, ...]) -> tuple[float, float]:
    """The integral over one interval and its error as QUADPACK estimates it."""
    half, middle = 0.5 * (high - low), 0.5 * (low + high)
    nodes = [(-x, w, g) for x, w, g in rule] + [(x, w, g) for x, w, g in rule[-2::-1]]
    x, w, g = (np.array(column) for column in zip(*nodes, strict=True))
    values = f(middle + half * x)
    kronrod, gauss = float((w * values).sum()), float((g * values).sum())
    size = float((w * np.abs(values)).sum()) * abs(half)
    spread = float((w * np.abs(values - kronrod / 2)).sum()) * abs(half)
    error = abs((kronrod - gauss) * half)
    if spread and error:
        error = spread * min(1.0, (200 * error / spread) ** 1.5)
    if size > 2.2e-308 / (50 * _EPS):
        error = max(50 * _EPS * size, error)
    return kronrod * half, error


def _adaptive(
    f: Batch, low: float, high: float, rule: tuple[Any, ...], limits: tuple[int, float, float]
) -> tuple[float, float, int]:
    """The worst interval is halved until the errors add up to little."""
    most, relative, absolute = limits
    total, error = _rule(f, low, high, rule)
    pieces = [(-error, low, high, total)]
    while error > max(absolute, relative * abs(total)):
        if len(pieces) >= most:
            raise UserError("maximum number of subdivisions reached", code=Code.LIMIT)
        _, a, b, _ = heapq.heappop(pieces)
        middle = 0.5 * (a + b)
        if middle in (a, b):
            raise UserError("extremely bad integrand behaviour", code=Code.VALUE)
        for left, right in ((a, middle), (middle, b)):
            value, part = _rule(f, left, right, rule)
            heapq.heappush(pieces, (-part, left, right, value))
        total, error = math.fsum(p[3] for p in pieces), math.fsum(-p[0] for p in pieces)
    return total, error, len(pieces)


def _folded(f: Batch, low: float, high: float) -> Batch:
    """An integrand over an infinite range, moved to (0, 1)."""
    both = math.isinf(low) and math.isinf(high)
    start, sign = (0.0, 1.0) if both else (high, -1.0) if math.isinf(low) else (low, 1.0)

    def moved(t: np.ndarray) -> np.ndarray:
        x = start + sign * (1 - t) / t
        values = f(x)
        if both:
            values = values + f(-x)
        return values / t / t

    return moved


@builtin(
    "integrate(f, lower, upper, ..., subdivisions = 100L, rel.tol = .Machine$double.eps^0.25,"
    " abs.tol = rel.tol, stop.on.error = TRUE, keep.xy = FALSE, aux = NULL)"
)
def integrate(
    ctx: Context, f: Any, lower: Any, upper: Any, dots: Dots, subdivisions: Any, rel_tol: Any, abs_tol: Any,
    stop_on_error: Any, keep_xy: Any, aux: Any,
) -> RVector:  # fmt: skip
    function = match_function(f, ctx)
    low, high = one_number(lower, "lower"), one_number(upper, "upper")
    if math.isnan(low) or math.isnan(high):
        raise UserError("a limit is NA or NaN", code=Code.VALUE)

    def batch(x: np.ndarray) -> np.ndarray:
        made = call_function(function, [(None, double(x)), *dots], ctx=ctx)
        if not isinstance(made, RVector) or len(made) != len(x):
            raise UserError("evaluation of function gave a result of wrong length", code=Code.VALUE)
        values = convert_data(made.data, made.type, "double")
        if not np.isfinite(values).all():
            raise UserError("non-finite function value", code=Code.VALUE)
        return values

    limits = (
        one_int(subdivisions, "subdivisions"),
        one_number(rel_tol, "rel.tol"),
        one_number(abs_tol, "abs.tol"),
    )
    sign = 1.0
    if low > high:
        low, high, sign = high, low, -1.0
    message = "OK"
    try:
        if low == high:
            value, error, pieces = 0.0, 0.0, 1
        elif math.isfinite(low) and math.isfinite(high):
            value, error, pieces = _adaptive(batch, low, high, _RULE_21, limits)
        else:
            value, error, pieces = _adaptive(_folded(batch, low, high), 0.0, 1.0, _RULE_15, limits)
    except UserError as failure:
        if one_flag(stop_on_error, "stop.on.error") or failure.code is not Code.LIMIT:
            raise
        value, error, pieces, message = math.nan, math.nan, limits[0], failure.message
    parts = {
        "value": double(sign * value),
        "abs.error": double(error),
        "subdivisions": integer(pieces),
        "message": character(message),
        "call": ctx.call,
    }
    return rlist(list(parts.values()), list(parts), {"class": character("integrate")})

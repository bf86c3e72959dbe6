"""Minima and roots of functions of one variable: optimize, uniroot."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..conditions import warn
from ..evaluator.calls import call_function, match_function
from ..registry import Context, builtin
from ..values import NULL, Dots, RVector, double, integer, rlist
from ..vectors.coerce import one_flag, one_int, one_number

_EPSILON = float(np.finfo(float).eps)
_GOLDEN = (3 - math.sqrt(5)) / 2


def _one_variable(ctx: Context, f: Any, dots: Dots) -> Callable[[float], float]:
    function = match_function(f, ctx)

    def value(x: float) -> float:
        return one_number(call_function(function, [(None, double(x)), *dots], ctx=ctx), "f")

    return value


def _ends(lower: Any, upper: Any) -> tuple[float, float]:
    low, high = one_number(lower, "lower"), one_number(upper, "upper")
    if not low < high:
        raise UserError("'xmin' not less than 'xmax'", code=Code.VALUE, cause=f"{low:g} to {high:g}")
    return low, high


@builtin(
    "optimize(f, interval = c(lower, upper), ..., lower = min(interval), upper = max(interval),"
    " maximum = FALSE, tol = .Machine$double.eps^0.25)",
    "optimise",
)
def optimize(
    ctx: Context,
    f: Any,
    interval: Any,
    dots: Dots,
    lower: Any,
    upper: Any,
    maximum: Any,
    tol: Any,
) -> RVector:
    low, high = _ends(lower, upper)
    value = _one_variable(ctx, f, dots)
    most = one_flag(maximum, "maximum")
    at = _minimum(lambda x: -value(x) if most else value(x), low, high, one_number(tol, "tol"))
    return rlist([double(at), double(value(at))], ["maximum" if most else "minimum", "objective"])


def _minimum(f: Callable[[float], float], a: float, b: float, tolerance: float) -> float:
    """Golden sections with parabolas through the three best points (Brent 1973, chapter 5)."""
    small = math.sqrt(_EPSILON)
    x = w = v = a + _GOLDEN * (b - a)
    fx = fw = fv = f(x)
    step = last = 0.0
    while True:
        middle = (a + b) / 2
        near = small * abs(x) + tolerance / 3
        if abs(x - middle) <= 2 * near - (b - a) / 2:
            return x
        p = q = r = 0.0
        if abs(last) > near:
            r = (x - w) * (fx - fv)
            q = (x - v) * (fx - fw)
            p = (x - v) * q - (x - w) * r
            q = 2 * (q - r)
            p, q = (-p, q) if q > 0 else (p, -q)
            r, last = last, step
        if abs(p) >= abs(q * 0.5 * r) or p <= q * (a - x) or p >= q * (b - x):
            last = b - x if x < middle else a - x
            step = _GOLDEN * last
        else:
            step = p / q
            if x + step - a < 2 * near or b - (x + step) < 2 * near:
                step = -near if x >= middle else near
        u = x + step if abs(step) >= near else x + math.copysign(near, step if step else -1)
        fu = f(u)
        if fu <= fx:
            a, b = (a, x) if u < x else (x, b)
            v, w, x, fv, fw, fx = w, x, u, fw, fx, fu
            continue
        a, b = (u, b) if u < x else (a, u)
        if fu <= fw or w == x:
            v, w, fv, fw = w, u, fw, fu
        elif fu <= fv or v in (x, w):
            v, fv = u, fu


@builtin(
    "uniroot(f, interval = c(lower, upper), ..., lower = min(interval), upper = max(interval),"
    " f.lower = NULL, f.upper = NULL, tol = .Machine$double.eps^0.25, maxiter = 1000)"
)
def uniroot(
    ctx: Context,
    f: Any,
    interval: Any,
    dots: Dots,
    lower: Any,
    upper: Any,
    f_lower: Any,
    f_upper: Any,
    tol: Any,
    maxiter: Any,
) -> RVector:
    low, high = _ends(lower, upper)
    value = _one_variable(ctx, f, dots)
    at_low = value(low) if f_lower is NULL else one_number(f_lower, "f.lower")
    at_high = value(high) if f_upper is NULL else one_number(f_upper, "f.upper")
    if math.isnan(at_low) or math.isnan(at_high):
        end = "lower" if math.isnan(at_low) else "upper"
        raise UserError(f"f.{end} = f({end}) is NA", code=Code.VALUE)
    if at_low * at_high > 0:
        raise UserError(
            "f() values at end points not of opposite sign",
            code=Code.VALUE,
            cause=f"they are {at_low:g} and {at_high:g}",
            cure="widen the interval until it holds a change of sign",
        )
    most = one_int(maxiter, "maxiter")
    root, rounds, precision = _root(value, low, high, at_low, at_high, one_number(tol, "tol"), most)
    if rounds > most:
        warn(f"_NOT_ converged in {most} iterations")
    parts = [double(root), double(value(root)), integer(rounds), integer([None]), double(precision)]
    return rlist(parts, ["root", "f.root", "iter", "init.it", "estim.prec"])


def _root(
    f: Callable[[float], float], a: float, b: float, fa: float, fb: float, tolerance: float, most: int
) -> tuple[float, int, float]:
    """Bisection, secants and inverse parabolas (Brent 1973, chapter 4): root, rounds, precision."""
    if fa == 0:
        return a, 0, 0.0
    if fb == 0:
        return b, 0, 0.0
    c, fc = a, fa
    for rounds in range(1, most + 2):
        previous = b - a
        if abs(fc) < abs(fb):
            a, b, c, fa, fb, fc = b, c, b, fb, fc, fb
        near = 2 * _EPSILON * abs(b) + tolerance / 2
        step = (c - b) / 2
        if abs(step) <= near or fb == 0:
            return b, rounds - 1, abs(c - b)
        if abs(previous) >= near and abs(fa) > abs(fb):
            step = _interpolated(a, b, c, fa, fb, fc, previous, near, step)
        if abs(step) < near:
            step = near if step > 0 else -near
        a, fa = b, fb
        b += step
        fb = f(b)
        if (fb > 0) == (fc > 0) and fb != 0:
            c, fc = a, fa
    return b, most + 1, abs(c - b)


def _interpolated(
    a: float, b: float, c: float, fa: float, fb: float, fc: float, previous: float, near: float, step: float
) -> float:
    """The step to where a secant or an inverse parabola is 0, if it is short enough, else the bisection's."""
    ratio = fb / fa
    if a == c:
        p, q = (c - b) * ratio, 1 - ratio
    else:
        q, second = fa / fc, fb / fc
        p = ratio * ((c - b) * q * (q - second) - (b - a) * (second - 1))
        q = (q - 1) * (second - 1) * (ratio - 1)
    p, q = (p, -q) if p > 0 else (-p, q)
    if p < 0.75 * (c - b) * q - abs(near * q) / 2 and p < abs(previous * q / 2):
        return p / q
    return step

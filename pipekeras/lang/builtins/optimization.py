"""General optimisation: optim by Nelder-Mead, BFGS, annealing and Brent.

Source: J. C. Nash, Compact Numerical Methods for Computers (2nd ed., 1990), algorithms 19 and 21.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..evaluator.calls import apply
from ..generics import invoke
from ..random_numbers.stream import stream
from ..registry import builtin
from ..values import NULL, RVector, character, double, integer, rlist, stretched
from ..vectors.coerce import convert_data, one_flag, strings
from .linalg import from_grid
from .models import by_name

Number = Callable[[np.ndarray], float]
Gradient = Callable[[np.ndarray], np.ndarray]

_BIG = 1.0e35
"""What stands for a value that is not finite."""


@dataclass(slots=True)
class Control:
    """The entries of optim's `control` that count here."""

    most: int
    relative: float = math.sqrt(np.finfo(float).eps)
    absolute: float = -math.inf
    scale: float = 1.0
    alpha: float = 1.0
    beta: float = 0.5
    gamma: float = 2.0
    temperature: float = 10.0
    rounds: int = 10


@dataclass(slots=True)
class Optimum:
    at: np.ndarray
    value: float
    calls: int | None
    gradients: int | None
    code: int


def nelder_mead(f: Number, start: np.ndarray, control: Control) -> Optimum:
    """The simplex search."""
    n = len(start)
    best = f(start)
    if not math.isfinite(best):
        raise UserError("function cannot be evaluated at initial parameters", code=Code.VALUE)
    calls, tolerance = 1, control.relative * (abs(best) + control.relative)
    points, values, size = _first_simplex(start, best)
    old_size, fresh, low = size, True, 0
    while True:
        if fresh:
            values = np.array([values[j] if j == low else _finite(f(points[j])) for j in range(n + 1)])
            calls, fresh = calls + n, False
        low, high = _extremes(values, low)
        if values[high] <= values[low] + tolerance or values[low] <= control.absolute:
            return Optimum(points[low], float(values[low]), calls, None, 0)
        centre = (points.sum(axis=0) - points[high]) / n
        reflected = (1 + control.alpha) * centre - control.alpha * points[high]
        value = _finite(f(reflected))
        calls += 1
        if value < values[low]:
            further = control.gamma * reflected + (1 - control.gamma) * centre
            again = _finite(f(further))
            calls += 1
            points[high], values[high] = (further, again) if again < value else (reflected, value)
        else:
            better = value < values[high]
            if better:
                points[high], values[high] = reflected, value
            nearer = (1 - control.beta) * points[high] + control.beta * centre
            again = _finite(f(nearer))
            calls += 1
            if again < values[high]:
                points[high], values[high] = nearer, again
            elif not better:
                fresh = True
                points = control.beta * (points - points[low]) + points[low]
                size = float(np.abs(points - points[low]).sum())
                if size >= old_size:
                    return Optimum(points[low], float(values[low]), calls, None, 10)
                old_size = size
        if calls > control.most:
            return Optimum(points[low], float(values[low]), calls, None, 1)


def _finite(value: float) -> float:
    return value if math.isfinite(value) else _BIG


def _first_simplex(start: np.ndarray, best: float) -> tuple[np.ndarray, np.ndarray, float]:
    step = 0.1 * float(np.abs(start).max()) or 0.1
    points = np.tile(start, (len(start) + 1, 1)).astype(float)
    for j in range(len(start)):
        points[j + 1, j] += step
    values = np.full(len(points), best)
    return points, values, step * len(start)


def _extremes(values: np.ndarray, low: int) -> tuple[int, int]:
    """The lowest and highest vertex; on ties the current lowest stays."""
    high = low
    first = low
    for j in range(len(values)):
        if j != first:
            if values[j] < values[low]:
                low = j
            if values[j] > values[high]:
                high = j
    return low, high


def quasi_newton(f: Number, gradient: Gradient, start: np.ndarray, control: Control) -> Optimum:
    """Variable metric (BFGS) with backtracking."""
    n, at = len(start), start.astype(float)
    best = f(at)
    if not math.isfinite(best):
        raise UserError("initial value in 'vmmin' is not finite", code=Code.VALUE)
    calls, gradients, rounds = 1, 1, 1
    g, reset, metric = gradient(at), 1, np.eye(n)
    while True:
        if reset == gradients:
            metric = np.eye(n)
        before, slope = at.copy(), g.copy()
        step = -_product(metric, g)
        along = _dot(step, g)
        stuck = n
        if along < 0:
            at, value, length, stuck, used = _line_search(f, before, step, best + 0.0, along)
            calls += used
            enough = value > control.absolute and abs(value - best) > control.relative * (
                abs(best) + control.relative
            )
            if not enough:
                stuck, best = n, value
            if stuck < n:
                best, g = value, gradient(at)
                gradients += 1
                rounds += 1
                metric, kept = _updated(metric, length * step, g - slope)
                if not kept:
                    reset = gradients
            elif reset < gradients:
                stuck, reset = 0, gradients
        else:
            stuck = n if reset == gradients else 0
            reset = gradients
        if rounds >= control.most:
            return Optimum(at, best, calls, gradients, 1)
        if gradients - reset > 2 * n:
            reset = gradients
        if stuck == n and reset == gradients:
            return Optimum(at, best, calls, gradients, 0)


def _line_search(
    f: Number, before: np.ndarray, step: np.ndarray, best: float, along: float
) -> tuple[np.ndarray, float, float, int, int]:
    """Shorten the step until the value falls enough, or no parameter moves any more."""
    length, used, value = 1.0, 0, best
    while True:
        at = before + length * step
        stuck = int((10 + before == 10 + at).sum())
        if stuck == len(at):
            return at, value, length, stuck, used
        value = f(at)
        used += 1
        if math.isfinite(value) and value <= best + along * length * 1e-4:
            return at, value, length, stuck, used
        length *= 0.2


def _dot(a: np.ndarray, b: np.ndarray) -> float:
    """The sum in order, term by term: how often the search calls depends on the last bits."""
    return float(sum((x * y for x, y in zip(a.tolist(), b.tolist(), strict=True)), 0.0))


def _product(metric: np.ndarray, x: np.ndarray) -> np.ndarray:
    return np.array([_dot(row, x) for row in metric])


def _updated(metric: np.ndarray, moved: np.ndarray, turned: np.ndarray) -> tuple[np.ndarray, bool]:
    d1 = _dot(moved, turned)
    if d1 <= 0:
        return metric, False
    x = _product(metric, turned)
    d2 = 1 + _dot(x, turned) / d1
    change = np.outer(d2 * moved, moved) - np.outer(moved, x) - np.outer(x, moved)
    return metric + change / d1, True


def annealed(f: Number, start: np.ndarray, control: Control) -> Optimum:
    """Simulated annealing by normal steps whose size falls with the temperature."""
    best = at = start
    lowest = value = _finite_or_big(f(at))
    tried = 1
    while tried < control.most:
        stage = (tried - 1) // control.rounds * control.rounds
        heat = control.temperature / math.log(stage + math.e)
        for _ in range(control.rounds):
            if tried >= control.most:
                break
            there = at + heat / control.temperature * stream.normals(len(at))
            found = _finite_or_big(f(there))
            change = found - value
            if change <= 0 or stream.uniform() < math.exp(-change / heat):
                at, value = there, found
                if value <= lowest:
                    best, lowest = at, value
            tried += 1
    return Optimum(best, lowest, control.most, None, 0)


def _finite_or_big(value: float) -> float:
    return value if math.isfinite(value) else _BIG


# --- R's function ------------------------------------------------------------------------------------------

_METHODS = ("Nelder-Mead", "BFGS", "CG", "L-BFGS-B", "SANN", "Brent")


def _control(given: dict[str, Any], method: str) -> Control:
    names = {"maxit": "most", "reltol": "relative", "abstol": "absolute", "fnscale": "scale"}
    names |= {"alpha": "alpha", "beta": "beta", "gamma": "gamma"}
    quiet = ("trace", "REPORT", "parscale", "ndeps", "warn.1d.NelderMead")
    names |= {"temp": "temperature", "tmax": "rounds"}
    made = Control({"Nelder-Mead": 500, "SANN": 10000}.get(method, 100))
    for name, value in given.items():
        if name in names:
            number = float(convert_data(value.data, value.type, "double")[0])
            setattr(made, names[name], int(number) if name in ("maxit", "tmax") else number)
        elif name not in quiet:
            raise UserError(f"unknown names in control: {name}", code=Code.ARGUMENT)
    return made


@builtin(
    "optim(par, fn, gr = NULL, ..., method = c('Nelder-Mead', 'BFGS', 'CG', 'L-BFGS-B', 'SANN', 'Brent'),"
    " lower = -Inf, upper = Inf, control = list(), hessian = FALSE)"
)
def optim(ctx, par, fn, gr, dots, method, lower, upper, control, hessian):
    kind = str(strings(method, "method")[0])
    bounded = np.isfinite(lower.data.astype(float)).any() or np.isfinite(upper.data.astype(float)).any()
    if kind not in ("Nelder-Mead", "BFGS", "SANN", "Brent") or (bounded and kind != "Brent"):
        raise UserError(
            f'optim() by method "{"L-BFGS-B" if bounded else kind}" is not provided',
            code=Code.UNSUPPORTED,
            cure='use "Nelder-Mead" or "BFGS", and transform parameters that have bounds',
        )
    options = by_name(control)
    settings = _control(options, kind)
    names = par.attribute("names")
    attributes = {"names": names} if names is not None else None
    start = convert_data(par.data, par.type, "double")
    eps = _doubles(options.get("ndeps", double(1e-3)), len(start))
    scale = _doubles(options.get("parscale", double(1.0)), len(start))

    def value_of(function: Any, x: np.ndarray) -> np.ndarray:
        found = apply(function, [(None, double(np.array(x * scale), attributes)), *dots], None, ctx.env)
        if not isinstance(found, RVector) or found.type not in ("double", "integer", "logical"):
            raise UserError("objective function in optim evaluates to no number", code=Code.TYPE)
        return convert_data(found.data, found.type, "double") / settings.scale

    def f(x: np.ndarray) -> float:
        found = value_of(fn, x)
        if len(found) != 1:
            raise UserError(
                f"objective function in optim evaluates to length {len(found)} not 1", code=Code.VALUE
            )
        return float(found[0])

    def gradient(x: np.ndarray) -> np.ndarray:
        if gr is not NULL:
            return value_of(gr, x) * scale
        out = np.empty(len(x))
        for i in range(len(x)):
            there, back = x.copy(), x.copy()
            there[i] += eps[i]
            back[i] -= eps[i]
            out[i] = (f(there) - f(back)) / (2 * eps[i])
        return out

    search: dict[str, Callable[[], Optimum]] = {
        "Brent": lambda: _brent(ctx, f, lower, upper),
        "SANN": lambda: annealed(f, start / scale, settings),
        "BFGS": lambda: quasi_newton(f, gradient, start / scale, settings),
        "Nelder-Mead": lambda: nelder_mead(f, start / scale, settings),
    }
    found = search[kind]()
    counts = integer([found.calls, found.gradients], {"names": character(["function", "gradient"])})
    parts: dict[str, Any] = {
        "par": double(found.at * scale, attributes),
        "value": double(found.value * settings.scale),
        "counts": counts,
        "convergence": integer(found.code),
        "message": NULL,
    }
    if one_flag(hessian, "hessian"):
        table = _second_derivatives(gradient, found.at, eps) * settings.scale / np.outer(scale, scale)
        labels = rlist([names, names]) if names is not None else None
        parts["hessian"] = from_grid(table, labels)
    return rlist(list(parts.values()), list(parts))


def _doubles(value: Any, count: int) -> np.ndarray:
    return stretched(convert_data(value.data, value.type, "double"), count)


def _second_derivatives(gradient: Gradient, at: np.ndarray, eps: np.ndarray) -> np.ndarray:
    table = np.empty((len(at), len(at)))
    for i in range(len(at)):
        there, back = at.copy(), at.copy()
        there[i] += eps[i]
        back[i] -= eps[i]
        table[i] = (gradient(there) - gradient(back)) / (2 * eps[i])
    return 0.5 * (table + table.T)


def _brent(ctx: Any, f: Number, lower: Any, upper: Any) -> Optimum:
    """One parameter between two bounds, by R's optimize()."""
    from ..values import Builtin

    def called(dots: Any) -> RVector:
        return double(f(dots[0][1].data))

    tolerance = double(math.sqrt(np.finfo(float).eps))
    found = invoke("optimize", Builtin("f", "f(...)", called), lower=lower, upper=upper, tol=tolerance)
    at, value = (float(v.data[0]) for v in found.data)
    return Optimum(np.array([at]), value, None, None, 0)

"""Series analysed: filter, acf and pacf, decompose; Tukey's resistant line."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..choices import one_choice
from ..evaluator.calls import apply
from ..frames import is_frame
from ..generics import invoke
from ..language import from_node
from ..lookup import lookup_function
from ..models.coefficients import shown
from ..registry import builtin
from ..session import session
from ..text.deparse import deparse_lines, deparse_value
from ..text.tabular import named_lines
from ..values import FALSE, NA_REAL, NULL, RVector, character, double, integer, rlist, stretched
from ..vectors.coerce import convert_data, one_flag, one_int
from .models import part
from .timeseries import series, tsp_of


def _doubles(x: Any) -> np.ndarray:
    if is_frame(x):
        x = invoke("as.matrix", x)
    if not isinstance(x, RVector) or x.type not in ("double", "integer", "logical"):
        raise UserError("'x' must be numeric", code=Code.TYPE)
    return convert_data(x.data, x.type, "double")


# --- filter ------------------------------------------------------------------------------------------------


def convolved(x: np.ndarray, weights: np.ndarray, sides: int, circular: bool = False) -> np.ndarray:
    """Weighted sums around (sides 2) or before (sides 1) each value; NA where the series does not reach."""
    ahead = len(weights) // 2 if sides == 2 else 0
    n, behind = len(x), len(weights) - 1 - ahead
    places = np.arange(-behind, n + ahead)
    around = x[places % n] if circular else np.where((places >= 0) & (places < n), x[places % n], np.nan)
    out, missing = np.zeros(n), np.zeros(n, dtype=bool)
    for j, weight in enumerate(weights.tolist()):
        found = around[len(weights) - 1 - j :][:n]
        out += weight * found
        missing |= np.isnan(found)
    return np.where(missing, NA_REAL, out)


def _recursive(x: np.ndarray, weights: np.ndarray, init: np.ndarray) -> np.ndarray:
    past = [*init[::-1]]
    out = []
    for value in x:
        now = value + sum(w * p for w, p in zip(weights, reversed(past), strict=False))
        past = [*past[1:], now] if past else past
        out.append(now)
    return np.array(out)


@builtin(
    "filter(x, filter, method = c('convolution', 'recursive'), sides = 2L, circular = FALSE, init = NULL)"
)
def filter_(x, weights, method, sides, circular, init):
    data, w = _doubles(x), _doubles(weights)
    if one_choice(method, ("convolution", "recursive")) == "convolution":
        if len(w) > len(data):
            raise UserError("'filter' is longer than time series", code=Code.VALUE)
        made = convolved(data, w, one_int(sides, "sides"), one_flag(circular, "circular"))
    else:
        made = _recursive(data, w, np.zeros(len(w)) if init is NULL else _doubles(init))
    first, _, rate = tsp_of(x)
    return series(double(made), first, rate)


# --- acf ---------------------------------------------------------------------------------------------------


def _covariances(x: np.ndarray, most: int, demean: bool) -> np.ndarray:
    moved = x - x.mean() if demean else x
    return np.array([float(moved[: len(x) - k] @ moved[k:]) / len(x) for k in range(most + 1)])


def _partial(r: np.ndarray) -> np.ndarray:
    """Partial autocorrelations by the Durbin-Levinson recursion."""
    out, phi = [], np.empty(0)
    for k in range(1, len(r)):
        top = r[k] - float(phi @ r[k - 1 : 0 : -1]) if k > 1 else r[1]
        bottom = 1 - float(phi @ r[1:k]) if k > 1 else 1.0
        last = top / bottom
        phi = np.append(phi - last * phi[::-1], last)
        out.append(last)
    return np.array(out)


def _autocorrelations(ctx: Any, x: Any, lag_max: Any, type: str, plot: Any, demean: bool, title: str) -> Any:
    data = _doubles(x)
    if x.dim is not None and len(x.dim) > 1 and x.dim[1] > 1:
        raise UserError(
            "acf() of several series is not provided", code=Code.UNSUPPORTED, cure="take one at a time"
        )
    if np.isnan(data).any():
        raise UserError("missing values in object", code=Code.VALUE, cure="use na.omit()")
    n = len(data)
    most = math.floor(10 * math.log10(n)) if lag_max is NULL else one_int(lag_max, "lag.max")
    most = min(most, n - 1)
    found = _covariances(data, most, demean)
    if type != "covariance":
        found = found / found[0]
    if type == "partial":
        found = _partial(found)
    rate = tsp_of(x)[2]
    lags = np.arange(1 if type == "partial" else 0, most + 1) / rate
    cube = {"dim": integer([len(found), 1, 1])}
    parts = {
        "acf": double(found, cube),
        "type": character(type),
        "n.used": integer(n),
        "lag": double(lags, cube),
        "series": character(title),
        "snames": NULL,
    }
    made = rlist(list(parts.values()), list(parts), {"class": character("acf")})
    if one_flag(plot, "plot"):
        apply(lookup_function("plot", session.global_env), [(None, made)], None, ctx.env)
        session.visible = False
    return made


def _title(ctx: Any) -> str:
    args = ctx.call.args if ctx.call is not None else []
    return deparse_value(from_node(args[0].value)) if args else "x"


@builtin(
    "acf(x, lag.max = NULL, type = c('correlation', 'covariance', 'partial'), plot = TRUE,"
    " na.action = na.fail, demean = TRUE, ...)"
)
def acf(ctx, x, lag_max, type, plot, action=None, demean=FALSE, dots=()):
    kind = one_choice(type, ("correlation", "covariance", "partial"))
    centred = demean is FALSE or one_flag(demean, "demean")
    return _autocorrelations(ctx, x, lag_max, kind, plot, centred, _title(ctx))


@builtin("pacf(x, lag.max, plot, na.action, ...)", generic=True)
def pacf(ctx, x, lag_max=NULL, plot=None, action=None, dots=()):
    shown_plot = RVector("logical", np.array([1], dtype=np.int8)) if plot is None else plot
    return _autocorrelations(ctx, x, lag_max, "partial", shown_plot, True, _title(ctx))


_TITLES = {"correlation": "Autocorrelations", "covariance": "Autocovariances"}


@builtin("print.acf(x, digits = 3L, ...)", invisible=True)
def print_acf(x, digits, dots):
    kind = part(x, "type").data[0]
    title = _TITLES.get(kind, "Partial autocorrelations")
    session.write(f"\n{title} of series ‘{part(x, 'series').data[0]}’, by lag\n\n")
    figures = one_int(digits, "digits")
    cells = shown(invoke("zapsmall", double(part(x, "acf").data), digits).data, figures)
    lags = shown(part(x, "lag").data, figures)
    session.write("\n".join(named_lines(cells, lags, session.option_int("width"))) + "\n")
    return x


# --- decompose ---------------------------------------------------------------------------------------------


@builtin("decompose(x, type = c('additive', 'multiplicative'), filter = NULL)")
def decompose(x, type, weights):
    kind = one_choice(type, ("additive", "multiplicative"))
    first, _, rate = tsp_of(x)
    data, f = _doubles(x), int(rate)
    if f <= 1 or int((~np.isnan(data)).sum()) < 2 * f:
        raise UserError("time series has no or less than 2 periods", code=Code.VALUE)
    w = np.array([0.5, *[1.0] * (f - 1), 0.5]) / f if not f % 2 else np.ones(f) / f
    trend = convolved(data, w if weights is NULL else _doubles(weights), 2)
    season = data - trend if kind == "additive" else data / trend
    whole = (len(data) // f) * f + (f if len(data) % f else 0)
    padded = np.concatenate([season, np.full(whole - len(data), np.nan)]).reshape(-1, f)
    figure = np.array([float(column[~np.isnan(column)].mean()) for column in padded.T])
    figure = figure - figure.mean() if kind == "additive" else figure / figure.mean()
    seasonal = stretched(figure, len(data))
    rest = data - seasonal - trend if kind == "additive" else data / seasonal / trend
    rest = np.where(np.isnan(trend), NA_REAL, rest)
    parts = {
        "x": x,
        "seasonal": series(double(seasonal), first, rate),
        "trend": series(double(trend), first, rate),
        "random": series(double(rest), first, rate),
        "figure": double(figure),
        "type": character(kind),
    }
    return rlist(list(parts.values()), list(parts), {"class": character("decomposed.ts")})


# --- the resistant line ------------------------------------------------------------------------------------


def _third(x: np.ndarray, share: float) -> float:
    """The value at a share of the sorted data, the mean of its two neighbours."""
    place = (len(x) - 1) * share
    low, high = math.floor(place + 4e-16 * place), math.ceil(place - 4e-16 * place)
    return 0.5 * (x[low] + x[high])


@builtin("line(x, y = NULL, iter = 1)")
def line(ctx, x, y, iterations):
    if y is NULL and isinstance(x, RVector) and x.type == "list":
        a, b = (_doubles(v) for v in x.data[:2])
    elif y is NULL:
        a, b = np.arange(1.0, len(x) + 1), _doubles(x)
    else:
        a, b = _doubles(x), _doubles(y)
    if len(a) != len(b) or len(a) < 2:
        raise UserError("insufficient observations", code=Code.VALUE)
    order = np.sort(a)
    left, right = a <= _third(order, 1 / 3), a >= _third(order, 2 / 3)
    gap = float(np.median(a[right]) - np.median(a[left]))
    slope = 0.0
    for _ in range(one_int(iterations, "iter")):
        z = b - slope * a
        slope += float(np.median(z[right]) - np.median(z[left])) / gap
    start = float(np.median(b - slope * a))
    fit = start + slope * a
    parts = {
        "call": ctx.call if ctx.call is not None else NULL,
        "coefficients": double([start, slope]),
        "residuals": double(b - fit),
        "fitted.values": double(fit),
    }
    return rlist(list(parts.values()), list(parts), {"class": character("tukeyline")})


@builtin("print.tukeyline(x, digits = max(3L, getOption('digits') - 3L), ...)", invisible=True)
def print_line(x, digits, dots):
    session.write("\nCall:\n" + "\n".join(deparse_lines(part(x, "call"))) + "\n\nCoefficients:\n")
    invoke("print.default", part(x, "coefficients"), digits=digits, print_gap=integer(2))
    session.write("\n")
    return x

"""Generalized linear models: families and links, glm, its print, summary and predictions."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Call, Name
from ..conditions import warn
from ..environment import Environment
from ..generics import invoke
from ..lookup import lookup
from ..models.coefficients import shown, table_lines
from ..models.householder import decompose
from ..registry import builtin, special
from ..session import session
from ..text.format import format_numbers
from ..text.tabular import named_lines
from ..values import FALSE, NULL, Builtin, RVector, character, double, integer, logical, rlist
from ..vectors.coerce import convert_data, has_class, one_flag, one_int, one_number, strings
from .linalg import from_grid
from .linear_models import (
    Problem,
    call_lines,
    coefficient_lines,
    missing_text,
    named_list,
    predicted,
    print_digits,
    qr_value,
    unscaled,
    write,
)
from .models import numbers_in, part, value_of

Array = np.ndarray
_EPS = np.finfo(float).eps


@dataclass(frozen=True, slots=True)
class Link:
    """A link: from the mean to the linear predictor, back, and the derivative of the way back."""

    to: Callable[[Array], Array]
    back: Callable[[Array], Array]
    slope: Callable[[Array], Array]


def _logistic(eta: Array) -> Array:
    return 1 / (1 + np.exp(-np.clip(eta, -700, 700)))


def _normal(eta: Array) -> Array:
    return np.clip(invoke("pnorm", double(eta)).data, _EPS, 1 - _EPS)


LINKS = {
    "identity": Link(lambda m: m, lambda e: e, np.ones_like),
    "log": Link(np.log, lambda e: np.maximum(np.exp(e), _EPS), lambda e: np.maximum(np.exp(e), _EPS)),
    "logit": Link(
        lambda m: np.log(m / (1 - m)),
        lambda e: np.clip(_logistic(e), _EPS, 1 - _EPS),
        lambda e: np.maximum(_logistic(e) * (1 - _logistic(e)), _EPS),
    ),
    "probit": Link(
        lambda m: invoke("qnorm", double(m)).data,
        _normal,
        lambda e: np.maximum(np.exp(-e * e / 2) / math.sqrt(2 * math.pi), _EPS),
    ),
    "inverse": Link(lambda m: 1 / m, lambda e: 1 / e, lambda e: -1 / e**2),
    "sqrt": Link(np.sqrt, lambda e: e**2, lambda e: 2 * e),
}


def _log_ratio(y: Array, mu: Array) -> Array:
    return np.where(y == 0, 0.0, y * np.log(np.where(y == 0, 1.0, y) / mu))


@dataclass(frozen=True, slots=True)
class Family:
    """A distribution: its variance by mean, deviance of each observation, start and Akaike's criterion."""

    variance: Callable[[Array], Array]
    deviance: Callable[[Array, Array, Array], Array]
    start: Callable[[Array, Array], Array]
    aic: Callable[[Array, Array, Array, float, Array], float]
    link: str
    fixed: bool  # whether the dispersion is 1


def _binomial_aic(y: Array, mu: Array, w: Array, dev: float, trials: Array) -> float:
    m = trials if (trials > 1).any() else w
    size, hits = np.round(m), np.round(m * y)
    use = m > 0
    mass = invoke("dbinom", double(hits[use]), double(size[use]), double(mu[use]), log=logical(True)).data
    return float(-2 * (np.where(use, w / np.where(use, m, 1), 0)[use] * mass).sum())


def _poisson_aic(y: Array, mu: Array, w: Array, dev: float, trials: Array) -> float:
    return float(-2 * (invoke("dpois", double(y), double(mu), log=logical(True)).data * w).sum())


def _gaussian_aic(y: Array, mu: Array, w: Array, dev: float, trials: Array) -> float:
    n = len(y)
    return float(n * (math.log(2 * math.pi * dev / n) + 1) + 2 - np.log(w).sum())


def _gamma_aic(y: Array, mu: Array, w: Array, dev: float, trials: Array) -> float:
    disp = dev / w.sum()
    mass = invoke("dgamma", double(y), double(1 / disp), scale=double(mu * disp), log=logical(True)).data
    return float(-2 * (mass * w).sum() + 2)


FAMILIES = {
    "gaussian": Family(
        np.ones_like, lambda y, m, w: w * (y - m) ** 2, lambda y, w: y, _gaussian_aic, "identity", False
    ),
    "binomial": Family(
        lambda m: m * (1 - m),
        lambda y, m, w: 2 * w * (_log_ratio(y, m) + _log_ratio(1 - y, 1 - m)),
        lambda y, w: (w * y + 0.5) / (w + 1),
        _binomial_aic,
        "logit",
        True,
    ),
    "poisson": Family(
        lambda m: m,
        lambda y, m, w: 2 * w * (_log_ratio(y, m) - (y - m)),
        lambda y, w: y + 0.1,
        _poisson_aic,
        "log",
        True,
    ),
    "Gamma": Family(
        lambda m: m**2,
        lambda y, m, w: -2 * w * (np.log(np.where(y == 0, 1, y / m)) - (y - m) / m),
        lambda y, w: y,
        _gamma_aic,
        "inverse",
        False,
    ),
}
_LINKS_OF = {
    "gaussian": ("identity", "log", "inverse"),
    "binomial": ("logit", "probit", "log"),
    "poisson": ("log", "identity", "sqrt"),
    "Gamma": ("inverse", "identity", "log"),
}


def family_value(name: str, link: str) -> RVector:
    """R's "family" object: its functions work on vectors."""
    family, way = FAMILIES[name], LINKS[link]

    def function(work: Callable[..., Array], usage: str) -> Builtin:
        def run(*values: Any) -> RVector:
            return double(np.asarray(work(*(convert_data(v.data, v.type, "double") for v in values)), float))

        return Builtin("f", usage, run)

    parts = {
        "family": character(name),
        "link": character(link),
        "linkfun": function(way.to, "f(mu)"),
        "linkinv": function(way.back, "f(eta)"),
        "variance": function(family.variance, "f(mu)"),
        "dev.resids": function(family.deviance, "f(y, mu, wt)"),
        "mu.eta": function(way.slope, "f(eta)"),
    }
    return rlist(list(parts.values()), list(parts), {"class": character("family")})


def _declare_family(name: str) -> None:
    # the link may be written as a bare name: it is taken as written
    @special(name, usage=f"{name}(link = '{FAMILIES[name].link}')")
    def made(call: Call, env: Environment) -> Any:
        link = FAMILIES[name].link
        if call.args:
            node = call.args[0].value
            link = node.name if isinstance(node, Name) else str(getattr(node, "value", link))
            if isinstance(link, RVector):
                link = link.data[0]
        if link not in _LINKS_OF[name]:
            raise UserError(
                f'link "{link}" not available for {name} family; available links are '
                + ", ".join(f"‘{each}’" for each in _LINKS_OF[name]),
                code=Code.ARGUMENT,
            )
        session.visible = True
        return family_value(name, link)


for _name in FAMILIES:
    _declare_family(_name)


@builtin("print.family(x, ...)", invisible=True)
def print_family(x, dots):
    write(["", f"Family: {part(x, 'family').data[0]} ", f"Link function: {part(x, 'link').data[0]} ", ""])
    return x


def _family_of(value: Any, env: Environment) -> RVector:
    if isinstance(value, RVector) and value.type == "character":
        value = lookup(value.data[0], env)
    if isinstance(value, Builtin):
        value = family_value(value.name, FAMILIES[value.name].link) if value.name in FAMILIES else value
    if not has_class(value, "family") or part(value, "family").data[0] not in FAMILIES:
        raise UserError(
            "'family' not recognized", code=Code.ARGUMENT, cure="use binomial, poisson, gaussian, Gamma"
        )
    return value


# --- fitting -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Fit:
    qr: Any
    coefficients: Array
    eta: Array
    mu: Array
    weights: Array
    effects: Array
    deviance: float
    rounds: int
    converged: bool


def iterate(
    x: Array, y: Array, w: Array, offset: Array, family: Family, link: Link, most: int, eps: float
) -> Fit:
    """Iteratively reweighted least squares."""
    eta = link.to(family.start(y, w))
    mu = link.back(eta)
    old = float(family.deviance(y, mu, w).sum())
    fit: Any = None
    for rounds in range(1, most + 1):
        slope = link.slope(eta)
        z = eta - offset + (y - mu) / slope
        root = np.sqrt(w * slope**2 / family.variance(mu))
        made = decompose(x * root[:, None], min(1e-7, eps / 1000))
        target = z * root
        coefficients = made.coefficients(target)
        eta = x @ np.where(np.isnan(coefficients), 0, coefficients) + offset
        mu = link.back(eta)
        deviance = float(family.deviance(y, mu, w).sum())
        done = abs(deviance - old) / (abs(deviance) + 0.1) < eps
        fit = Fit(made, coefficients, eta, mu, root**2, made.transposed_times(target), deviance, rounds, done)
        if done:
            break
        old = deviance
    return fit


def _response(y: RVector, w: Array, family: str) -> tuple[Array, Array, Array]:
    """The response as numbers, the prior weights and the numbers of trials."""
    ones = np.ones(len(w))
    if family != "binomial":
        return convert_data(y.data, y.type, "double"), w, ones
    if has_class(y, "factor"):
        return (y.data != 1).astype(float), w, ones
    data = convert_data(y.data, y.type, "double")
    if y.dim is not None and len(y.dim) == 2:
        pairs = data.reshape(y.dim, order="F")
        n = pairs.sum(axis=1)
        return np.where(n == 0, 0, pairs[:, 0] / np.where(n == 0, 1, n)), w * n, n
    if ((data < 0) | (data > 1)).any():
        raise UserError("y values must be 0 <= y <= 1", code=Code.VALUE)
    if (np.abs(data * w - np.round(data * w)) > 1e-3).any():
        warn("non-integer #successes in a binomial glm!")
    return data, w, ones


@special(
    "glm",
    usage="glm(formula, family = gaussian, data, weights, subset, na.action, start = NULL, etastart, mustart,"
    " offset, control = list(...), model = TRUE, method = 'glm.fit', x = FALSE, y = TRUE, singular.ok = TRUE,"
    " contrasts = NULL, ...)",
)
def glm(call: Call, env: Environment) -> Any:
    problem = Problem("glm", call, env)
    chosen = _family_of(value_of(problem.given, "family", character("gaussian")), env)
    name, link_name = part(chosen, "family").data[0], part(chosen, "link").data[0]
    family, link = FAMILIES[name], LINKS[link_name]
    prior = np.ones(problem.rows) if problem.weights is None else problem.weights
    y, w, trials = _response(problem.response, prior, name)
    offset = np.zeros(problem.rows) if problem.offset is None else problem.offset
    control = value_of(problem.given, "control")
    most = int(one_number(part(control, "maxit", integer(25)), "maxit"))
    eps = one_number(part(control, "epsilon", double(1e-8)), "epsilon")
    with np.errstate(all="ignore"):
        fit = iterate(problem.design.matrix, y, w, offset, family, link, most, eps)
    session.visible = True
    if not fit.converged:
        warn("glm.fit: algorithm did not converge", call)
    if name == "binomial" and ((fit.mu > 1 - 10 * _EPS) | (fit.mu < 10 * _EPS)).any():
        warn("glm.fit: fitted probabilities numerically 0 or 1 occurred", call)
    centre = link.back(offset) if not problem.terms.intercept else np.full(len(y), (w * y).sum() / w.sum())
    rank, used = fit.qr.rank, int((w != 0).sum())
    names = problem.design.names
    labels = [names[j] for j in fit.qr.pivot[:rank]] + [""] * (problem.rows - rank)
    parts: list[tuple[str, Any]] = [
        ("coefficients", double(fit.coefficients, {"names": character(names)})),
        ("residuals", problem.named((y - fit.mu) / link.slope(fit.eta))),
        ("fitted.values", problem.named(fit.mu)),
        ("effects", double(fit.effects, {"names": character(labels)})),
        ("R", _upper(fit, names)),
        ("rank", integer(rank)),
        ("qr", qr_value(fit.qr, problem.design, problem.labels)),
        ("family", chosen),
        ("linear.predictors", problem.named(fit.eta)),
        ("deviance", double(fit.deviance)),
        ("aic", double(family.aic(y, fit.mu, w, fit.deviance, trials) + 2 * rank)),
        ("null.deviance", double(float(family.deviance(y, centre, w).sum()))),
        ("iter", integer(fit.rounds)),
        ("weights", problem.named(fit.weights)),
        ("prior.weights", problem.named(w)),
        ("df.residual", integer(used - rank)),
        ("df.null", integer(used - int(problem.terms.intercept))),
        ("y", problem.named(y)),
        ("converged", logical(fit.converged)),
        ("boundary", FALSE),
    ]
    tail = dict(problem.final_parts())
    last = [(n, v) for n, v in problem.trailing_parts() if n != "na.action"]
    parts += [("model", tail["model"])]
    parts += [(n, v) for n, v in problem.trailing_parts() if n == "na.action"]
    parts += [("call", problem.call), ("formula", problem.formula), ("terms", tail["terms"])]
    parts += [("data", problem.data), ("offset", NULL if problem.offset is None else double(problem.offset))]
    parts += [("control", _controls(eps, most)), ("method", character("glm.fit"))]
    parts += [*(last or [("contrasts", NULL)]), *[(n, tail[n]) for n in ("xlevels",) if n in tail]]
    return named_list(parts, "glm", "lm")


def _upper(fit: Fit, names: list[str]) -> RVector:
    shown_names = character([names[j] for j in fit.qr.pivot])
    return from_grid(fit.qr.upper, rlist([shown_names, shown_names]))


def _controls(eps: float, most: int) -> RVector:
    return rlist([double(eps), double(float(most)), FALSE], ["epsilon", "maxit", "trace"])


@builtin("glm.control(epsilon = 1e-8, maxit = 25, trace = FALSE)")
def glm_control(epsilon, maxit, trace):
    return rlist([epsilon, maxit, trace], ["epsilon", "maxit", "trace"])


# --- what a fit answers ------------------------------------------------------------------------------------


@builtin(
    "residuals.glm(object, type = c('deviance', 'pearson', 'working', 'response', 'partial'), ...)",
    "resid.glm",
)
def residuals_glm(x, type, dots):
    kind = str(strings(type, "type")[0])
    y, mu, w = (numbers_in(x, n) for n in ("y", "fitted.values", "prior.weights"))
    family = FAMILIES[part(part(x, "family"), "family").data[0]]
    made = {
        "deviance": lambda: np.sign(y - mu) * np.sqrt(np.maximum(family.deviance(y, mu, w), 0)),
        "pearson": lambda: (y - mu) * np.sqrt(w) / np.sqrt(family.variance(mu)),
        "working": lambda: numbers_in(x, "residuals"),
        "response": lambda: y - mu,
    }
    if kind not in made:
        raise UserError(f'residuals of type "{kind}" are not provided', code=Code.UNSUPPORTED)
    return double(made[kind](), {"names": part(x, "fitted.values").attribute("names")})


@builtin("deviance.glm(object, ...)")
def deviance_glm(x, dots):
    return part(x, "deviance")


@builtin("predict.glm(object, newdata = NULL, type = c('link', 'response', 'terms'), se.fit = FALSE, ...)")
def predict_glm(ctx, x, newdata, type, se_fit, dots):
    kind = str(strings(type, "type")[0])
    if one_flag(se_fit, "se.fit") or kind == "terms":
        raise UserError("predict() of a glm gives link or response only", code=Code.UNSUPPORTED)
    if newdata is NULL:
        return invoke("fitted", x) if kind == "response" else part(x, "linear.predictors")
    eta, _, labels = predicted(x, newdata, ctx.env)
    link = LINKS[part(part(x, "family"), "link").data[0]]
    return double(link.back(eta) if kind == "response" else eta, {"names": character(labels)})


@builtin("print.glm(x, digits = max(3L, getOption('digits') - 3L), ...)", invisible=True)
def print_glm(x, digits, dots):
    figures = print_digits(digits)
    call = call_lines(x)
    lines = ["", "Call:  " + call[2], *call[3:], "Coefficients:"]
    lines += coefficient_lines(part(x, "coefficients"), figures)
    null, left = (int(part(x, n).data[0]) for n in ("df.null", "df.residual"))
    lines += ["", f"Degrees of Freedom: {null} Total (i.e. Null);  {left} Residual"]
    if part(x, "na.action") is not NULL:
        lines.append(f"  ({missing_text(part(x, 'na.action'))})")
    values = [_signif(part(x, n).data[0], figures) for n in ("null.deviance", "deviance", "aic")]
    lines.append(f"Null Deviance:\t    {values[0]} ")
    lines.append(f"Residual Deviance: {values[1]} \tAIC: {values[2]}")
    write(lines)
    return x


def _signif(value: float, digits: int) -> str:
    return shown(invoke("signif", double(float(value)), integer(digits)).data)[0]


@builtin("summary.glm(object, dispersion = NULL, correlation = FALSE, symbolic.cor = FALSE, ...)")
def summary_glm(x, dispersion, correlation, symbolic, dots):
    family = FAMILIES[part(part(x, "family"), "family").data[0]]
    df = int(part(x, "df.residual").data[0])
    w, working = numbers_in(x, "weights"), numbers_in(x, "residuals")
    fixed = family.fixed or dispersion is not NULL
    scale = 1.0 if family.fixed else float((w * working**2)[w > 0].sum()) / df if df else math.nan
    if dispersion is not NULL:
        scale = one_number(dispersion, "dispersion")
    table, names = unscaled(x)
    estimates = part(x, "coefficients")
    known = ~np.isnan(estimates.data)
    est = estimates.data[known]
    errors = np.sqrt(np.diagonal(table) * scale)
    z = est / errors
    upper = double(np.abs(z))
    if fixed:
        p, heads = 2 * invoke("pnorm", upper, lower_tail=FALSE).data, ["z value", "Pr(>|z|)"]
    else:
        p, heads = 2 * invoke("pt", upper, double(float(df)), lower_tail=FALSE).data, ["t value", "Pr(>|t|)"]
    rows = [n for n, ok in zip(estimates.names or [], known, strict=True) if ok]
    labels = rlist([character(rows), character(["Estimate", "Std. Error", *heads])])
    kept = [
        "call",
        "terms",
        "family",
        "deviance",
        "aic",
        "contrasts",
        "df.residual",
        "null.deviance",
        "df.null",
        "iter",
    ]
    parts = [(n, part(x, n)) for n in kept if n in (x.names or [])]
    parts += [("na.action", part(x, "na.action"))] if part(x, "na.action") is not NULL else []
    both = rlist([character(names), character(names)])
    aliased = RVector("logical", (~known).astype(np.int8), {"names": character(estimates.names or [])})
    parts += [
        ("deviance.resid", invoke("residuals", x)),
        ("coefficients", from_grid(np.column_stack([est, errors, z, p]), labels)),
        ("aliased", aliased),
        ("dispersion", double(scale)),
        ("df", integer([len(names), df, len(estimates)])),
        ("cov.unscaled", from_grid(table, both)),
        ("cov.scaled", from_grid(table * scale, both)),
    ]
    return named_list(parts, "summary.glm")


@builtin("print.summary.glm(x, digits = max(3L, getOption('digits') - 3L), ...)", invisible=True)
def print_summary_glm(x, digits, dots):
    figures = print_digits(digits)
    lines = call_lines(x)
    left = part(x, "deviance.resid")
    df = int(part(x, "df.residual").data[0])
    lines.append("Deviance Residuals: ")
    width = session.option_int("width")
    if df > 5:
        five = invoke("quantile", double(left.data), names=FALSE)
        five = invoke("zapsmall", five, integer(figures + 1))
        lines += named_lines(shown(five.data, figures), ["Min", "1Q", "Median", "3Q", "Max"], width, 2)
    else:
        five = invoke("zapsmall", double(left.data), integer(figures + 1))
        lines += named_lines(shown(five.data, figures), left.names or [], width, 2)
    aliased = part(x, "aliased")
    table = part(x, "coefficients")
    grid = table.data.reshape(table.dim, order="F")
    rows, heads = (list(d.data) for d in table.attribute("dimnames").data)
    gone = int(aliased.data.sum())
    if gone:
        full = np.full((len(aliased), 4), np.nan)
        full[aliased.data == 0] = grid
        grid, rows = full, aliased.names or []
    note = f" ({gone} not defined because of singularities)" if gone else ""
    lines += ["", f"Coefficients:{note}", *table_lines(grid, rows, heads, figures), ""]
    family = part(part(x, "family"), "family").data[0]
    scale = shown([part(x, "dispersion").data[0]])[0]
    lines += [f"(Dispersion parameter for {family} family taken to be {scale})", ""]
    deviances = [part(x, n).data[0] for n in ("null.deviance", "deviance")]
    degrees = format_numbers(double([float(part(x, n).data[0]) for n in ("df.null", "df.residual")]))
    cells = shown(deviances, max(5, figures + 1))
    for title, cell, degree in zip(("    Null", "Residual"), cells, degrees, strict=True):
        lines.append(f"{title} deviance: {cell}  on {degree}  degrees of freedom")
    if part(x, "na.action") is not NULL:
        lines.append(f"  ({missing_text(part(x, 'na.action'))})")
    lines.append("AIC: " + shown([part(x, "aic").data[0]], max(4, figures + 1))[0])
    lines += ["", f"Number of Fisher Scoring iterations: {one_int(part(x, 'iter'), 'iter')}", ""]
    write(lines)
    return x

"""What all fitted models answer: coef, residuals, fitted, predict, deviance, logLik, vcov, confint, AIC."""

from __future__ import annotations

from typing import Any, cast

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Arg, Call, Const, Name
from ..dispatch import no_method
from ..environment import Environment
from ..evaluator.calls import promise_arguments
from ..evaluator.compile import evaluate
from ..evaluator.plans import match_arguments
from ..generics import invoke
from ..models.formulas import is_formula
from ..registry import BASE, builtin
from ..session import session
from ..values import NULL, Promise, RVector, character, double, integer, rlist
from ..vectors.coerce import convert_data, has_class, one_number
from .linalg import from_grid


def part(model: Any, name: str, default: Any = NULL) -> Any:
    """A component of a list by its name."""
    names = model.names if isinstance(model, RVector) else None
    return model.data[names.index(name)] if names and name in names else default


def by_name(values: Any) -> dict[str, Any]:
    """A list's elements by name; none of NULL."""
    return {n or "": v for n, v in zip(values.names or [], values.data, strict=True)} if len(values) else {}


def numbers_in(model: Any, name: str) -> np.ndarray:
    value = part(model, name)
    return np.empty(0) if value is NULL else convert_data(value.data, value.type, "double")


def matched_call(name: str, call: Call, env: Environment) -> tuple[dict[str, Any], Call]:
    """The arguments of a model-fitting call by formal, as promises, and the call with their full names."""
    function = BASE[name]
    pairs = promise_arguments(call, env)
    matched = match_arguments(function.signature, pairs, call, function)
    args = []
    for formal in function.signature.names:
        if formal == "...":
            args += [Arg(n, _written(v)) for n, v in matched.dots]
        elif formal in matched.values:
            args.append(Arg(formal, _written(matched.values[formal])))
    return dict(matched.values), Call(call.function if isinstance(call.function, Name) else Name(name), args)


def _written(value: Any) -> Any:
    if type(value) is Promise:
        return value.node
    return value if isinstance(value, (Name, Call)) else Const(value)


def value_of(given: dict[str, Any], name: str, default: Any = NULL) -> Any:
    """An argument's value."""
    from ..lookup import force

    value = given.get(name, default)
    return force(value) if type(value) is Promise else value


def value_in(given: dict[str, Any], name: str, scope: Environment) -> Any:
    """An argument evaluated among the variables of the data, as `weights` and `subset` are."""
    value = given.get(name)
    if value is None:
        return NULL
    if type(value) is Promise and value.value is None:
        return evaluate(value.node, scope)
    return value.value if type(value) is Promise else value


def formula_of(value: Any) -> Call:
    """A formula given as such or as text."""
    if isinstance(value, RVector) and value.type == "character":
        value = invoke("as.formula", value)
    if not is_formula(value):
        raise UserError("argument is not a valid model", code=Code.TYPE, cure="give a formula: y ~ x")
    return cast(Call, value)


def _restored(model: Any, value: Any) -> Any:
    """A vector over the rows with NA where na.exclude left rows out."""
    action = part(model, "na.action")
    if action is NULL or not has_class(action, "exclude") or value is NULL:
        return value
    gone = {int(i) - 1: str(n) for i, n in zip(action.data, action.names or [], strict=False)}
    names, data = iter(value.names or []), iter(value.data.tolist())
    out, labels = [], []
    for i in range(len(value) + len(gone)):
        out.append(None if i in gone else next(data))
        labels.append(gone[i] if i in gone else next(names, ""))
    return double(out, {"names": character(labels)})


# --- generics and their defaults ---------------------------------------------------------------------------


@builtin("predict(object, ...)", generic=True)
def predict(object, dots):
    raise no_method("predict", object)


@builtin("coef(object, ...)", "coefficients", generic=True)
def coef(object, dots):
    found = part(object, "coefficients")
    if has_class(object, "Arima") or found is NULL:
        found = part(object, "coef")
    return found


@builtin("residuals(object, ...)", "resid", generic=True)
def residuals(object, dots):
    return _restored(object, part(object, "residuals"))


@builtin("fitted(object, ...)", "fitted.values", generic=True)
def fitted(object, dots):
    found = part(object, "fitted.values")
    return _restored(object, part(object, "fitted") if found is NULL else found)


@builtin("df.residual(object, ...)", generic=True)
def df_residual(object, dots):
    return part(object, "df.residual")


@builtin("weights(object, ...)", generic=True)
def weights(object, dots):
    return part(object, "weights")


@builtin("formula(x, ...)", generic=True)
def formula(ctx, x, dots):
    found = part(x, "formula")
    if found is NULL:
        found = part(x, "terms")
    if found is NULL:
        return invoke("as.formula", x)
    kept = {k: v for k, v in found.attributes.items() if k == ".Environment"}
    found = type(found)(Call(found.function, found.args), {"class": character("formula"), **kept})
    return found


@builtin("deviance(object, ...)", generic=True)
def deviance(object, dots):
    return part(object, "deviance")


@builtin("deviance.lm(object, ...)")
def deviance_lm(object, dots):
    return double(float((_weights(object) * numbers_in(object, "residuals") ** 2).sum()))


def _weights(model: Any) -> np.ndarray:
    found = numbers_in(model, "weights")
    return found if len(found) else np.ones(len(numbers_in(model, "residuals")))


@builtin("nobs(object, ...)", generic=True)
def nobs(object, dots):
    return integer(len(numbers_in(object, "residuals")))


@builtin("sigma(object, ...)", generic=True)
def sigma(object, dots):
    if has_class(object, "summary.lm"):
        return part(object, "sigma")
    left = one_number(invoke("df.residual", object), "df")
    return double(float(np.sqrt(one_number(invoke("deviance", object), "deviance") / left)))


@builtin("logLik(object, ...)", generic=True)
def log_lik(object, dots):
    if has_class(object, "logLik"):
        return object
    left = numbers_in(object, "residuals")
    w = _weights(object)
    n = len(left)
    value = 0.5 * (np.log(w).sum() - n * (np.log(2 * np.pi) + 1 - np.log(n) + np.log((w * left**2).sum())))
    rank = one_number(part(object, "rank"), "rank")
    return _likelihood(value, n, rank + 1)


def _likelihood(value: float, n: int, df: float) -> RVector:
    attributes = {"nall": integer(n), "nobs": integer(n), "df": double(df), "class": character("logLik")}
    return RVector("double", np.array([value]), attributes)


@builtin("logLik.glm(object, ...)")
def log_lik_glm(object, dots):
    family = part(part(object, "family"), "family").data[0]
    extra = family in ("gaussian", "Gamma", "inverse.gaussian")
    rank = one_number(part(object, "rank"), "rank") + extra
    value = rank - one_number(part(object, "aic"), "aic") / 2
    return _likelihood(value, len(numbers_in(object, "residuals")), rank)


@builtin("print.logLik(x, digits = getOption('digits'), ...)", invisible=True)
def print_log_lik(x, digits, dots):
    value = invoke("format", double(float(x.data[0])), digits=digits).data[0]
    df = invoke("format", x.attribute("df")).data[0]
    session.write(f"'log Lik.' {value} (df={df})\n")
    return x


@builtin("AIC(object, ..., k = 2)", generic=True)
def aic(object, dots, k):
    found = invoke("logLik", object)
    return double(float(-2 * found.data[0] + one_number(k, "k") * found.attribute("df").data[0]))


@builtin("BIC(object, ...)", generic=True)
def bic(object, dots):
    found = invoke("logLik", object)
    counted = found.attribute("nobs")
    if counted is None and has_class(object, "logLik"):
        raise UserError('no "nobs" attribute is available', code=Code.VALUE)
    n = float((invoke("nobs", object) if counted is None else counted).data[0])
    return double(float(-2 * found.data[0] + np.log(n) * found.attribute("df").data[0]))


@builtin("vcov(object, ...)", generic=True)
def vcov(object, dots):
    made = invoke("summary", object)
    scale = part(made, "dispersion")
    factor = (
        one_number(scale, "scale") if scale is not NULL else one_number(part(made, "sigma"), "sigma") ** 2
    )
    table = part(made, "cov.unscaled")
    return RVector("double", table.data * factor, dict(table.attributes or {}))


@builtin("confint(object, parm, level = 0.95, ...)", generic=True)
def confint(object, parm=None, level=None, dots=()):
    chance = 0.95 if level is None else one_number(level, "level")
    estimates = part(object, "coefficients")
    names = estimates.names or []
    tail = (1 - chance) / 2
    spread = np.full(len(names), np.nan)
    table = invoke("vcov", object)
    own = list(table.attribute("dimnames").data[0].data)
    errors = np.sqrt(np.diagonal(table.data.reshape(table.dim, order="F")))
    for name, error in zip(own, errors, strict=True):
        spread[names.index(name)] = error
    quantile = float(invoke("qt", double(1 - tail), invoke("df.residual", object)).data[0])
    grid = np.column_stack([estimates.data - quantile * spread, estimates.data + quantile * spread])
    kept = list(range(len(names)))
    if parm is not None:
        wanted = parm.data.tolist()
        kept = [names.index(w) if isinstance(w, str) else int(w) - 1 for w in wanted]
    heads = [f"{float(f'{100 * p:.3g}'):g} %" for p in (tail, 1 - tail)]
    labels = [character([names[i] for i in kept]), character(heads)]
    return from_grid(grid[kept], rlist(labels))


@builtin("case.names(object, ...)", generic=True)
def case_names(object, dots):
    return character(part(object, "residuals").names or [])


@builtin("variable.names(object, ...)", generic=True)
def variable_names(object, dots):
    return character(part(object, "coefficients").names or [])


@builtin("effects(object, ...)", generic=True)
def effects(object, dots):
    return part(object, "effects")

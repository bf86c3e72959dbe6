"""Linear models: lm, its print, summary and predictions."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Call
from ..conditions import warn
from ..environment import Environment
from ..evaluator.compile import evaluate
from ..frames import is_frame, row_count, row_labels
from ..generics import invoke
from ..models.coefficients import format_p, one, shown, table_lines
from ..models.design import Design, Terms, design, evaluation_environment, terms_of, terms_value
from ..models.formulas import data_environment
from ..models.householder import QR, decompose
from ..registry import builtin, special
from ..session import session
from ..text.deparse import deparse_lines
from ..text.tabular import named_lines
from ..values import FALSE, NULL, RVector, character, double, integer, rlist
from ..vectors.coerce import convert_data, has_class, one_flag, one_int, one_number, strings
from .design import contrasts_value, frame_of_model, labels_of_rows, matrix_value
from .linalg import decomposition, from_grid
from .models import by_name, formula_of, matched_call, numbers_in, part, value_in, value_of


class Problem:
    """A model's data, ready to be fitted: frame, response, design, weights and offset."""

    def __init__(self, name: str, call: Call, env: Environment) -> None:
        self.given, self.call = matched_call(name, call, env)
        self.formula = formula_of(value_of(self.given, "formula"))
        self.data = value_of(self.given, "data")
        self.terms = terms_of(self.formula, self.data)
        scope = evaluation_environment(self.formula, self.data, env)
        extra = {k: value_in(self.given, k, scope) for k in ("subset", "weights", "offset")}
        action = value_of(self.given, "na.action", character("na.omit"))
        self.frame = frame_of_model(self.formula, self.terms, self.data, env, extra, action)
        self.rows = row_count(self.frame)
        if not self.rows:
            raise UserError("0 (non-NA) cases", code=Code.VALUE)
        if self.terms.response is None:
            raise UserError("the formula has no response", code=Code.VALUE, cure="write y ~ x")
        self.labels = labels_of_rows(self.frame, self.rows)
        first, count = 1, len(self.terms.variables)
        self.values = list(self.frame.data[first : first + count])
        self.design = design(self.terms, self.values, self.rows, self._contrasts())
        names = self.frame.names or []
        self.weights = self._column("(weights)", names)
        offsets = [self.frame.data[first + count + i] for i in range(len(self.terms.offsets))]
        if "(offset)" in names:
            offsets.append(self.frame.data[names.index("(offset)")])
        self.offset = sum((_doubles(o) for o in offsets), np.zeros(self.rows)) if offsets else None

    def _contrasts(self) -> dict[str, Any]:
        return by_name(value_of(self.given, "contrasts"))

    def _column(self, name: str, names: list[str | None]) -> np.ndarray | None:
        return _doubles(self.frame.data[names.index(name)]) if name in names else None

    @property
    def response(self) -> RVector:
        return self.frame.data[0]

    def named(self, values: np.ndarray) -> RVector:
        """A value for each row."""
        return double(values, {"names": character(self.labels)})

    def trailing_parts(self) -> list[tuple[str, Any]]:
        """The components that R puts at the end."""
        parts: list[tuple[str, Any]] = []
        action = self.frame.attribute("na.action")
        if action is not None:
            parts.append(("na.action", action))
        if self.design.contrasts:
            parts.append(("contrasts", contrasts_value(self.design.contrasts)))
        return parts

    def final_parts(self) -> list[tuple[str, Any]]:
        values = [self.response, *self.values]
        terms = terms_value(self.formula, self.terms, values)
        levels = rlist([character(v) for v in self.design.levels.values()], list(self.design.levels))
        tail: list[tuple[str, Any]] = [("xlevels", levels)] if self.values else []
        return [
            *tail,
            ("call", self.call),
            ("terms", terms),
            ("model", self.frame.with_attribute("terms", terms)),
        ]


def _doubles(x: Any) -> np.ndarray:
    return convert_data(x.data, x.type, "double")


def named_list(parts: list[tuple[str, Any]], *classes: str) -> RVector:
    return rlist([v for _, v in parts], [n for n, _ in parts], {"class": character(list(classes))})


def qr_value(made: QR, problem: Design, labels: list[str], rows: np.ndarray | None = None) -> RVector:
    """R's "qr" object of a design."""
    names = [problem.names[j] for j in made.pivot]
    attributes = {
        "dim": integer(list(made.compact.shape)),
        "dimnames": rlist([character(labels), character(names)]),
        "assign": integer(problem.assign),
    }
    if problem.contrasts:
        attributes["contrasts"] = contrasts_value(problem.contrasts)
    table = RVector("double", made.compact.ravel(order="F"), attributes)
    parts = [
        table,
        double(made.first),
        integer([int(p) + 1 for p in made.pivot]),
        double(1e-7),
        integer(made.rank),
    ]
    return rlist(parts, ["qr", "qraux", "pivot", "tol", "rank"], {"class": character("qr")})


@builtin("lm.fit(x, y, offset = NULL, method = 'qr', tol = 1e-7, singular.ok = TRUE, ...)")
def lm_fit(x, y, offset, method, tol, singular_ok, dots):
    if not isinstance(x, RVector) or x.dim is None or len(x.dim) != 2:
        raise UserError("'x' must be a matrix", code=Code.TYPE, cure="make one with cbind()")
    rows, count = x.dim
    if len(y) != rows:
        raise UserError("incompatible dimensions", code=Code.VALUE, cure="give one y for each row of x")
    made = decompose(_doubles(x).reshape(x.dim, order="F"), one_number(tol, "tol"))
    target = _doubles(y) - (0 if offset is NULL else _doubles(offset))
    rotated = made.transposed_times(target)
    kept = rotated.copy()
    kept[: made.rank] = 0
    left = made.times(kept)
    heads = x.attribute("dimnames")
    titles: Any = NULL if heads is None else heads.data[1]
    names = [f"x{j + 1}" for j in range(count)] if titles is NULL else list(titles.data)
    effect_names = [names[j] for j in made.pivot[: made.rank]] + [""] * (rows - made.rank)
    labels = {"names": y.attribute("names")} if y.names else None
    table = RVector("double", made.compact.ravel(order="F"), {"dim": integer([rows, count])})
    pivot = integer([int(p) + 1 for p in made.pivot])
    qr = rlist(
        [table, double(made.first), pivot, tol, integer(made.rank)],
        ["qr", "qraux", "pivot", "tol", "rank"],
        {"class": character("qr")},
    )
    parts: dict[str, Any] = {
        "coefficients": double(made.coefficients(target), {"names": character(names)}),
        "residuals": double(left, labels),
        "effects": double(rotated, {"names": character(effect_names)}),
        "rank": integer(made.rank),
        "fitted.values": double(_doubles(y) - left, labels),
        "assign": x.attribute("assign") or NULL,
        "qr": qr,
        "df.residual": integer(rows - made.rank),
    }
    return rlist(parts.values(), list(parts))


def _several_responses(problem: Problem, y: RVector) -> RVector:
    """One model for each column of the response, by the same decomposition."""
    if problem.weights is not None or problem.offset is not None:
        raise UserError("lm() of several responses takes no weights or offset", code=Code.UNSUPPORTED)
    targets = _doubles(y).reshape(y.dim, order="F")
    made = decompose(problem.design.matrix)
    names = problem.design.names
    dimnames = y.attribute("dimnames")
    own = dimnames.data[1] if dimnames is not None else NULL
    titles = own if own is not NULL else character([f"Y{i + 1}" for i in range(targets.shape[1])])
    rows = rlist([character(problem.labels), titles])
    coefficients = np.column_stack([made.coefficients(t) for t in targets.T])
    left = []
    for target in targets.T:
        rotated = made.transposed_times(target)
        rotated[: made.rank] = 0
        left.append(made.times(rotated))
    residuals = np.column_stack(left)
    parts: list[tuple[str, Any]] = [
        ("coefficients", from_grid(coefficients, rlist([character(names), titles]))),
        ("residuals", from_grid(residuals, rows)),
        ("rank", integer(made.rank)),
        ("fitted.values", from_grid(targets - residuals, rows)),
        ("assign", integer(problem.design.assign)),
        ("qr", qr_value(made, problem.design, problem.labels)),
        ("df.residual", integer(problem.rows - made.rank)),
    ]
    parts += problem.trailing_parts()
    parts += problem.final_parts()
    model = named_list(parts, "lm")
    return model.with_attribute("class", character(["mlm", "lm"]))


@special(
    "lm",
    usage="lm(formula, data, subset, weights, na.action, method = 'qr', model = TRUE, x = FALSE, y = FALSE,"
    " qr = TRUE, singular.ok = TRUE, contrasts = NULL, offset, ...)",
)
def lm(call: Call, env: Environment) -> Any:
    problem = Problem("lm", call, env)
    session.visible = True
    y = problem.response
    if has_class(y, "factor") or y.type == "character":
        raise UserError(
            "NA/NaN/Inf in 'y'",
            code=Code.TYPE,
            cause="the response is no number",
            cure="use glm() for classes",
        )
    if y.dim is not None and len(y.dim) == 2 and y.dim[1] > 1:
        return _several_responses(problem, y)
    target = _doubles(y) - (0 if problem.offset is None else problem.offset)
    w = problem.weights
    root = np.ones(problem.rows) if w is None else np.sqrt(w)
    made = decompose(problem.design.matrix * root[:, None])
    rotated = made.transposed_times(target * root)
    coefficients = made.coefficients(target * root)
    kept = rotated.copy()
    kept[: made.rank] = 0
    left = made.times(kept) / np.where(root == 0, 1, root)
    values = target - left + (0 if problem.offset is None else problem.offset)
    names = problem.design.names
    effect_names = [names[j] for j in made.pivot[: made.rank]] + [""] * (problem.rows - made.rank)
    parts: list[tuple[str, Any]] = [
        ("coefficients", double(coefficients, {"names": character(names)})),
        ("residuals", problem.named(left)),
    ]
    effects = ("effects", double(rotated, {"names": character(effect_names)}))
    if w is None:
        parts += [effects, ("rank", integer(made.rank)), ("fitted.values", problem.named(values))]
    else:
        parts += [("fitted.values", problem.named(values)), effects]
        parts += [("weights", double(w)), ("rank", integer(made.rank))]
    used = problem.rows if w is None else int((w != 0).sum())
    parts += [
        ("assign", integer(problem.design.assign)),
        ("qr", qr_value(made, problem.design, problem.labels)),
    ]
    parts.append(("df.residual", integer(used - made.rank)))
    parts += problem.trailing_parts()
    if problem.offset is not None:
        parts.append(("offset", double(problem.offset)))
    parts += problem.final_parts()
    if one_flag(value_of(problem.given, "x", FALSE), "x"):
        parts.append(("x", matrix_value(problem.design, problem.labels)))
    if one_flag(value_of(problem.given, "y", FALSE), "y"):
        parts.append(("y", problem.named(_doubles(y))))
    return named_list(parts, "lm")


# --- printing ----------------------------------------------------------------------------------------------


def call_lines(model: Any) -> list[str]:
    return ["", "Call:", *deparse_lines(part(model, "call")), ""]


def print_digits(digits: Any = None) -> int:
    return max(3, session.option_int("digits") - 3) if digits is None else one_int(digits, "digits")


def coefficient_lines(values: RVector, digits: int) -> list[str]:
    cells = shown(values.data, digits)
    return named_lines(cells, values.names or [], session.option_int("width"), 2)


def write(lines: list[str]) -> None:
    session.write("\n".join(lines) + "\n")


@builtin("print.lm(x, digits = max(3L, getOption('digits') - 3L), ...)", invisible=True)
def print_lm(x, digits, dots):
    values = part(x, "coefficients")
    lines = ["Coefficients:", *coefficient_lines(values, print_digits(digits))]
    write([*call_lines(x), *(lines if len(values) else ["No coefficients"]), ""])
    return x


# --- summary -----------------------------------------------------------------------------------------------


def qr_of(model: Any) -> QR:
    """The decomposition inside a fitted model."""
    return decomposition(part(model, "qr"))


def _weights_of(model: Any) -> np.ndarray:
    found = numbers_in(model, "weights")
    return found if len(found) else np.ones(len(numbers_in(model, "residuals")))


def unscaled(model: Any) -> tuple[np.ndarray, list[str]]:
    """(X'WX)^-1 over the coefficients that are there, and their names."""
    made = qr_of(model)
    names = part(model, "coefficients").names
    return made.unscaled_covariance(), [names[j] for j in made.pivot[: made.rank]]


@builtin("summary.lm(object, correlation = FALSE, symbolic.cor = FALSE, ...)")
def summary_lm(x, correlation, symbolic, dots):
    left, values, w = numbers_in(x, "residuals"), numbers_in(x, "fitted.values"), _weights_of(x)
    df = int(one_number(part(x, "df.residual"), "df"))
    table, names = unscaled(x)
    estimates = part(x, "coefficients")
    rank = len(names)
    intercept = int(part(x, "terms").attributes["intercept"].data[0])
    rss = float((w * left**2).sum())
    centre = float((w * values).sum() / w.sum()) if intercept else 0.0
    mss = float((w * (values - centre) ** 2).sum())
    variance = rss / df if df else np.nan
    if np.isfinite(variance) and variance < (values.mean() ** 2 + values.var(ddof=1)) * 1e-30:
        warn("essentially perfect fit: summary may be unreliable")
    known = ~np.isnan(estimates.data)
    est = estimates.data[known]
    with np.errstate(all="ignore"):
        errors = np.sqrt(np.diagonal(table) * variance)
        t = est / errors
    p = 2 * _tail(np.abs(t), df)
    rows = [n for n, ok in zip(estimates.names or [], known, strict=True) if ok]
    heads = ["Estimate", "Std. Error", "t value", "Pr(>|t|)"]
    grid = np.column_stack([est, errors, t, p]) if rank else np.empty((0, 4))
    weighted = left * np.sqrt(w)
    parts: list[tuple[str, Any]] = [
        ("call", part(x, "call")),
        ("terms", part(x, "terms")),
        *([("weights", part(x, "weights"))] if part(x, "weights") is not NULL else []),
        ("residuals", double(weighted, {"names": part(x, "residuals").attribute("names")})),
        ("coefficients", from_grid(grid, rlist([character(rows), character(heads)]))),
        ("aliased", _flags(~known, estimates.names or [])),
        ("sigma", double(float(np.sqrt(variance)))),
        ("df", integer([rank, df, len(estimates)])),
    ]
    if rank != intercept:
        r2 = mss / (mss + rss)
        n = int((w != 0).sum())
        adjusted = 1 - (1 - r2) * ((n - intercept) / df) if df else np.nan
        f = mss / (rank - intercept) / variance if variance else np.inf
        figures = {"value": f, "numdf": float(rank - intercept), "dendf": float(df)}
        parts += [("r.squared", double(r2)), ("adj.r.squared", double(adjusted))]
        parts.append(("fstatistic", double(list(figures.values()), {"names": character(list(figures))})))
    else:
        parts += [("r.squared", double(0.0)), ("adj.r.squared", double(0.0))]
    both = rlist([character(names), character(names)])
    parts.append(("cov.unscaled", from_grid(table, both)))
    if part(x, "na.action") is not NULL:
        parts.append(("na.action", part(x, "na.action")))
    return named_list(parts, "summary.lm")


def _flags(values: np.ndarray, names: list[str | None]) -> RVector:
    return RVector("logical", values.astype(np.int8), {"names": character(names)})


def _tail(t: np.ndarray, df: int) -> np.ndarray:
    """P(T > t)."""
    if not df:
        return np.full(len(t), np.nan)
    return invoke("pt", double(t), double(float(df)), lower_tail=FALSE).data


def residual_lines(left: np.ndarray, names: Any, df: int, digits: int) -> list[str]:
    """The five figures of residuals, or all of them where they are few."""
    if df <= 5:
        if df <= 0:
            return [f"ALL {len(left)} residuals are 0: no residual degrees of freedom!"]
        cells = shown(left, digits)
        return named_lines(cells, list(names.data), session.option_int("width"))
    figures = invoke("quantile", double(left), names=FALSE).data
    figures = _zapped(figures, digits + 1)
    return named_lines(
        shown(figures, digits), ["Min", "1Q", "Median", "3Q", "Max"], session.option_int("width")
    )


def _zapped(values: np.ndarray, digits: int) -> np.ndarray:
    return invoke("zapsmall", double(values), integer(digits)).data


@builtin("print.summary.lm(x, digits = max(3L, getOption('digits') - 3L), ...)", invisible=True)
def print_summary_lm(x, digits, dots):
    figures = print_digits(digits)
    _rank, df, _ = (int(v) for v in part(x, "df").data)
    left = part(x, "residuals")
    weighted = part(x, "weights") is not NULL and np.ptp(numbers_in(x, "weights")) > 0
    lines = [*call_lines(x), f"{'Weighted ' if weighted else ''}Residuals:"]
    lines += residual_lines(left.data, left.attribute("names"), df, figures)
    lines += ["", *_coefficient_block(x, figures), ""]
    lines.append(
        f"Residual standard error: {shown([part(x, 'sigma').data[0]], figures)[0]} on {df} degrees of freedom"
    )
    action = part(x, "na.action")
    if action is not NULL:
        lines.append(f"  ({missing_text(action)})")
    f = part(x, "fstatistic")
    if f is not NULL:
        value, over, under = f.data
        r2, adjusted = (one(part(x, n).data[0], figures) for n in ("r.squared", "adj.r.squared"))
        p = invoke("pf", double(value), double(over), double(under), lower_tail=FALSE).data
        lines.append(f"Multiple R-squared:  {r2},\tAdjusted R-squared:  {adjusted} ")
        lines.append(
            f"F-statistic: {one(value, figures)} on {over:g} and {under:g} DF,"
            f"  p-value: {format_p(p, figures)[0]}".replace("p-value: <", "p-value: <")
        )
    write([*lines, ""])
    return x


def missing_text(action: RVector) -> str:
    n = len(action)
    return f"{n} observation{'s' if n > 1 else ''} deleted due to missingness"


def _coefficient_block(x: Any, figures: int) -> list[str]:
    table = part(x, "coefficients")
    aliased = part(x, "aliased")
    if not len(table) and not len(aliased):
        return ["No Coefficients"]
    grid = table.data.reshape(table.dim, order="F")
    rows, heads = (list(d.data) for d in table.attribute("dimnames").data)
    gone = int(aliased.data.sum())
    title = "Coefficients:"
    if gone:
        title = f"Coefficients: ({gone} not defined because of singularities)"
        full = np.full((len(aliased), grid.shape[1]), np.nan)
        full[aliased.data == 0] = grid
        grid, rows = full, aliased.names or []
    return [title, *table_lines(grid, rows, heads, figures)]


# --- predictions -------------------------------------------------------------------------------------------


def new_design(model: Any, newdata: Any, env: Environment) -> tuple[Design, list[str]]:
    """The design matrix of new data under the coding of a fitted model."""
    formula = part(model, "terms")
    found = terms_of(formula)
    bare = Terms(None, found.variables, found.terms, found.intercept)
    scope = data_environment(newdata, formula.attributes.get(".Environment") or env)
    values = [evaluate(node, scope) for node in bare.variables.values()]
    levels = {name: list(v.data) for name, v in by_name(part(model, "xlevels")).items()}
    chosen = by_name(part(model, "contrasts"))
    rows = row_count(newdata) if is_frame(newdata) else len(values[0]) if values else 0
    return design(bare, values, rows, chosen, levels), labels_of_rows(newdata, rows)


def predicted(model: Any, newdata: Any, env: Environment) -> tuple[np.ndarray, Design, list[str]]:
    made, labels = new_design(model, newdata, env)
    values = np.where(np.isnan(estimates := part(model, "coefficients").data), 0, estimates)
    if np.isnan(estimates).any():
        warn("prediction from a rank-deficient fit may be misleading")
    return made.matrix @ values, made, labels


@builtin(
    "predict.lm(object, newdata, se.fit = FALSE, scale = NULL, df = Inf,"
    " interval = c('none', 'confidence', 'prediction'), level = 0.95, type = c('response', 'terms'),"
    " terms = NULL, na.action = na.pass, pred.var = res.var/weights, weights = 1, ...)"
)
def predict_lm(
    ctx,
    x,
    newdata=None,
    se_fit=FALSE,
    scale=None,
    df=None,
    interval=None,
    level=None,
    type=None,
    terms=None,
    action=None,
    pred_var=None,
    weights=None,
    dots=(),
):
    kind = "none" if interval is None else str(strings(interval, "interval")[0])
    errors = one_flag(se_fit, "se.fit")
    if newdata is None or newdata is NULL:
        if kind == "none" and not errors:
            return invoke("fitted", x)
        newdata = part(x, "model")
        values = numbers_in(x, "fitted.values")
        matrix = design(
            terms_of(part(x, "terms")),
            list(newdata.data[1 : 1 + len(terms_of(part(x, "terms")).variables)]),
            len(values),
        ).matrix
        labels = row_labels(newdata)
    else:
        values, made, labels = predicted(x, newdata, ctx.env)
        matrix = made.matrix
    named = {"names": character(labels)}
    if kind == "none" and not errors:
        return double(values, named)
    qr = qr_of(x)
    own = matrix[:, qr.pivot[: qr.rank]]
    left = int(one_number(part(x, "df.residual"), "df"))
    variance = float((_weights_of(x) * numbers_in(x, "residuals") ** 2).sum()) / left
    spread = np.einsum("ij,jk,ik->i", own, qr.unscaled_covariance(), own) * variance
    fit: RVector = double(values, named)
    if kind != "none":
        chance = 0.95 if level is None else one_number(level, "level")
        t = float(invoke("qt", double((1 - chance) / 2), double(float(left))).data[0])
        wide = np.sqrt(spread + (variance if kind == "prediction" else 0)) * t
        heads = rlist([character(labels), character(["fit", "lwr", "upr"])])
        fit = from_grid(np.column_stack([values, values + wide, values - wide]), heads)
    if not errors:
        return fit
    one = len(spread) == 1  # R drops the name of a single row
    parts = [
        fit,
        double(np.sqrt(spread), None if one else named),
        integer(left),
        double(float(np.sqrt(variance))),
    ]
    return rlist(parts, ["fit", "se.fit", "df", "residual.scale"])

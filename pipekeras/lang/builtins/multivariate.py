"""Many variables at once: prcomp, its print, summary and predictions; cor.test."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..coefficients import format_p, shown
from ..coerce import convert_data, one_flag, one_number, strings
from ..conditions import warn
from ..deparse import deparse_value
from ..design import design, terms_of
from ..formulas import is_formula, sides, summands
from ..frames import is_frame
from ..generics import invoke
from ..printing import Style, array_lines
from ..registry import builtin
from ..session import session
from ..values import FALSE, NULL, TRUE, RVector, character, double, integer, rlist
from .linalg import from_grid
from .models import part


def _table(x: Any) -> tuple[np.ndarray, list[str], Any]:
    """A numeric matrix or data frame as array, with its column names and row names."""
    if is_frame(x):
        x = invoke("as.matrix", x)
    if not isinstance(x, RVector) or x.type not in ("integer", "double", "logical"):
        raise UserError("'x' must be numeric", code=Code.TYPE, cure="leave out the columns of text")
    grid = convert_data(x.data, x.type, "double").reshape(x.dim or (-1, 1), order="F")
    labels = x.attribute("dimnames")
    rows, columns = labels.data if labels is not None else (NULL, NULL)
    return grid, list(columns.data) if isinstance(columns, RVector) else [], rows


@builtin("prcomp(x, ...)", generic=True)
def prcomp(ctx, x, dots):
    named = {n or f"_{i}": v for i, (n, v) in enumerate(dots)}
    if is_formula(x):
        data = named.get("data", NULL)
        terms = terms_of(x, data)
        terms.intercept = False
        from .design import frame_of_model
        from .models import formula_of

        frame = frame_of_model(formula_of(x), terms, data, ctx.env, {}, character("na.omit"))
        made = design(terms, list(frame.data), len(frame.data[0]))
        labels = rlist([character([str(i + 1) for i in range(len(made.matrix))]), character(made.names)])
        x = from_grid(made.matrix, labels)
    grid, names, rows = _table(x)
    if np.isnan(grid).any():
        raise UserError("infinite or missing values in 'x'", code=Code.VALUE, cure="use na.omit()")
    centred = one_flag(named.get("center", TRUE), "center")
    scaled = one_flag(named.get("scale.", named.get("scale", FALSE)), "scale.")
    centre = grid.mean(axis=0)
    moved = grid - centre if centred else grid
    spread = np.sqrt((moved**2).sum(axis=0) / max(1, len(grid) - 1))
    if scaled and (spread == 0).any():
        raise UserError("cannot rescale a constant/zero column to unit variance", code=Code.VALUE)
    moved = moved / spread if scaled else moved
    _, sizes, axes = np.linalg.svd(moved, full_matrices=False)
    rotation = axes.T
    sdev = sizes / math.sqrt(max(1, len(grid) - 1))
    kept = len(sdev)
    if "rank." in named and named["rank."] is not NULL:
        kept = min(kept, int(one_number(named["rank."], "rank.")))
    if "tol" in named and named["tol"] is not NULL:
        kept = min(kept, int((sdev > sdev[0] * one_number(named["tol"], "tol")).sum()))
        sdev = sdev[:kept]
    rotation = rotation[:, :kept]
    heads = character([f"PC{k + 1}" for k in range(kept)])
    attributes = {"names": character(names)} if names else None
    parts = {
        "sdev": double(sdev),
        "rotation": from_grid(rotation, rlist([character(names) if names else NULL, heads])),
        "center": double(centre, attributes) if centred else FALSE,
        "scale": double(spread, attributes) if scaled else FALSE,
    }
    if one_flag(named.get("retx", TRUE), "retx"):
        parts["x"] = from_grid(moved @ rotation, rlist([rows, heads]))
    return rlist(list(parts.values()), list(parts), {"class": character("prcomp")})


@builtin("print.prcomp(x, digits = max(3L, getOption('digits') - 3L), ...)", invisible=True)
def print_prcomp(x, digits, dots):
    rotation, sdev = part(x, "rotation"), part(x, "sdev")
    rows, columns = rotation.dim
    session.write(f"Standard deviations (1, .., p={len(sdev)}):\n")
    invoke("print.default", double(sdev.data))
    session.write(f"\nRotation (n x k) = ({rows} x {columns}):\n")
    invoke("print.default", rotation)
    return x


@builtin("summary.prcomp(object, ...)")
def summary_prcomp(x, dots):
    sdev = part(x, "sdev").data
    shares = sdev**2 / (sdev**2).sum()
    grid = np.vstack([sdev, np.round(shares, 5), np.round(np.cumsum(shares), 5)])
    kept = part(x, "rotation").dim[1]
    rows = character(["Standard deviation", "Proportion of Variance", "Cumulative Proportion"])
    heads = character([f"PC{k + 1}" for k in range(kept)])
    table = from_grid(grid[:, :kept], rlist([rows, heads]))
    names = [*(x.names or []), "importance"]
    return rlist([*x.data, table], names, {"class": character("summary.prcomp")})


@builtin("print.summary.prcomp(x, digits = max(3L, getOption('digits') - 3L), ...)", invisible=True)
def print_summary_prcomp(x, digits, dots):
    table = part(x, "importance")
    session.write("Importance of components:\n")
    style = Style(digits=int(one_number(digits, "digits")))
    session.write("\n".join(array_lines(table, style)) + "\n")
    return x


@builtin("predict.prcomp(object, newdata, ...)")
def predict_prcomp(x, newdata=None, dots=()):
    if newdata is None:
        return part(x, "x")
    rotation = part(x, "rotation")
    wanted = rotation.attribute("dimnames").data[0]
    grid, names, rows = _table(newdata)
    if wanted is not NULL:
        missing = [n for n in wanted.data if n not in names]
        if missing:
            raise UserError(
                "'newdata' does not have named columns matching one or more of the original columns",
                code=Code.VALUE,
            )
        grid = grid[:, [names.index(n) for n in wanted.data]]
    for name, combine in (("center", np.subtract), ("scale", np.divide)):
        value = part(x, name)
        grid = combine(grid, value.data) if value.type == "double" else grid
    axes = rotation.data.reshape(rotation.dim, order="F")
    return from_grid(grid @ axes, rlist([rows, rotation.attribute("dimnames").data[1]]))


# --- cor.test ----------------------------------------------------------------------------------------------


@builtin("cor.test(x, ...)", generic=True)
def cor_test(ctx, x, dots):
    named = {n: v for n, v in dots if n}
    nodes = (
        [a for a in ctx.call.args if a.name not in ("method", "alternative", "conf.level", "exact")]
        if ctx.call
        else []
    )
    if is_formula(x):
        data = named.get("data", dots[0][1] if dots else NULL)
        names = [deparse_value(node) for node in summands(sides(x)[1])]
        columns = [part(data, name) for name in names]
        pair, title = columns, " and ".join(names)
    else:
        y = named.get("y", next((v for n, v in dots if not n), NULL))
        pair = [x, y]
        title = " and ".join(deparse_value(a.value) for a in nodes[:2])
    a, b = (_numeric(v, n) for v, n in zip(pair, "xy", strict=True))
    if len(a) != len(b):
        raise UserError("'x' and 'y' must have the same length", code=Code.VALUE)
    known = ~(np.isnan(a) | np.isnan(b))
    a, b = a[known], b[known]
    method = str(strings(named.get("method", character("pearson")), "method")[0])
    side = str(strings(named.get("alternative", character("two.sided")), "alternative")[0])
    if method != "pearson":
        raise UserError(
            f"cor.test() by method {method} is not provided",
            code=Code.UNSUPPORTED,
            cure='use cor(), or method = "pearson"',
        )
    n = len(a)
    if n < 3:
        raise UserError("not enough finite observations", code=Code.VALUE)
    level = one_number(named.get("conf.level", double(0.95)), "conf.level")
    return _pearson(a, b, n, title, side, level)


def _numeric(x: Any, name: str) -> np.ndarray:
    if not isinstance(x, RVector) or x.type not in ("double", "integer"):
        raise UserError(f"'{name}' must be a numeric vector", code=Code.TYPE)
    return convert_data(x.data, x.type, "double")


def _pearson(a: np.ndarray, b: np.ndarray, n: int, title: str, side: str, level: float) -> RVector:
    """Student's t of a correlation, and Fisher's interval."""
    r = float(invoke("cor", double(a), double(b)).data[0])
    df = n - 2
    if r != r:
        warn("the standard deviation is zero")
    t = math.sqrt(df) * r / math.sqrt(1 - r * r) if abs(r) < 1 else math.copysign(math.inf, r)
    below = float(invoke("pt", double(t), double(float(df))).data[0])
    above = float(invoke("pt", double(t), double(float(df)), lower_tail=FALSE).data[0])
    p = {"less": below, "greater": above}.get(side, 2 * min(below, above))
    parts: dict[str, Any] = {
        "statistic": double([t], {"names": character("t")}),
        "parameter": integer([df], {"names": character("df")}),
        "p.value": double(p),
        "estimate": double([r], {"names": character("cor")}),
        "null.value": double([0.0], {"names": character("correlation")}),
        "alternative": character(side),
        "method": character("Pearson's product-moment correlation"),
        "data.name": character(title),
    }
    if n > 3:
        tail = level if side != "two.sided" else (1 + level) / 2
        wide = float(invoke("qnorm", double(tail)).data[0]) / math.sqrt(n - 3)
        z = math.atanh(r) if abs(r) < 1 else math.copysign(math.inf, r)
        low = -1.0 if side == "less" else math.tanh(z - wide)
        high = 1.0 if side == "greater" else math.tanh(z + wide)
        parts["conf.int"] = double([low, high], {"conf.level": double(level)})
    return rlist(list(parts.values()), list(parts), {"class": character("htest")})


@builtin("print.htest(x, digits = getOption('digits'), prefix = '\\t', ...)", invisible=True)
def print_htest(x, digits, prefix, dots):
    figures = int(one_number(digits, "digits"))
    fewer = max(1, figures - 2)
    lines = ["", "\t" + part(x, "method").data[0], "", "data:  " + part(x, "data.name").data[0]]
    items = []
    for name in ("statistic", "parameter"):
        value = part(x, name)
        if value is not NULL:
            items.append(f"{(value.names or [''])[0]} = {_shortest(float(value.data[0]), fewer)}")
    p = part(x, "p.value")
    if p is not NULL:
        text = format_p(p.data, max(1, figures - 3))[0]
        items.append(f"p-value {text}" if text.startswith("<") else f"p-value = {text}")
    lines.append(", ".join(items))
    kind, null = part(x, "alternative"), part(x, "null.value")
    if kind is not NULL and null is not NULL:
        word = {"two.sided": "not equal to", "less": "less than", "greater": "greater than"}[kind.data[0]]
        lines.append(f"alternative hypothesis: true {(null.names or [''])[0]} is {word} {null.data[0]:g}")
    interval = part(x, "conf.int")
    if interval is not NULL:
        share = 100 * interval.attribute("conf.level").data[0]
        lines.append(f"{shown([share])[0]} percent confidence interval:")
        lines.append(" " + " ".join(c for c in shown(interval.data[:2], figures)))
    estimate = part(x, "estimate")
    session.write("\n".join(lines) + "\n")
    if estimate is not NULL:
        session.write("sample estimates:\n")
        invoke("print", estimate)
    session.write("\n")
    return x


def _shortest(value: float, digits: int) -> str:
    return shown([value], digits)[0]

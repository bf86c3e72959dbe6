"""Many variables at once: prcomp, its print, summary and predictions."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..frames import is_frame
from ..generics import invoke
from ..models.design import design, terms_of
from ..models.formulas import is_formula
from ..registry import builtin
from ..session import session
from ..text.printing import Style, array_lines
from ..values import FALSE, NULL, TRUE, RVector, character, double, rlist
from ..vectors.coerce import convert_data, one_flag, one_number
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

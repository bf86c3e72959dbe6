"""Distances between the rows of a matrix: dist() and how it is shown."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError, did_you_mean
from ..generics import invoke
from ..registry import Context, builtin
from ..text.format import format_numbers
from ..values import NULL, Dots, RVector, character, double, integer, logical, rlist
from ..vectors.coerce import one_flag, one_number, one_string
from .linalg import from_grid, matrix_of
from .matrices import as_matrix

_METHODS = ("euclidean", "maximum", "manhattan", "canberra", "binary", "minkowski")


@builtin("dist(x, method = 'euclidean', diag = FALSE, upper = FALSE, p = 2)")
def dist(ctx: Context, x: Any, method: Any, diag: Any, upper: Any, p: Any) -> RVector:
    given = one_string(method, "method")
    kind = next((name for name in _METHODS if name.startswith(given)), None)
    if kind is None:
        raise UserError("invalid distance method", code=Code.ARGUMENT, cure=did_you_mean(given, _METHODS))
    x = invoke("as.matrix", x)
    grid = matrix_of(x, "x")
    first, second = np.tril_indices(len(grid), -1)
    order = np.lexsort((first, second))
    pairs = grid[first[order]], grid[second[order]]
    dimnames = as_matrix(x).attribute("dimnames")
    attributes: dict[str, Any] = {"Size": integer(len(grid))}
    if dimnames is not None and dimnames.data[0] is not NULL:
        attributes["Labels"] = dimnames.data[0]
    attributes |= {"Diag": logical(one_flag(diag, "diag")), "Upper": logical(one_flag(upper, "upper"))}
    attributes["method"] = character(kind)
    if kind == "minkowski":
        attributes["p"] = p
    return double(_distances(kind, *pairs, one_number(p, "p")), {**attributes, "class": character("dist")})


def _distances(kind: str, a: np.ndarray, b: np.ndarray, p: float) -> np.ndarray:
    gap = np.abs(a - b)
    if kind == "euclidean":
        return np.sqrt((gap * gap).sum(axis=1))
    if kind == "maximum":
        return gap.max(axis=1, initial=0.0)
    if kind == "manhattan":
        return gap.sum(axis=1)
    if kind == "minkowski":
        return (gap**p).sum(axis=1) ** (1 / p)
    if kind == "binary":
        either, both = (a != 0) | (b != 0), (a != 0) & (b != 0)
        some = either.sum(axis=1)
        return np.where(some == 0, 0.0, 1 - both.sum(axis=1) / np.maximum(some, 1))
    size = np.abs(a + b)
    counts = size > 0
    terms = np.divide(gap, size, out=np.zeros_like(gap), where=counts).sum(axis=1)
    return terms * gap.shape[1] / np.maximum(counts.sum(axis=1), 1)


def _labels(x: RVector) -> list[str]:
    own = x.attribute("Labels")
    return [str(i + 1) for i in range(int(x.attribute("Size").data[0]))] if own is None else list(own.data)


def _square(x: RVector) -> np.ndarray:
    size = int(x.attribute("Size").data[0])
    out = np.zeros((size, size))
    second, first = np.triu_indices(size, 1)
    out[first, second] = out[second, first] = x.data
    return out


@builtin("as.matrix.dist(x, ...)")
def dist_as_matrix(x: RVector, dots: Dots) -> RVector:
    labels = character(_labels(x))
    return from_grid(_square(x), rlist([labels, labels]))


@builtin("labels.dist(object, ...)")
def dist_labels(x: RVector, dots: Dots) -> Any:
    return x.attribute("Labels") or NULL


@builtin(
    "print.dist(x, diag = NULL, upper = NULL, digits = getOption('digits'), justify = 'none',"
    " right = TRUE, ...)",
    invisible=True,
)
def print_dist(
    x: RVector, diag: Any, upper: Any, digits: Any, justify: Any, right: Any, dots: Dots
) -> RVector:
    with_diagonal = one_flag(x.attribute("Diag") if diag is NULL else diag, "diag")
    with_upper = one_flag(x.attribute("Upper") if upper is NULL else upper, "upper")
    square = _square(x)
    shown = square if with_diagonal else np.concatenate([x.data, [np.nan]])[:-1]
    texts = format_numbers(double(shown.reshape(-1, order="F")), int(digits.data[0]))
    size = len(square)
    cells = np.full((size, size), "", dtype=object)
    if with_diagonal:
        cells[:] = np.array(texts, dtype=object).reshape(size, size, order="F")
    else:
        second, first = np.triu_indices(size, 1)
        cells[first, second] = cells[second, first] = texts
    if not with_upper:
        cells[np.triu_indices(size, 1)] = ""
    labels = _labels(x)
    trimmed = not with_upper and not with_diagonal
    rows, columns = (labels[1:], labels[:-1]) if trimmed else (labels, labels)
    if trimmed:
        cells = cells[1:, :-1]
    made = character(list(cells.flatten(order="F"))).with_attributes(
        {"dim": integer(list(cells.shape)), "dimnames": rlist([character(rows), character(columns)])}
    )
    invoke("print", made, quote=logical(False), right=right)
    return x

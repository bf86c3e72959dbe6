"""Linear algebra: products, solve, det, decompositions, Kronecker and outer products."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..evaluator.calls import call_function, match_function
from ..foreign import foreign_type
from ..generics import invoke
from ..models import lapack
from ..models.householder import QR, decompose
from ..registry import Context, builtin
from ..session import session
from ..values import MISSING, NULL, Dots, RVector, character, double, integer, logical, rlist
from ..vectors.coerce import NUMERIC, convert_data, guard_growth, has_class, one_flag, one_string
from .matrices import as_matrix


def numbers_of(x: Any) -> np.ndarray:
    kind = "complex" if x.type == "complex" else "double"
    return convert_data(x.data, x.type, kind)


def matrix_of(x: Any, what: str = "a") -> np.ndarray:
    """A numeric matrix argument as a two-dimensional array; a vector is one column."""
    x = as_matrix(x)
    if not isinstance(x, RVector) or x.type not in (*NUMERIC, "complex"):
        raise UserError(f"'{what}' must be a numeric matrix", code=Code.TYPE)
    data = numbers_of(x)
    return data.reshape(x.dim, order="F") if x.dim and len(x.dim) == 2 else data.reshape(-1, 1)


def from_grid(grid: np.ndarray, dimnames: RVector | None = None) -> RVector:
    """A two-dimensional array as R matrix."""
    kind = "complex" if np.iscomplexobj(grid) else "double"
    attributes: dict[str, Any] = {"dim": integer(list(grid.shape))}
    if dimnames is not None:
        attributes["dimnames"] = dimnames
    return RVector(kind, grid.flatten(order="F"), attributes)


# Products


def _factor(x: Any) -> RVector:
    x = as_matrix(x)
    if not isinstance(x, RVector) or x.type not in (*NUMERIC, "complex"):
        raise UserError("requires numeric/complex matrix/vector arguments", code=Code.TYPE)
    return x


def _axis_labels(x: RVector, axis: int) -> tuple[Any, str | None]:
    """The labels of an axis and its title; None where the axes have no titles at all."""
    dimnames = x.attribute("dimnames")
    if dimnames is None or x.dim is None or len(x.dim) != 2:
        return NULL, None
    titles = dimnames.names
    return dimnames.data[axis], (titles[axis] or "") if titles else None


def _product_names(a: RVector, a_axis: int, b: RVector, b_axis: int) -> RVector | None:
    rows, row_title = _axis_labels(a, a_axis)
    columns, column_title = _axis_labels(b, b_axis)
    if rows is NULL and columns is NULL:
        return None
    titled = row_title is not None or column_title is not None
    return rlist([rows, columns], [row_title or "", column_title or ""] if titled else None)


def _non_conformable(a: np.ndarray, b: np.ndarray) -> UserError:
    return UserError(
        "non-conformable arguments",
        code=Code.VALUE,
        cause=f"a {a.shape[0]} x {a.shape[1]} and a {b.shape[0]} x {b.shape[1]} matrix cannot be multiplied",
        cure="the columns of the first must be as many as the rows of the second",
    )


def _is_matrix(x: RVector) -> bool:
    return x.dim is not None and len(x.dim) == 2


@builtin("`%*%`(x, y)", generic=True)
def matmul(x: Any, y: Any) -> Any:
    for operand in (x, y):
        foreign = foreign_type(operand)
        if foreign is not None:
            return foreign.arith("%*%", x, y)
    a, b = _factor(x), _factor(y)
    left, right = _conform(a, b)
    if left.shape[1] != right.shape[0]:
        raise _non_conformable(left, right)
    with np.errstate(all="ignore"):
        return from_grid(lapack.product(left, right), _product_names(a, 0, b, 1))


def _conform(a: RVector, b: RVector) -> tuple[np.ndarray, np.ndarray]:
    """Vectors become rows or columns, whichever fits."""
    left, right = matrix_of(a), matrix_of(b)
    if not _is_matrix(a) and not _is_matrix(b):
        if len(a) == len(b):
            return left.T, right
        return (left, right.T) if len(b) == 1 or len(a) == 1 else (left.T, right)
    if not _is_matrix(a):
        return (left.T, right) if len(a) == right.shape[0] else (left, right)
    if not _is_matrix(b) and len(b) != left.shape[1] and left.shape[1] == 1:
        return left, right.T
    return left, right


@builtin("crossprod(x, y = NULL)")
def crossprod(x: Any, y: Any) -> RVector:
    a = _factor(x)
    b = a if y is NULL else _factor(y)
    left, right = matrix_of(a), matrix_of(b)
    if left.shape[0] != right.shape[0]:
        raise _non_conformable(left.T, right)
    return from_grid(lapack.product(left.T, right), _product_names(a, 1, b, 1))


@builtin("tcrossprod(x, y = NULL)")
def tcrossprod(x: Any, y: Any) -> RVector:
    a = _factor(x)
    b = a if y is NULL else _factor(y)
    left, right = matrix_of(a), matrix_of(b)
    if left.shape[1] != right.shape[1]:
        raise _non_conformable(left, right.T)
    return from_grid(lapack.product(left, right.T), _product_names(a, 0, b, 0))


@builtin("outer(X, Y, FUN = '*', ...)")
def outer(ctx: Context, x: Any, y: Any, fun: Any, dots: Dots) -> Any:
    return outer_product(ctx, x, y, fun, dots)


@builtin("`%o%`(X, Y)")
def outer_operator(ctx: Context, x: Any, y: Any) -> Any:
    return outer_product(ctx, x, y, character("*"), [])


def outer_product(ctx: Context, x: RVector, y: RVector, fun: Any, dots: Dots) -> RVector:
    dim = [*(x.dim or (len(x),)), *(y.dim or (len(y),))]
    size = guard_growth(len(x) * len(y), max(len(x), len(y)), x.type)
    one, two = (_factor_of_product(v) if _is_product(fun) else v for v in (x, y))
    first = RVector(one.type, np.tile(one.data, len(y)))
    second = RVector(two.type, np.repeat(two.data, len(x)))
    out = call_function(match_function(fun, ctx), [(None, first), (None, second), *dots], ctx=ctx)
    if not isinstance(out, RVector) or len(out) != size:
        raise UserError(
            f"dims [product {size}] do not match the length of object [{len(out)}]",
            code=Code.VALUE,
            cause="FUN must be vectorised: one value for each pair",
            cure="wrap it in Vectorize()",
        )
    attributes: dict[str, Any] = {"dim": integer(dim)}
    labels = [*_outer_names(x), *_outer_names(y)]
    if any(label is not NULL for label in labels):
        attributes["dimnames"] = rlist(labels)
    return out.with_attributes(attributes)


def _is_product(fun: Any) -> bool:
    return isinstance(fun, RVector) and fun.type == "character" and list(fun.data) == ["*"]


def _factor_of_product(x: RVector) -> RVector:
    """What the matrix product takes that R's outer() is by default: whole numbers become real."""
    if x.type not in (*NUMERIC, "complex") or has_class(x, "factor"):
        raise UserError("requires numeric/complex matrix/vector arguments", code=Code.TYPE)
    return RVector("complex" if x.type == "complex" else "double", numbers_of(x))


def _outer_names(x: RVector) -> list[Any]:
    if x.dim is not None:
        dimnames = x.attribute("dimnames")
        return list(dimnames.data) if dimnames is not None else [NULL] * len(x.dim)
    names = x.attribute("names")
    return [NULL if names is None else names]


# Solving


def _square(x: Any, message: str) -> np.ndarray:
    grid = matrix_of(x)
    if grid.shape[0] != grid.shape[1]:
        raise UserError(message.format(*grid.shape), code=Code.VALUE)
    return grid


@builtin("solve(a, b, ...)", generic=True)
def solve(a: Any, b: Any = MISSING, dots: Any = ()) -> RVector:
    grid = _square(a, "'a' ({} x {}) must be square")
    n = len(grid)
    right = np.eye(n) if b is MISSING else matrix_of(b, "b")
    if right.shape[0] != n:
        raise UserError(
            f"'b' ({right.shape[0]} x {right.shape[1]}) must be compatible with 'a' ({n} x {n})",
            code=Code.VALUE,
        )
    out = _solved(grid, right)
    if b is MISSING:
        dimnames = a.attribute("dimnames")
        return from_grid(out, rlist([dimnames.data[1], dimnames.data[0]]) if dimnames is not None else None)
    if b.dim is None:
        names = _axis_labels(a, 1)[0]
        return RVector("double", out.reshape(-1), {"names": names} if names is not NULL else None)
    return from_grid(out, _product_names(a, 1, b, 1))


_PROBES = 3
"""Random directions whose growth shows how far the inverse stretches."""
_SAFETY = 1e3
"""How much further it may stretch some other direction, for each row of the matrix, without being noticed."""


def _solved(grid: np.ndarray, right: np.ndarray) -> np.ndarray:
    """X of grid X = right; R's errors where there is none, or none to rely on."""
    if lapack.in_order(grid):
        decomposed = lapack.lu(grid)
        _refuse_singular(grid, decomposed)
        return decomposed.solve(right)
    n = len(grid)
    probes = np.random.default_rng(n).standard_normal((n, _PROBES))
    try:
        out = np.linalg.solve(grid, np.hstack([right, probes]))
    except np.linalg.LinAlgError:
        _refuse_singular(grid, lapack.lu(grid))
        raise
    stretched = np.linalg.norm(out[:, -_PROBES:], axis=0).max() / np.linalg.norm(probes, axis=0).max()
    if not np.linalg.norm(grid, 1) * stretched * n * _SAFETY < 1 / np.finfo(float).eps:
        _refuse_singular(grid, lapack.lu(grid))
    return out[:, :-_PROBES]


def _refuse_singular(grid: np.ndarray, decomposed: lapack.LU) -> None:
    """R's errors for singular matrices, from the pivots of an LU decomposition and from the inverse."""
    pivot = decomposed.zero_pivot
    if pivot:
        raise UserError(
            f"Lapack routine dgesv: system is exactly singular: U[{pivot},{pivot}] = 0",
            code=Code.VALUE,
            cause="a row of the matrix is a combination of the others, so that there is no inverse",
        )
    with np.errstate(all="ignore"):
        number = np.linalg.norm(grid, 1) * np.linalg.norm(np.linalg.inv(grid), 1) if len(grid) else 1.0
    if not 1 / number >= np.finfo(float).eps:
        raise UserError(
            f"system is computationally singular: reciprocal condition number = {1 / number:.6g}",
            code=Code.VALUE,
        )


@builtin("det(x, ...)")
def det(x: Any, dots: Dots) -> RVector:
    log, sign = lapack.lu(_square(x, "'x' must be a square matrix")).log_determinant()
    return double(sign * float(np.exp(log)))


@builtin("determinant(x, logarithm = TRUE, ...)")
def determinant(x: Any, logarithm: Any, dots: Dots) -> RVector:
    log, sign = lapack.lu(_square(x, "'x' must be a square matrix")).log_determinant()
    as_log = one_flag(logarithm, "logarithm")
    modulus = double([float(log if as_log else np.exp(log))], {"logarithm": logical(as_log)})
    return rlist([modulus, integer(int(sign))], ["modulus", "sign"], {"class": character("det")})


@builtin("backsolve(r, x, k = ncol(r), upper.tri = TRUE, transpose = FALSE)")
def backsolve(r: Any, x: Any, k: Any, upper_tri: Any, transpose: Any) -> RVector:
    return _triangular(r, x, one_flag(upper_tri, "upper.tri"), one_flag(transpose, "transpose"))


@builtin("forwardsolve(l, x, k = ncol(l), upper.tri = FALSE, transpose = FALSE)")
def forwardsolve(left: Any, x: Any, k: Any, upper_tri: Any, transpose: Any) -> RVector:
    return _triangular(left, x, one_flag(upper_tri, "upper.tri"), one_flag(transpose, "transpose"))


def _triangular(r: Any, x: Any, upper: bool, transpose: bool) -> RVector:
    grid = np.triu(matrix_of(r)) if upper else np.tril(matrix_of(r))
    out = np.linalg.solve(grid.T if transpose else grid, matrix_of(x))
    return from_grid(out) if x.dim is not None else double(out.reshape(-1))


# Decompositions


@builtin("chol(x, ...)", generic=True)
def chol(x: Any, dots: Dots) -> RVector:
    grid = _square(x, "'a' must be a square matrix")
    try:
        return from_grid(np.linalg.cholesky(grid).T, x.attribute("dimnames"))
    except np.linalg.LinAlgError:
        order = next(k for k in range(1, len(grid) + 1) if np.linalg.det(grid[:k, :k]) <= 0)
        raise UserError(f"the leading minor of order {order} is not positive definite") from None


@builtin("chol2inv(x, size = NCOL(x), LINPACK = FALSE)")
def chol2inv(x: Any, size: Any, linpack: Any) -> RVector:
    grid = np.triu(matrix_of(x))
    return from_grid(np.linalg.inv(grid.T @ grid))


@builtin("svd(x, nu = min(n, p), nv = min(n, p))")
def svd(x: Any, nu: Any = MISSING, nv: Any = MISSING) -> RVector:
    grid = matrix_of(x)
    u, d, vt = np.linalg.svd(grid, full_matrices=False)
    # LAPACK's signs, as R has them
    parts = [("d", double(d))]
    if nu is MISSING or nu.data[0]:
        parts.append(("u", from_grid(u if nu is MISSING else u[:, : int(nu.data[0])])))
    if nv is MISSING or nv.data[0]:
        parts.append(("v", from_grid(vt.T if nv is MISSING else vt.T[:, : int(nv.data[0])])))
    return rlist([v for _, v in parts], [n for n, _ in parts])


@builtin("eigen(x, symmetric, only.values = FALSE, EISPACK = FALSE)")
def eigen(x: Any, symmetric: Any = MISSING, only_values: Any = MISSING, eispack: Any = MISSING) -> RVector:
    grid = _square(x, "non-square matrix in 'eigen'")
    if not np.isfinite(grid).all():
        raise UserError("infinite or missing values in 'x'", code=Code.VALUE)
    same = (
        np.allclose(grid, grid.T.conj(), rtol=100 * np.finfo(float).eps)
        if symmetric is MISSING
        else (one_flag(symmetric, "symmetric"))
    )
    values, vectors = lapack.symmetric_eigen(grid) if same else _general_eigen(grid)
    out = RVector("complex" if np.iscomplexobj(values) else "double", values.copy())
    bare = only_values is not MISSING and one_flag(only_values, "only.values")
    return rlist(
        [out, NULL if bare else from_grid(vectors)], ["values", "vectors"], {"class": character("eigen")}
    )


def _general_eigen(grid: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Eigenvalues, largest absolute value first, and their vectors as columns."""
    values, vectors = np.linalg.eig(grid)
    order = np.argsort(-np.abs(values), kind="stable")
    return values[order], vectors[:, order]


@builtin("print.eigen(x, ...)", invisible=True)
def print_eigen(x: RVector, dots: Dots) -> RVector:
    session.write("eigen() decomposition\n")
    kept = {name: value for name, value in (x.attributes or {}).items() if name != "class"}
    invoke("print", x.with_attributes(kept))
    return x


@builtin("rcond(x, norm = c('O', 'I', '1'), triangular = FALSE, ...)")
def rcond(x: Any, norm: Any, triangular: Any, dots: Dots) -> RVector:
    """1 / (norm of x times norm of its inverse); the inverse is computed where LAPACK estimates its norm."""
    grid = _square(x, "'{} x {}' matrix is not square")
    if one_flag(triangular, "triangular"):
        grid = np.triu(grid)
    if lapack.lu(grid).zero_pivot:
        return double(0.0)
    kind = np.inf if norm.data[0] == "I" else 1
    return double(float(1 / (np.linalg.norm(grid, kind) * np.linalg.norm(np.linalg.inv(grid), kind))))


@builtin("qr(x, ...)", generic=True)
def qr(x: Any, dots: Dots) -> RVector:
    """LINPACK's compact QR decomposition, as `lm` keeps it."""
    if isinstance(x, RVector) and "qr" in (x.names or []):  # a fitted model
        return x.data[(x.names or []).index("qr")]
    made = decompose(matrix_of(x))
    labels = x.attribute("dimnames") if isinstance(x, RVector) else None
    if labels is not None and isinstance(labels.data[1], RVector):
        labels = rlist([labels.data[0], character([labels.data[1].data[j] for j in made.pivot])])
    parts = [
        from_grid(made.compact, labels),
        integer(made.rank),
        double(made.first),
        integer(made.pivot + 1),
    ]
    return rlist(parts, ["qr", "rank", "qraux", "pivot"], {"class": character("qr")})


def decomposition(qr: RVector) -> QR:
    """The decomposition inside an R object of class "qr"."""
    found = dict(zip(qr.names or [], qr.data, strict=True))
    pivot = found["pivot"].data.astype(int) - 1
    return QR(matrix_of(found["qr"]), found["qraux"].data, pivot, int(found["rank"].data[0]))


@builtin("qr.Q(qr, complete = FALSE, Dvec)")
def qr_q(qr: RVector, complete: Any, diagonal: Any = None) -> RVector:
    made = decomposition(qr)
    rows = len(made.compact)
    return from_grid(
        made.times(np.eye(rows, rows if one_flag(complete, "complete") else min(made.compact.shape)))
    )


@builtin("qr.R(qr, complete = FALSE, ...)")
def qr_r(qr: RVector, complete: Any, dots: Dots) -> RVector:
    labels = qr.data[0].attribute("dimnames")
    upper = decomposition(qr).upper
    if labels is not None and isinstance(labels.data[0], RVector):
        labels = rlist([character(labels.data[0].data[: len(upper)]), labels.data[1]])
    return from_grid(upper, labels)


def _fitting(usage: str, work: Any) -> None:
    @builtin(usage)
    def run(qr: RVector, y: Any, k: Any = None) -> RVector:
        out = work(decomposition(qr), matrix_of(y, "y") if y.dim is not None else numbers_of(y))
        return from_grid(out) if out.ndim == 2 else double(out)


def _fitted(made: QR, y: np.ndarray) -> np.ndarray:
    rotated = made.transposed_times(y)
    rotated[made.rank :] = 0
    return made.times(rotated)


@builtin("qr.coef(qr, y)")
def qr_coef(qr: RVector, y: Any) -> RVector:
    made = decomposition(qr)
    out = made.coefficients(matrix_of(y, "y") if y.dim is not None else numbers_of(y))
    labels = qr.data[0].attribute("dimnames")
    names: Any = labels.data[1] if labels is not None else NULL
    if names is not NULL:
        names = character([names.data[i] for i in np.argsort(made.pivot)])
    if out.ndim == 2:
        return from_grid(out, rlist([names, NULL]) if names is not NULL else None)
    return double(out, {"names": names} if names is not NULL else None)


_fitting("qr.fitted(qr, y, k = qr$rank)", _fitted)
_fitting("qr.resid(qr, y)", lambda made, y: y - _fitted(made, y))
_fitting("qr.qty(qr, y)", lambda made, y: made.transposed_times(y))
_fitting("qr.qy(qr, y)", lambda made, y: made.times(y))


@builtin("qr.solve(a, b, tol = 1e-7)")
def qr_solve(a: Any, b: Any = MISSING, tol: Any = MISSING) -> RVector:
    made = decomposition(a) if has_class(a, "qr") else decompose(matrix_of(a))
    if made.rank < min(made.compact.shape):
        raise UserError("singular matrix 'a' in solve", code=Code.VALUE)
    right = np.eye(len(made.compact)) if b is MISSING else matrix_of(b, "b")
    out = made.coefficients(right)
    return from_grid(out) if b is MISSING or b.dim is not None else double(out.reshape(-1))


@builtin("norm(x, type = c('O', 'I', 'F', 'M', '2'))")
def norm(x: Any, type: Any) -> RVector:
    grid = matrix_of(x)
    kind = one_string(type, "type").upper()
    size = np.abs(grid)
    if kind in ("F", "E"):
        return double(float(np.sqrt((size * size).sum())))
    if kind == "M":
        return double(float(size.max()) if size.size else 0.0)
    if kind == "2":
        return double(float(np.linalg.norm(grid, 2)))
    if kind not in ("O", "1", "I"):
        raise UserError(f"invalid 'type': \"{type.data[0]}\"", code=Code.ARGUMENT)
    return double(float(size.sum(axis=1 if kind == "I" else 0).max()))

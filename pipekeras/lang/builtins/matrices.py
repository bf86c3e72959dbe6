"""Matrices and arrays: matrix, array, t, aperm, diag, outer, sums of rows and columns, apply's shapes."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from .. import conditions
from ..generics import invoke
from ..registry import Context, builtin
from ..values import MISSING, NA_REAL, NULL, Dots, RVector, double, integer, logical, rlist, stretched
from ..vectors.coerce import (
    NUMERIC,
    convert_data,
    guard_size,
    has_class,
    is_atomic,
    missing_value,
    numbers,
    one_flag,
    one_int,
    one_number,
)
from ..vectors.subset import drop_dimensions
from .names import dim_of, with_dim, with_dimnames

# Making


def _extent(value: Any, what: str) -> int:
    if not is_atomic(value) or not len(value) or value.type not in NUMERIC:
        raise UserError("non-numeric matrix extent", code=Code.TYPE)
    number = one_number(value, what)
    if math.isnan(number) or number > 2147483647:
        raise UserError(f"invalid '{what}' value (too large or NA)", code=Code.ARGUMENT)
    if number < 0:
        raise UserError(f"invalid '{what}' value (< 0)", code=Code.ARGUMENT)
    return int(number)


@builtin("matrix(data = NA, nrow = 1, ncol = 1, byrow = FALSE, dimnames = NULL)")
def matrix(
    data: Any, nrow: Any = MISSING, ncol: Any = MISSING, byrow: Any = False, dimnames: Any = NULL
) -> Any:
    if has_class(data, "data.frame"):
        data = RVector("list", data.data)
    if not isinstance(data, RVector):
        raise UserError("'data' must be of a vector type, was 'NULL'", code=Code.TYPE)
    if has_class(data, "factor"):
        from ..vectors.coerce import factor_or_text

        data = factor_or_text(data)
    by_row = byrow is not False and one_flag(byrow, "byrow")
    rows, columns = _matrix_extents(len(data), nrow, ncol)
    size = guard_size(float(rows) * columns, data.type)
    if len(data):
        _check_fit(len(data), rows, columns, nrow, ncol)
        out = stretched(data.data, size)
    else:
        out = np.full(size, missing_value(data.type), dtype=data.data.dtype)
    if by_row:
        out = out.reshape(rows, columns).flatten(order="F")
    made = RVector(data.type, out, {"dim": integer([rows, columns])})
    if isinstance(dimnames, RVector) and len(dimnames) == 2 and all(part is NULL for part in dimnames.data):
        return made.with_attribute("dimnames", dimnames)  # R keeps even these
    return with_dimnames(made, dimnames) if dimnames is not NULL and len(dimnames) else made


def _matrix_extents(n: int, nrow: Any, ncol: Any) -> tuple[int, int]:
    rows = None if nrow is MISSING else _extent(nrow, "nrow")
    columns = None if ncol is MISSING else _extent(ncol, "ncol")
    if rows is None and columns is None:
        return n, 1
    if rows is None:
        return (math.ceil(n / columns) if columns else 0), columns or 0
    return rows, (math.ceil(n / rows) if rows else 0) if columns is None else columns


def _check_fit(n: int, rows: int, columns: int, nrow: Any, ncol: Any) -> None:
    """R's warnings about data that do not fill the matrix evenly."""
    size = rows * columns
    if size and n > 1 and size % n:
        if (n > rows and (n // rows) * rows != n) or (n < rows and (rows // n) * n != n):
            conditions.warn(
                f"data length [{n}] is not a sub-multiple or multiple of the number of rows [{rows}]"
            )
        elif (n > columns and (n // columns) * columns != n) or (n < columns and (columns // n) * n != n):
            conditions.warn(
                f"data length [{n}] is not a sub-multiple or multiple of the number of columns [{columns}]"
            )
        elif nrow is not MISSING and ncol is not MISSING:
            conditions.warn(f"data length differs from size of matrix: [{n} != {rows} x {columns}]")
    elif n > 1 and size == 0:
        raise UserError("data is too long", code=Code.VALUE)
    elif n > size > 0 and nrow is not MISSING and ncol is not MISSING:
        conditions.warn(f"data length differs from size of matrix: [{n} != {rows} x {columns}]")


@builtin("array(data = NA, dim = length(data), dimnames = NULL)")
def array(data: Any, dim: Any, dimnames: Any) -> Any:
    if has_class(data, "factor"):
        data = invoke("as.character", data)
    if not isinstance(data, RVector):
        raise UserError("'data' must be of a vector type, was 'NULL'", code=Code.TYPE)
    extents = convert_data(dim.data, dim.type, "double") if dim is not NULL else np.empty(0)
    if not len(extents):
        raise UserError("'dim' cannot be of length 0", code=Code.ARGUMENT)
    if np.prod(extents) < 0:
        raise UserError("negative length vectors are not allowed", code=Code.ARGUMENT)
    if (extents < 0).any():
        raise UserError("the dims contain negative values", code=Code.ARGUMENT)
    size = guard_size(float(np.prod(np.trunc(extents))), data.type)
    out = (
        stretched(data.data, size) if len(data) else np.full(size, missing_value(data.type), data.data.dtype)
    )
    made = with_dim(RVector(data.type, out), dim)
    return with_dimnames(made, dimnames) if dimnames is not NULL and len(dimnames) else made


def grid(x: RVector) -> np.ndarray:
    """The data in the shape of its dim; a plain vector has one axis."""
    return x.data.reshape(x.dim, order="F") if x.dim is not None else x.data


def as_matrix(x: Any) -> Any:
    return invoke("as.matrix", x) if has_class(x, "data.frame") else x


# Turning


@builtin("t(x)", generic=True)
def t(x: Any) -> Any:
    return transposed(as_matrix(x))


@builtin("t.default(x)")
def t_default(x: Any) -> Any:
    return transposed(as_matrix(x))


def transposed(x: Any) -> RVector:
    if not isinstance(x, RVector) or (x.dim is not None and len(x.dim) > 2):
        raise UserError("argument is not a matrix", code=Code.TYPE)
    kept = {k: v for k, v in (x.attributes or {}).items() if k not in ("names", "dim", "dimnames")}
    dim, dimnames = x.dim, x.attribute("dimnames")
    if dim is None or len(dim) == 1:
        labels = x.attribute("names") if dim is None else (dimnames.data[0] if dimnames is not None else None)
        kept["dim"] = integer([1, len(x)])
        if labels is not None and labels is not NULL:
            titles = dimnames.names if dimnames is not None else None
            kept["dimnames"] = rlist([NULL, labels], None if titles is None else ["", titles[0]])
        return RVector(x.type, x.data.copy(), kept)
    kept["dim"] = integer(list(dim[::-1]))
    if dimnames is not None:
        titles = dimnames.names
        kept["dimnames"] = rlist([dimnames.data[1], dimnames.data[0]], titles[::-1] if titles else None)
    # column-major of the transpose is row-major of the matrix
    return RVector(x.type, x.data.reshape(dim, order="F").flatten(order="C"), kept)


@builtin("aperm(a, perm = NULL, resize = TRUE, ...)", generic=True)
def aperm(a: Any, perm: Any, resize: Any, dots: Dots) -> RVector:
    dim = a.dim if isinstance(a, RVector) else None
    if dim is None:
        raise UserError("invalid first argument, must be an array", code=Code.TYPE)
    rank = len(dim)
    dimnames = a.attribute("dimnames")
    if perm is NULL or not len(perm):
        order = list(range(rank))[::-1]
    elif perm.type == "character":
        titles = dimnames.names if dimnames is not None else None
        order = [(titles or []).index(name) for name in perm.data]
    else:
        order = [int(p) - 1 for p in perm.data]
    if len(order) != rank:
        raise UserError(f"'perm' is of wrong length {len(order)} (!= {rank})", code=Code.ARGUMENT)
    if sorted(order) != list(range(rank)):
        outside = any(not 0 <= k < rank for k in order)
        raise UserError(
            "value out of range in 'perm'" if outside else "invalid 'perm' argument", code=Code.ARGUMENT
        )
    attributes: dict[str, Any] = {"dim": integer([dim[k] for k in order])}
    if dimnames is not None and one_flag(resize, "resize"):
        titles = dimnames.names
        moved = [titles[k] for k in order] if titles else None
        attributes["dimnames"] = rlist([dimnames.data[k] for k in order], moved)
    if has_class(a, "table"):
        attributes["class"] = a.attribute("class")
    return RVector(a.type, grid(a).transpose(order).flatten(order="F"), attributes)


@builtin("drop(x)")
def drop(x: Any) -> Any:
    return drop_dimensions(RVector(x.type, x.data.copy(), x.attributes)) if isinstance(x, RVector) else x


# Diagonals and triangles


@builtin("diag(x = 1, nrow, ncol, names = TRUE)", generic=True)
def diag(x: Any, nrow: Any = MISSING, ncol: Any = MISSING, names: Any = MISSING) -> RVector:
    x = as_matrix(x)
    if isinstance(x, RVector) and x.dim is not None and len(x.dim) == 2:
        return _diagonal(x, names is MISSING or one_flag(names, "names"))
    if not isinstance(x, RVector) or x.type not in (*NUMERIC, "complex"):
        raise UserError("non-numeric matrix extent" if isinstance(x, RVector) else "'x' must be numeric")
    if len(x) == 1 and nrow is MISSING and ncol is MISSING:
        n = int(one_number(x, "x"))
        if n < 0:
            raise UserError("invalid 'nrow' value (< 0)", code=Code.ARGUMENT)
        return _diagonal_matrix(double(1.0), n, n)
    rows = len(x) if nrow is MISSING else _extent(nrow, "nrow")
    if nrow is MISSING and ncol is not MISSING:
        rows = _extent(ncol, "ncol")
    columns = rows if ncol is MISSING else _extent(ncol, "ncol")
    return _diagonal_matrix(x, rows, columns)


def _diagonal(x: RVector, use_names: bool) -> RVector:
    out = grid(x).diagonal().copy()
    dimnames = x.attribute("dimnames")
    if use_names and dimnames is not None and all(d is not NULL for d in dimnames.data):
        rows, columns = (list(d.data)[: len(out)] for d in dimnames.data)
        if rows == columns:
            return RVector(
                x.type, out, {"names": RVector("character", dimnames.data[0].data[: len(out)].copy())}
            )
    return RVector(x.type, out)


def _diagonal_matrix(x: RVector, rows: int, columns: int) -> RVector:
    guard_size(float(rows) * columns)
    out = np.zeros((rows, columns), dtype=x.data.dtype)
    k = min(rows, columns)
    if k and not len(x):
        raise UserError("'x' must have positive length", code=Code.ARGUMENT)
    out[np.arange(k), np.arange(k)] = stretched(x.data, k)
    return RVector(x.type, out.flatten(order="F"), {"dim": integer([rows, columns])})


@builtin("`diag<-`(x, value)", generic=True)
def set_diag(x: RVector, value: RVector) -> RVector:
    dim = x.dim
    if dim is None or len(dim) != 2:
        raise UserError("only matrix diagonals can be replaced", code=Code.TYPE)
    k = min(dim)
    if len(value) not in (1, k):
        raise UserError("replacement diagonal has wrong length", code=Code.VALUE)
    at = integer(np.stack([np.arange(1, k + 1)] * 2).reshape(-1))
    from ..evaluator.assign import set_subset

    return set_subset(x.copy(), [RVector("integer", at.data, {"dim": integer([k, 2])})], value)


def _triangle(x: RVector, include: Any, lower: bool) -> RVector:
    dim = dim_of(x) or (len(x), 1)
    rows, columns = np.indices(dim[:2])
    inside = rows > columns if lower else rows < columns
    if one_flag(include, "diag"):
        inside |= rows == columns
    return logical(inside.flatten(order="F"), {"dim": integer(list(dim[:2]))})


@builtin("lower.tri(x, diag = FALSE)")
def lower_tri(x: RVector, diag: Any) -> RVector:
    return _triangle(x, diag, True)


@builtin("upper.tri(x, diag = FALSE)")
def upper_tri(x: RVector, diag: Any) -> RVector:
    return _triangle(x, diag, False)


def _numbering(x: Any, axis: int) -> RVector:
    dim = dim_of(x)
    if dim is None or len(dim) != 2:
        raise UserError("a matrix-like object is required as argument to 'row'/'col'", code=Code.TYPE)
    return integer((np.indices(dim)[axis] + 1).flatten(order="F"), {"dim": integer(list(dim))})


@builtin("row(x, as.factor = FALSE)")
def row(x: Any, as_factor: Any) -> RVector:
    return _numbering(x, 0)


@builtin("col(x, as.factor = FALSE)")
def col(x: Any, as_factor: Any) -> RVector:
    return _numbering(x, 1)


# Sums


def _margin_sums(x: Any, na_rm: Any, dims: Any, rows: bool, mean: bool) -> RVector:
    x = as_matrix(x)
    dim = x.dim if isinstance(x, RVector) else None
    if dim is None or len(dim) < 2:
        raise UserError("'x' must be an array of at least two dimensions", code=Code.TYPE)
    if x.type not in (*NUMERIC, "complex"):
        raise UserError("'x' must be numeric", code=Code.TYPE)
    if x.type == "complex":
        real, imaginary = (
            _margin_sums(RVector("double", part.copy(), x.attributes), na_rm, dims, rows, mean)
            for part in (np.real(x.data), np.imag(x.data))
        )
        return RVector("complex", real.data + 1j * imaginary.data, real.attributes)
    k = one_int(dims, "dims")
    if not 1 <= k < len(dim):
        raise UserError("invalid 'dims'", code=Code.ARGUMENT)
    data = convert_data(x.data, x.type, "double").reshape(dim, order="F")
    over = tuple(range(k, len(dim))) if rows else tuple(range(k))
    out = _summed(data, over, one_flag(na_rm, "na.rm"), mean)
    left = [d for j, d in enumerate(dim) if j not in over]
    dimnames = x.attribute("dimnames")
    labels = (
        [d for j, d in enumerate(dimnames.data) if j not in over]
        if dimnames is not None
        else [NULL] * len(left)
    )
    made = RVector("double", out.flatten(order="F"))
    if len(left) == 1:
        return made if labels[0] is NULL else made.with_attribute("names", labels[0])
    made = made.with_attribute("dim", integer(left))
    titles = (
        [t for j, t in enumerate(dimnames.names) if j not in over] if dimnames and dimnames.names else None
    )
    return made.with_attribute("dimnames", rlist(labels, titles)) if dimnames is not None else made


def _summed(data: np.ndarray, over: tuple[int, ...], remove: bool, mean: bool) -> np.ndarray:
    with np.errstate(all="ignore"):
        if not remove:
            total = data.sum(axis=over, dtype=np.longdouble)
            count: Any = math.prod(data.shape[a] for a in over)
            out = np.asarray(total / count if mean else total, dtype=np.float64)
            # an NA stays NA and does not become NaN
            return np.where(np.isnan(out) & _has_na(data, over), NA_REAL, out)
        count = (~np.isnan(data)).sum(axis=over)
        total = np.where(np.isnan(data), 0.0, data).sum(axis=over, dtype=np.longdouble)
        return np.asarray(total / count if mean else total, dtype=np.float64)


def _has_na(data: np.ndarray, over: tuple[int, ...]) -> np.ndarray:
    from ..values import is_real_na

    flat = is_real_na(np.ascontiguousarray(data).reshape(-1)).reshape(data.shape)
    return np.asarray(flat.any(axis=over))


@builtin("rowSums(x, na.rm = FALSE, dims = 1L)")
def row_sums(x: Any, na_rm: Any, dims: Any) -> RVector:
    return _margin_sums(x, na_rm, dims, rows=True, mean=False)


@builtin("colSums(x, na.rm = FALSE, dims = 1L)")
def col_sums(x: Any, na_rm: Any, dims: Any) -> RVector:
    return _margin_sums(x, na_rm, dims, rows=False, mean=False)


@builtin("rowMeans(x, na.rm = FALSE, dims = 1L)")
def row_means(x: Any, na_rm: Any, dims: Any) -> RVector:
    return _margin_sums(x, na_rm, dims, rows=True, mean=True)


@builtin("colMeans(x, na.rm = FALSE, dims = 1L)")
def col_means(x: Any, na_rm: Any, dims: Any) -> RVector:
    return _margin_sums(x, na_rm, dims, rows=False, mean=True)


@builtin("max.col(m, ties.method = c('random', 'first', 'last'))")
def max_col(m: Any, ties_method: RVector) -> RVector:
    from ..random_numbers import stream as random

    m = as_matrix(m)
    data = convert_data(m.data, m.type, "double").reshape(m.dim, order="F")
    method = ties_method.data[0]
    if method == "last":
        return integer(data.shape[1] - np.argmax(data[:, ::-1], axis=1))
    if method == "first":
        return integer(np.argmax(data, axis=1) + 1)
    out = []
    for each in data:
        # R draws for each further column that ties with the best one so far
        tolerance = 1e-5 * np.abs(each).max()
        best, at, ties = each[0], 0, 1
        for j in range(1, len(each)):
            if each[j] > best + tolerance:
                best, at, ties = each[j], j, 1
            elif each[j] >= best - tolerance:
                ties += 1
                if ties * random.stream.uniform() < 1:
                    at = j
        out.append(at + 1)
    return integer(out)


def margin_axes(margin: RVector, x: RVector, shown: str = "x") -> list[int]:
    """The dimensions (from 0) that MARGIN counts or names; `shown` is what the caller's formal is called."""
    dim = x.dim or (len(x),)
    if margin.type == "character":
        dimnames = x.attribute("dimnames")
        titles = dimnames.names if dimnames is not None else None
        if not titles:
            raise UserError(f"'{shown}' must have named dimnames", code=Code.VALUE)
        if any(name not in titles for name in margin.data):
            raise UserError("not all elements of 'MARGIN' are names of dimensions", code=Code.VALUE)
        return [titles.index(name) for name in margin.data]
    axes = [int(m) - 1 for m in numbers(margin, "margin")]
    if any(not 0 <= a < len(dim) for a in axes):
        raise UserError(f"'MARGIN' does not match dim({shown})", code=Code.VALUE)
    return axes


@builtin("sweep(x, MARGIN, STATS, FUN = '-', check.margin = TRUE, ...)")
def sweep(ctx: Context, x: Any, margin: RVector, stats: Any, fun: Any, check_margin: Any, dots: Dots) -> Any:
    from ..evaluator.calls import call_function, match_function

    x = as_matrix(x)
    dim = x.dim
    axes = margin_axes(margin, x)
    wanted = [dim[a] for a in axes]
    if one_flag(check_margin, "check.margin"):
        _check_margin(stats, wanted)
    size = math.prod(wanted)
    values = stretched(stats.data, size).reshape(wanted, order="F")
    # spread the statistics over the other axes
    order = np.argsort(axes)
    shape = [dim[a] if a in axes else 1 for a in range(len(dim))]
    spread = np.broadcast_to(values.transpose(order).reshape(shape), dim).flatten(order="F")
    stat = RVector(stats.type, spread, {"dim": integer(list(dim))})
    function = match_function(fun, ctx)
    return call_function(function, [(None, x), (None, stat), *dots], ctx=ctx)


def _check_margin(stats: RVector, wanted: list[int]) -> None:
    extents = [d for d in (stats.dim or (len(stats),))]
    if len(extents) == 1 and len(stats) > math.prod(wanted):
        conditions.warn("STATS is longer than the extent of 'dim(x)[MARGIN]'")
    elif len(stats) and math.prod(wanted) % len(stats):
        conditions.warn("STATS does not recycle exactly across MARGIN")


@builtin("prop.table(x, margin = NULL)", "proportions")
def prop_table(x: Any, margin: Any) -> Any:
    data = convert_data(x.data, x.type, "double")
    with np.errstate(all="ignore"):
        if margin is NULL or not len(margin):
            return RVector("double", data / data.sum(), x.attributes)
        cells = data.reshape(x.dim, order="F")
        axes = margin_axes(margin, x)
        over = tuple(a for a in range(cells.ndim) if a not in axes)
        return RVector(
            "double", (cells / cells.sum(axis=over, keepdims=True)).flatten(order="F"), x.attributes
        )


@builtin("rowsum(x, group, reorder = TRUE, ...)", generic=True)
def rowsum(x: Any, group: Any, reorder: Any, dots: Dots) -> Any:
    from ..vectors.coerce import factor_or_text
    from ..vectors.ordering import sorted_unique
    from .sets import first_occurrences, match_positions

    first = sorted_unique(group) if one_flag(reorder, "reorder") else np.flatnonzero(first_occurrences(group))
    keys = RVector(group.type, group.data[first])
    at = match_positions(group, keys)
    data = x.data.reshape(x.dim if x.dim else (len(x), 1), order="F")
    out = np.zeros((len(keys), data.shape[1]), dtype=data.dtype)
    np.add.at(out, at, data)
    labels = factor_or_text(keys)
    columns = x.attribute("dimnames").data[1] if x.attribute("dimnames") is not None else NULL
    attributes = {"dim": integer(list(out.shape)), "dimnames": rlist([labels, columns])}
    return RVector(x.type, out.flatten(order="F"), attributes)

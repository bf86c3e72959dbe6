"""Statistics: variance, correlation, scaling, differences, and functions by group."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from .. import conditions
from ..choices import one_choice
from ..evaluator.calls import call_function, match_function
from ..generics import invoke
from ..registry import Context, builtin
from ..values import (
    MISSING,
    NA_INTEGER,
    NA_REAL,
    NULL,
    Dots,
    RVector,
    double,
    integer,
    rlist,
    stretched,
)
from ..vectors.arith import arithmetic
from ..vectors.coerce import NUMERIC, convert_data, has_class, missing_value, one_flag, one_int, one_string
from ..vectors.combine import unlist
from ..vectors.subset import get_subset, pick
from .matrices import as_matrix
from .summaries import long_mean, long_sum
from .vectors import length_of

# Spread


def numeric_data(x: Any, what: str = "x") -> np.ndarray:
    """A numeric argument's data as doubles."""
    if has_class(x, "factor"):
        raise UserError("Calling var(x) on a factor x is defunct.", code=Code.TYPE)
    if not isinstance(x, RVector):
        raise UserError(f"'{what}' is NULL" if x is NULL else "is.numeric(x) is not TRUE", code=Code.TYPE)
    if x.type not in (*NUMERIC, "character"):
        raise UserError("is.atomic(x) is not TRUE", code=Code.TYPE)
    return convert_data(x.data, x.type, "double")


def variance(data: np.ndarray) -> float:
    n = len(data)
    if n < 2:
        return NA_REAL
    if np.isnan(data).any():
        return data[np.isnan(data)][0]
    with np.errstate(all="ignore"):
        off = data.astype(np.longdouble) - np.longdouble(long_mean(data))
        return float((off * off).sum() / (n - 1))


def _columns(x: Any) -> tuple[np.ndarray, Any]:
    """A matrix of observations by variables, and the variables' names."""
    x = as_matrix(x)
    data = numeric_data(x)
    if x.dim is not None and len(x.dim) == 2:
        dimnames = x.attribute("dimnames")
        return data.reshape(x.dim, order="F"), dimnames.data[1] if dimnames is not None else NULL
    return data.reshape(-1, 1), NULL


def _is_table(x: Any) -> bool:
    return has_class(x, "data.frame") or (isinstance(x, RVector) and x.dim is not None and len(x.dim) == 2)


def _paired(x: Any, y: Any, use: str | None, correlate: bool) -> Any:
    """var, cov and cor of the columns of x with those of y."""
    a, a_names = _columns(x)
    b, b_names = (a, a_names) if y is NULL else _columns(y)
    if len(a) != len(b):
        raise UserError("incompatible dimensions", code=Code.VALUE)
    if use is not None and use.startswith(("complete", "na.or")):
        ok = ~(np.isnan(a).any(axis=1) | np.isnan(b).any(axis=1))
        a, b = a[ok], b[ok]
    out = _cross(a, b, correlate, use is not None and use.startswith("pairwise"))
    if not _is_table(x) and not _is_table(y):
        return double(float(out[0, 0]))
    attributes: dict[str, Any] = {"dim": integer(list(out.shape))}
    if a_names is not NULL or b_names is not NULL:
        attributes["dimnames"] = rlist([a_names, b_names])
    return double(out.flatten(order="F"), attributes)


def _cross(a: np.ndarray, b: np.ndarray, correlate: bool, pairwise: bool) -> np.ndarray:
    if pairwise:
        cells = [[_one_pair(p, q, correlate) for q in b.T] for p in a.T]
        return np.array(cells)
    n = len(a)
    if n < 2:
        return np.full((a.shape[1], b.shape[1]), NA_REAL)
    with np.errstate(all="ignore"):
        p = a.astype(np.longdouble) - a.astype(np.longdouble).mean(axis=0)
        q = p if b is a else b.astype(np.longdouble) - b.astype(np.longdouble).mean(axis=0)
        out = (p[:, :, None] * q[:, None, :]).sum(axis=0) / (n - 1)
        if correlate:
            first = np.sqrt((p * p).sum(axis=0) / (n - 1))
            second = np.sqrt((q * q).sum(axis=0) / (n - 1))
            if (first == 0).any() or (second == 0).any():
                conditions.warn("the standard deviation is zero")
            out = np.clip(out / first[:, None] / second[None, :], -1, 1)
            if b is a:
                diagonal = np.arange(len(first))
                out[diagonal, diagonal] = np.where(np.isnan(out[diagonal, diagonal]), np.nan, 1.0)
    out = out.astype(np.float64)
    return np.where(np.isnan(out), NA_REAL, out)


def _one_pair(p: np.ndarray, q: np.ndarray, correlate: bool) -> float:
    ok = ~(np.isnan(p) | np.isnan(q))
    return float(_cross(p[ok].reshape(-1, 1), q[ok].reshape(-1, 1), correlate, False)[0, 0])


def _use(value: Any, na_rm: bool) -> str | None:
    return one_string(value, "use") if value is not MISSING else "na.or.complete" if na_rm else None


@builtin("var(x, y = NULL, na.rm = FALSE, use)")
def var(x: Any, y: Any, na_rm: Any, use: Any = MISSING) -> Any:
    remove = one_flag(na_rm, "na.rm")
    if y is NULL and not _is_table(x):
        data = numeric_data(x)
        return double(np.array([variance(data[~np.isnan(data)] if remove else data)]))
    return _paired(x, y, _use(use, remove), False)


@builtin("cov(x, y = NULL, use = 'everything', method = c('pearson', 'kendall', 'spearman'))")
def cov(x: Any, y: Any, use: Any, method: Any) -> Any:
    if y is NULL and not _is_table(x):
        raise UserError("supply both 'x' and 'y' or a matrix-like 'x'", code=Code.ARGUMENT)
    kind = one_choice(method, ("pearson", "kendall", "spearman"))
    x, y = _ranked(x, kind), _ranked(y, kind)
    return _paired(x, y, one_string(use, "use"), False)


@builtin("cor(x, y = NULL, use = 'everything', method = c('pearson', 'kendall', 'spearman'))")
def cor(x: Any, y: Any, use: Any, method: Any) -> Any:
    if y is NULL and not _is_table(x):
        raise UserError("supply both 'x' and 'y' or a matrix-like 'x'", code=Code.ARGUMENT)
    kind = one_choice(method, ("pearson", "kendall", "spearman"))
    if kind == "kendall":
        return _kendall(x, y)
    x, y = _ranked(x, kind), _ranked(y, kind)
    return _paired(x, y, one_string(use, "use"), True)


def kendall_score(a: np.ndarray, b: np.ndarray) -> float:
    """Concordant less discordant pairs, each counted twice."""
    return sum(float((np.sign(a - p) * np.sign(b - q)).sum()) for p, q in zip(a, b, strict=True))


def _kendall(x: Any, y: Any) -> RVector:
    """Kendall's tau-b of the columns."""
    a, a_names = _columns(x)
    b, b_names = (a, a_names) if y is NULL else _columns(y)
    if len(a) != len(b):
        raise UserError("incompatible dimensions", code=Code.VALUE)
    own = [math.sqrt(kendall_score(c, c)) for c in a.T]
    other = [math.sqrt(kendall_score(c, c)) for c in b.T]
    taus = [[kendall_score(p, q) / (s * t) for p, s in zip(a.T, own, strict=True)]
            for q, t in zip(b.T, other, strict=True)]  # fmt: skip
    if not _is_table(x) and not _is_table(y):
        return double(taus[0][0])
    attributes: dict[str, Any] = {"dim": integer([len(own), len(other)])}
    if a_names is not NULL or b_names is not NULL:
        attributes["dimnames"] = rlist([a_names, b_names])
    return double(np.array(taus).reshape(-1), attributes)


def _ranked(x: Any, kind: str) -> Any:
    if x is NULL or kind == "pearson":
        return x
    x = as_matrix(x)
    if x.dim is None:
        return invoke("rank", x)
    columns = [invoke("rank", RVector(x.type, c.copy())).data for c in x.data.reshape(x.dim, order="F").T]
    return RVector("double", np.concatenate(columns), x.attributes)


@builtin("sd(x, na.rm = FALSE)")
def sd(x: Any, na_rm: Any) -> RVector:
    if has_class(x, "data.frame"):
        raise UserError("is.atomic(x) is not TRUE", code=Code.TYPE)
    data = numeric_data(x)
    if one_flag(na_rm, "na.rm"):
        data = data[~np.isnan(data)]
    spread = variance(data)
    return double(np.array([spread if spread != spread else math.sqrt(spread)]))


# Scaling


@builtin("scale(x, center = TRUE, scale = TRUE)", "scale.default", generic=True)
def scale(x: Any, center: Any, scale: Any) -> RVector:
    x = invoke("as.matrix", x)
    if x.type not in NUMERIC:
        raise UserError("'x' must be numeric", code=Code.TYPE)
    data = convert_data(x.data, x.type, "double").reshape(x.dim, order="F")
    shift = _scaling(center, data, "center", lambda c: long_mean(c[~np.isnan(c)]))
    if shift is not None:
        data = data - shift
    factor = _scaling(scale, data, "scale", _root_mean_square)
    if factor is not None:
        with np.errstate(all="ignore"):
            data = data / factor
    attributes = {k: v for k, v in (x.attributes or {}).items() if k in ("dim", "dimnames")}
    dimnames = x.attribute("dimnames")
    labels = dimnames.data[1] if dimnames is not None else NULL
    for name, used, given in (("scaled:center", shift, center), ("scaled:scale", factor, scale)):
        if used is not None:
            own = given.attribute("names") if given.type != "logical" else labels
            attributes[name] = double(used, {"names": own} if own is not None and own is not NULL else None)
    return double(data.flatten(order="F"), attributes)


def _root_mean_square(column: np.ndarray) -> float:
    ok = column[~np.isnan(column)]
    return math.sqrt(long_sum(ok * ok) / max(1, len(ok) - 1))


def _scaling(value: Any, data: np.ndarray, what: str, compute: Any) -> np.ndarray | None:
    """TRUE: computed for each column; FALSE: none; numbers: as given."""
    if value.type == "logical" and len(value) == 1:
        return np.array([compute(c) for c in data.T]) if one_flag(value, what) else None
    if len(value) != data.shape[1]:
        raise UserError(
            f"length of '{what}' must equal the number of columns of 'x'",
            code=Code.VALUE,
            cause=f"{what} has {len(value)} values, x has {data.shape[1]} columns",
        )
    return convert_data(value.data, value.type, "double").copy()


# Differences


@builtin("diff(x, lag = 1L, differences = 1L, ...)", generic=True)
def diff(x: Any, lag: Any, differences: Any, dots: Dots) -> Any:
    step, times = one_int(lag, "lag"), one_int(differences, "differences")
    if step < 1 or times < 1:
        raise UserError("'lag' and 'differences' must be integers >= 1", code=Code.ARGUMENT)
    for _ in range(times):
        n = x.dim[0] if x.dim is not None and len(x.dim) == 2 else len(x)
        if step >= n:
            return get_subset(x, [integer(0)])
        late, early = integer(np.arange(step + 1, n + 1)), integer(np.arange(1, n - step + 1))
        rest = [MISSING] if x.dim is not None and len(x.dim) == 2 else []
        if any(has_class(x, c) for c in ("Date", "POSIXct", "difftime")):
            x = invoke("-", invoke("[", x, late), invoke("[", x, early))
        elif x.dim is not None and len(x.dim) == 1:
            made = arithmetic("-", get_subset(x, [late]), get_subset(x, [early]))
            x = made.with_attribute("class", x.attribute("class"))
        else:
            x = arithmetic("-", get_subset(x, [late, *rest], False), get_subset(x, [early, *rest], False))
    return x


# By group


@builtin("tapply(X, INDEX, FUN = NULL, ..., default = NA, simplify = TRUE)")
def tapply(ctx: Context, x: Any, index: Any, fun: Any, dots: Dots, default: Any, simplify: Any) -> Any:
    keys = list(index.data) if isinstance(index, RVector) and index.type == "list" else [index]
    if not keys:
        raise UserError("'INDEX' is of length zero", code=Code.ARGUMENT)
    titles = index.names if isinstance(index, RVector) and index.type == "list" else None
    factors = [invoke("as.factor", key) for key in keys]
    size = length_of(x)
    if any(len(f) != size for f in factors):
        raise UserError("arguments must have same length", code=Code.VALUE)
    levels = [f.attribute("levels") for f in factors]
    extents = [len(lv) for lv in levels]
    group = np.zeros(size, dtype=np.int64)
    known = np.ones(size, dtype=bool)
    stride = 1
    for f, extent in zip(factors, extents, strict=True):
        known &= f.data != NA_INTEGER
        group += (f.data.astype(np.int64) - 1) * stride
        stride *= extent
    if fun is NULL:
        return integer(np.where(known, group + 1, NA_INTEGER).astype(np.int32))
    function = match_function(fun, ctx)
    results: dict[int, Any] = {}
    for g in np.unique(group[known]).tolist():
        part = invoke("[", x, integer(np.flatnonzero(known & (group == g)) + 1))
        results[g] = call_function(function, [(None, part), *dots], ctx=ctx)
    attributes = {"dim": integer(extents), "dimnames": rlist(levels, titles)}
    single = all(length_of(v) == 1 for v in results.values())
    if single and one_flag(simplify, "simplify"):
        filled = _filled(results, stride, default)
        if filled.type == "list":  # in R a list put into an array makes a list, which has no dim
            return filled if len(levels) > 1 else filled.with_attributes({"names": levels[0]})
        return filled.with_attributes(attributes)
    return rlist([results.get(g, NULL) for g in range(stride)]).with_attributes(attributes)


def _filled(results: dict[int, Any], size: int, default: RVector) -> RVector:
    """Single results in their cells; cells without data get the default."""
    items = unlist(rlist([results[g] for g in results]), deep=False, use_names=False)
    if items is NULL:
        return RVector("logical", np.full(size, missing_value("logical"), dtype=np.int8))
    blank = (
        default
        if items.type == "list"
        else missing_value(items.type)
        if default.is_na()[0]
        else convert_data(default.data, default.type, items.type)[0]
    )
    data = np.full(size, blank, dtype=items.data.dtype)
    data[list(results)] = items.data
    return RVector(items.type, data)


@builtin("ave(x, ..., FUN = mean)")
def ave(ctx: Context, x: RVector, dots: Dots, fun: Any) -> RVector:
    function = match_function(fun, ctx)
    if not dots:
        value = call_function(function, [(None, x)], ctx=ctx)
        return RVector(value.type, stretched(value.data, len(x)))
    groups = stretched(invoke("interaction", *[v for _, v in dots]).data, len(x))
    out = x
    for g in np.unique(groups[groups != NA_INTEGER]):
        at = np.flatnonzero(groups == g)
        value = call_function(function, [(None, pick(x, at))], ctx=ctx)
        out = invoke("[<-", out, integer(at + 1), value=value)
    return out

"""Statistics: variance, correlation, quantiles, scaling, and functions by group."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np

from ...errors import Code, UserError
from .. import conditions
from ..arith import arithmetic
from ..calls import call_function, match_function
from ..coerce import (
    NUMERIC,
    convert_data,
    has_class,
    is_atomic,
    missing_value,
    one_flag,
    one_int,
    one_number,
    one_string,
)
from ..combine import unlist
from ..format import significance
from ..generics import invoke
from ..registry import Context, builtin
from ..subset import get_subset, pick
from ..values import (
    MISSING,
    NA_INTEGER,
    NA_REAL,
    NULL,
    Dots,
    RVector,
    character,
    double,
    integer,
    logical,
    rlist,
    stretched,
)
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
    x, y = _ranked(x, method), _ranked(y, method)
    return _paired(x, y, one_string(use, "use"), False)


@builtin("cor(x, y = NULL, use = 'everything', method = c('pearson', 'kendall', 'spearman'))")
def cor(x: Any, y: Any, use: Any, method: Any) -> Any:
    if y is NULL and not _is_table(x):
        raise UserError("supply both 'x' and 'y' or a matrix-like 'x'", code=Code.ARGUMENT)
    if method.data[0] == "kendall":
        return _kendall(x, y)
    x, y = _ranked(x, method), _ranked(y, method)
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


def _ranked(x: Any, method: RVector) -> Any:
    kind = method.data[0]
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


# Location


@builtin("median(x, na.rm = FALSE, ...)", generic=True)
def median(x: Any, na_rm: Any, dots: Dots) -> Any:
    if has_class(x, "factor") or has_class(x, "data.frame") or not isinstance(x, RVector):
        raise UserError("need numeric data", code=Code.TYPE)
    missing = x.is_na()
    if missing.any():
        if not one_flag(na_rm, "na.rm"):
            return RVector(x.type, np.array([missing_value(x.type)], dtype=x.data.dtype))
        x = pick(x, np.flatnonzero(~missing))
    n = len(x)
    if not n:
        return RVector(x.type, np.array([missing_value(x.type)], dtype=x.data.dtype))
    ordered = invoke(
        "sort",
        RVector(x.type, x.data, x.attributes and {k: v for k, v in x.attributes.items() if k != "names"}),
    )
    middle = get_subset(ordered, [integer([(n + 1) // 2, n // 2 + 1])])
    kept = {k: v for k, v in (x.attributes or {}).items() if k in ("class", "units", "tzone")}
    if n % 2:
        return RVector(x.type, middle.data[1:], kept)
    if x.type == "character":
        return invoke("mean", middle)
    return double([float(convert_data(middle.data, x.type, "double").mean())], kept)


@builtin("weighted.mean(x, w, ..., na.rm = FALSE)", generic=True)
def weighted_mean(x: Any, w: Any = MISSING, dots: Any = (), na_rm: Any = MISSING) -> Any:
    data = numeric_data(x)
    weights = np.ones(len(data)) if w is MISSING else numeric_data(w, "w")
    if len(weights) != len(data):
        raise UserError("'x' and 'w' must have the same length", code=Code.VALUE)
    if na_rm is not MISSING and one_flag(na_rm, "na.rm"):
        ok = ~np.isnan(data)
        data, weights = data[ok], weights[ok]
    weights = weights / long_sum(weights)
    used = weights != 0
    return double(long_sum(data[used] * weights[used]))


def percent_names(probs: np.ndarray) -> list[str | None]:
    """ "25%", to seven significant digits and never scientific."""
    out: list[str | None] = []
    for p in probs.tolist():
        if p != p:
            out.append("")
            continue
        value = 100 * p
        _, needed, _ = significance(np.array([abs(value)]), 7) if value else (0, np.array([1]), 0)
        power = math.floor(math.log10(abs(value))) if value else 0
        out.append(f"{value:.{max(0, int(needed[0]) - 1 - power)}f}%")
    return out


def quantiles(data: np.ndarray, probs: np.ndarray, type: int = 7) -> np.ndarray:
    """Sample quantiles by one of Hyndman and Fan's nine definitions (1996)."""
    ordered = np.sort(data)
    n = len(ordered)
    if not n:
        return np.full(len(probs), NA_REAL)
    if type == 7:
        index = 1 + max(n - 1, 0) * probs
        low = np.floor(index + 4 * np.finfo(float).eps)
        weight = index - low
        weight[np.abs(weight) < 4 * np.finfo(float).eps] = 0
        low = low.astype(int)
        below, above = ordered[low - 1], ordered[np.minimum(low, n - 1)]
        with np.errstate(invalid="ignore"):  # 0 * Inf
            return np.where(weight > 0, (1 - weight) * below + weight * above, below)
    fuzz = 4 * np.finfo(float).eps
    if type <= 3:
        nppm = n * probs - 0.5 if type == 3 else n * probs
        j = np.floor(nppm + fuzz)
        h: Any = {1: nppm > j + fuzz, 2: np.where(nppm > j + fuzz, 1, 0.5), 3: (nppm != j) | (j % 2 == 1)}[
            type
        ]
        h = np.asarray(h, dtype=float)
    else:
        a, b = {4: (0, 1), 5: (0.5, 0.5), 6: (0, 0), 8: (1 / 3, 1 / 3), 9: (3 / 8, 3 / 8)}[type]
        nppm = a + probs * (n + 1 - a - b)
        j = np.floor(nppm + fuzz)
        h = nppm - j
        h[np.abs(h) < fuzz] = 0
    padded = np.concatenate([ordered[:1], ordered[:1], ordered, ordered[-1:], ordered[-1:]])
    j = np.clip(j, -1, n + 1).astype(int)
    below, above = padded[j + 1], padded[np.minimum(j + 2, n + 3)]
    return np.where(h == 0, below, np.where(h == 1, above, (1 - h) * below + h * above))


@builtin("quantile(x, probs = seq(0, 1, 0.25), na.rm = FALSE, names = TRUE, type = 7, ...)", generic=True)
def quantile(x: Any, probs: Any, na_rm: Any, names: Any, type: Any, dots: Dots) -> Any:
    kind = one_int(type, "type")
    if not 1 <= kind <= 9:
        raise UserError("'type' must be a number from 1 to 9", code=Code.ARGUMENT)
    if has_class(x, "factor"):
        if not has_class(x, "ordered"):
            raise UserError("(unordered) factors are not allowed", code=Code.TYPE)
        if kind not in (1, 3):
            raise UserError("'type' must be 1 or 3 for ordered factors", code=Code.ARGUMENT)
    if not isinstance(x, RVector) or x.type not in NUMERIC:
        raise UserError("non-numeric argument to binary operator", code=Code.TYPE)
    data = convert_data(x.data, x.type, "double")
    if np.isnan(data).any():
        if not one_flag(na_rm, "na.rm"):
            raise UserError(
                "missing values and NaN's not allowed if 'na.rm' is FALSE",
                code=Code.VALUE,
                cure="use na.rm = TRUE",
            )
        data = data[~np.isnan(data)]
    wanted = convert_data(probs.data, probs.type, "double")
    if ((wanted < -1e-12) | (wanted > 1 + 1e-12)).any():
        raise UserError("'probs' outside [0,1]", code=Code.ARGUMENT)
    known = ~np.isnan(wanted)
    out = np.full(len(wanted), NA_REAL)
    out[known] = quantiles(data, np.clip(wanted[known], 0, 1), kind)
    labels = {"names": character(percent_names(wanted))} if one_flag(names, "names") and len(wanted) else {}
    if has_class(x, "factor"):
        own = {k: v for k, v in (x.attributes or {}).items() if k in ("levels", "class")}
        return integer(out.astype(np.int32), own | labels)
    own = {k: v for k, v in (x.attributes or {}).items() if k in ("class", "units", "tzone")}
    return double(out, own | labels)


@builtin("fivenum(x, na.rm = TRUE)")
def fivenum(x: Any, na_rm: Any) -> RVector:
    data = numeric_data(x)
    missing = np.isnan(data)
    if missing.any() and not one_flag(na_rm, "na.rm"):
        return double(np.full(5, NA_REAL))
    known = data[~missing]
    if not len(known):
        return double(np.full(5, NA_REAL))
    own = x.names
    if own is None:
        return double(five_numbers(known))
    kept = [own[i] for i in np.flatnonzero(~missing)]
    order = np.argsort(known, kind="stable")
    names = character([kept[order[i]] for i in _five_places(len(known))[0]])
    return double(five_numbers(known), {"names": names})


def five_numbers(data: np.ndarray) -> np.ndarray:
    """Tukey's minimum, lower hinge, median, upper hinge, maximum."""
    ordered = np.sort(data)
    low, high = _five_places(len(data))
    return 0.5 * (ordered[low] + ordered[high])


def _five_places(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Between which of n ordered values each of the five numbers lies."""
    fourth = math.floor((n + 3) / 2) / 2
    depth = np.array([1, fourth, (n + 1) / 2, n + 1 - fourth, n])
    return np.floor(depth).astype(int) - 1, np.ceil(depth).astype(int) - 1


@builtin("IQR(x, na.rm = FALSE, type = 7)")
def iqr(x: Any, na_rm: Any, type: Any) -> RVector:
    ends = quantile(x, double([0.25, 0.75]), na_rm, logical(False), type, [])
    return double(float(ends.data[1] - ends.data[0]))


@builtin("mad(x, center = median(x), constant = 1.4826, na.rm = FALSE, low = FALSE, high = FALSE)")
def mad(x: Any, center: Any, constant: Any, na_rm: Any, low: Any, high: Any) -> RVector:
    data = numeric_data(x)
    if one_flag(na_rm, "na.rm"):
        data = data[~np.isnan(data)]
    centre = one_number(center, "center") if center.data[0] == center.data[0] else float(np.median(data))
    off = np.sort(np.abs(data - centre))
    n = len(off)
    if np.isnan(off).any():
        return double(np.array([NA_REAL]))
    middle = float(np.median(off))
    if n % 2 == 0 and (one_flag(low, "low") or one_flag(high, "high")):
        middle = float(off[n // 2 - 1 if one_flag(low, "low") else n // 2])
    return double(one_number(constant, "constant") * middle)


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


# Differences, bins and counts


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


@builtin("tabulate(bin, nbins)")
def tabulate(bin: Any, nbins: Any = MISSING) -> RVector:
    if not is_atomic(bin) or bin.type not in NUMERIC:
        raise UserError("'bin' must be numeric or a factor", code=Code.TYPE)
    if has_class(bin, "factor"):
        nbins = integer(len(bin.attribute("levels")))
    codes = convert_data(bin.data, bin.type, "integer")
    n = max(1, int(codes.max(initial=1))) if nbins is MISSING else one_int(nbins, "nbins")
    codes = codes[(codes >= 1) & (codes <= n)]
    return integer(np.bincount(codes, minlength=n + 1)[1:].astype(np.int32))


@builtin("findInterval(x, vec, rightmost.closed = FALSE, all.inside = FALSE, left.open = FALSE)")
def find_interval(x: Any, vec: Any, rightmost_closed: Any, all_inside: Any, left_open: Any) -> RVector:
    data, edges = numeric_data(x), numeric_data(vec)
    if (np.diff(edges) < 0).any():
        raise UserError("'vec' must be sorted non-decreasingly and not contain NAs", code=Code.VALUE)
    open_left = one_flag(left_open, "left.open")
    out = np.searchsorted(edges, data, side="left" if open_left else "right")
    if one_flag(rightmost_closed, "rightmost.closed") and len(edges):
        out = (
            np.where((data == edges[0]) & open_left, 1, out)
            if open_left
            else (np.where(data == edges[-1], len(edges) - 1, out))
        )
    if one_flag(all_inside, "all.inside"):
        out = np.clip(out, 1, len(edges) - 1)
    return integer(np.where(np.isnan(data), NA_INTEGER, out).astype(np.int32))


@builtin(
    "cut(x, breaks, labels = NULL, include.lowest = FALSE, right = TRUE, dig.lab = 3L, "
    "ordered_result = FALSE, ...)",
    "cut.default",
    generic=True,
)
def cut(
    x: Any,
    breaks: Any,
    labels: Any,
    include_lowest: Any,
    right: Any,
    dig_lab: Any,
    ordered_result: Any,
    dots: Dots,
) -> RVector:
    if not isinstance(x, RVector) or x.type not in ("integer", "double") or has_class(x, "factor"):
        raise UserError("'x' must be numeric", code=Code.TYPE)
    data = convert_data(x.data, x.type, "double")
    edges = _cut_edges(data, breaks)
    closed_right, lowest = one_flag(right, "right"), one_flag(include_lowest, "include.lowest")
    codes = _cut_codes(data, edges, closed_right, lowest)
    if isinstance(labels, RVector) and labels.type == "logical" and len(labels) == 1 and not labels.data[0]:
        return integer(codes)
    if labels is NULL or (labels.type == "logical" and len(labels) == 1):
        names = _interval_labels(edges, one_int(dig_lab, "dig.lab"), closed_right, lowest)
    else:
        names = list(convert_data(labels.data, labels.type, "character"))
        if len(names) != len(edges) - 1:
            raise UserError("lengths of 'breaks' and 'labels' differ", code=Code.VALUE)
        levels = list(dict.fromkeys(names))
        places = np.array([levels.index(name) + 1 for name in names], dtype=np.int32)
        codes = np.where(codes == NA_INTEGER, NA_INTEGER, places[np.maximum(codes, 1) - 1])
        names = levels
    classes = ["ordered", "factor"] if one_flag(ordered_result, "ordered_result") else ["factor"]
    return integer(codes, {"levels": character(names), "class": character(classes)})


def _cut_edges(data: np.ndarray, breaks: RVector) -> np.ndarray:
    if len(breaks) > 1:
        edges = convert_data(breaks.data, breaks.type, "double")
        edges = np.sort(edges[~np.isnan(edges)])
        if len(np.unique(edges)) != len(edges):
            raise UserError("'breaks' are not unique", code=Code.VALUE)
        return edges
    n = one_number(breaks, "breaks")
    if math.isnan(n) or n < 2:
        raise UserError("invalid number of intervals", code=Code.ARGUMENT)
    if np.isnan(data).all():
        conditions.warn("no non-missing arguments to min; returning Inf")
        conditions.warn("no non-missing arguments to max; returning -Inf")
        raise UserError("'from' must be a finite number", code=Code.VALUE, cause="'x' has no value")
    low, high = np.nanmin(data), np.nanmax(data)
    span = high - low
    if span == 0:
        span = abs(low)
        return np.linspace(low - span / 1000, high + span / 1000, int(n) + 1)
    edges = low + np.arange(int(n) + 1) * (span / int(n))
    edges[-1] = high
    edges[0], edges[-1] = low - span / 1000, high + span / 1000
    return edges


def _cut_codes(data: np.ndarray, edges: np.ndarray, closed_right: bool, lowest: bool) -> np.ndarray:
    codes = np.searchsorted(edges, data, side="left" if closed_right else "right")
    if lowest:
        codes = np.where(
            data == (edges[0] if closed_right else edges[-1]), 1 if closed_right else len(edges) - 1, codes
        )
    outside = np.isnan(data) | (codes < 1) | (codes > len(edges) - 1)
    return np.where(outside, NA_INTEGER, codes).astype(np.int32)


def _interval_labels(edges: np.ndarray, digits: int, closed_right: bool, lowest: bool) -> list[str | None]:
    texts: list[str] = []
    infinite = "-Inf" if np.isneginf(edges).any() else "Inf"  # formatC gives these a common width
    for d in range(digits, max(12, digits) + 1):
        texts = [f"{e + 0.0:.{d}g}" for e in edges.tolist()]
        texts = [t.title().rjust(len(infinite)) if "inf" in t else t for t in texts]
        if len(set(texts)) == len(texts):
            break
    opening, closing = ("(", "]") if closed_right else ("[", ")")
    out: list[str | None] = [f"{opening}{a},{b}{closing}" for a, b in pairwise(texts)]
    if lowest and closed_right:
        out[0] = "[" + (out[0] or "")[1:]
    elif lowest:
        out[-1] = (out[-1] or "")[:-1] + "]"
    return out


# By group


@builtin("tapply(X, INDEX, FUN = NULL, ..., default = NA, simplify = TRUE)")
def tapply(ctx: Context, x: Any, index: Any, fun: Any, dots: Dots, default: Any, simplify: Any) -> Any:
    keys = list(index.data) if isinstance(index, RVector) and index.type == "list" else [index]
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
    groups = invoke("interaction", *[v for _, v in dots])
    out = convert_data(x.data, x.type, "double").copy()
    for g in np.unique(groups.data):
        at = np.flatnonzero(groups.data == g)
        value = call_function(function, [(None, pick(x, at))], ctx=ctx)
        out[at] = stretched(convert_data(value.data, value.type, "double"), len(at))
    return double(out)

"""Order and rank: sort, order, rank, is.unsorted, and reversals of permutations."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..choices import one_choice
from ..dispatch import dispatch_or_none
from ..generics import invoke, is_object
from ..random_numbers import stream as random
from ..registry import builtin
from ..session import session
from ..values import (
    NA_INTEGER,
    NA_LOGICAL,
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
from ..vectors.coerce import convert_data, double_to_integer, is_atomic, one_flag, strings
from ..vectors.ordering import as_sortable, fresh_values, order_by, sort_codes, stable_order
from ..vectors.subset import get_subset, pick


def _na_last(value: Any) -> bool | None:
    flag = convert_data(value.data[:1], value.type, "logical")[0]
    return None if flag == NA_LOGICAL else bool(flag)


@builtin("order(..., na.last = TRUE, decreasing = FALSE, method = c('auto', 'shell', 'radix'))")
def order(dots: Dots, na_last: Any, decreasing: Any, method: Any) -> Any:
    keys = [_order_key(v) for _, v in dots]
    if not keys:
        return NULL
    by_code = _is_radix(method)
    if len({len(k) for k in keys}) > 1:
        raise UserError("argument lengths differ", code=Code.ARGUMENT)
    flags = convert_data(decreasing.data, decreasing.type, "logical") == 1
    down = [bool(f) for f in stretched(flags, len(keys))]
    keys = [_by_code_point(k) for k in keys] if by_code else keys
    return integer((order_by(keys, down, _na_last(na_last)) + 1).astype(np.int32))


def _is_radix(method: Any) -> bool:
    """Whether the method was chosen: radix orders strings by code point."""
    return isinstance(method, RVector) and len(method) == 1 and strings(method, "method")[0] == "radix"


def _by_code_point(key: RVector) -> RVector:
    if key.type != "character":
        return key
    known = sorted({t for t in key.data if t is not None})
    places: dict[str | None, int | None] = {text: i for i, text in enumerate(known)}
    return integer([places.get(t) for t in key.data])


def _order_key(value: Any) -> RVector:
    if value is NULL:
        raise UserError("argument 1 is not a vector", code=Code.TYPE)
    if is_object(value):
        found = dispatch_or_none("xtfrm", value, [(None, value)], None, session.global_env)
        value = value if found is None else found
    if not isinstance(value, RVector) or value.type in ("list", "expression"):
        raise UserError(
            f"unimplemented type '{getattr(value, 'type', '?')}' in 'orderVector1'\n", code=Code.TYPE
        )
    return as_sortable(value)


@builtin("sort(x, decreasing = FALSE, ...)", generic=True)
def sort(x: Any, decreasing: Any, dots: Dots) -> Any:
    more = dict((n or "", v) for n, v in dots)
    if is_atomic(x) and is_object(x):
        keep = _na_last(more["na.last"]) if "na.last" in more else None
        positions = order_by([_order_key(x)], [one_flag(decreasing, "decreasing")], keep)
        return invoke("[", x, integer(positions + 1))
    return _sort(x, decreasing, more)


@builtin("sort.int(x, partial = NULL, na.last = NA, decreasing = FALSE, method = NULL, index.return = FALSE)")
def sort_int(x: Any, partial: Any, na_last: Any, decreasing: Any, method: Any, index_return: Any) -> Any:
    return _sort(x, decreasing, {"na.last": na_last, "index.return": index_return, "method": method})


def _sort(x: Any, decreasing: Any, more: dict[str, Any]) -> Any:
    if x is NULL:
        return NULL
    if not is_atomic(x):
        raise UserError("'x' must be atomic", code=Code.TYPE)
    if decreasing.data[0] == NA_LOGICAL:
        raise UserError("'decreasing' elements must be TRUE or FALSE", code=Code.ARGUMENT)
    down = one_flag(decreasing, "decreasing")
    keep = _na_last(more["na.last"]) if "na.last" in more else None
    plain = not x.attributes or set(x.attributes) == {"names"}
    if plain and "index.return" in more and one_flag(more["index.return"], "index.return"):
        return _with_index(x, down)
    if _is_radix(more.get("method")):
        return pick(x, order_by([_by_code_point(as_sortable(x))], [down], keep))
    if keep is None and not x.attributes and x.type in ("double", "integer"):
        data = np.sort(x.data[~x.is_na()])
        return RVector(x.type, data[::-1] if down else data)
    positions = order_by([as_sortable(x)], [down], keep)
    if x.dim is not None and len(x.dim) == 1:
        return get_subset(x, [integer(positions + 1)])
    return pick(x, positions)


def _with_index(x: RVector, down: bool) -> RVector:
    """The sorted values but NA, and where they stood among these."""
    present = pick(x, np.flatnonzero(~x.is_na()))
    positions = order_by([as_sortable(present)], [down], None)
    return rlist([pick(present, positions), integer((positions + 1).astype(np.int32))], ["x", "ix"])


@builtin("sort.list(x, partial = NULL, na.last = TRUE, decreasing = FALSE, method = NULL)")
def sort_list(x: Any, partial: Any, na_last: Any, decreasing: Any, method: Any) -> RVector:
    down = one_flag(decreasing, "decreasing")
    return integer((order_by([_order_key(x)], [down], _na_last(na_last)) + 1).astype(np.int32))


@builtin("xtfrm(x)", generic=True)
def xtfrm(x: RVector) -> RVector:
    names = {"names": character(x.names)} if x.names else None
    if x.type in ("integer", "double"):
        return x.with_attributes(names)
    if x.type == "logical":
        return integer([None if v < 0 else v + 1 for v in x.data.tolist()], names)
    codes = sort_codes(x) + 1
    return integer(np.where(x.is_na(), NA_INTEGER, codes - codes[~x.is_na()].min(initial=1) + 1), names)


@builtin("is.unsorted(x, na.rm = FALSE, strictly = FALSE)")
def is_unsorted(x: Any, na_rm: Any, strictly: Any) -> RVector:
    if not is_atomic(x) or len(x) < 2:
        return logical(False)
    missing = x.is_na()
    if missing.any():
        if not one_flag(na_rm, "na.rm"):
            return logical([None])
        x = pick(x, np.flatnonzero(~missing))
    ranks = sort_codes(x)
    step = np.diff(ranks)
    return logical(bool((step <= 0).any() if one_flag(strictly, "strictly") else (step < 0).any()))


_TIES = ("average", "first", "last", "random", "max", "min")


@builtin("rank(x, na.last = TRUE, ties.method = c('average', 'first', 'last', 'random', 'max', 'min'))")
def rank(x: Any, na_last: Any, ties_method: Any) -> RVector:
    method = one_choice(ties_method, _TIES)
    names = {"names": character(x.names)} if x.names else None
    missing = x.is_na()
    keep = strings(na_last, "na.last")[0] == "keep"
    if _na_last(na_last) is None and not keep:
        x = pick(x, np.flatnonzero(~missing))
        missing = x.is_na()
    present = np.flatnonzero(~missing)
    ranks = sort_codes(RVector(x.type, x.data[present]))
    out = np.full(len(x), NA_REAL)
    out[present] = _tied_ranks(ranks, method)
    if missing.any() and not keep:
        first = one_flag(na_last, "na.last")
        extra = np.arange(1, missing.sum() + 1)
        out[missing] = extra + len(present) if first else extra
        if not first:
            out[present] += missing.sum()
    return double(out, names) if method == "average" else RVector("integer", double_to_integer(out), names)


def _tied_ranks(codes: np.ndarray, method: str) -> np.ndarray:
    n = len(codes)
    out = np.empty(n)
    places = np.arange(1, n + 1)
    if method == "random":
        shuffled = random.stream.permutation(n, n)
        out[shuffled[stable_order(codes[shuffled])]] = places
        return out
    order = n - 1 - stable_order(codes[::-1]) if method == "last" else stable_order(codes)
    if method in ("first", "last"):
        out[order] = places
        return out
    group = np.cumsum(fresh_values(codes[order]))
    counts = np.bincount(group)
    highest = np.cumsum(counts)
    lowest = highest - counts + 1
    tied = {"max": highest, "min": lowest, "average": (lowest + highest) / 2}[method]
    out[order] = tied[group]
    return out

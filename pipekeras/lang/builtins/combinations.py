"""Combinations of elements, and the array indices of positions."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..evaluator.calls import call_function, match_function
from ..generics import at
from ..registry import Context, builtin
from ..values import NULL, Dots, RVector, integer, rlist
from ..vectors.coerce import guard_size, one_flag, one_int
from ..vectors.combine import combine
from .factors import is_factor
from .vectors import array_indices


@builtin("combn(x, m, FUN = NULL, simplify = TRUE, ...)")
def combn(ctx: Context, x: Any, m: Any, fun: Any, simplify: Any, dots: Dots) -> Any:
    size = one_int(m, "m")
    if size < 0:
        raise UserError("m < 0", code=Code.VALUE)
    counted = isinstance(x, RVector) and x.type in ("integer", "double") and len(x) == 1 and x.data[0] >= 1
    items = integer(np.arange(1, int(x.data[0]) + 1)) if counted else x
    if len(items) < size:
        raise UserError("n < m", code=Code.VALUE, cause=f"{size} elements cannot be chosen from {len(items)}")
    count = math.comb(len(items), size)
    guard_size(count * max(size, 1))
    chosen = itertools.combinations(range(len(items)), size)
    parts = [at(items, np.array(places, dtype=np.int64)) for places in chosen]
    if fun is not NULL:
        function = match_function(fun, ctx)
        parts = [call_function(function, [(None, part), *dots], ctx=ctx) for part in parts]
    if not one_flag(simplify, "simplify"):
        return rlist(parts)
    return _side_by_side(parts, fun is NULL)


def _side_by_side(parts: list[Any], columns: bool) -> RVector:
    """The parts as columns of an array; single results of a function as its only dimension."""
    out = combine([(None, part) for part in parts])
    shape = list(parts[0].dim or ([len(parts[0])] if columns or len(parts[0]) > 1 else []))
    kept: dict[str, Any] = {"dim": integer([*shape, len(parts)])}
    if is_factor(parts[0]).data[0]:
        kept |= {name: parts[0].attributes[name] for name in ("levels", "class")}
    return out.with_attributes(kept)


@builtin("arrayInd(ind, .dim, .dimnames = NULL, useNames = FALSE)")
def array_ind(ind: Any, dim: Any, dimnames: Any, use_names: Any) -> RVector:
    extents = [int(n) for n in dim.data]
    attributes: dict[str, Any] = {"dim": integer(extents)}
    if dimnames is not NULL:
        attributes["dimnames"] = dimnames
    shape = RVector("logical", np.empty(0, dtype=np.int8), attributes)
    return array_indices(shape, ind.data.astype(np.int64) - 1, one_flag(use_names, "useNames"))

"""by(): a function of the rows of each group, and how its results are shown."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...syntax.tree import Call
from ..evaluator.calls import call_function, match_function
from ..frames import is_frame, row_count, take_rows
from ..generics import invoke
from ..models.formulas import is_formula, variables
from ..registry import Context, builtin
from ..session import session
from ..text.deparse import deparse_lines
from ..values import NA_LOGICAL, NULL, Builtin, Dots, RVector, character, integer, rlist


@builtin("by(data, INDICES, FUN, ..., simplify = TRUE)", generic=True)
def by(ctx: Context, data: Any, indices: Any, fun: Any, dots: Dots, simplify: Any) -> RVector:
    """tapply over the rows of a data frame; other data than frames are taken as tapply does."""
    if is_formula(indices):
        values, names = variables(indices, data)
        groups = rlist(values, names)
    elif isinstance(indices, RVector) and indices.type == "list":
        groups = indices
    else:
        groups = rlist([indices], [_written_indices(ctx.call)])
    if isinstance(data, RVector) and data.dim is not None and not is_frame(data):
        data = invoke("as.data.frame", data)
    if is_frame(data):
        function = match_function(fun, ctx)

        def of_rows(rows: RVector) -> Any:
            part = take_rows(data, rows.data.astype(np.int64) - 1)
            return call_function(function, [(None, part), *dots], ctx=ctx)

        rows = integer(np.arange(1, row_count(data) + 1, dtype=np.int32))
        found = invoke("tapply", rows, groups, Builtin("by", "by(rows)", of_rows), simplify=simplify)
    else:
        found = invoke("tapply", data, groups, fun, simplify=simplify, **{n: v for n, v in dots if n})
    attributes = dict(found.attributes or {})
    if isinstance(ctx.call, Call):
        attributes["call"] = ctx.call
    return found.with_attributes({**attributes, "class": character("by")})


def _written_indices(call: Any) -> str:
    """The first line of INDICES as the caller wrote it."""
    args = call.args if isinstance(call, Call) else []
    named = next((a.value for a in args if a.name == "INDICES"), None)
    unnamed = [a.value for a in args if not a.name]
    place = 0 if any(a.name == "data" for a in args) else 1
    node = named if named is not None else unnamed[place] if len(unnamed) > place else None
    return "INDICES" if node is None else deparse_lines(node)[0]


@builtin("print.by(x, ..., vsep)", invisible=True)
def print_by(x: RVector, dots: Dots, vsep: Any = NULL) -> RVector:
    rule = "-" * int(0.75 * session.option_int("width")) + " " if vsep is NULL else vsep.data[0]
    dimnames = x.attribute("dimnames")
    titles = dimnames.names or [""] * len(dimnames)
    extents = x.dim or (len(x),)
    for i in range(len(x)):
        if i:
            session.write(rule + "\n")
        places = np.unravel_index(i, extents, order="F")
        for title, labels, at in zip(titles, dimnames.data, places, strict=True):
            session.write(f"{title}: {labels.data[at]}\n")
        value = x.data[i] if x.type == "list" else RVector(x.type, x.data[i : i + 1].copy())
        if value is NULL:
            value = RVector("logical", np.array([NA_LOGICAL], dtype=np.int8))
        invoke("print", value)
    return x

"""Choosing between values: ifelse, replace, modifyList, expand.grid."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import UserError
from ...signature import Param, Signature
from ...syntax.tree import Call
from ..assign import set_dollar, set_subset
from ..calls import promise_arguments
from ..coerce import LADDER, convert_data, has_class, one_flag
from ..environment import Environment
from ..generics import invoke
from ..lookup import force
from ..registry import builtin, special
from ..values import MISSING, NULL, Dots, Promise, RVector, character, integer, rlist
from .vectors import shape_attributes

_IFELSE = Signature([Param("test"), Param("yes"), Param("no")])


def _forced(value: Any) -> Any:
    return force(value) if isinstance(value, Promise) else value


@special("ifelse")
def ifelse(call: Call, env: Environment) -> Any:
    """`ifelse(test, yes, no)`: yes and no are evaluated only where an element needs them."""
    given = _IFELSE.match(promise_arguments(call, env)).values
    for name in ("test", "yes", "no"):
        if name not in given:
            given[name] = MISSING
    test = _forced(given["test"])
    if not isinstance(test, RVector):
        test = RVector("logical", np.empty(0, dtype=np.int8))
    truth = test.data if test.type == "logical" else convert_data(test.data, test.type, "logical")
    out: RVector = RVector("logical", truth.copy(), shape_attributes(test))
    for wanted, name in ((1, "yes"), (0, "no")):
        at = np.flatnonzero(truth == wanted)
        if not len(at):
            continue
        value = _given(given[name], name)
        if len(truth) == 1 and test.attributes is None and isinstance(value, RVector) and len(value) == 1:
            return value if not value.attributes else RVector(value.type, value.data)
        out = _put(out, at, value)
    return out


def _given(promise: Any, name: str) -> RVector:
    if promise is MISSING:
        raise UserError(f'argument "{name}" is missing, with no default')
    value = _forced(promise)
    if not isinstance(value, RVector):
        return rlist([value])
    return value


def _put(out: RVector, at: np.ndarray, value: RVector) -> RVector:
    """out with the value's elements, recycled to full length, at the positions."""
    if not len(value):
        raise UserError("replacement has length zero")
    kind = value.type if LADDER[value.type] > LADDER[out.type] else out.type
    data = convert_data(out.data, out.type, kind)
    data = data.copy() if data is out.data else data
    source = convert_data(value.data, value.type, kind)
    data[at] = source[at % len(source)]
    return RVector(kind, data, out.attributes)


@builtin("replace(x, list, values)")
def replace(x: Any, list: Any, values: Any) -> Any:
    if has_class(x, "factor") or has_class(x, "data.frame"):
        return invoke("[<-", x, list, value=values)
    return set_subset(x.copy() if isinstance(x, RVector) else x, [list], values)


@builtin("modifyList(x, val, keep.null = FALSE)")
def modify_list(x: RVector, val: RVector, keep_null: Any) -> Any:
    return _modified(x, val, one_flag(keep_null, "keep.null"))


def _modified(x: Any, val: RVector, keep: bool) -> Any:
    x = x.copy()
    for name, value in zip(val.names or [], val.data, strict=False):
        if not name:
            continue
        old = _item(x, name)
        both_lists = all(isinstance(v, RVector) and v.type == "list" for v in (old, value))
        if both_lists:
            x = set_dollar(x, name, _modified(old, value, keep))
        elif value is NULL and keep:
            x = set_subset(x, [character(name)], rlist([NULL]))
        else:
            x = set_dollar(x, name, value)
    return x


def _item(x: RVector, name: str) -> Any:
    names = x.names or []
    return x.data[names.index(name)] if name in names else NULL


@builtin("expand.grid(..., KEEP.OUT.ATTRS = TRUE, stringsAsFactors = TRUE)")
def expand_grid(dots: Dots, keep_out_attrs: Any, strings_as_factors: Any) -> RVector:
    pairs = dots
    if len(dots) == 1 and isinstance(dots[0][1], RVector) and dots[0][1].type == "list":
        names = dots[0][1].names or []
        pairs = [(names[i] if names else None, v) for i, v in enumerate(dots[0][1].data)]
    total = int(np.prod([len(v) for _, v in pairs])) if pairs else 0
    columns, names, repeat = [], [], 1
    for i, (name, value) in enumerate(pairs):
        if value.type == "character" and one_flag(strings_as_factors, "stringsAsFactors"):
            value = invoke("factor", value, levels=invoke("unique", value))
        at = np.tile(np.repeat(np.arange(len(value)), repeat), total // max(1, repeat * len(value)))
        columns.append(invoke("[", value, integer(at + 1)))
        names.append(name or f"Var{i + 1}")
        repeat *= len(value)
    attributes: dict[str, Any] = {"class": character("data.frame"), "row.names": integer([None, -total])}
    if one_flag(keep_out_attrs, "KEEP.OUT.ATTRS"):
        attributes = {"out.attrs": _grid_attributes(pairs, names), **attributes}
    return rlist(columns, names, attributes)


def _grid_attributes(pairs: Dots, names: list[str]) -> RVector:
    dim = integer([len(v) for _, v in pairs], {"names": character(names)})
    labels = []
    for name, (_, value) in zip(names, pairs, strict=True):
        shown = invoke("format", value)
        labels.append(character([f"{name}={text}" for text in shown.data]))
    return rlist([dim, rlist(labels, names)], ["dim", "dimnames"])

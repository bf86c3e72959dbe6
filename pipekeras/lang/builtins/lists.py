"""Making and changing lists, and choosing between values: list, modifyList, replace, ifelse."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import UserError
from ...signature import Param, Signature
from ...syntax.tree import Call
from ..environment import Environment
from ..evaluator.assign import set_dollar, set_subset
from ..evaluator.calls import promise_arguments
from ..generics import invoke
from ..lookup import force
from ..registry import builtin, special
from ..values import DTYPES, MISSING, NULL, Dots, Promise, RVector, character, rlist
from ..vectors.coerce import LADDER, convert_data, has_class, missing_value, one_flag
from ..vectors.subset import get_element, get_subset
from .vectors import shape_attributes


@builtin("list(...)")
def list_(dots: Dots) -> RVector:
    named = any(name for name, _ in dots)
    return rlist([value for _, value in dots], [name for name, _ in dots] if named else None)


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
            return value if not value.attributes else value.with_attributes(None)
        out = _put(out, at, value)
    return out


def _given(promise: Any, name: str) -> RVector:
    if promise is MISSING:
        raise UserError(f'argument "{name}" is missing, with no default')
    value = _forced(promise)
    if value is NULL:
        raise UserError("replacement has length zero")
    return value if isinstance(value, RVector) else rlist([value])


def _put(out: RVector, at: np.ndarray, value: RVector) -> RVector:
    """out with the value's elements, recycled to full length, at the positions."""
    if not len(value):  # rep() makes NA of it
        value = RVector(value.type, np.array([missing_value(value.type)], dtype=DTYPES[value.type]))
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


def _plain(x: Any) -> Any:
    """A vector without its class: no method is looked for."""
    return x.with_attribute("class", None) if isinstance(x, RVector) else x


@builtin(".subset(x, ...)")
def plain_subset(x: Any, dots: Dots) -> Any:
    drop = next((one_flag(value, "drop") for name, value in dots if name == "drop"), True)
    return get_subset(_plain(x), [value for name, value in dots if name != "drop"], drop)


@builtin(".subset2(x, ...)")
def plain_element(x: Any, dots: Dots) -> Any:
    exact = next((one_flag(value, "exact") for name, value in dots if name == "exact"), True)
    return get_element(_plain(x), [value for name, value in dots if name != "exact"], exact)

"""identical and all.equal: exact and near equality of whole objects."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..coerce import (
    NUMERIC,
    convert_data,
    factor_or_text,
    has_class,
    is_function,
    one_flag,
    one_number,
    type_of,
)
from ..dispatch import class_of
from ..environment import Environment
from ..equality import hashable, identical, language_key
from ..format import number_strings
from ..registry import builtin
from ..session import session
from ..subset import get_element
from ..values import NULL, Closure, Dots, RVector, character, integer, logical


@builtin(
    "identical(x, y, num.eq = TRUE, single.NA = TRUE, attrib.as.set = TRUE, ignore.bytecode = TRUE, "
    "ignore.environment = FALSE, ignore.srcref = TRUE, extptr.as.ref = FALSE)"
)
def identical_(
    x: Any,
    y: Any,
    num_eq: Any,
    single_na: Any,
    attrib_as_set: Any,
    ignore_bytecode: Any,
    ignore_environment: Any,
    ignore_srcref: Any,
    extptr_as_ref: Any,
) -> RVector:
    if (
        one_flag(ignore_environment, "ignore.environment")
        and isinstance(x, Closure)
        and isinstance(y, Closure)
    ):
        return logical(language_key(x.node) == language_key(y.node))
    return logical(identical(x, y))


class _Check:
    """Settings of one all.equal call."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.tolerance = one_number(given["tolerance"], "tolerance") if "tolerance" in given else 1.5e-8
        self.attributes = self._flag(given, "check.attributes")
        self.names = self._flag(given, "check.names") and self._flag(given, "use.names")
        self.scale = one_number(given["scale"], "scale") if given.get("scale", NULL) is not NULL else None
        self.count_equal = "countEQ" in given and one_flag(given["countEQ"], "countEQ")

    @staticmethod
    def _flag(given: dict[str, Any], name: str) -> bool:
        return name not in given or one_flag(given[name], name)


@builtin("all.equal(target, current, ...)", generic=True)
def all_equal(target: Any, current: Any, dots: Dots) -> RVector:
    check = _Check({n or "": v for n, v in dots})
    messages = differences(target, current, check)
    return character(messages) if messages else logical(True)


def differences(target: Any, current: Any, check: _Check) -> list[str]:
    """What differs, in R's words; empty when the two are nearly equal."""
    if isinstance(target, RVector) and has_class(target, "factor"):
        return _factor_differences(target, current, check)
    if isinstance(target, RVector) and target.type in (*NUMERIC, "complex") and target.type != "logical":
        return _numeric_differences(target, current, check)
    if isinstance(target, RVector) and target.type in ("list", "expression"):
        return _list_differences(target, current, check)
    if isinstance(target, RVector):
        return _discrete_differences(target, current, check)
    if target is NULL:
        return [] if current is NULL else _modes(target, current)
    if is_function(target) or isinstance(target, Environment):
        return [] if identical(target, current) else ["target, current do not match when deparsed"]
    return [] if hashable(target) == hashable(current) else ["target, current do not match when deparsed"]


def _mode(x: Any) -> str:
    kind = type_of(x)
    return {"integer": "numeric", "double": "numeric", "closure": "function", "builtin": "function"}.get(
        kind, kind
    )


def _modes(target: Any, current: Any) -> list[str]:
    out = []
    if _mode(target) != _mode(current):
        out.append(f"Modes: {_mode(target)}, {_mode(current)}")
    first, second = len(target), _size(current)
    if first != second:
        out.append(f"Lengths: {first}, {second}")
    out += _attribute_differences(target, current)
    shown = class_of(target)[0], class_of(current)[0]
    out.append(f"target is {shown[0]}, current is {shown[1]}")
    return out


def _size(x: Any) -> int:
    return len(x) if isinstance(x, RVector) or x is NULL else 1


def _numeric_differences(target: RVector, current: Any, check: _Check) -> list[str]:
    if (
        not isinstance(current, RVector)
        or current.type not in (*NUMERIC, "complex")
        or current.type == "logical"
    ):
        shown = class_of(current)[0]
        modes = [f"Modes: {_mode(target)}, {_mode(current)}"]
        if len(target) != _size(current):
            modes.append(f"Lengths: {len(target)}, {_size(current)}")
        return [*modes, f"target is {class_of(target)[0]}, current is {shown}"]
    messages = _attribute_differences(target, current, check) if check.attributes else []
    if len(target) != len(current):
        kind = "Complex" if "complex" in (target.type, current.type) else "Numeric"
        return [*messages, f"{kind}: lengths ({len(target)}, {len(current)}) differ"]
    kind = "complex" if "complex" in (target.type, current.type) else "double"
    a, b = (convert_data(v.data, v.type, kind) for v in (target, current))
    missing, other = np.isnan(a), np.isnan(b)
    if (missing != other).any():
        return [
            *messages,
            f"'is.NA' value mismatch: {int(other.sum())} in current {int(missing.sum())} in target",
        ]
    a, b = a[~missing], b[~missing]
    with np.errstate(all="ignore"):
        unequal = a != b
        if not unequal.any():
            return messages
        message = _relative(a, b, unequal, check)
    return [*messages, *message]


def _relative(a: np.ndarray, b: np.ndarray, unequal: np.ndarray, check: _Check) -> list[str]:
    """The mean relative difference of the unequal elements, absolute where the target is near 0."""
    if not check.count_equal:
        a, b = a[unequal], b[unequal]
    difference = float(np.abs(a - b).mean())
    size = float(np.abs(a).mean())
    what = "absolute"
    if check.scale is not None:
        difference /= check.scale
        what = "absolute" if check.scale == 1 else "scaled"
    elif np.isfinite(size) and size > check.tolerance:
        difference /= size
        what = "relative"
    if difference != difference or difference > check.tolerance:
        shown = number_strings(np.array([difference]), session.option_int("digits"))[0]
        mod = " Mod" if np.iscomplexobj(a) else ""
        return [f"Mean {what}{mod} difference: {shown}"]
    return []


def _attribute_differences(target: Any, current: Any, check: _Check | None = None) -> list[str]:
    """all.equal's check of names and other attributes."""
    first = dict(getattr(target, "attributes", None) or {})
    second = dict(getattr(current, "attributes", None) or {})
    out: list[str] = []
    names, theirs = first.pop("names", None), second.pop("names", None)
    if check is None or check.names:
        if names is not None and theirs is not None:
            out += [f"Names: {m}" for m in _discrete_differences(names, theirs, check)]
        elif names is not None:
            out.append("names for target but not for current")
        elif theirs is not None:
            out.append("names for current but not for target")
    if not first and not second:
        return out
    if not first or not second:
        out.append(
            f"Attributes: < Modes: {'NULL' if not first else 'list'}, {'NULL' if not second else 'list'} >"
        )
        sizes = (len(first), len(second))
        out.append(f"Attributes: < Lengths: {sizes[0]}, {sizes[1]} >")
        has, lacks = ("current", "target") if not first else ("target", "current")
        out.append(f"Attributes: < names for {has} but not for {lacks} >")
        out.append(
            "Attributes: < current is not list-like >"
            if not second
            else "Attributes: < target is NULL, current is list >"
        )
        return out
    for key in sorted(first.keys() & second.keys()):
        messages = differences(first[key], second[key], check or _Check({}))
        out += [f"Attributes: < Component “{key}”: {m} >" for m in messages]
    if first.keys() != second.keys():
        out.append("Attributes: < names differ >")
    return out


def _discrete_differences(target: RVector, current: Any, check: _Check | None) -> list[str]:
    """Strings, logical and raw values: how many do not match."""
    if not isinstance(current, RVector) or _mode(current) != _mode(target):
        return _modes(target, current)
    messages = _attribute_differences(target, current, check) if check is None or check.attributes else []
    kind = {"character": "string", "logical": "element", "raw": "element"}.get(target.type, "element")
    if len(target) != len(current):
        return [
            *messages,
            f"Lengths ({len(target)}, {len(current)}) differ ({kind} compare on first {min(len(target), len(current))})",
        ]
    missing, other = target.is_na(), current.is_na()
    if (missing != other).any():
        return [
            *messages,
            f"'is.NA' value mismatch: {int(other.sum())} in current {int(missing.sum())} in target",
        ]
    count = int((~np.equal(target.data, current.data).astype(bool) & ~missing).sum())
    if count:
        messages.append(f"{count} {kind} mismatch{'es' if count > 1 else ''}")
    return messages


def _factor_differences(target: RVector, current: Any, check: _Check) -> list[str]:
    if not has_class(current, "factor"):
        return ["'current' is not a factor"]
    messages = _attribute_differences(target, current, check) if check.attributes else []
    texts = _discrete_differences(factor_or_text(target), factor_or_text(current), check)
    return [*messages, *texts]


def _list_differences(target: RVector, current: Any, check: _Check) -> list[str]:
    if not isinstance(current, RVector) or current.type not in ("list", "expression"):
        if not isinstance(current, RVector):
            return ["current is not list-like"]
        return _modes(target, current)
    messages = _attribute_differences(target, current, check) if check.attributes else []
    if len(target) != len(current):
        messages.append(f"Lengths ({len(target)}, {len(current)}) differ")
    names, theirs = target.names, current.names
    by_name = check.names and bool(names) and bool(theirs)
    if by_name:
        assert names is not None and theirs is not None
        pairs = [(f"“{n}”", i, theirs.index(n)) for i, n in enumerate(names) if n in theirs]
        if len(pairs) < max(len(names), len(theirs)):
            messages.append(f"Components not in {'target' if len(theirs) > len(names) else 'current'}")
    else:
        pairs = [(str(i + 1), i, i) for i in range(min(len(target), len(current)))]
    for label, i, j in pairs:
        found = differences(
            get_element(target, [integer(i + 1)]), get_element(current, [integer(j + 1)]), check
        )
        messages += [f"Component {label}: {m}" for m in found]
    return messages

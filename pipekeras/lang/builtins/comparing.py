"""identical and all.equal: exact and near equality of whole objects."""

from __future__ import annotations

from copy import copy
from typing import Any

import numpy as np

from ...syntax.tree import Call
from ..environment import Environment
from ..generics import invoke
from ..lookup import resolve
from ..registry import builtin
from ..session import session
from ..text.deparse import deparse_lines, deparse_value
from ..text.format import number_strings
from ..values import NULL, Closure, Dots, Formula, RVector, character, double, integer, logical, rlist
from ..vectors.coerce import (
    convert_data,
    factor_or_text,
    has_class,
    is_function,
    mode_of,
    one_flag,
    one_number,
)
from ..vectors.equality import identical, language_key
from ..vectors.nesting import guard_nesting
from ..vectors.subset import get_element
from .objects import visible_attributes


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
    guard_nesting(x, y)
    if (
        one_flag(ignore_environment, "ignore.environment")
        and isinstance(x, Closure)
        and isinstance(y, Closure)
    ):
        return logical(language_key(x.node) == language_key(y.node))
    if not one_flag(num_eq, "num.eq") and _signed_bits(x) != _signed_bits(y):
        return logical(False)
    return logical(identical(x, y))


def _signed_bits(value: Any) -> Any:
    """Where the numbers of a value have a minus sign, by which num.eq = FALSE tells -0 from 0."""
    if not isinstance(value, RVector):
        return None
    if value.type == "list":
        return [_signed_bits(item) for item in value.data]
    return np.signbit(value.data).tolist() if value.type == "double" else None


class _Check:
    """Settings of one all.equal call."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.tolerance = one_number(given["tolerance"], "tolerance") if "tolerance" in given else 1.5e-8
        self.attributes = self._flag(given, "check.attributes")
        self.names = self._flag(given, "check.names")
        self.use_names = self._flag(given, "use.names")
        self.scale = one_number(given["scale"], "scale") if given.get("scale", NULL) is not NULL else None
        self.given = given
        self.environments = self._flag(given, "check.environment")
        self.open_pairs: frozenset[tuple[int, int]] = frozenset()  # environments being compared further up
        self.count_equal = "countEQ" in given and one_flag(given["countEQ"], "countEQ")

    def inside(self, pair: tuple[int, int]) -> _Check:
        made = copy(self)
        made.open_pairs = self.open_pairs | {pair}
        return made

    def for_times(self) -> _Check:
        made = copy(self)
        made.tolerance = self.tolerance if "tolerance" in self.given else 1e-3
        made.scale = 1.0 if self.scale is None else self.scale
        return made

    @staticmethod
    def _flag(given: dict[str, Any], name: str) -> bool:
        return name not in given or one_flag(given[name], name)


@builtin("all.equal(target, current, ...)", generic=True)
def all_equal(target: Any, current: Any, dots: Dots) -> RVector:
    guard_nesting(target, current)
    check = _Check({n or "": v for n, v in dots})
    messages = differences(target, current, check)
    return character(messages) if messages else logical(True)


def differences(target: Any, current: Any, check: _Check) -> list[str]:
    """What differs, in R's words; empty when the two are nearly equal."""
    if isinstance(target, RVector) and has_class(target, "POSIXt"):
        return _time_differences(target, current, check)
    if isinstance(target, Environment):
        return _environment_differences(target, current, check)
    if isinstance(target, RVector) and has_class(target, "factor"):
        return _factor_differences(target, current, check)
    if isinstance(target, RVector) and target.type == "expression" and mode_of(current) != "expression":
        return _language_differences(target, current)
    if isinstance(target, RVector) and target.type in ("list", "expression"):
        return _list_differences(target, current, check)
    if isinstance(target, RVector):
        return _atomic_differences(target, current, check)
    if target is NULL:
        return _class_difference(target, current)
    if isinstance(target, Formula):
        return _formula_differences(target, current)
    if is_function(target):
        return _function_differences(target, current, check)
    return _language_differences(target, current)


def _time_differences(target: RVector, current: Any, check: _Check) -> list[str]:
    """Times by their seconds, to a thousandth unless a tolerance is given, and by their time zones."""
    if not isinstance(current, RVector) or not has_class(current, "POSIXt"):
        return ["'current' is not a POSIXt"]
    zones = [str((invoke("attr", t, character("tzone")) or character("")).data[0]) for t in (target, current)]
    messages = []
    if zones[0] != zones[1]:
        messages.append(f"'tzone' attributes are inconsistent ('{zones[0]}' and '{zones[1]}')")
    first, second = (double(invoke("as.POSIXct", t).data) for t in (target, current))
    return messages + _atomic_differences(first, second, check.for_times())


def _environment_differences(target: Environment, current: Any, check: _Check) -> list[str]:
    """Environments by their variables."""
    if target is current:
        return []
    if not isinstance(current, Environment):
        return ["'current' is not an environment"]
    pair = (id(target), id(current))
    if pair in check.open_pairs:
        return []
    first, second = (_variables(e) for e in (target, current))
    return _list_differences(first, second, check.inside(pair))


def _variables(env: Environment) -> RVector:
    names = sorted(env.values)
    return rlist([resolve(env.values[n], n) for n in names], names or None)


def _formula_differences(target: Formula, current: Any) -> list[str]:
    two_sides = [len(x.args) == 2 if isinstance(x, Call) else False for x in (target, current)]
    if two_sides[0] != two_sides[1]:
        shown = ", ".join(str(side).upper() for side in two_sides)
        return [f"target, current differ in having response: {shown}"]
    return [] if deparse_value(target) == deparse_value(current) else ["formulas differ in contents"]


def _language_differences(target: Any, current: Any) -> list[str]:
    """Code by its text."""
    modes = mode_of(target), mode_of(current)
    messages = [f"Modes of target, current: {modes[0]}, {modes[1]}"] if modes[0] != modes[1] else []
    first, second = ("\n".join(deparse_lines(x)) for x in (target, current))
    if first == second:
        return messages
    if second.startswith(first):
        return [*messages, "target is a subset of current"]
    if first.startswith(second):
        return [*messages, "current is a subset of target"]
    return [*messages, "target, current do not match when deparsed"]


def _function_differences(target: Any, current: Any, check: _Check) -> list[str]:
    """Functions by their text and by the variables they are closed over."""
    messages = _language_differences(target, current)
    if not check.environments:
        return messages
    first, second = (invoke("environment", x) for x in (target, current))
    if first is second:
        return messages
    if not isinstance(second, Environment):
        return [*messages, "'current' is not an environment"]
    if not isinstance(first, Environment):
        return [*messages, "'target' is not an environment"]
    return messages + _environment_differences(first, second, check)


def _data_class(x: Any) -> str:
    """R's data.class: the class attribute, matrix, array, or the mode."""
    explicit = (getattr(x, "attributes", None) or {}).get("class")
    if explicit is not None:
        return explicit.data[0]
    dim = x.dim if isinstance(x, RVector) else None
    if dim is not None:
        return "matrix" if len(dim) == 2 else "array"
    return mode_of(x)


def _class_difference(target: Any, current: Any) -> list[str]:
    first, second = _data_class(target), _data_class(current)
    return [f"target is {first}, current is {second}"] if first != second else []


def _size(x: Any) -> int:
    return len(x) if isinstance(x, RVector) or x is NULL else 1


def _without_lengths(messages: list[str]) -> list[str]:
    return [m for m in messages if "Lengths" not in m]


def _atomic_differences(target: RVector, current: Any, check: _Check) -> list[str]:
    messages = _attribute_differences(target, current, check) if check.attributes else []
    wrong_class = _class_difference(target, current)
    if wrong_class or not isinstance(current, RVector):
        return messages + wrong_class
    numeric = target.type in ("integer", "double", "complex")
    first, second = len(target), len(current)
    if first != second:
        messages = _without_lengths(messages)
        if numeric:
            kind = "Complex" if target.type == "complex" else "Numeric"
            return [*messages, f"{kind}: lengths ({first}, {second}) differ"]
        least = min(first, second)
        how = (
            f"string compare on first {least}"
            if target.type == "character"
            else (f"comparison on first {least} components")
        )
        messages.append(f"Lengths ({first}, {second}) differ ({how})")
        target, current = (RVector(v.type, v.data[:least]) for v in (target, current))
    missing, other = target.is_na(), current.is_na()
    if (missing != other).any():
        counts = f"{int(other.sum())} in current {int(missing.sum())} in target"
        return [*messages, f"'is.NA' value mismatch: {counts}"]
    if numeric:
        return messages + _numeric_differences(target, current, ~missing, check)
    return messages + _mismatches(target, current, ~missing)


def _mismatches(target: RVector, current: RVector, present: np.ndarray) -> list[str]:
    count = int((~np.equal(target.data, current.data).astype(bool) & present).sum())
    what = "string" if target.type == "character" else "element"
    return [f"{count} {what} mismatch{'es' if count > 1 else ''}"] if count else []


def _numeric_differences(target: RVector, current: RVector, present: np.ndarray, check: _Check) -> list[str]:
    """The mean relative difference of the unequal elements, absolute where the target is near 0."""
    kind = "complex" if "complex" in (target.type, current.type) else "double"
    a, b = (convert_data(v.data, v.type, kind)[present] for v in (target, current))
    with np.errstate(all="ignore"):
        unequal = a != b
        if not unequal.any():
            return []
        equal_size = float(np.abs(a[~unequal]).mean()) if check.count_equal and not unequal.all() else 0.0
        a, b = a[unequal], b[unequal]
        difference = float(np.abs(a - b).mean())
        size = equal_size + float(np.abs(a).mean())
    what = "absolute"
    if check.scale is not None:
        difference /= check.scale
        what = "absolute" if abs(check.scale - 1) < 1e-7 else "scaled"
    elif np.isfinite(size) and size > check.tolerance:
        difference /= size
        what = "relative"
    if difference == difference and difference <= check.tolerance:
        return []
    shown = number_strings(np.array([difference]), session.option_int("digits"))[0]
    return [f"Mean {what}{' Mod' if kind == 'complex' else ''} difference: {shown}"]


def _attribute_differences(target: Any, current: Any, check: _Check) -> list[str]:
    """What all.equal says about mode, length, names and other attributes."""
    out: list[str] = []
    if mode_of(target) != mode_of(current):
        out.append(f"Modes: {mode_of(target)}, {mode_of(current)}")
    if _size(target) != _size(current):
        out.append(f"Lengths: {_size(target)}, {_size(current)}")
    first, second = (dict(visible_attributes(x)) for x in (target, current))
    bare = not first, not second  # only what had no attribute at all, not even names, is NULL to R
    names, theirs = first.pop("names", None), second.pop("names", None)
    if check.names and names is not None and theirs is not None:
        out += [f"Names: {m}" for m in _atomic_differences(names, theirs, check)]
    elif check.names and names is not None:
        out.append("names for target but not for current")
    elif check.names and theirs is not None:
        out.append("names for current but not for target")
    if first or second:
        lists = (rlist([a[k] for k in sorted(a)], sorted(a) or None) for a in (first, second))
        one, two = (NULL if none else made for none, made in zip(bare, lists, strict=True))
        out += [f"Attributes: < {m} >" for m in differences(one, two, check)]
    return out


def _factor_differences(target: RVector, current: Any, check: _Check) -> list[str]:
    if not has_class(current, "factor"):
        return ["'current' is not a factor"]
    messages = _attribute_differences(target, current, check) if check.attributes else []
    texts = _atomic_differences(factor_or_text(target), factor_or_text(current), check)
    return messages + texts


def _list_differences(target: RVector, current: Any, check: _Check) -> list[str]:
    messages = _attribute_differences(target, current, check) if check.attributes else []
    if not isinstance(current, RVector):
        return [*messages, "current is not list-like"]
    n = len(target)
    if n != len(current):
        n = min(n, len(current))
        messages = [*_without_lengths(messages), f"Length mismatch: comparison on first {n} components"]
    names, theirs = target.names, current.names
    for i in range(n):
        same = check.use_names and names and theirs and names[i] == theirs[i]
        label = f"“{names[i]}”" if same and names else str(i + 1)
        position = [integer(i + 1)]
        found = differences(get_element(target, position), get_element(current, position), check)
        messages += [f"Component {label}: {m}" for m in found]
    return messages

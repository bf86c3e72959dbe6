"""R values as code: a value becomes the tree of the call that makes it, and the deparser writes it."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

import numpy as np

from ...syntax import deparse as syntax
from ...syntax.tree import EMPTY, NA, Arg, Call, Const, Function, Name, Node
from ..environment import Environment
from ..foreign import foreign_type
from ..values import EMPTY_SYMBOL, MISSING, NA_INTEGER, NULL, Builtin, Closure, Formula, RVector, is_real_na
from ..vectors.nesting import guard_nesting


class _Text:
    """Text that is code already, such as the 0x0f of a raw value."""

    def __init__(self, text: str) -> None:
        self.text = text


_EMPTY = {
    "double": "numeric",
    "logical": "logical",
    "integer": "integer",
    "character": "character",
    "complex": "complex",
    "raw": "raw",
    "list": "list",
    "expression": "expression",
}
_LISTS = ("list", "expression")
_TYPED_NA = {"integer": NA.INTEGER, "double": NA.REAL, "character": NA.CHARACTER, "complex": NA.COMPLEX}


DEFAULT_CONTROL: frozenset[str] = frozenset(("keepNA", "keepInteger", "niceNames", "showAttributes"))
_EVERYTHING = DEFAULT_CONTROL | {"quoteExpressions", "useSource", "warnIncomplete"}
_GROUPS = {"all": _EVERYTHING | {"digits17"}, "exact": _EVERYTHING | {"hexNumeric"}}
_control: ContextVar[frozenset[str]] = ContextVar("control", default=DEFAULT_CONTROL)


def deparse_controlled(value: Any, width: int, control: Iterable[str]) -> list[str]:
    """The lines of `deparse(value, width.cutoff = width, control = control)`."""
    token = _control.set(frozenset().union(*(_GROUPS.get(name, {name}) for name in control)))
    try:
        if (
            "quoteExpressions" in _control.get()
            and isinstance(value, (Name, Call))
            and not isinstance(value, Formula)
        ):
            value = Call(Name("quote"), [Arg(None, value)])
        return deparse_lines(value, width)
    finally:
        _control.reset(token)


def deparse_lines(value: Any, width: int = 60) -> list[str]:
    """The lines of R's `deparse(value, width.cutoff = width)`."""
    guard_nesting(value)
    if isinstance(value, Closure):
        return syntax.deparse_function(value.node.params, value.node.body, width, _inside)
    return syntax.deparse(as_code(value), width, _inside)


def _inside(value: Any) -> str | Node:
    """A value that stands in code: functions are laid out with it."""
    return as_code(value) if isinstance(value, Closure) else deparse_value(value)


def deparse_value(value: Any) -> str:
    """A value as R code on one line."""
    if isinstance(value, _Text):
        return value.text
    lines = deparse_lines(value, 500)
    return "\n".join(lines) if isinstance(value, (Closure, Function)) else " ".join(x.strip() for x in lines)


def as_code(value: Any) -> Any:
    """The tree of code whose value this is; what code cannot make is its R placeholder as a name."""
    if value is NULL:
        return Const(None)
    if value is MISSING or value is EMPTY or value is EMPTY_SYMBOL:
        return Name("")
    if isinstance(value, RVector):
        return _with_attributes(value)
    if isinstance(value, Formula):
        return Call(value.function, value.args)
    if isinstance(value, Call):
        return value
    if isinstance(value, Closure):
        return syntax.Closed(value.node.params, value.node.body)
    if isinstance(value, Builtin):
        return Call(Name(".Primitive"), [Arg(None, Const(value.name))])
    if isinstance(value, Environment):
        return Name("<environment>")
    foreign = foreign_type(value)
    return value if foreign is None else Name(foreign.deparse(value))


def _with_attributes(value: RVector) -> Any:
    attributes = dict(value.attributes or {})
    control = _control.get()
    if "showAttributes" not in control:
        shown = "niceNames" in control and "names" in attributes
        attributes = {"names": attributes["names"]} if shown else {}
    # R writes 1:3 with names as structure(1:3, names = ...)
    counted = value.type == "integer" and _is_range(value.data)
    names = attributes.get("names")
    if counted or (names is not None and not _can_name(names.data)):
        names = None
    else:
        attributes.pop("names", None)
    code = _vector(value, None if names is None else list(names.data))
    if not attributes:
        return code
    extra = [Arg(name, as_code(v)) for name, v in attributes.items()]
    return syntax.Written(Name("structure"), [Arg(None, code), *extra])


def _can_name(names: np.ndarray) -> bool:
    """Whether names can stand before the elements: none is missing, and not all are empty."""
    return all(name is not None for name in names) and any(names)


def _vector(value: RVector, names: list[str | None] | None) -> Any:
    n = len(value)
    if n == 0:
        return Call(Name(_EMPTY[value.type]), [] if value.type in _LISTS else [Arg(None, Const(0.0))])
    if value.type in _LISTS:
        return _call(value.type, [as_code(v) for v in value.data], names)
    if value.type == "integer" and names is None and _is_range(value.data):
        return Call(
            Name(":"), [Arg(None, Const(float(value.data[0]))), Arg(None, Const(float(value.data[-1])))]
        )
    missing = value.is_na() & (is_real_na(value.data) if value.type == "double" else True)
    typed = bool(np.all(missing)) and "keepNA" in _control.get()
    items = [
        _missing(value.type, typed) if gone else _constant(value.type, item)
        for gone, item in zip(missing.tolist(), value.data.tolist(), strict=True)
    ]
    if value.type == "raw":
        return Call(Name("as.raw"), [Arg(None, items[0] if n == 1 else _call("c", items, None))])
    return items[0] if n == 1 and names is None else _call("c", items, names)


def _is_range(data: np.ndarray) -> bool:
    if len(data) < 2 or data[0] == NA_INTEGER:
        return False
    steps = np.diff(data.astype(np.int64))
    return bool((steps == 1).all() or (steps == -1).all())


def _missing(kind: str, typed: bool) -> Const:
    return Const(_TYPED_NA.get(kind, NA.LOGICAL) if typed or (kind == "character" and typed) else NA.LOGICAL)


def _constant(kind: str, item: Any) -> Any:
    if kind == "logical":
        return Const(bool(item))
    if kind == "raw":
        return Const(_Text(f"0x{item:02x}"))
    if kind == "double" and np.isfinite(item) and not _control.get().isdisjoint(_FULL):
        return Const(_Text(_full_number(item)))
    if kind == "integer" and "keepInteger" not in _control.get():
        kind, item = "double", float(item)
    if kind == "double" and (item < 0 or item != item):
        return Const(item) if item != item else Call(Name("-"), [Arg(None, Const(-item))])
    if kind == "integer" and item < 0:
        return Call(Name("-"), [Arg(None, Const(-item))])
    return Const(item)


_FULL = ("digits17", "hexNumeric")


def _full_number(item: float) -> str:
    """A double with all its digits: hexadecimal, or 17 of them."""
    if "hexNumeric" in _control.get():
        head, power = item.hex().split("p")
        return f"{head.rstrip('0').rstrip('.')}p{power}"
    return f"{item:.17g}"


def _call(function: str, items: list[Any], names: list[str | None] | None) -> Call:
    args = [Arg((names[i] or None) if names else None, item) for i, item in enumerate(items)]
    return syntax.Written(Name(function), args)

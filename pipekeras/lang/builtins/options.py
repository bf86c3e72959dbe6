"""options() and getOption(): settings of the session."""

from __future__ import annotations

from typing import Any

from ...errors import Code, UserError
from ..registry import builtin
from ..session import session
from ..values import NULL, Dots, RVector, rlist
from ..vectors.coerce import elements, one_int, one_string


def _set(name: str, value: Any) -> Any:
    """Set one option; the old value."""
    old = session.options.get(name, NULL)
    session.set_option(name, None if value is NULL else _checked(name, value))
    return old


_RANGES = {"digits": (0, 22), "width": (10, 10000), "expressions": (25, 500000)}


def _checked(name: str, value: Any) -> Any:
    if name in _RANGES:
        low, high = _RANGES[name]
        if not low <= one_int(value, name) <= high:
            raise UserError(f"invalid '{name}' parameter, allowed {low}...{high}", code=Code.VALUE)
    if isinstance(value, RVector):
        value.named = 2
    return value


@builtin("options(...)")
def options(dots: Dots) -> Any:
    if not dots:
        names = sorted(session.options)
        return rlist([session.options[n] for n in names], names)
    pairs: Dots = []
    for name, value in dots:
        if name is None and isinstance(value, RVector) and value.type == "list":
            pairs += zip(value.names or [], elements(value), strict=False)
        elif name is None and value is not NULL:
            pairs.append((None, value))
        elif name is not None:
            pairs.append((name, value))
    names, olds = [], []
    for name, value in pairs:
        if name is None:
            names.append(one_string(value, "..."))
            olds.append(session.options.get(names[-1], NULL))
        else:
            names.append(name)
            olds.append(_set(name, value))
            session.visible = False
    return rlist(olds, names)


@builtin("getOption(x, default = NULL)")
def get_option(x: Any, default: Any) -> Any:
    return session.options.get(one_string(x, "x"), default)

"""options() and getOption(): settings of the session."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ..registry import builtin
from ..session import session
from ..values import NA_INTEGER, NULL, Dots, RVector, integer, rlist
from ..vectors.coerce import NUMERIC, coerce, elements, is_atomic
from ..vectors.subset import pick


def _set(name: str, value: Any) -> Any:
    """Set one option; the old value."""
    old = session.options.get(name, NULL)
    if value is NULL and name in _KEPT:
        raise UserError(f"option '{name}' cannot be deleted", code=Code.VALUE)
    session.set_option(name, None if value is NULL else _checked(name, value))
    return old


_RANGES = {"digits": (1, 22), "width": (10, 10000), "expressions": (25, 500000)}


_LEAST = {"max.print": 1, "warning.length": 100}
_NUMBERS = ("warn", "scipen")
_KEPT = ("digits", "width", "expressions", "warn", "OutDec", "keep.source")


def _first_number(value: Any) -> int | None:
    """The first element as a whole number, None where it is none."""
    if not is_atomic(value) or not len(value):
        return None
    number = coerce(pick(value, np.zeros(1, dtype=np.int64)), "integer").data[0]
    return None if number == NA_INTEGER else int(number)


def _checked(name: str, value: Any) -> Any:
    if name in _RANGES:
        low, high = _RANGES[name]
        number = _first_number(value)
        if number is None or not low <= number <= high:
            raise UserError(f"invalid '{name}' parameter, allowed {low}...{high}", code=Code.VALUE)
        return integer(number)
    number = _first_number(value) if name in _LEAST else None
    if (
        (name in _LEAST and (number is None or number < _LEAST[name]))
        or (name in _NUMBERS and not (is_atomic(value) and value.type in NUMERIC and len(value) == 1))
        or (name == "OutDec" and not (is_atomic(value) and value.type == "character" and len(value) == 1))
    ):
        raise UserError(f"invalid value for '{name}'", code=Code.VALUE)
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
            if not value.names and len(value):
                raise UserError("list argument has no valid names", code=Code.ARGUMENT)
            pairs += zip(value.names or [], elements(value), strict=False)
        elif name is None and value is not NULL:
            pairs.append((None, value))
        elif name is not None:
            pairs.append((name, value))
    names, olds = [], []
    for name, value in pairs:
        if name is None:
            if not is_atomic(value) or value.type != "character" or not len(value):
                raise UserError("invalid argument", code=Code.ARGUMENT)
            names.append(str(value.data[0]))
            olds.append(session.options.get(names[-1], NULL))
        else:
            names.append(name)
            olds.append(_set(name, value))
            session.visible = False
    return rlist(olds, names)


@builtin("getOption(x, default = NULL)")
def get_option(x: Any, default: Any) -> Any:
    if not is_atomic(x) or x.type != "character" or len(x) != 1:
        raise UserError("'x' must be a character string", code=Code.ARGUMENT)
    return session.options.get(str(x.data[0]), default)

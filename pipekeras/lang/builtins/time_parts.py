"""Methods of POSIXlt, times held by their parts: they work on the times themselves, as POSIXct has them."""

from __future__ import annotations

from typing import Any

from ..generics import group_methods, invoke
from ..registry import builtin
from ..values import Dots, RVector, character, integer, rlist
from ..vectors.coerce import has_class
from .dates import as_posix_ct, fields_of

_TIMES = ("[", "[[", "rep", "unique", "rev", "sort", "round", "trunc", "mean")
_OTHER = ("is.na", "anyNA", "xtfrm", "duplicated", "as.double", "cut", "diff", "seq")


def _moments(x: Any) -> Any:
    return as_posix_ct(x, character(""), []) if has_class(x, "POSIXlt") else x


def _by_moments(name: str, x: RVector, rest: Dots) -> Any:
    """The function's value for the times, in parts again if it gives times."""
    positional = [_moments(value) for key, value in rest if not key]
    named = {key: _moments(value) for key, value in rest if key}
    made = invoke(name, _moments(x), *positional, **named)
    return fields_of(made) if name not in _OTHER and has_class(made, "POSIXct") else made


def _declare(name: str) -> None:
    @builtin(f"`{name}.POSIXlt`(x, ...)")
    def method(x, dots):
        return _by_moments(name, x, dots)


for _name in (*_TIMES, *_OTHER):
    _declare(_name)
group_methods("Summary", "POSIXlt", _by_moments)


@builtin("`[<-.POSIXlt`(x, ..., value)")
def assign_parts(x, dots, value):
    places = [place for _, place in dots]
    return fields_of(invoke("[<-", _moments(x), *places, value=_moments(value)))


@builtin("c.POSIXlt(..., recursive = FALSE)")
def c_parts(dots, recursive):
    return fields_of(invoke("c", *[_moments(value) for _, value in dots]))


@builtin("as.list.POSIXlt(x, ...)")
def list_of_parts(x, dots):
    return rlist([_by_moments("[", x, [(None, integer(i + 1))]) for i in range(len(_moments(x)))])

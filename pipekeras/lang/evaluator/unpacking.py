"""zeallot's `c(a, b) %<-% values`: nested names, `.` to skip, `...rest`, defaults."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import Arg, Call, Const, Name
from ..conditions import settle
from ..environment import Environment
from ..foreign import foreign_type
from ..lookup import assign
from ..session import session
from ..values import NULL, RVector, Scalar, integer, logical, rlist
from ..vectors.coerce import elements
from ..vectors.subset import get_subset
from .compile import Run, code_of, evaluate, form, note_assignment


def _compile(call: Call, target: Any, source: Any) -> Run:
    value_of = code_of(source)
    _note_names(target)

    def run(env: Environment) -> Any:
        value = value_of(env)
        try:
            _unpack(target, value, env)
        except UserError as error:
            if not error.settled:
                settle(error, call)
            raise
        session.visible = False
        return value

    return run


@form("%<-%")
def unpack_left(call: Call) -> Run:
    return _compile(call, call.args[0].value, call.args[1].value)


@form("%->%")
def unpack_right(call: Call) -> Run:
    return _compile(call, call.args[1].value, call.args[0].value)


def _note_names(target: Any) -> None:
    if isinstance(target, Name):
        note_assignment(target.name)
    elif isinstance(target, Call):
        for arg in target.args:
            _note_names(arg.value)


def _is_pattern(target: Any) -> bool:
    """`c(...)`, whatever c means here: zeallot looks at the name only."""
    return isinstance(target, Call) and isinstance(target.function, Name) and target.function.name == "c"


def _unpack(target: Any, value: Any, env: Environment) -> None:
    if _is_pattern(target):
        _unpack_several(target.args, value, env)
    elif isinstance(target, Name):
        if target.name != ".":
            assign(target.name, value, env)
    elif isinstance(target, Call):
        evaluate(Call(Name("<-"), [Arg(None, target), Arg(None, Const(value))]), env)
    else:
        raise UserError("invalid `%<-%` left-hand side, expected symbol, but found constant", code=Code.VALUE)


def _parts(value: Any) -> list[Any]:
    """What a value falls into: elements of lists and vectors, letters of one text."""
    if value is NULL:
        return []
    if isinstance(value, Scalar) and value.type == "character" and value.value is not None:
        return [Scalar("character", letter) for letter in value.value]
    if isinstance(value, RVector):
        return elements(value)
    foreign = foreign_type(value)
    if foreign is not None and foreign.length(value) > 1:
        return [foreign.subset(value, [(None, integer(i + 1))], True) for i in range(foreign.length(value))]
    raise UserError(
        "invalid `%<-%` right-hand side, incorrect number of values",
        code=Code.VALUE,
        cause="the right side cannot be taken apart",
    )


def _rest_name(arg: Any) -> str | None:
    """`...` or `...rest`: what collects the values in between."""
    return arg.value.name if isinstance(arg.value, Name) and arg.value.name.startswith("...") else None


def _gathered(values: list[Any], start: int, after: int, whole: Any) -> list[Any]:
    """The values with those for `...rest` put together: as a list, or as a vector if they come from one."""
    end = len(values) - after
    names = whole.names if isinstance(whole, RVector) else None
    middle: Any = rlist(values[start:end], names[start:end] if names and any(names[start:end]) else None)
    if isinstance(whole, RVector) and whole.type != "list":
        middle = get_subset(whole, [integer(np.arange(start + 1, end + 1, dtype=np.int32))])
    return [*values[:start], middle, *values[end:]]


def _default(value: Any) -> Any:
    """The value of `c(a, b = 2) %<-% list(1)` for b, which zeallot marks."""
    return value.with_attribute("default", logical(True)) if isinstance(value, RVector) else value


def _refuse_inner(value: RVector) -> None:
    """A `c()` inside of another takes only plain lists apart, unlike the outer one."""
    if value.type != "list" or (value.attributes and "class" in value.attributes):
        raise UserError(
            "invalid `%<-%` right-hand side, incorrect number of values",
            code=Code.VALUE,
            cause="an inner c() takes a list apart, not a vector or a data frame",
            cure="make it a list with as.list()",
        )


def _unpack_several(args: Any, whole: Any, env: Environment) -> None:
    values = _parts(whole)
    rest = next((i for i, a in enumerate(args) if _rest_name(a) is not None), None)
    if rest is not None:
        values = _gathered(values, rest, len(args) - rest - 1, whole)
    wanted = sum(1 for a in args if a.name is None)
    if len(values) > len(args) or len(values) < wanted:
        raise UserError(
            "invalid `%<-%` right-hand side, incorrect number of values",
            code=Code.VALUE,
            cause=f"there are {len(args)} names for {len(values)} values",
            cure="use `.` for a value that is not wanted, or `...rest` for the others",
        )
    for i, arg in enumerate(args):
        target = arg.value if arg.name is None else Name(arg.name)
        value = values[i] if i < len(values) else _default(evaluate(arg.value, env))
        name = _rest_name(arg)
        if name is None:
            if _is_pattern(target) and isinstance(value, RVector):
                _refuse_inner(value)
            _unpack(target, value, env)
        elif name != "...":
            assign(name[3:], value, env)

"""zeallot's `c(a, b) %<-% values`: nested names, `.` to skip, `...rest`, defaults."""

from __future__ import annotations

from typing import Any

import numpy as np

from ...errors import Code, UserError
from ...syntax.tree import EMPTY, Arg, Call, Const, Name
from ..conditions import call_text, settle
from ..dates import date_of
from ..dispatch import class_of, find_next, implicit_class, run_method
from ..environment import Environment
from ..foreign import foreign_type
from ..frames import is_frame
from ..lookup import assign
from ..session import session
from ..values import NA_REAL, RVector, character, double, integer, logical, rlist
from ..vectors.coerce import elements, has_class
from ..vectors.combine import unlist
from ..vectors.subset import get_subset
from .compile import Run, code_of, evaluate, form, note_assignment


def _compile(call: Call, target: Any, source: Any) -> Run:
    value_of = code_of(source)
    _note_names(target)

    def run(env: Environment) -> Any:
        try:
            _check_target(target)
            value = value_of(env)
            _unpack(target, value, env)
        except _Refused as refused:
            error = refused.error(call)
            settle(error, None)
            raise error from None
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


class _Refused(Exception):
    """The names or the values of an unpacking do not fit, before it is known which side they stand on."""

    def __init__(self, names: bool, message: str, cause: str | None = None, cure: str | None = None) -> None:
        self.names = names
        self.message = message
        self.cause = cause
        self.cure = cure

    def error(self, call: Call) -> UserError:
        operator = call.function.name if isinstance(call.function, Name) else ""
        side = "left" if self.names == (operator == "%<-%") else "right"
        return UserError(
            f"invalid `{operator}` {side}-hand side, {self.message}",
            code=Code.VALUE,
            cause=self.cause,
            cure=self.cure,
            span=call.span,
        )


def _wrong_number(cause: str, cure: str | None = None) -> _Refused:
    return _Refused(False, "incorrect number of values", cause, cure)


def _note_names(target: Any) -> None:
    if isinstance(target, Name):
        note_assignment(target.name)
    elif isinstance(target, Call):
        for arg in target.args:
            _note_names(arg.value)


_EXTRACTORS = ("$", "[[", "[")


def _check_target(target: Any) -> None:
    """Refuse what values cannot be unpacked into, before there are any."""
    if isinstance(target, Const):
        raise _Refused(True, f"expected symbol, but found {class_of(evaluate(target, session.base))[0]}")
    if not isinstance(target, Call) or _name_of(target) in _EXTRACTORS:
        return
    if not _is_pattern(target):
        raise _Refused(True, f"unexpected call `{_name_of(target)}`")
    if not target.args:
        raise _Refused(True, "expected symbol, but found call")
    if sum(_rest_name(arg) is not None for arg in target.args) > 1:
        raise _Refused(True, "multiple collector variables at the same depth")
    for arg in target.args:
        if arg.value is EMPTY:
            raise _Refused(True, "found empty variable, check for extraneous commas")
        if arg.name is None:
            _check_target(arg.value)


def _name_of(call: Call) -> str:
    return call.function.name if isinstance(call.function, Name) else call_text(call.function)


def _is_pattern(target: Any) -> bool:
    """`c(...)`, whatever c means here: zeallot looks at the name only."""
    return isinstance(target, Call) and _name_of(target) == "c"


def _unpack(target: Any, value: Any, env: Environment) -> None:
    if _is_pattern(target):
        _unpack_several(target.args, value, env)
    elif isinstance(target, Name):
        if target.name != ".":
            assign(target.name, value, env)
    else:
        evaluate(Call(Name("<-"), [Arg(None, target), Arg(None, Const(value))]), env)


def _is_plain_list(value: Any) -> bool:
    return (
        isinstance(value, RVector)
        and value.type == "list"
        and not {"class", "dim"} & set(value.attributes or ())
    )


def _whole(value: Any, wanted: int, env: Environment) -> Any:
    """What the names take their values from: lists and vectors themselves, else what destructure() gives."""
    if _is_plain_list(value):
        return value
    if isinstance(value, RVector) and value.type not in ("list", "expression"):
        if len(value) > 1 or (len(value) == 1 and wanted <= 1):
            return value
        if value.type in ("double", "integer", "logical") and not has_class(value, "Date"):
            raise _wrong_number("the right side is a single value")
    found = find_next("destructure", None, [*implicit_class(value), "default"], env, value)
    if found is not None:
        call = Call(Name("destructure"), [Arg(None, Name("x"))])
        parts = run_method(found, [(None, value)], call, env, value)
    else:
        parts = destructured(value)
    if not _is_plain_list(parts):
        raise _wrong_number("the right side cannot be taken apart")
    return unlist(parts) if isinstance(value, RVector) and value.type != "list" else parts


def destructured(value: Any) -> Any:
    """The parts of a value as a list: columns, letters, year, month and day, real and imaginary part.

    None (Python's) if it has no parts.
    """
    foreign = foreign_type(value)
    if foreign is not None and foreign.length(value) > 1:
        count = foreign.length(value)
        return rlist([foreign.subset(value, [(None, integer(i + 1))], True) for i in range(count)])
    if not isinstance(value, RVector):
        return None
    if is_frame(value):
        return rlist(value.data, value.names)
    kind = "Date" if has_class(value, "Date") else value.type
    if kind not in _DESTRUCTURED or (kind != "Date" and "class" in (value.attributes or ())):
        return None
    if len(value) > 1:
        message = f"cannot destructure {kind} vector of length greater than 1"
        raise UserError(f"invalid `destructure` argument, {message}", code=Code.VALUE)
    return rlist(_DESTRUCTURED[kind](elements(value)[0]))


def _letters(text: Any) -> list[Any]:
    return [character(letter) for letter in text.data[0] or ""]


def _date_parts(day: Any) -> list[Any]:
    date = date_of(float(day.data[0]))
    return [double(NA_REAL)] * 3 if date is None else [double(n) for n in (date.year, date.month, date.day)]


def _complex_parts(number: Any) -> list[Any]:
    return [double(number.data[0].real), double(number.data[0].imag)]


_DESTRUCTURED = {"character": _letters, "Date": _date_parts, "complex": _complex_parts}


def _rest_name(arg: Any) -> str | None:
    """`...` or `...rest`: what collects the values in between."""
    if arg.name is not None:
        return arg.name if arg.name.startswith("...") else None
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


def _refuse_inner(value: Any) -> None:
    """A `c()` inside of another takes only plain lists apart, unlike the outer one."""
    if not _is_plain_list(value):
        raise _wrong_number(
            "an inner c() takes a list apart, not a vector or a data frame", "make it a list with as.list()"
        )


def _values(args: Any, whole: Any, env: Environment) -> list[Any]:
    """One value for each name: what is collected is put together, defaults stand for what is missing."""
    values = elements(whole)
    rest = next((i for i, a in enumerate(args) if _rest_name(a) is not None), None)
    if rest is not None and len(values) > len(args):
        values = _gathered(values, rest, len(args) - rest - 1, whole)
    missing = args[len(values) :]
    if not values or len(values) > len(args) or any(arg.name is None for arg in missing):
        raise _wrong_number(
            f"there are {len(args)} names for {len(values)} values",
            "use `.` for a value that is not wanted, or `...rest` for the others",
        )
    return [*values, *(_default(evaluate(arg.value, env)) for arg in missing)]


def _unpack_several(args: Any, value: Any, env: Environment) -> None:
    wanted = sum(arg.name is None for arg in args)
    values = _values(args, _whole(value, wanted, env), env)
    for arg, each in zip(args, values, strict=True):
        target = arg.value if arg.name is None else Name(arg.name)
        collector = _rest_name(arg)
        if collector is not None:
            target = Name(collector.removeprefix("...") or ".")
        elif _is_pattern(target):
            _refuse_inner(each)
        _unpack(target, each, env)

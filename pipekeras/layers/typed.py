"""Functions for users: the annotations of their parameters check and convert what is given."""

from __future__ import annotations

import functools
import inspect
import typing
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import torch

from ..errors import Code, UserError
from ..signature import Param, Signature, given_twice, missing_argument
from .scalars import Type, flag, number, numbers, show, text, whole

F = TypeVar("F", bound=Callable[..., Any])
Convert = Callable[[Any, str], Any]

_SCALARS: dict[Any, Convert] = {int: whole, float: number, bool: flag, str: text}


def notes_of(hint: Any) -> tuple[Any, ...]:
    """What `Annotated` carries, also inside `Count | None`."""
    for part in (hint, *typing.get_args(hint)):
        if hasattr(part, "__metadata__"):
            return part.__metadata__
    return ()


def typed(function: F, shown: Mapping[str, str] | None = None) -> F:
    """The function, called with its arguments converted, or refused with a UserError.

    `int`, `float`, `bool` and `str` take what R has for them (64.0 is a whole number), `Annotated[..., Type]`
    what the type says, `Tensor` arrays of numbers, too, another class its instances. None passes where it is
    the default or in the annotation.

    Args:
        function: what computes; other annotations let everything pass
        shown: what users call parameters that have another name for them
    """
    signature = inspect.signature(function)
    annotated = function.__init__ if isinstance(function, type) else function
    hints = typing.get_type_hints(annotated, include_extras=True)
    converters = {name: _converter(hints.get(name), p) for name, p in signature.parameters.items()}
    converters = {name: convert for name, convert in converters.items() if convert is not None}
    called = shown or {}

    @functools.wraps(function)
    def call(*args: Any, **named: Any) -> Any:
        try:
            given = signature.bind(*args, **named)
        except TypeError:
            raise misfit(function.__name__, signature, args, named) from None
        for name, value in given.arguments.items():
            if name in converters:
                given.arguments[name] = converters[name](value, called.get(name, name))
        return function(*given.args, **given.kwargs)

    return typing.cast(F, call)


def _converter(hint: Any, parameter: inspect.Parameter) -> Convert | None:
    if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
        return None
    kinds = [kind for kind in typing.get_args(hint) or (hint,) if kind is not type(None)]
    note = next((note for note in notes_of(hint) if isinstance(note, Type)), None)
    convert = note.convert if note is not None else _of_kind(kinds[0]) if len(kinds) == 1 else None
    if convert is None:
        return None
    optional = parameter.default is None or type(None) in typing.get_args(hint)
    return _unless_none(convert) if optional else convert


def _of_kind(kind: Any) -> Convert | None:
    if kind in _SCALARS:
        return _SCALARS[kind]
    if kind is torch.Tensor:
        return _tensor
    if not isinstance(kind, type) or kind.__module__ in ("builtins", "typing"):
        return None
    return functools.partial(_instance, kind)


def _tensor(value: Any, argument: str) -> torch.Tensor:
    return value if isinstance(value, torch.Tensor) else torch.as_tensor(numbers(value, argument)).float()


def _unless_none(convert: Convert) -> Convert:
    return lambda value, argument: None if value is None else convert(value, argument)


def _instance(kind: type, value: Any, argument: str) -> Any:
    if isinstance(value, kind):
        return value
    wanted = f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"
    raise UserError(
        f"`{argument}` must be {wanted}. Received: {argument}={show(value)} (of type {type(value).__name__})",
        code=Code.TYPE,
        cause=f"this is done with {wanted} only",
        cure=f"give {wanted}",
    )


def misfit(
    name: str, signature: inspect.Signature, args: Sequence[Any], named: Mapping[str, Any]
) -> UserError:
    """The error for arguments that are no call of the function."""
    known = list(signature.parameters)
    unknown = [given for given in named if given not in known]
    formals = Signature([Param(each) for each in known])
    if unknown:
        return formals.refuse_unused([f"{each} = {show(named[each])}" for each in unknown], unknown, name)
    by_place = [p for p in signature.parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    if len(args) > len(by_place):
        return formals.refuse_unused([show(value) for value in args[len(by_place) :]], [], name)
    twice = [each for each in known[: len(args)] if each in named]
    if twice:
        return given_twice(twice[0])
    left = list(signature.parameters.values())[len(args) :]
    missing = [p.name for p in left if p.default is p.empty and p.name not in named]
    return missing_argument(missing[0], name)

"""The types of layers' arguments: each converts, explains, and turns into JSON."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
import torch

from ..errors import Code, UserError, did_you_mean
from . import activations, constraints, initializers, regularizers
from .family import Family
from .scalars import Type, flag, invalid, is_number, number, scalar, show, text, whole

KERAS3 = "keras3"
"""Marks the field of an argument that only keras3 has."""


@dataclass(frozen=True)
class Also:
    """Marks a field that keras3 calls `name`."""

    name: str


def _count(value: Any, argument: str) -> int:
    wanted = "a positive integer"
    count = whole(value, argument, wanted)
    if count < 1:
        raise invalid(argument, wanted, value, cure="give a whole number from 1 on")
    return count


def _rate(value: Any, argument: str) -> float:
    rate = scalar(value)
    if not is_number(rate) or not 0 <= rate <= 1:
        raise UserError(
            f"Invalid value received for `{argument}`. Expected a float value between 0 and 1. "
            f"Received: {argument}={show(value)}",
            code=Code.VALUE,
            cause=f"`{argument}` is a share: 0.5 drops one half",
            cure="give a number from 0 to 1",
        )
    return float(rate)


def _name(value: Any, argument: str) -> str:
    name = text(value, argument)
    if not name or "/" in name:
        raise UserError(
            f"Argument `{argument}` must be a string and cannot contain character `/`. "
            f"Received: {argument}={name!r}",
            code=Code.VALUE,
            cause="weights are called `layer/weight`",
            cure="use letters, digits and _",
        )
    return name


def _dtype(value: Any, argument: str) -> str:
    name = str(value).removeprefix("torch.") if isinstance(value, (str, torch.dtype)) else ""
    if isinstance(getattr(torch, name, None), torch.dtype):
        return name
    known = ("float32", "float64", "float16", "bfloat16", "int32", "int64", "uint8", "bool")
    near = did_you_mean(name, known)
    raise UserError(
        f"Invalid dtype: {value}",
        code=Code.VALUE,
        cause=f"`{argument}` names a type of numbers",
        cure=f'did you mean "{near}"?' if near else f"choose one of {', '.join(known)}",
    )


def _items(value: Any) -> list[Any] | None:
    if isinstance(value, (np.ndarray, torch.Tensor)):
        value = value.tolist()
    return list(value) if isinstance(value, (list, tuple)) else None


def _sizes(rank: int) -> Callable[[Any, str], tuple[int, ...]]:
    def convert(value: Any, argument: str) -> tuple[int, ...]:
        items = _items(value)
        if items is None:
            return (_count(value, argument),) * rank
        if len(items) == 1:
            items = items * rank
        if len(items) != rank:
            raise UserError(
                f"The `{argument}` argument must be a tuple of {rank} integers. "
                f"Received {argument}={show(value)}",
                code=Code.VALUE,
                cause=f"it has {len(items)} values for {rank} axes",
                cure=f"give one number, or {rank}",
            )
        return tuple(_count(item, argument) for item in items)

    return convert


def shape_of(value: Any, argument: str) -> tuple[int | None, ...]:
    """A shape from a number or a sequence of numbers, None (or NaN, R's NA) where an axis is free."""
    items = _items(value)
    return tuple(axis_size(item, argument) for item in ([value] if items is None else items))


def axis_size(value: Any, argument: str) -> int | None:
    """The size of an axis, None (or NaN, R's NA) where it is free."""
    value = scalar(value)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    wanted = "positive whole numbers, or NA where the size is free"
    size = whole(value, argument, wanted)
    if size < 0:
        raise invalid(argument, wanted, value, cure="give sizes from 0 on")
    return size


def _integers(value: Any, argument: str) -> tuple[int, ...]:
    items = _items(value)
    return tuple(whole(item, argument) for item in ([value] if items is None else items))


def _axes(value: Any, argument: str) -> int | tuple[int, ...]:
    return whole(value, argument) if _items(value) is None else _integers(value, argument)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _function(value: Any, argument: str) -> Callable[..., Any]:
    if callable(value):
        return value
    raise invalid(argument, "a function", value)


def _arrays(value: Any, argument: str) -> list[Any]:
    items = value if isinstance(value, (list, tuple)) else [value]
    return [np.asarray(item) for item in items]


def _unsupported(value: Any, argument: str) -> Any:
    raise UserError(
        f"`{argument}` is not supported yet.",
        code=Code.UNSUPPORTED,
        cause=f"pipekeras knows the argument, but not what to do with {show(value)}",
        cure="leave it out",
    )


def choice(*allowed: str) -> Type:
    """The type of an argument that takes one of some words, in upper or lower case."""

    def convert(value: Any, argument: str) -> str:
        word = value.lower() if isinstance(value, str) else ""
        if word in allowed:
            return word
        near = did_you_mean(word, allowed)
        listing = ", ".join(f'"{a}"' for a in allowed)
        raise UserError(
            f"The `{argument}` argument must be one of {listing}. Received: {argument}={show(value)}",
            code=Code.VALUE,
            cause=f"`{argument}` has no such setting",
            cure=f'did you mean "{near}"?' if near else f"choose one of {listing}",
        )

    return Type("one of " + ", ".join(allowed), convert, choices=allowed)


def _object_json(family: Family) -> Callable[[Any], Any]:
    def to_json(value: Any) -> Any:
        if value is None:
            return None
        if not hasattr(value, "get_config"):
            raise UserError(
                f"A custom {family.kind} cannot be written down as data.",
                code=Code.UNSUPPORTED,
                cause="it is a function of this session",
                cure=f"use one of the named ones: {', '.join(family.names)}",
            )
        return {"class_name": type(value).__name__, "config": value.get_config()}

    return to_json


def _family_type(family: Family) -> Type:
    title = f"name of, or function or object for, {'an' if family.kind[0] in 'aeiou' else 'a'} {family.kind}"
    return Type(title, family.get, _object_json(family), family.names)


Count = Annotated[int, Type("a positive whole number", _count)]
Whole = Annotated[int, Type("a whole number", whole)]
Axis = Annotated[int, Type("the number of an axis, -1 for the last", whole)]
Axes = Annotated[Any, Type("the number of an axis, or several", _axes, _plain)]
Size1 = Annotated[Any, Type("a positive whole number", _sizes(1), list)]
Size2 = Annotated[Any, Type("a positive whole number, or two", _sizes(2), list)]
ShapeOf = Annotated[Any, Type("sizes of axes, NA where free", shape_of, list)]
Integers = Annotated[Any, Type("whole numbers", _integers, list)]
Flag = Annotated[bool, Type("TRUE or FALSE", flag, choices=("TRUE", "FALSE"))]
Number = Annotated[float, Type("a number", number)]
Rate = Annotated[float, Type("a number from 0 to 1", _rate)]
Text = Annotated[str, Type("a string", text)]
Name = Annotated[Any, Type("a string", _name)]
DType = Annotated[Any, Type("a type of numbers, float32 for example", _dtype, choices=("float32", "int32"))]
Seed = Annotated[Any, Type("a whole number", whole)]
Callback = Annotated[Any, Type("a function", _function)]
Arrays = Annotated[Any, Type("a list of arrays", _arrays)]
Anything = Annotated[Any, Type("any value", lambda value, argument: value)]
Unsupported = Annotated[Any, Type("not supported yet", _unsupported)]
DataFormat = Annotated[Any, choice("channels_last", "channels_first")]
Activation = Annotated[
    Any,
    Type(
        "name of an activation, or a function",
        activations.get,
        activations.name_of,
        activations.FAMILY.names,
        keeps_none=False,
    ),
]
Initializer = Annotated[Any, _family_type(initializers.FAMILY)]
Regularizer = Annotated[Any, _family_type(regularizers.FAMILY)]
Constraint = Annotated[Any, _family_type(constraints.FAMILY)]

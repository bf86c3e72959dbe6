"""Single values as arguments: whole numbers, numbers, flags, strings, with the leniency of R's Keras."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from ..errors import Code, UserError

LARGEST = 2**31 - 1
"""The largest whole number of R, and more than any size can be."""


@dataclass(frozen=True)
class Type:
    """What values an argument takes.

    Args:
        title: the values in words, `a positive whole number`
        convert: (value, argument's name) -> the value to keep; raises a UserError
        to_json: the value as plain data
        choices: what can be completed
        keeps_none: whether None, where it is the default, is kept without conversion
    """

    title: str
    convert: Callable[[Any, str], Any]
    to_json: Callable[[Any], Any] = lambda value: value
    choices: tuple[str, ...] = ()
    keeps_none: bool = True


def scalar(value: Any) -> Any:
    """A Python number out of what may be a numpy scalar or an array of one element."""
    if isinstance(value, (np.generic, np.ndarray, torch.Tensor)) and math.prod(value.shape) == 1:
        return value.item()
    return value


def is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and math.isfinite(value)


def whole(value: Any, argument: str, wanted: str = "a whole number") -> int:
    """A whole number; fractions are cut off, as as.integer() of R keras cuts 2.7 to 2."""
    value = scalar(value)
    if not is_number(value) or abs(value) > LARGEST:
        raise invalid(argument, wanted, value)
    return int(value)


def number(value: Any, argument: str) -> float:
    """A number, perhaps infinite."""
    value = scalar(value)
    if not isinstance(value, (int, float)) or math.isnan(value):
        raise invalid(argument, "a number", value)
    return float(value)


def numbers(value: Any, argument: str) -> np.ndarray:
    """One or several numbers as an array."""
    try:
        array = np.asarray(value)
    except ValueError:  # rows of different lengths
        raise invalid(argument, "an array of numbers", value) from None
    if array.dtype.kind not in "biuf":
        raise invalid(argument, "numbers", value)
    return array


def flag(value: Any, argument: str) -> bool:
    """TRUE or FALSE, also as 1 or 0."""
    value = scalar(value)
    if isinstance(value, (bool, int, float)) and value in (0, 1):
        return bool(value)
    raise invalid(argument, "TRUE or FALSE", value)


def text(value: Any, argument: str) -> str:
    """A string."""
    if isinstance(value, str):
        return value
    raise invalid(argument, "a string", value)


def invalid(argument: str, wanted: str, value: Any, cure: str | None = None) -> UserError:
    """The error for a value that an argument does not take.

    Args:
        wanted: what it takes, in words
    """
    many = isinstance(value, (list, tuple, np.ndarray))
    return UserError(
        f"Received an invalid value for `{argument}`, expected {wanted}. Received: {argument}={show(value)}",
        code=Code.VALUE,
        cause=f"`{argument}` takes {wanted}" + (f", not {len(value)} values" if many else ""),
        cure=cure or ("give one value; for several layers write several calls" if many else None),
    )


def show(value: Any) -> str:
    """A value for an error, short."""
    if isinstance(value, np.ndarray):
        value = value.tolist()
    words = "a function" if inspect.isroutine(value) else repr(value)
    return words if len(words) <= 80 else words[:77] + "..."

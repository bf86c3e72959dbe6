"""Arithmetic on symbolic tensors: `x + y`, `2 * x`, `-x` become operations of the graph."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from ..errors import Code, UserError
from ..graph.naming import auto_name
from ..graph.tensor import KerasTensor
from .base import Layer
from .infer import infer

_FUNCTIONS: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": operator.pow,
    "matmul": operator.matmul,
}


class Operator(Layer):
    """One arithmetic operator between two tensors, or a tensor and a number or array."""

    keeps_integers = True

    def __init__(self, operator_name: str) -> None:
        self._start({"name": auto_name(operator_name)})
        self.operator_name = operator_name
        self.built = True

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        return infer(self.forward, list(args), kwargs, f"`{self.operator_name}`")

    def forward(self, left: Any, right: Any) -> Any:
        return _FUNCTIONS[self.operator_name](left, right)

    @property
    def class_name(self) -> str:
        return self.operator_name.capitalize()


def operate(name: str, left: Any, right: Any) -> Any:
    """Add an operator to the graph.

    Raises:
        UserError: shapes that do not fit, or something that is no tensor, number or array
    """
    return Operator(name)(_constant(left), _constant(right))


def _constant(value: Any) -> Any:
    if isinstance(value, (KerasTensor, bool, int, float, torch.Tensor)):
        return value
    array = np.asarray(value)
    if array.dtype.kind not in "biuf":
        raise UserError(
            f"A symbolic tensor cannot be combined with {type(value).__name__}.",
            code=Code.TYPE,
            cause="arithmetic takes tensors, numbers and arrays of numbers",
            cure="convert it to numbers first",
        )
    if array.ndim == 0:
        return array.item()
    return torch.as_tensor(array.astype(np.float32) if array.dtype.kind == "f" else array)


KerasTensor.operators.update({name: functools.partial(operate, name) for name in _FUNCTIONS})

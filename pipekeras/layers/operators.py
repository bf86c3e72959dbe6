"""Arithmetic on symbolic tensors: `x + y`, `2 * x`, `-x` become operations of the graph."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import Code, UserError
from ..graph.naming import auto_name
from ..graph.spec import broadcast
from ..graph.structure import flatten, pack_like
from ..graph.tensor import KerasTensor
from .base import Layer
from .infer import dtype_name, explained, torch_dtype

_FUNCTIONS: dict[str, Callable[[Any, Any], Any]] = {
    "add": operator.add,
    "subtract": operator.sub,
    "multiply": operator.mul,
    "divide": operator.truediv,
    "power": operator.pow,
    "matmul": operator.matmul,
}


class Operator(Layer):
    """An arithmetic operator between two tensors, or a tensor and a constant.

    Args:
        operator_name: a key of the table above
        left, right: a number or an array where that side is constant
    """

    left: Any
    right: Any

    def __init__(self, operator_name: str, left: Any = None, right: Any = None) -> None:
        self._start({"name": auto_name(operator_name)})
        self.operator_name = operator_name
        self.built = True
        for side, constant in (("left", left), ("right", right)):
            if isinstance(constant, Tensor):
                self.register_buffer(side, constant, persistent=False)
            else:
                setattr(self, side, constant)

    def casts(self, dtype: str) -> bool:
        return False

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        if self.operator_name == "matmul":
            return self._infer(args, kwargs)
        constants = [side for side in (self.left, self.right) if side is not None]
        arrays = [constant for constant in constants if isinstance(constant, Tensor)]
        shape = functools.reduce(broadcast, [tuple(operand.shape) for operand in (*args, *arrays)])
        types = [torch_dtype(tensor.dtype) for tensor in args] + [array.dtype for array in arrays]
        dtype = functools.reduce(torch.promote_types, types)
        to_float = self.operator_name == "divide" or any(isinstance(c, float) for c in constants)
        if to_float and not dtype.is_floating_point:
            dtype = torch.float32
        return KerasTensor(shape, dtype_name(dtype))

    def forward(self, *tensors: Tensor) -> Tensor:
        function = _FUNCTIONS[self.operator_name]
        if self.left is not None:
            return function(self.left, tensors[0])
        return function(tensors[0], tensors[1] if self.right is None else self.right)

    @property
    def class_name(self) -> str:
        return self.operator_name.capitalize()


def operate(name: str, left: Any, right: Any) -> Any:
    """Add an operator to the graph.

    Raises:
        UserError: shapes that do not fit, or something that is no tensor, number or array
    """
    sides = {"left": left, "right": right}
    constants = {side: _constant(v) for side, v in sides.items() if not isinstance(v, KerasTensor)}
    return Operator(name, **constants)(*(v for v in sides.values() if isinstance(v, KerasTensor)))


def _constant(value: Any) -> Any:
    if isinstance(value, (bool, int, float, Tensor)):
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


class TensorFunction(Layer):
    """A function of torch tensors as a step of the graph: what backend functions on symbolic tensors become.

    Args:
        name: stem of the automatic name
        function: takes tensors only
    """

    def __init__(self, name: str, function: Callable[..., Any]) -> None:
        self._start({"name": auto_name(name)})
        self.function = function
        self.built = True

    def casts(self, dtype: str) -> bool:
        return False

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        return self._infer(args, kwargs)

    def forward(self, *tensors: Tensor) -> Any:
        return self.function(*tensors)


def call_on_tensors(name: str, function: Callable[..., Any], args: list[Any], options: dict[str, Any]) -> Any:
    """The function's result; with symbolic tensors among `args` it becomes a step of the graph."""
    leaves = flatten(args)
    symbolic = [leaf for leaf in leaves if isinstance(leaf, KerasTensor)]
    if not symbolic:
        with explained(f"`{name}`", args):
            return function(*args, **options)

    def on_tensors(*tensors: Tensor) -> Any:
        given = iter(tensors)
        filled = [next(given) if isinstance(leaf, KerasTensor) else leaf for leaf in leaves]
        return function(*pack_like(args, iter(filled)), **options)

    return TensorFunction(name, on_tensors)(*symbolic)

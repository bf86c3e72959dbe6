"""From the x, y and weights that a user gives to the tensors of a model, checked as a whole."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from ..errors import Code, UserError
from .compiling import Compiled
from .data import Data, Port, adapt_inputs, holds_one_array, same_length, train_validation_split
from .targets import adapt_targets, adapt_weights


def input_ports(model: Any, x: Any) -> list[Port]:
    """The model's inputs; a Sequential that does not know its input's shape is built for the data first."""
    if not model.built:
        _build_for(model, x)
    tensors = zip(model.input_names, model.inputs, strict=True)
    return [Port(name, tensor.shape, tensor.dtype) for name, tensor in tensors]


def _build_for(model: Any, x: Any) -> None:
    array = x[0] if holds_one_array(x) else x
    model.build((None, *np.shape(array)[1:]))


def adapt(model: Any, compiled: Compiled, x: Any, y: Any, sample_weight: Any) -> Data:
    """The user's data as tensors on the model's device, checked."""
    if not any(head.loss for head in compiled.heads):
        raise UserError(
            "No loss found. You may have forgotten to provide a `loss` argument in the `compile()` method.",
            code=Code.COMPILE,
            cause="there is nothing to make smaller",
            cure="for example compile(model, loss = 'mse')",
        )
    inputs = adapt_inputs(x, input_ports(model, x), model.name)
    names = zip(model.output_names, model.outputs, strict=True)
    outputs = [Port(name, tensor.shape, tensor.dtype) for name, tensor in names]
    targets = adapt_targets(y, outputs, compiled)
    rows = dict(zip(model.input_names, inputs, strict=True))
    goals = {port.name: t for port, t in zip(outputs, targets, strict=True) if t is not None}
    same_length(rows, goals)
    data = Data(inputs, targets, adapt_weights(sample_weight, targets, outputs))
    device = next((weight.device for weight in model.weights), torch.device("cpu"))
    return data if device.type == "cpu" else data.to(device)


def training_data(
    model: Any, compiled: Compiled, x: Any, y: Any, sample_weight: Any, fraction: float, given: Any
) -> tuple[Data, Data | None]:
    """What to train on and what to validate with; `validation_data` goes before `validation_split`."""
    data = adapt(model, compiled, x, y, sample_weight)
    if given is None:
        return train_validation_split(data, fraction) if fraction else (data, None)
    parts = list(given.values()) if isinstance(given, dict) else given
    if not isinstance(parts, list | tuple) or len(parts) not in (2, 3):
        raise UserError(
            "`validation_data` must be list(x, y) or list(x, y, sample_weight)",
            code=Code.DATA,
            cause=f"it is {type(given).__name__}"
            if not isinstance(parts, list | tuple)
            else f"it has {len(parts)} elements",
            cure="put the arrays in a list: validation_data = list(x_val, y_val)",
        )
    return data, adapt(model, compiled, *parts, *[None] * (3 - len(parts)))

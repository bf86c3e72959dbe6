"""How R sees tensors, layers and models: class, `$`, call, print, arithmetic."""

from __future__ import annotations

import operator as op
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from ..errors import Code, UserError, did_you_mean
from ..graph.tensor import KerasTensor
from ..lang.dispatch import register_method
from ..lang.foreign import ForeignType, register_foreign
from ..lang.registry import Context
from ..lang.values import MISSING, NULL, Builtin, Dots, RVector
from ..layers.base import Layer
from ..layers.constraints import Constraint
from ..layers.initializers import Initializer
from ..layers.model import Model
from ..layers.regularizers import Regularizer
from ..signature import DOTS, Param, Signature
from ..train.callbacks import Callback
from ..train.losses import Loss
from ..train.metrics import Metric
from ..train.optimizers import Optimizer
from ..train.schedules import Schedule
from . import backend, convert, editions
from .models import model_table

OPERATORS: dict[str, Callable[..., Any]] = {
    "+": op.add,
    "-": op.sub,
    "*": op.mul,
    "/": op.truediv,
    "^": op.pow,
    "%%": op.mod,
    "%/%": op.floordiv,
    "==": op.eq,
    "!=": op.ne,
    "<": op.lt,
    ">": op.gt,
    "<=": op.le,
    ">=": op.ge,
}


class Keras(ForeignType):
    """What all objects of Keras have in common: a list of members that `$` reaches, and nothing else."""

    members: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()

    def classes(self, obj: Any) -> list[str]:
        return [f"keras.{type(obj).__name__}", "python.builtin.object"]

    def show(self, obj: Any) -> str:
        return repr(obj)

    def names(self, obj: Any) -> list[str]:
        return [*self.members, *self.methods]

    def get(self, obj: Any, name: str) -> Any:
        if name in self.methods:
            return _method(obj, name)
        if name in self.names(obj):
            return convert.to_r(getattr(obj, name))
        near = did_you_mean(name, self.names(obj))
        raise UserError(
            f"AttributeError: '{type(obj).__name__}' object has no attribute '{name}'",
            code=Code.NAME,
            cause=f"it has: {', '.join(self.names(obj)) or 'nothing to look at'}",
            cure=f"did you mean `{near}`?" if near else None,
        )


def _method(obj: Any, name: str) -> Builtin:
    """`obj$name` as a function of R."""

    def run(ctx: Context, dots: Dots) -> Any:
        args = [convert.to_python(value, ctx) for given, value in dots if not given]
        named = {given: convert.to_python(value, ctx) for given, value in dots if given}
        return convert.to_r(getattr(obj, name)(*args, **named))

    return Builtin(name, Signature([Param(DOTS)]), run, wants_context=True)


class Arithmetic(Keras):
    """Objects that R's operators work on."""

    def arith(self, operator: str, left: Any, right: Any) -> Any:
        if right is NULL:
            return -left if operator == "-" else left
        return OPERATORS[operator](_operand(left), _operand(right))

    def subset(self, obj: Any, args: Dots, double: bool) -> Any:
        """`x[i, , 1:3]`: places from 1; a single place drops its axis."""
        return backend.select(obj, [None if value is MISSING else _places(value) for _, value in args])


def _operand(value: Any) -> Any:
    if not isinstance(value, RVector):
        return value
    if len(value) == 1 and value.type in ("logical", "integer", "double"):
        return value.data[0].item()
    return torch.as_tensor(np.ascontiguousarray(convert.to_array(value, "operand")), dtype=torch.float32)


def _places(value: Any) -> int | list[int]:
    numbers = [int(number) for number in convert.to_array(value, "subscript").reshape(-1)]
    if any(number < 1 for number in numbers):
        raise UserError(
            "subscript out of bounds",
            code=Code.SUBSCRIPT,
            cause="places in a tensor are counted from 1",
            cure="leave the place empty to take all of an axis",
        )
    return numbers[0] - 1 if len(numbers) == 1 else [number - 1 for number in numbers]


class SymbolicTensors(Arithmetic):
    """A KerasTensor."""

    members = ("shape", "dtype", "name")

    def classes(self, obj: KerasTensor) -> list[str]:
        if editions.current() is editions.KERAS3:
            return ["keras.src.backend.common.keras_tensor.KerasTensor", "python.builtin.object"]
        return ["keras.engine.keras_tensor.KerasTensor", "python.builtin.object"]


class Tensors(Arithmetic):
    """A torch tensor, as custom losses and lambda layers see them."""

    members = ("shape", "dtype", "ndim")
    methods = ("numpy",)

    def classes(self, obj: torch.Tensor) -> list[str]:
        return ["torch.Tensor", "tensorflow.tensor", "python.builtin.object"]

    def get(self, obj: torch.Tensor, name: str) -> Any:
        if name == "dtype":
            return convert.to_r(str(obj.dtype).removeprefix("torch."))
        return convert.to_r(tuple(obj.shape)) if name == "shape" else super().get(obj, name)

    def show(self, obj: torch.Tensor) -> str:
        dtype = str(obj.dtype).removeprefix("torch.")
        return f"<Tensor shape={tuple(obj.shape)}, dtype={dtype}, value={obj.detach().cpu().numpy()}>"

    def length(self, obj: torch.Tensor) -> int:
        return obj.numel()


class Layers(Keras):
    """A layer: callable on tensors and data; its arguments, weights and connections are members."""

    members = (
        "name",
        "dtype",
        "trainable",
        "built",
        "input",
        "output",
        "input_shape",
        "output_shape",
        "weights",
        "trainable_weights",
        "non_trainable_weights",
    )
    methods = ("get_weights", "set_weights", "count_params", "get_config", "reset_states")

    def names(self, obj: Layer) -> list[str]:
        own = [*obj.weight_names, *type(obj).interface.fields]
        return [*super().names(obj), *(name for name in own if name not in self.members)]

    def classes(self, obj: Layer) -> list[str]:
        name = type(obj).__name__
        if editions.current() is editions.KERAS3:
            return [f"keras.src.layers.{name}", "keras.src.layers.layer.Layer", "python.builtin.object"]
        return [f"keras.layers.{name}", "keras.engine.base_layer.Layer", "python.builtin.object"]

    def show(self, obj: Layer) -> str:
        return f"<{type(obj).__name__} name={obj.name}, built={obj.built}>"

    def set(self, obj: Layer, name: str, value: Any) -> Any:
        if name != "trainable":
            return super().set(obj, name, value)
        obj.trainable = bool(value.data[0])
        return obj

    def callable(self, obj: Layer) -> bool:
        return True

    def call(self, obj: Layer, args: Dots, ctx: Context) -> Any:
        given = [_call_argument(value, ctx) for name, value in args if not name]
        named = {name: _call_argument(value, ctx) for name, value in args if name}
        return convert.to_r(obj(*given, **named))


def _call_argument(value: Any, ctx: Context) -> Any:
    """Tensors stay, R data becomes float tensors, options such as `training = TRUE` Python values."""
    if isinstance(value, RVector) and value.type != "list" and (value.dim or len(value) > 1):
        return torch.as_tensor(np.ascontiguousarray(convert.to_array(value, "inputs")), dtype=torch.float32)
    if isinstance(value, RVector) and value.type == "list" and not value.names:
        return [_call_argument(item, ctx) for item in value.data]
    return convert.to_python(value, ctx)


class Models(Layers):
    """A model is a layer with layers."""

    members = (*Layers.members, "layers", "inputs", "outputs", "input_names", "output_names", "optimizer")
    methods = (*Layers.methods, "get_layer", "summary")

    def classes(self, obj: Model) -> list[str]:
        kind = obj.class_name
        if editions.current() is editions.KERAS3:
            family = [f"keras.src.models.{kind.lower()}.{kind}", "keras.src.models.model.Model"]
            return [*family, "keras.src.layers.layer.Layer", "python.builtin.object"]
        family = [f"keras.engine.{kind.lower()}.{kind}", "keras.engine.training.Model"]
        return [*family, "keras.engine.base_layer.Layer", "python.builtin.object"]

    def show(self, obj: Model) -> str:
        heading = "" if editions.current() is editions.KERAS3 else "Model\n"
        return heading + model_table(obj)


class Configured(Keras):
    """What a layer or a model is configured with: optimizers, losses, initializers, ..."""

    def names(self, obj: Any) -> list[str]:
        return list(_settings(obj))

    def get(self, obj: Any, name: str) -> Any:
        return super().get(obj, {"lr": "learning_rate"}.get(name, name))

    def set(self, obj: Any, name: str, value: Any) -> Any:
        name = {"lr": "learning_rate"}.get(name, name)
        if name not in self.names(obj):
            return super().set(obj, name, value)
        setattr(obj, name, value.data[0].item())
        return obj

    def show(self, obj: Any) -> str:
        config = ", ".join(f"{name}={value!r}" for name, value in _settings(obj).items())
        return f"<{type(obj).__name__} {config}>" if config else f"<{type(obj).__name__}>"


def _settings(obj: Any) -> dict[str, Any]:
    """What an object was made with: its config, or its public attributes."""
    config = obj.get_config() if hasattr(obj, "get_config") else vars(obj)
    return {name: value for name, value in config.items() if not name.startswith("_")}


for _kind in (Optimizer, Loss, Metric, Schedule, Callback, Initializer, Regularizer, Constraint):
    register_foreign(_kind, Configured())
register_foreign(KerasTensor, SymbolicTensors())
register_foreign(torch.Tensor, Tensors())
register_foreign(Layer, Layers())
register_foreign(Model, Models())


_MATHS = ["abs", "sign", "sqrt", "exp", "log", "sin", "cos", "tanh", "round", "sum", "prod", "mean", "max", "min", "any", "all"]
"""Base functions that work on tensors as well, by the backend function of the same name."""


def _as_array(obj: Any, *_: Any) -> Any:
    return convert.to_r(obj.detach().cpu().numpy())


for _class in ("torch.Tensor", "keras.engine.keras_tensor.KerasTensor"):
    for _name in _MATHS:
        register_method(_name, _class, backend.FUNCTIONS[f"k_{_name}"])
for _name in ("as.array", "as.matrix", "as.numeric", "as.vector"):
    register_method(
        _name,
        "torch.Tensor",
        Builtin(_name, Signature([Param("x"), Param(DOTS)]), _as_array),
    )

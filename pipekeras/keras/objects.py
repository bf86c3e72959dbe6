"""How R sees tensors, layers and models: class, `$`, call, print, arithmetic."""

from __future__ import annotations

import operator as op
from collections.abc import Callable
from types import MethodType
from typing import Any

import numpy as np
import torch

from ..errors import Code, UserError, did_you_mean
from ..graph.tensor import KerasTensor
from ..lang import values as rv
from ..lang.dispatch import register_method
from ..lang.foreign import ForeignType, register_foreign
from ..lang.registry import Context
from ..lang.session import session
from ..lang.values import MISSING, NULL, Builtin, Dots, RVector
from ..layers.base import Layer
from ..layers.constraints import Constraint
from ..layers.infer import dtype_name
from ..layers.initializers import Initializer
from ..layers.model import Model, Sequential
from ..layers.operators import call_on_tensors
from ..layers.regularizers import Regularizer
from ..layers.scalars import flag, number, whole
from ..layers.typed import typed
from ..signature import DOTS, Param, Signature
from ..train.callbacks import Callback
from ..train.compiling import compiled_of
from ..train.losses import Loss
from ..train.metrics import Metric
from ..train.optimizers import Optimizer
from ..train.schedules import Schedule
from . import backend, convert, editions
from .models import model_table, summary

BINARY: dict[str, tuple[str, Callable[..., Any]]] = {
    "+": ("add", op.add),
    "-": ("subtract", op.sub),
    "*": ("multiply", op.mul),
    "/": ("divide", op.truediv),
    "^": ("power", op.pow),
    "%%": ("mod", op.mod),
    "%/%": ("floor_divide", op.floordiv),
    "%*%": ("matmul", backend.dot),
    "==": ("equal", op.eq),
    "!=": ("not_equal", op.ne),
    "<": ("less", op.lt),
    ">": ("greater", op.gt),
    "<=": ("less_equal", op.le),
    ">=": ("greater_equal", op.ge),
    "&": ("logical_and", backend.logical_and),
    "|": ("logical_or", backend.logical_or),
}
UNARY: dict[str, tuple[str, Callable[..., Any]]] = {
    "+": ("positive", op.pos),
    "-": ("negative", op.neg),
    "!": ("logical_not", backend.logical_not),
}
"""Keras's names of R's operators, by which steps of a graph are named, and what they do with tensors."""


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
            return _method(getattr(obj, name), name)
        if name in self.names(obj):
            return convert.to_r(getattr(obj, name))
        near = did_you_mean(name, self.names(obj))
        raise UserError(
            f"AttributeError: '{type(obj).__name__}' object has no attribute '{name}'",
            code=Code.NAME,
            cause=f"it has: {', '.join(self.names(obj)) or 'nothing to look at'}",
            cure=f"did you mean `{near}`?" if near else None,
        )

    def set(self, obj: Any, name: str, value: Any) -> Any:
        # `model$optimizer$lr <- 0.1` puts the optimizer, which has changed, back into its place
        return obj if value is self.get(obj, name) else super().set(obj, name, value)

    def subset(self, obj: Any, args: Dots, double: bool) -> Any:
        """`obj[["name"]]` is `obj$name`."""
        name = args[0][1] if double and len(args) == 1 else None
        if isinstance(name, RVector) and name.type == "character" and len(name) == 1:
            return self.get(obj, str(name.data[0]))
        return super().subset(obj, args, double)


def _method(function: Callable[..., Any], name: str) -> Builtin:
    """A bound method as `obj$name` gives it to R."""
    checked = typed(function)

    def run(ctx: Context, dots: Dots) -> Any:
        args = [convert.to_python(value, ctx) for given, value in dots if not given]
        named = {given: convert.to_python(value, ctx) for given, value in dots if given}
        return convert.to_r(checked(*args, **named))

    return Builtin(name, Signature([Param(DOTS)]), run, wants_context=True)


class Arithmetic(Keras):
    """Objects that R's operators work on."""

    def arith(self, operator: str, left: Any, right: Any) -> Any:
        operands = [_operand(value) for value in (left, right) if value is not NULL]
        known = BINARY if len(operands) == 2 else UNARY
        if operator not in known:
            raise UserError(
                f"invalid argument to operator {operator}",
                code=Code.TYPE,
                cause="tensors do not know this operator",
                cure=f"they know {' '.join(known)}",
            )
        name, function = known[operator]
        graph = KerasTensor.operators.get(name)
        if graph is not None and any(isinstance(operand, KerasTensor) for operand in operands):
            return graph(*operands)
        return call_on_tensors(name, function, operands, {})

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
    numbers = [whole(place, "subscript") for place in convert.to_array(value, "subscript").reshape(-1)]
    if any(place < 1 for place in numbers):
        raise UserError(
            "subscript out of bounds",
            code=Code.SUBSCRIPT,
            cause="places in a tensor are counted from 1",
            cure="leave the place empty to take all of an axis",
        )
    return numbers[0] - 1 if len(numbers) == 1 else [place - 1 for place in numbers]


SYMBOLIC_CLASSES = (
    "keras.engine.keras_tensor.KerasTensor",
    "keras.src.backend.common.keras_tensor.KerasTensor",
)
"""R's S3 classes of a symbolic tensor in keras and keras3."""


class SymbolicTensors(Arithmetic):
    """A KerasTensor."""

    members = ("shape", "dtype", "name")

    def classes(self, obj: KerasTensor) -> list[str]:
        guide, keras3 = SYMBOLIC_CLASSES
        return [keras3 if editions.current() is editions.KERAS3 else guide, "python.builtin.object"]


class Tensors(Arithmetic):
    """A torch tensor, as custom losses and lambda layers see them."""

    members = ("shape", "dtype", "ndim")
    methods = ("numpy",)

    def classes(self, obj: torch.Tensor) -> list[str]:
        return ["torch.Tensor", "tensorflow.tensor", "python.builtin.object"]

    def get(self, obj: torch.Tensor, name: str) -> Any:
        if name == "dtype":
            return convert.to_r(dtype_name(obj.dtype))
        return convert.to_r(tuple(obj.shape)) if name == "shape" else super().get(obj, name)

    def show(self, obj: torch.Tensor) -> str:
        values = obj.detach().cpu().numpy()
        return f"<Tensor shape={tuple(obj.shape)}, dtype={dtype_name(obj.dtype)}, value={values}>"

    def length(self, obj: torch.Tensor) -> int:
        return obj.numel()


class DTypes(Keras):
    """A type of numbers, which initializers are called with."""

    def classes(self, obj: torch.dtype) -> list[str]:
        return ["torch.dtype", "python.builtin.object"]

    def show(self, obj: torch.dtype) -> str:
        return dtype_name(obj)

    def deparse(self, obj: torch.dtype) -> str:
        return dtype_name(obj)


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
        obj.trainable = flag(_plain(value), name)
        return obj

    def callable(self, obj: Layer) -> bool:
        return True

    def call(self, obj: Layer, args: Dots, ctx: Context) -> Any:
        given = [_call_argument(value, ctx) for name, value in args if not name]
        named = {name: _call_argument(value, ctx) for name, value in args if name}
        return convert.to_r(obj(*given, **named))


def _plain(value: Any) -> Any:
    """What a member is set to, as Python has it."""
    return convert.to_python(value, Context(session.global_env, None))


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

    def get(self, obj: Model, name: str) -> Any:
        if name == "optimizer":
            return compiled_of(obj).optimizer
        if name == "summary":  # the model's own prints; R's writes to where R's output goes
            return _method(MethodType(summary, obj), name)
        return super().get(obj, name)

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


class Sequentials(Models):
    """A stack of layers, which grows and shrinks."""

    methods = (*Models.methods, "add", "pop")


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
        convert_to = flag if isinstance(getattr(obj, name, None), bool) else number
        setattr(obj, name, convert_to(_plain(value), name))
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
register_foreign(torch.dtype, DTypes())
register_foreign(Layer, Layers())
register_foreign(Model, Models())
register_foreign(Sequential, Sequentials())


_ELEMENTWISE = ("abs", "sign", "sqrt", "exp", "log", "sin", "cos", "tanh", "round")
_REDUCTIONS = ("sum", "prod", "mean", "max", "min", "any", "all")
"""Base functions that work on tensors as well, by the backend function of the same name."""


def _as_array(obj: Any) -> Any:
    return convert.to_r(obj.detach().cpu().numpy())


def _as_vector(obj: Any) -> Any:
    return _as_array(obj).with_attributes(None)


def _dim(obj: Any) -> Any:
    return rv.integer([rv.NA_INTEGER if size is None else size for size in obj.shape])


def _of_tensors(name: str, function: Callable[[Any], Any]) -> Builtin:
    return Builtin(name, Signature([Param("x"), Param(DOTS)]), lambda obj, *_: function(obj))


for _class in ("torch.Tensor", *SYMBOLIC_CLASSES):
    register_method("dim", _class, _of_tensors("dim", _dim))
    for _name in (*_ELEMENTWISE, *_REDUCTIONS):
        register_method(_name, _class, backend.FUNCTIONS[f"k_{_name}"])
for _name in ("as.array", "as.matrix"):
    register_method(_name, "torch.Tensor", _of_tensors(_name, _as_array))
for _name in ("as.numeric", "as.double", "as.vector"):
    register_method(_name, "torch.Tensor", _of_tensors(_name, _as_vector))

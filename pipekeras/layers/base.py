"""The layer: an operation of the graph that is a torch module with weights in Keras's names and order."""

from __future__ import annotations

import importlib
import inspect
import os
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from ..errors import Code, UserError, did_you_mean
from ..graph.node import Node
from ..graph.operation import Operation
from ..graph.spec import InputSpec
from ..graph.structure import flatten, map_structure
from ..graph.tensor import KerasTensor, Shape
from ..signature import Signature
from . import activations
from .fields import BASE, Interface, collect, r_signature
from .infer import dtype_name, infer, on_meta, torch_dtype
from .typed import misfit
from .weights import Weighted

L = TypeVar("L", bound="Layer")

_STABLE = {activations.softmax: "softmax", activations.sigmoid: "sigmoid"}
_REGISTRY: dict[str, type[Layer]] = {}


def registry() -> dict[str, type[Layer]]:
    """Every layer class by the name of its R function."""
    # each module of the package declares its layers when it is imported
    for module in pkgutil.iter_modules([os.path.dirname(__file__)]):
        importlib.import_module(f"{__package__}.{module.name}")
    return dict(_REGISTRY)


def class_named(name: str) -> type[Layer]:
    """The layer class of Keras's name, `Dense`.

    Raises:
        UserError: there is none
    """
    classes = {cls.__name__: cls for cls in registry().values()}
    if name not in classes:
        near = did_you_mean(name, classes)
        raise UserError(
            f"Unknown layer: '{name}'.",
            code=Code.NAME,
            cause="no class of layers has this name",
            cure=f'did you mean "{near}"?' if near else f"known names are: {', '.join(sorted(classes))}",
        )
    return classes[name]


def layer(
    r_name: str, *, also: str | None = None, head: str = "object", tail: str = " ".join(BASE)
) -> Callable[[type[L]], type[L]]:
    """Declare a layer under the name of its R function.

    Args:
        r_name: `layer_dense`
        also: what keras3 calls it, if it has another name there
        head: R's arguments before the fields
        tail: R's arguments after the fields: the base arguments that R keras 2.16 names, or `...`
    """

    def declare(cls: type[L]) -> type[L]:
        cls.r_name = r_name
        cls.interface = Interface(r_name, cls.interface.fields)
        cls.signature = r_signature(cls.interface.fields, head, tail)
        _REGISTRY.update(dict.fromkeys((r_name, also or r_name), cls))
        return cls

    return declare


class Layer(Operation, Weighted):
    """A step of a model. Called on symbolic tensors it grows the graph; called on arrays it computes.

    A subclass has annotated fields (its arguments), and `build` (makes the weights), `forward` (computes),
    and `compute_output_shape` where running `forward` on the meta device would be slow.
    """

    r_name: ClassVar[str] = ""
    signature: ClassVar[Signature] = Signature([])
    """R keras 2.16's arguments, `object` and `...` among them."""
    interface: ClassVar[Interface] = Interface("", {})
    """Everything a class accepts: fields, base arguments, keras3's arguments."""

    supports_masking: ClassVar[bool] = False
    """Whether a mask passes through unchanged."""
    call_signature: ClassVar[inspect.Signature] = inspect.Signature()
    """What a call takes: the arguments of `forward`, and `training`; found when the class is made."""
    takes_mask: ClassVar[bool] = False
    """Whether `forward` has the argument `mask`; found when the class is made."""
    makes_mask: bool = False
    """Whether the class has its own `compute_mask`; found when the class is made."""
    keeps_integers: bool = False
    """Whether integer inputs stay integers; else they are converted to the layer's dtype."""

    input_spec: InputSpec | None = None
    """What the input must look like, for a layer that takes one; `build` may set one with fixed sizes."""
    takes_states: ClassVar[bool] = False
    """Whether first states may follow the input in a list."""

    before_activation: ClassVar[Callable[..., Any] | None] = None
    """For a layer whose last step is `self.activation`: computes what goes into it, as `forward` does."""
    is_model: ClassVar[bool] = False
    is_sequential: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.interface = Interface(cls.__name__, collect(cls))
        for name in cls.interface.fields:
            # a field's default must not hide the property of that name that all layers have
            if name in cls.__dict__ and isinstance(getattr(Layer, name, None), property):
                delattr(cls, name)
        cls.__signature__ = cls.interface.python_signature()
        cls.call_signature = _call_signature(cls.forward)
        cls.takes_mask = "mask" in cls.call_signature.parameters
        cls.makes_mask = cls.compute_mask is not Layer.compute_mask

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        values, base = self.interface.bind(args, kwargs)
        self._start(base)
        for name, value in values.items():
            setattr(self, self.interface.own[name].attribute, value)

    def _start(self, base: dict[str, Any]) -> None:
        """The state of a layer without weights, from the arguments that every layer takes."""
        Weighted.__init__(self, base.get("trainable", True))
        Operation.__init__(self, base.get("name"))
        self.dtype: str = base.get("dtype", "float32")
        self.batch_input_shape = _batch_shape(base)
        self.built = False
        self._first_weights: list[np.ndarray] | None = base.get("weights")

    # What subclasses define

    def build(self, shape: Any) -> None:
        """Make the weights for an input shape (a list of shapes for a list of inputs)."""

    def forward(self, x: Any) -> Any:
        """Compute the output from tensors."""
        raise NotImplementedError

    def compute_output_shape(self, shape: Any) -> Any:
        """The output's shape for an input shape; a list of shapes for several outputs.

        Without an own definition it is found by running `forward` on the meta device.
        """
        self.prepare(shape)
        inputs = [KerasTensor(s) for s in shape] if isinstance(shape, list) else KerasTensor(shape)
        outputs = self._infer((inputs,), {})
        return map_structure(lambda tensor: tensor.shape, outputs)

    def compute_mask(self, x: Any, mask: Any) -> Any:
        """The output's mask, True where a step counts, from the input and its mask (None without one)."""
        return flatten(mask)[0] if self.supports_masking else None

    def scratch(self, node: Node, streamed: bool) -> int | None:
        """Numbers that a call needs for each sample beside its result, None if that is not known.

        Args:
            node: the call
            streamed: the batch is large enough to go step by step, in a layer that can
        """
        return 0

    # Calling

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        try:
            self.call_signature.bind(*args, **kwargs)
        except TypeError:
            raise misfit(self.name, self.call_signature, args, kwargs) from None
        return super().__call__(*self._one_input(args), **kwargs)

    def _one_input(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """The arguments, the input out of a list of one if the layer takes one input."""
        if self.input_spec is None or not args or type(args[0]) not in (list, tuple):
            return args
        if len(args[0]) == 1:
            return (args[0][0], *args[1:])
        if self.takes_states:
            return args
        raise UserError(
            f'Layer "{self.name}" expects 1 input(s), but it received {len(args[0])} input tensors.',
            code=Code.SHAPE,
            cause=f"{type(self).r_name}() works on one tensor",
            cure="join the tensors first, for example with layer_concatenate(), or call the layer on each",
        )

    def call_symbolically(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        outputs = super().call_symbolically(args, kwargs)
        masks = map_structure(lambda leaf: leaf.mask if isinstance(leaf, KerasTensor) else None, args[0])
        for tensor, mask in zip(flatten(outputs), self.mask_spec(args[0], masks), strict=False):
            tensor.mask = mask
        return outputs

    def mask_spec(self, x: Any, mask: Any) -> list[KerasTensor | None]:
        """What the masks of the outputs will look like, for symbolic inputs and their masks."""
        if self.makes_mask:
            label = f'compute_mask() of layer "{self.name}"'
            return flatten(infer(self.compute_mask, (x, mask), {}, label))
        return [flatten(mask)[0] if self.supports_masking else None]

    __array_ufunc__ = None  # numpy leaves `array | layer` to the layer

    def __ror__(self, inputs: Any) -> Any:
        """The pipe for what has none of its own: `[a, b] | layer` and `array | layer` are `layer(...)`."""
        return self(inputs)

    def run(self, *args: Any, training: bool | None = None, **kwargs: Any) -> Any:
        """`forward` with torch's hooks, without checks: for built layers and tensors that fit.

        Args:
            training: run in this mode, whatever the mode of the model (dropout at prediction, for example)
        """
        if training is not None and training is not self.training:
            with in_mode(self, training):
                return self.run(*args, **kwargs)
        outputs = nn.Module.__call__(self, *args, **kwargs)
        if self.activity_regularizer is not None:
            self.penalize(outputs)
        return outputs

    def penalize(self, outputs: Any) -> None:
        """Note the penalty on outputs, for each sample of the batch, until the next run."""
        self.activity_losses = [self.activity_regularizer(y) / y.shape[0] for y in flatten(outputs)]

    def compute(self, *args: Any, **kwargs: Any) -> Any:
        """The output for arrays (numpy or torch), after checking their shapes; builds the layer if needed."""
        args = map_structure(self._to_tensor, [map_structure(self.array_of, args[0]), *args[1:]])
        kwargs = {k: v if k == "mask" else map_structure(self._to_tensor, v) for k, v in kwargs.items()}
        shapes = map_structure(lambda x: tuple(x.shape), args[0])
        self.prepare(shapes)
        return self.run(*args, **kwargs)

    def compute_output_spec(self, *args: Any, training: bool | None = None, **kwargs: Any) -> Any:
        self._check_arguments(args)
        shapes = map_structure(lambda tensor: tensor.shape, args[0])
        self.prepare(shapes)
        states_shape = type(self).compute_output_shape is not Layer.compute_output_shape
        if not states_shape or self._ends_in_users_function():
            return self._infer(args, kwargs)
        dtype = self.compute_output_dtype(*flatten(args[0]))
        result = self.compute_output_shape(shapes)
        if isinstance(result, list):
            return [KerasTensor(shape, dtype) for shape in result]
        return KerasTensor(result, dtype)

    def _ends_in_users_function(self) -> bool:
        """Whether a function that nobody declared comes last: it is tried now, not first in training."""
        function: Any = getattr(self, "activation", None)
        return self.before_activation is not None and not activations.is_declared(function)

    def compute_output_dtype(self, *inputs: KerasTensor) -> str:
        """The output's type of numbers, for layers that state their output shape."""
        return inputs[0].dtype if self.keeps_integers and not is_floating(inputs[0].dtype) else self.dtype

    def prepare(self, shapes: Any) -> None:
        """Check the input's shape (a list of shapes for several), and build the layer if it is not built."""
        if self.input_spec is not None:
            self.input_spec.check(self.name, shapes)
        if not self.built:
            self.build(shapes)
            self.built = True
            if self._first_weights is not None:
                self.set_weights(self._first_weights)
            if not self._trainable:
                self.trainable = False

    def _infer(self, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
        label = f'layer "{self.name}" (type {type(self).__name__})'
        return infer(on_meta(self), map_structure(self._cast_spec, list(args)), kwargs, label)

    def _cast_spec(self, leaf: Any) -> Any:
        if isinstance(leaf, KerasTensor) and self.casts(leaf.dtype):
            return KerasTensor(leaf.shape, self.dtype)
        return leaf

    def casts(self, dtype: str) -> bool:
        """Whether inputs of a type of numbers are converted to the layer's own first."""
        return dtype != self.dtype and (is_floating(dtype) or not self.keeps_integers)

    def call_dtypes(self, inputs: Sequence[KerasTensor]) -> list[str]:
        """The types of numbers that inputs are converted to before a run."""
        return [self.dtype if self.casts(tensor.dtype) else tensor.dtype for tensor in inputs]

    def array_of(self, value: Any) -> Any:
        """An input as a tensor or an array, if it is one of numbers."""
        if isinstance(value, Tensor):
            return value
        array = np.asarray(value)
        if array.dtype.kind not in "biuf":
            raise UserError(
                f'Layer "{self.name}" was called with an input that is no array of numbers. '
                f"Received type: {type(value).__name__}.",
                code=Code.TYPE,
                cause="a layer computes with numbers",
                cure="give a tensor of layer_input(), or an array of numbers",
            )
        return array

    def _to_tensor(self, value: Any) -> Any:
        if isinstance(value, np.ndarray):
            value = torch.from_numpy(np.ascontiguousarray(value))
        if isinstance(value, Tensor) and self.casts(dtype_name(value.dtype)):
            return value.to(torch_dtype(self.dtype))
        return value

    def last_activation(self, ndim: int) -> str | None:
        """`softmax` or `sigmoid` if that is the last step, which a loss can take over to be stable.

        Args:
            ndim: number of axes of the output
        """
        return None if self.before_activation is None else _STABLE.get(self.activation)

    def _check_arguments(self, args: tuple[Any, ...]) -> None:
        if not args or not all(isinstance(leaf, KerasTensor) for leaf in flatten(args[0])):
            raise UserError(
                f'Layer "{self.name}" was called with an input that isn\'t a symbolic Keras tensor.',
                code=Code.TYPE,
                cause="tensors of a model under construction and arrays cannot be mixed in one call",
                cure="start from layer_input(), or call the layer on arrays only",
            )

    # Description

    @property
    def class_name(self) -> str:
        """Keras's name of the class."""
        return type(self).__name__

    def get_config(self) -> dict[str, Any]:
        """The arguments as plain data, from which `from_config` makes an equal, unconnected layer."""
        config: dict[str, Any] = {"name": self.name, "trainable": self.trainable, "dtype": self.dtype}
        if self.batch_input_shape is not None:
            config["batch_input_shape"] = list(self.batch_input_shape)
        for name, field in self.interface.own.items():
            value = getattr(self, field.attribute)
            config[name] = None if value is None else field.type.to_json(value)
        return config

    @classmethod
    def from_config(cls: type[L], config: dict[str, Any]) -> L:
        return cls(**config)

    def __getstate__(self) -> dict[str, Any]:
        # a copy of a layer has its weights, and no place in a graph
        return {**self.__dict__, "inbound_nodes": [], "activity_losses": []}

    def __repr__(self) -> str:
        return f"<{self.class_name} name={self.name}, built={self.built}>"


def _call_signature(forward: Callable[..., Any]) -> inspect.Signature:
    _, *parameters = inspect.signature(forward).parameters.values()
    training = inspect.Parameter("training", inspect.Parameter.KEYWORD_ONLY, default=None)
    return inspect.Signature([*parameters, training])


@contextmanager
def in_mode(module: nn.Module, training: bool) -> Iterator[None]:
    """A module in training mode, or out of it, for a while."""
    before = module.training
    module.train(training)
    try:
        yield
    finally:
        module.train(before)


def is_floating(dtype: str) -> bool:
    return dtype.startswith(("float", "bfloat"))


def fixed_axis(layer: Layer, shape: Shape, axis: int = -1) -> int:
    """The size of an axis that weights are made for.

    Raises:
        UserError: it is not known
    """
    size = shape[axis]
    if size is None:
        raise UserError(
            f"The last dimension of the inputs to a {layer.class_name} layer should be defined. "
            f"Found None. Full input shape received: {shape}",
            code=Code.SHAPE,
            cause=f'layer "{layer.name}" cannot make its weights for an unknown size',
            cure="give layer_input() a fixed size for that axis",
        )
    return size


def _batch_shape(base: dict[str, Any]) -> Shape | None:
    if "batch_input_shape" in base:
        return base["batch_input_shape"]
    if "input_shape" in base:
        return (base.get("batch_size"), *base["input_shape"])
    return None

"""The basic layers: input, dense, dropout, masking, lambda."""

from __future__ import annotations

from typing import Annotated, Any

import torch
import torch.nn.functional as F
from torch import Tensor

from ..errors import Code, UserError
from ..graph.node import Node
from ..graph.spec import InputSpec
from ..graph.structure import flatten, map_structure
from ..graph.tensor import KerasTensor, Shape
from . import (
    activations,
    operators,  # noqa: F401 - arithmetic comes with the first tensor
    optimize,
)
from .arguments import (
    KERAS3,
    Activation,
    Also,
    Anything,
    Callback,
    Constraint,
    Count,
    DType,
    Flag,
    Initializer,
    Name,
    Number,
    Rate,
    Regularizer,
    Seed,
    ShapeOf,
    Unsupported,
    shape_of,
)
from .base import Layer, fixed_axis, layer
from .outer import Outer, product
from .seed import generator
from .thin import is_thin, thin_product

WITHOUT_DTYPE = "input_shape batch_input_shape batch_size name trainable weights"


@layer("layer_input", head="", tail="")
class InputLayer(Layer):
    """Where a graph starts; its tensor is `output`.

    Args:
        shape: shape of one sample, the batch not counted
        batch_shape: shape of a batch, instead of `shape`
        name: name of the layer and of its tensor
        dtype: type of the numbers that go in, float32 by default
        tensor: a symbolic tensor whose shape and type are taken
        sparse, ragged: kinds of tensors that models on torch do not take
        optional: whether the input may be left out
    """

    shape: ShapeOf = None
    batch_shape: ShapeOf = None
    name: Name = None
    dtype: DType = None
    sparse: Flag = False
    tensor: Anything = None
    ragged: Flag = False
    optional: Annotated[Flag, KERAS3] = False

    keeps_integers = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        values, base = self.interface.bind(args, kwargs)
        self._start(base)
        self.shape = self._whole_shape(values, base)
        if values["tensor"] is not None and "dtype" not in base:
            self.dtype = values["tensor"].dtype
        for unsupported in ("sparse", "ragged", "optional"):
            if values[unsupported]:
                raise UserError(
                    f"`{unsupported}` inputs are not supported.",
                    code=Code.UNSUPPORTED,
                    cause="models run on torch's dense tensors",
                    cure=f"leave `{unsupported}` out",
                )
        self.built = True
        Node(self, (), {}, KerasTensor(self.shape, self.dtype, base.get("name")))

    def _whole_shape(self, values: dict[str, Any], base: dict[str, Any]) -> Shape:
        if values["batch_shape"] is not None:
            return values["batch_shape"]
        if values["shape"] is not None:
            return (base.get("batch_size"), *values["shape"])
        if self.batch_input_shape is not None:
            return self.batch_input_shape
        if isinstance(values["tensor"], KerasTensor):
            return values["tensor"].shape
        raise UserError(
            "You must pass a `shape` argument.",
            code=Code.ARGUMENT,
            cause="the shape of one sample must be known to make the layers' weights",
            cure="give layer_input() a `shape`, for example layer_input(shape = c(784))",
        )

    def get_config(self) -> dict[str, Any]:
        return {"batch_shape": list(self.shape), "dtype": self.dtype, "name": self.name}

    def forward(self, x: Tensor) -> Tensor:
        return x


def Input(*args: Any, **kwargs: Any) -> KerasTensor:
    """A symbolic tensor to start a model from: the output of a new InputLayer (R: `layer_input()`)."""
    return InputLayer(*args, **kwargs).output


@layer("layer_dense")
class Dense(Layer):
    """Densely connected layer: activation(x @ kernel + bias) on the last axis.

    Weights: kernel (in, units), bias (units).

    Args:
        units: size of the output's last axis
        activation: function applied to the result, none by default
        use_bias: add a bias vector
        kernel_initializer, bias_initializer: first values of the weights
        kernel_regularizer, bias_regularizer: penalties on the weights
        activity_regularizer: penalty on the output
        kernel_constraint, bias_constraint: what the weights are held to
        lora_rank, lora_alpha: low-rank fine-tuning
    """

    units: Count
    activation: Activation = None
    use_bias: Flag = True
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    lora_rank: Annotated[Unsupported, KERAS3] = None
    lora_alpha: Annotated[Unsupported, KERAS3] = None

    supports_masking = True
    input_spec = InputSpec(min_ndim=2)
    kernel: Tensor
    bias: Tensor
    held: list[Outer] | None = None
    """Where training wants the factors of the kernel's gradient."""

    def build(self, shape: Shape) -> None:
        width = fixed_axis(self, shape)
        self.add_weight(
            "kernel",
            (width, self.units),
            self.kernel_initializer,
            self.kernel_regularizer,
            self.kernel_constraint,
        )
        if self.use_bias:
            self.add_weight(
                "bias", (self.units,), self.bias_initializer, self.bias_regularizer, self.bias_constraint
            )
        self.input_spec = InputSpec(min_ndim=2, axes={-1: width})

    def compute_output_shape(self, shape: Shape) -> Shape:
        return (*shape[:-1], self.units)

    def before_activation(self, x: Tensor) -> Tensor:
        if self.held is not None and x.ndim == 2 and torch.is_grad_enabled():
            y = product(x, self.kernel, self.held)
            return y + self.bias if self.use_bias else y
        if is_thin(x, self.kernel):
            y = thin_product(x, self.kernel)
            return y.add_(self.bias) if self.use_bias else y
        if not self.use_bias:
            return x @ self.kernel
        if x.ndim == 2:
            return torch.addmm(self.bias, x, self.kernel)
        return x @ self.kernel + self.bias

    def forward(self, x: Tensor) -> Tensor:
        y = self.before_activation(x)
        in_place = activations.IN_PLACE.get(self.activation) if optimize.wanted() else None
        return self.activation(y) if in_place is None else in_place(y)


class Elementwise(Layer):
    """A layer whose output has the shape of its input."""

    supports_masking = True
    input_spec = InputSpec()

    def compute_output_shape(self, shape: Shape) -> Shape:
        return shape


@layer("layer_dropout", tail=WITHOUT_DTYPE)
class Dropout(Elementwise):
    """In training sets a share of the elements to zero and scales the others by 1 / (1 - rate).

    Source: Srivastava et al. 2014.

    Args:
        rate: the share, from 0 to 1
        noise_shape: shape of the pattern of zeros, with 1 (or NA: the input's size) for each axis;
            along an axis of size 1 all elements share their fate
        seed: a whole number that makes the pattern repeatable
    """

    rate: Rate
    noise_shape: ShapeOf = None
    seed: Seed = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.generator = generator(self.seed)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.rate == 0:
            return x
        if self.noise_shape is None and self.generator is None:
            return F.dropout(x, self.rate)
        pattern = self.noise_shape or (None,) * x.ndim
        shape = [x.shape[i] if size is None else size for i, size in enumerate(pattern)]
        kept = torch.empty(shape, dtype=x.dtype, device=x.device)
        kept.bernoulli_(1 - self.rate, generator=self.generator)
        return x * kept / (1 - self.rate) if self.rate < 1 else torch.zeros_like(x)


@layer("layer_masking")
class Masking(Elementwise):
    """Marks the steps whose elements all equal a value, so that later layers skip them; (batch, steps, ...).

    Args:
        mask_value: the value
    """

    mask_value: Number = 0.0

    def forward(self, x: Tensor) -> Tensor:
        return x * self.compute_mask(x, None).unsqueeze(-1).to(x.dtype)

    def compute_mask(self, x: Tensor, mask: Any) -> Tensor:
        return torch.any(x != self.mask_value, dim=-1)


@layer("layer_lambda")
class Lambda(Layer):
    """A function as a layer.

    Args:
        f: function of a tensor (or of a list of tensors)
        output_shape: shape of one sample of the output, or a function of the input's shape; found by
            running `f` on tensors without values if it is not given
        mask: the output's mask, or a function(inputs, mask)
        arguments: further named arguments for `f`
    """

    f: Annotated[Callback, Also("function")]
    output_shape: Anything = None
    mask: Anything = None
    arguments: Anything = None

    keeps_integers = True

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        if self.output_shape_ is None:
            return super().compute_output_spec(*args, **kwargs)
        inputs = flatten(args[0])
        shape = self.output_shape_
        if callable(shape):
            shape = shape(map_structure(lambda tensor: tensor.shape, args[0]))
        else:
            shape = (inputs[0].shape[0], *shape_of(shape, "output_shape"))
        self.built = True
        return KerasTensor(tuple(shape), inputs[0].dtype)

    def compute_mask(self, x: Any, mask: Any) -> Any:
        return self.mask(x, mask) if callable(self.mask) else self.mask

    def forward(self, x: Any) -> Any:
        result = self.f(x, **(self.arguments or {}))
        if not all(isinstance(leaf, Tensor) for leaf in flatten(result)):
            raise UserError(
                f'The function of layer "{self.name}" must return tensors, not {type(result).__name__}.',
                code=Code.TYPE,
                cause="what it returns is the layer's output",
                cure="return what is computed from the function's argument",
            )
        return result

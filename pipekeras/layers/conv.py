"""Convolution layers, run on channels-last data without copies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import torch
from torch import Tensor

from ..errors import Code, UserError
from ..graph.tensor import Shape
from . import activations, optimize, rectified
from .arguments import (
    KERAS3,
    Activation,
    Constraint,
    Count,
    DataFormat,
    Flag,
    Initializer,
    Regularizer,
    Size1,
    Size2,
    Unsupported,
    choice,
)
from .base import fixed_axis, layer
from .rectified import Masks
from .windows import (
    CHANNELS_FIRST,
    Windowed,
    as_images,
    from_images,
    output_length,
    pad_images,
    padding_amounts,
    rank_spec,
    spanned,
)


def convolve(
    x: Tensor,
    kernel: Tensor,
    bias: Tensor | None,
    *,
    strides: tuple[int, ...],
    padding: str,
    data_format: str | None,
    dilation: tuple[int, ...],
    groups: int,
    finish: Callable[[Tensor], Tensor] | None = None,
    masks: Masks | None = None,
) -> Tensor:
    """Cross-correlate over one or two spatial axes, padding as TensorFlow does.

    Args:
        x: (batch, space..., channels), or (batch, channels, space...) with data_format "channels_first"
        kernel: (space..., channels / groups, filters)
        bias: (filters,)
        finish: the last step, in place
        masks: relu instead, and who masks gradients
    """
    if data_format != CHANNELS_FIRST and kernel[..., 0, 0].numel() == groups == max(strides) == 1:
        return _pointwise(x, kernel, bias, finish, masks)
    images = as_images(x, data_format)
    if x.ndim == 3:
        kernel, strides, dilation = kernel.unsqueeze(0), (1, *strides), (1, *dilation)
    axes = zip(images.shape[2:], kernel.shape[:2], strides, dilation, strict=True)
    amounts = [padding_amounts(n, window, stride, padding, rate) for n, window, stride, rate in axes]
    symmetric = all(before == after for before, after in amounts)
    if not symmetric:
        images = pad_images(images, amounts)
    padded = [before for before, _ in amounts] if symmetric else [0, 0]
    settings = strides, padded, dilation, groups
    weights = kernel.permute(3, 2, 0, 1)
    if masks is None:
        y = torch.nn.functional.conv2d(images, weights, bias, *settings)
        y = y if finish is None else finish(y)
    else:
        y = rectified.convolution(images, weights, bias, *settings, masks)
    return from_images(y, data_format, x.ndim)


def _pointwise(
    x: Tensor,
    kernel: Tensor,
    bias: Tensor | None,
    finish: Callable[[Tensor], Tensor] | None,
    masks: Masks | None,
) -> Tensor:
    """A window of one position: one product over all positions."""
    flat, matrix = x.reshape(-1, x.shape[-1]), kernel.reshape(kernel.shape[-2:])
    if masks is None:
        y = flat @ matrix if bias is None else torch.addmm(bias, flat, matrix)
        y = y if finish is None else finish(y)
    else:
        y = rectified.product(flat, matrix, bias, masks)
    return y.reshape(*x.shape[:-1], -1)


class Conv(Windowed):
    """A convolution over one or two axes.

    Weights: kernel (space..., in / groups, filters), bias (filters).
    """

    filters: int
    kernel_size: tuple[int, ...]
    strides: tuple[int, ...]
    padding: str
    dilation_rate: tuple[int, ...]
    groups: int
    activation: Callable[[Tensor], Tensor]
    use_bias: bool
    kernel_initializer: Callable[..., Tensor]
    bias_initializer: Callable[..., Tensor]
    kernel_regularizer: Callable[[Tensor], Tensor] | None
    bias_regularizer: Callable[[Tensor], Tensor] | None
    kernel_constraint: Callable[[Tensor], Tensor] | None
    bias_constraint: Callable[[Tensor], Tensor] | None
    kernel: Tensor
    bias: Tensor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.input_spec = rank_spec(self.rank)
        if self.filters % self.groups:
            raise UserError(
                "The number of filters must be evenly divisible by the number of groups. "
                f"Received: groups={self.groups}, filters={self.filters}.",
                code=Code.VALUE,
                cause="each group makes an equal share of the filters",
                cure="choose `filters` as a multiple of `groups`",
            )

    def build(self, shape: Shape) -> None:
        channels = fixed_axis(self, shape, self.channel_axis)
        if channels % self.groups:
            raise UserError(
                "The number of input channels must be evenly divisible by the number of groups. "
                f"Received groups={self.groups}, but the input has {channels} channels "
                f"(full input shape is {shape}).",
                code=Code.SHAPE,
                cause=f'each group of layer "{self.name}" takes an equal share of the channels',
                cure="choose `groups` so that it divides the number of channels",
            )
        self.add_weight(
            "kernel",
            (*self.kernel_size, channels // self.groups, self.filters),
            self.kernel_initializer,
            self.kernel_regularizer,
            self.kernel_constraint,
        )
        if self.use_bias:
            self.add_weight(
                "bias", (self.filters,), self.bias_initializer, self.bias_regularizer, self.bias_constraint
            )
        self.input_spec = rank_spec(self.rank, axes={self.channel_axis: channels})

    def compute_output_shape(self, shape: Shape) -> Shape:
        settings = zip(self.spatial(shape), self.kernel_size, self.strides, self.dilation_rate, strict=True)
        space = tuple(output_length(n, size, s, self.padding, rate) for n, size, s, rate in settings)
        if any(size is not None and size < 1 for size in space):
            raise self._too_small(shape)
        return self.outer(shape, space, self.filters)

    def _too_small(self, shape: Shape) -> UserError:
        kernel = (*self.kernel_size, shape[self.channel_axis], self.filters)
        reach = tuple(map(spanned, self.kernel_size, self.dilation_rate))
        return UserError(
            f"Computed output size would be zero or negative. Received `inputs shape={shape}`, "
            f"`kernel shape={kernel}`, `dilation_rate={self.dilation_rate}`, `strides={self.strides}`, "
            f"`padding={self.padding}`.",
            code=Code.SHAPE,
            cause=f'the kernel of layer "{self.name}" reaches over {reach} positions, '
            f"and its input has {self.spatial(shape)}",
            cure='use a smaller `kernel_size`, or padding = "same", or less pooling before it',
        )

    def before_activation(self, x: Tensor) -> Tensor:
        return self._convolve(x)

    def _convolve(
        self, x: Tensor, finish: Callable[[Tensor], Tensor] | None = None, masks: Masks | None = None
    ) -> Tensor:
        return convolve(
            x,
            self.kernel,
            self.bias if self.use_bias else None,
            strides=self.strides,
            padding=self.padding,
            data_format=self.data_format,
            dilation=self.dilation_rate,
            groups=self.groups,
            finish=finish,
            masks=masks,
        )

    def forward(self, x: Tensor) -> Tensor:
        in_place = activations.IN_PLACE.get(self.activation)
        if in_place is not None and optimize.wanted():
            return self._convolve(x, finish=in_place)
        return self.activation(self.before_activation(x))

    def masked(self, x: Tensor, before: bool, after: bool) -> Tensor:
        """`forward` for relu or nothing as activation, sharing the masks of gradients with its neighbours.

        Args:
            x: the input
            before: x is what a relu made, which leaves its mask to this layer
            after: the layer behind takes over the mask of this relu
        """
        masks = Masks(self.activation is activations.relu, before, after)
        return self._convolve(x, masks=masks)


@layer("layer_conv_1d")
class Conv1D(Conv):
    """Convolution over time.

    Args:
        filters: number of output channels
        kernel_size: length of the window
        strides: steps between windows
        padding: "valid" (none), "same" (as many windows as steps / strides), "causal" (no look ahead)
        data_format: "channels_last" (batch, steps, channels) or "channels_first"
        dilation_rate: distance of the steps that a window looks at
        groups: number of groups of channels that are convolved apart
        activation: function applied to the result, none by default
        use_bias: add a bias vector
        kernel_initializer, bias_initializer: first values of the weights
        kernel_regularizer, bias_regularizer: penalties on the weights
        activity_regularizer: penalty on the output
        kernel_constraint, bias_constraint: what the weights are held to
        lora_rank, lora_alpha: low-rank fine-tuning
    """

    filters: Count
    kernel_size: Size1
    strides: Size1 = 1
    padding: Annotated[str, choice("valid", "same", "causal")] = "valid"
    data_format: DataFormat = "channels_last"
    dilation_rate: Size1 = 1
    groups: Count = 1
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

    rank = 1


@layer("layer_conv_2d")
class Conv2D(Conv):
    """Convolution over the height and width of images.

    Args:
        filters: number of output channels
        kernel_size: height and width of the window
        strides: steps between windows
        padding: "valid" (none) or "same" (as many windows as the size / strides)
        data_format: "channels_last" (batch, height, width, channels), the default, or "channels_first"
        dilation_rate: distance of the pixels that a window looks at
        groups: number of groups of channels that are convolved apart
        activation: function applied to the result, none by default
        use_bias: add a bias vector
        kernel_initializer, bias_initializer: first values of the weights
        kernel_regularizer, bias_regularizer: penalties on the weights
        activity_regularizer: penalty on the output
        kernel_constraint, bias_constraint: what the weights are held to
        lora_rank, lora_alpha: low-rank fine-tuning
    """

    filters: Count
    kernel_size: Size2
    strides: Size2 = (1, 1)
    padding: Annotated[str, choice("valid", "same")] = "valid"
    data_format: DataFormat = None
    dilation_rate: Size2 = (1, 1)
    groups: Count = 1
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

    rank = 2

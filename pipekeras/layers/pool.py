"""Pooling layers: the largest or mean value of windows, or of all positions."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import Annotated, Any

import torch
import torch.nn.functional as F
from torch import Tensor

from ..errors import Code, UserError
from ..graph.tensor import Shape
from . import optimize
from .arguments import DataFormat, Flag, Size1, Size2, choice
from .base import layer
from .windows import (
    CHANNELS_FIRST,
    Windowed,
    as_images,
    from_images,
    output_length,
    pad_images,
    padding_amounts,
    rank_spec,
)

Padding = Annotated[str, choice("valid", "same")]
Sizes = tuple[int, ...]
Amounts = Sequence[tuple[int, int]]

NARROW = 16
"""Images of fewer channels are pooled by shifting them: torch works on whole vectors of channels."""


def torch_padding(amounts: Amounts, strides: Sizes) -> tuple[list[int], bool] | None:
    """torch's `padding` and `ceil_mode` that give these windows, or None where torch has none.

    torch pads both sides alike, and `ceil_mode` lets a last window hang over the end. That is TensorFlow's
    odd position at the end, unless the windows move by one position.
    """
    before = [a for a, _ in amounts]
    if all(a == b for a, b in amounts):
        return before, False
    if all(a == b or stride > 1 for (a, b), stride in zip(amounts, strides, strict=True)):
        return before, True
    return None


def max_pool(images: Tensor, size: Sizes, strides: Sizes, amounts: Amounts) -> Tensor:
    """The largest value of each window; images (batch, channels, height, width)."""
    without_gradient = not (images.requires_grad and torch.is_grad_enabled())
    if without_gradient and images.shape[1] < NARROW and optimize.wanted():
        return _shifted_max(pad_images(images, amounts, float("-inf")), size, strides)
    native = torch_padding(amounts, strides)
    if native is None:
        images, native = pad_images(images, amounts, float("-inf")), ([0, 0], False)
    return F.max_pool2d(images, size, strides, native[0], ceil_mode=native[1])


def _shifted_max(images: Tensor, size: Sizes, strides: Sizes) -> Tensor:
    """The largest value of each window, one axis after the other: of shifted images the larger values."""
    for axis, window, stride in zip((2, 3), size, strides, strict=True):
        reach = images.shape[axis] - window + 1
        shifted = [images.narrow(axis, start, reach) for start in range(window)]
        if stride > 1:
            every = (*[slice(None)] * axis, slice(None, None, stride))
            shifted = [each[every] for each in shifted]
        images = functools.reduce(torch.maximum, shifted)
    return images


def average_pool(images: Tensor, size: Sizes, strides: Sizes, amounts: Amounts) -> Tensor:
    """The mean of each window's real positions; images (batch, channels, height, width)."""
    native = torch_padding(amounts, strides)
    if native is not None:
        return F.avg_pool2d(images, size, strides, native[0], native[1], count_include_pad=False)
    y = F.avg_pool2d(pad_images(images, amounts), size, strides)
    shares = [
        _real_share(y, axis, length, window, stride, before)
        for axis, length, window, stride, (before, _) in zip(
            (2, 3), images.shape[2:], size, strides, amounts, strict=True
        )
    ]
    return y / (shares[0].unsqueeze(-1) * shares[1])


def _real_share(y: Tensor, axis: int, length: int, window: int, stride: int, before: int) -> Tensor:
    """How much of each window along an axis is no padding."""
    start = torch.arange(y.shape[axis], device=y.device) * stride - before
    return ((start + window).clamp(max=length) - start.clamp(min=0)).to(y.dtype) / window


class Pooling(Windowed):
    """A window over one or two axes that is summarised in one value a channel."""

    pool_size: Sizes
    strides: Sizes
    padding: str

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.input_spec = rank_spec(self.rank)
        self.strides = self.strides or self.pool_size

    def reduce(self, images: Tensor, size: Sizes, strides: Sizes, amounts: Amounts) -> Tensor:
        """One value for each window of (batch, channels, height, width)."""
        raise NotImplementedError

    def compute_output_shape(self, shape: Shape) -> Shape:
        space = tuple(
            output_length(length, window, stride, self.padding)
            for length, window, stride in zip(self.spatial(shape), self.pool_size, self.strides, strict=True)
        )
        if any(size is not None and size < 1 for size in space):
            raise UserError(
                f"Computed output size would be zero or negative. Received: `inputs.shape={shape}`, "
                f"`pool_size={self.pool_size}`, `strides={self.strides}`, `padding={self.padding}`.",
                code=Code.SHAPE,
                cause=f'the window of layer "{self.name}" is {self.pool_size}, '
                f"and its input has {self.spatial(shape)} positions",
                cure='use a smaller `pool_size`, or padding = "same", or less pooling before it',
            )
        return self.outer(shape, space, shape[self.channel_axis])

    def forward(self, x: Tensor) -> Tensor:
        images = as_images(x, self.data_format)
        flat = (1,) * (2 - self.rank)
        size, strides = flat + self.pool_size, flat + self.strides
        amounts = [
            padding_amounts(length, window, stride, self.padding)
            for length, window, stride in zip(images.shape[2:], size, strides, strict=True)
        ]
        return from_images(self.reduce(images, size, strides, amounts), self.data_format, x.ndim)


class MaxPooling(Pooling):
    """The largest value of each window."""

    def reduce(self, images: Tensor, size: Sizes, strides: Sizes, amounts: Amounts) -> Tensor:
        return max_pool(images, size, strides, amounts)


class AveragePooling(Pooling):
    """The mean of each window, padding not counted."""

    def reduce(self, images: Tensor, size: Sizes, strides: Sizes, amounts: Amounts) -> Tensor:
        return average_pool(images, size, strides, amounts)


@layer("layer_max_pooling_1d", tail="batch_size name trainable weights")
class MaxPooling1D(MaxPooling):
    """The largest value of windows over time.

    Args:
        pool_size: length of the window
        strides: steps between windows, `pool_size` by default
        padding: "valid" (whole windows only) or "same" (the last window may hang over)
        data_format: "channels_last" (batch, steps, channels) or "channels_first"
    """

    pool_size: Size1 = 2
    strides: Size1 = None
    padding: Padding = "valid"
    data_format: DataFormat = "channels_last"

    rank = 1


@layer("layer_max_pooling_2d", tail="batch_size name trainable weights")
class MaxPooling2D(MaxPooling):
    """The largest value of windows over images.

    Args:
        pool_size: height and width of the window
        strides: steps between windows, `pool_size` by default
        padding: "valid" (whole windows only) or "same" (the last window may hang over)
        data_format: "channels_last" (batch, height, width, channels), the default, or "channels_first"
    """

    pool_size: Size2 = (2, 2)
    strides: Size2 = None
    padding: Padding = "valid"
    data_format: DataFormat = None

    rank = 2


@layer("layer_average_pooling_1d", tail="batch_size name trainable weights")
class AveragePooling1D(AveragePooling):
    """The mean of windows over time; padding does not count.

    Args:
        pool_size: length of the window
        strides: steps between windows, `pool_size` by default
        padding: "valid" (whole windows only) or "same" (the last window may hang over)
        data_format: "channels_last" (batch, steps, channels) or "channels_first"
    """

    pool_size: Size1 = 2
    strides: Size1 = None
    padding: Padding = "valid"
    data_format: DataFormat = "channels_last"

    rank = 1


@layer("layer_average_pooling_2d", tail="batch_size name trainable weights")
class AveragePooling2D(AveragePooling):
    """The mean of windows over images; padding does not count.

    Args:
        pool_size: height and width of the window
        strides: steps between windows, `pool_size` by default
        padding: "valid" (whole windows only) or "same" (the last window may hang over)
        data_format: "channels_last" (batch, height, width, channels), the default, or "channels_first"
    """

    pool_size: Size2 = (2, 2)
    strides: Size2 = None
    padding: Padding = "valid"
    data_format: DataFormat = None

    rank = 2


class GlobalPooling(Windowed):
    """One value a channel for all positions."""

    keepdims: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.input_spec = rank_spec(self.rank)

    @property
    def axes(self) -> list[int]:
        """The spatial axes."""
        first = 2 if self.data_format == CHANNELS_FIRST else 1
        return list(range(first, first + self.rank))

    def compute_output_shape(self, shape: Shape) -> Shape:
        channels = shape[self.channel_axis]
        return self.outer(shape, (1,) * self.rank, channels) if self.keepdims else (shape[0], channels)


class GlobalMaxPooling(GlobalPooling):
    """The largest value over all positions."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.amax(x, self.axes, self.keepdims)


class GlobalAveragePooling(GlobalPooling):
    """The mean over all positions."""

    def mean(self, total: Tensor, shape: Sequence[int]) -> Tensor:
        """The mean from the sum over all positions of a tensor of a shape."""
        # torch.mean's gradient is as large as its input, that of a sum is one number seen from everywhere
        return total / math.prod(shape[axis] for axis in self.axes)

    def forward(self, x: Tensor) -> Tensor:
        return self.mean(x.sum(self.axes, self.keepdims), x.shape)


@layer("layer_global_max_pooling_1d", tail="...")
class GlobalMaxPooling1D(GlobalMaxPooling):
    """The largest value over time.

    Args:
        data_format: "channels_last" (batch, steps, channels) or "channels_first"
        keepdims: keep the axis, with size one
    """

    data_format: DataFormat = "channels_last"
    keepdims: Flag = False

    rank = 1


@layer("layer_global_max_pooling_2d", tail="...")
class GlobalMaxPooling2D(GlobalMaxPooling):
    """The largest value over an image.

    Args:
        data_format: "channels_last" (batch, height, width, channels), the default, or "channels_first"
        keepdims: keep the axes, with size one
    """

    data_format: DataFormat = None
    keepdims: Flag = False

    rank = 2


@layer("layer_global_average_pooling_1d", tail="...")
class GlobalAveragePooling1D(GlobalAveragePooling):
    """The mean over time; masked steps do not count.

    Args:
        data_format: "channels_last" (batch, steps, channels) or "channels_first"
        keepdims: keep the axis, with size one
    """

    data_format: DataFormat = "channels_last"
    keepdims: Flag = False

    rank = 1

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        if mask is None:
            return super().forward(x)
        counts = mask.unsqueeze(self.channel_axis)
        total = torch.where(counts, x, 0.0).sum(self.axes, self.keepdims)
        return total / counts.sum(self.axes, self.keepdims)


@layer("layer_global_average_pooling_2d", tail="...")
class GlobalAveragePooling2D(GlobalAveragePooling):
    """The mean over an image.

    Args:
        data_format: "channels_last" (batch, height, width, channels), the default, or "channels_first"
        keepdims: keep the axes, with size one
    """

    data_format: DataFormat = None
    keepdims: Flag = False

    rank = 2

"""Sliding windows: TensorFlow's padding and output lengths, shared by convolution and pooling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import torch
from torch import Tensor

from ..graph.spec import InputSpec
from ..graph.tensor import Shape
from .base import Layer

CHANNELS_FIRST = "channels_first"


def spanned(window: int, dilation: int) -> int:
    """How many input positions a dilated window reaches over."""
    return (window - 1) * dilation + 1


def output_length(
    length: int | None, window: int, stride: int, padding: str, dilation: int = 1
) -> int | None:
    """Positions of a window along one axis; None for an unknown length, zero or less if it never fits."""
    if length is None:
        return None
    if padding == "valid":
        return (length - spanned(window, dilation)) // stride + 1
    return -(-length // stride)


def padding_amounts(
    length: int, window: int, stride: int, padding: str, dilation: int = 1
) -> tuple[int, int]:
    """Positions to add before and after one axis.

    "same" splits what is needed for `ceil(length / stride)` outputs, the odd one at the end, as TensorFlow
    does; "causal" puts a whole window before the first position.
    """
    if padding == "valid":
        return 0, 0
    if padding == "causal":
        return spanned(window, dilation) - 1, 0
    outputs = -(-length // stride)
    total = max(0, (outputs - 1) * stride + spanned(window, dilation) - length)
    return total // 2, total - total // 2


def as_images(x: Tensor, data_format: str | None) -> Tensor:
    """Rank 3 or 4 as torch's (batch, channels, height, width), without a copy.

    Channels-last data becomes a view that torch knows as its `channels_last` memory format; a sequence
    becomes an image of height one, because torch's one-dimensional kernels know only channels-first memory.
    """
    channel_first = x if data_format == CHANNELS_FIRST else x.movedim(-1, 1)
    return channel_first.unsqueeze(2) if x.ndim == 3 else channel_first


def from_images(y: Tensor, data_format: str | None, ndim: int) -> Tensor:
    """The reverse of `as_images` for a result of rank `ndim`."""
    channel_first = y.squeeze(2) if ndim == 3 else y
    return channel_first if data_format == CHANNELS_FIRST else channel_first.movedim(1, -1)


def pad_images(x: Tensor, amounts: Sequence[tuple[int, int]], value: float = 0.0) -> Tensor:
    """Pad the spatial axes of (batch, channels, ...) by (before, after) pairs, first axis first."""
    flat = [n for before, after in reversed(amounts) for n in (before, after)]
    return torch.nn.functional.pad(x, flat, value=value) if any(flat) else x


class Windowed(Layer):
    """A layer that moves a window over one or two spatial axes and states its output's shape."""

    rank: ClassVar[int]
    data_format: str | None

    @property
    def channel_axis(self) -> int:
        return 1 if self.data_format == CHANNELS_FIRST else -1

    def prepare(self, shapes: Shape) -> None:
        super().prepare(shapes)
        # a layer that is built meets new sizes, and too small ones must not reach torch
        self.compute_output_shape(shapes)

    def spatial(self, shape: Shape) -> Shape:
        """The sizes of the spatial axes."""
        return shape[2:] if self.data_format == CHANNELS_FIRST else shape[1:-1]

    def outer(self, shape: Shape, space: Shape, channels: int | None) -> Shape:
        """A whole shape from the batch of another, sizes of the spatial axes, and channels."""
        if self.data_format == CHANNELS_FIRST:
            return (shape[0], channels, *space)
        return (shape[0], *space, channels)


def rank_spec(rank: int, **more: Any) -> InputSpec:
    """What a layer with windows over `rank` axes takes."""
    axes = "(batch, steps, channels)" if rank == 1 else "(batch, height, width, channels)"
    return InputSpec(ndim=rank + 2, wants=axes, **more)

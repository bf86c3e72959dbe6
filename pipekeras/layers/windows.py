"""Sliding windows: TensorFlow's padding and output lengths, shared by convolution and pooling."""

from __future__ import annotations

import torch
from torch import Tensor

CHANNELS_LAST = "channels_last"
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


def as_images(x: Tensor, data_format: str) -> Tensor:
    """Rank 3 or 4 as torch's (batch, channels, height, width), without a copy.

    Channels-last data becomes a view that torch knows as its `channels_last` memory format; a sequence
    becomes an image of height one, because torch's one-dimensional kernels know only channels-first memory.
    """
    channel_first = x.movedim(-1, 1) if data_format == CHANNELS_LAST else x
    return channel_first.unsqueeze(2) if x.ndim == 3 else channel_first


def from_images(y: Tensor, data_format: str, ndim: int) -> Tensor:
    """The reverse of `as_images` for a result of rank `ndim`."""
    channel_first = y.squeeze(2) if ndim == 3 else y
    return channel_first.movedim(1, -1) if data_format == CHANNELS_LAST else channel_first


def pad_images(x: Tensor, amounts: list[tuple[int, int]], value: float = 0.0) -> Tensor:
    """Pad the spatial axes of (batch, channels, ...) by (before, after) pairs, first axis first."""
    flat = [n for before, after in reversed(amounts) for n in (before, after)]
    return torch.nn.functional.pad(x, flat, value=value) if any(flat) else x

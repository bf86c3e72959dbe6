"""Layers that change the order or the number of axes."""

from __future__ import annotations

import math
from typing import Annotated, Any

import numpy as np
import torch.nn.functional as F
from torch import Tensor

from ..errors import Code, UserError
from ..graph.spec import InputSpec, known_product
from ..graph.tensor import Shape
from .arguments import Count, DataFormat, Integers, Type, axis_size, scalar
from .base import Layer, layer

WITHOUT_SHAPES = "batch_size name trainable weights"


def _target_shape(value: Any, argument: str) -> tuple[int, ...]:
    """Sizes, with -1 (or NA) for the one that is worked out."""
    items = value.tolist() if isinstance(value, np.ndarray) else value
    items = list(items) if isinstance(items, (list, tuple)) else [items]
    known = [None if scalar(item) == -1 else axis_size(item, argument) for item in items]
    sizes = [-1 if size is None else size for size in known]
    if sizes.count(-1) > 1:
        raise UserError(
            f"There must be at most one unknown dimension (-1) in {argument}. Received: {argument}={sizes}.",
            code=Code.VALUE,
            cause="only one size can be worked out from the others",
            cure="give all sizes but one",
        )
    return tuple(sizes)


def _padding_2d(value: Any, argument: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """((top, bottom), (left, right)) from one number, two, or two pairs."""
    items = value.tolist() if isinstance(value, np.ndarray) else scalar(value)
    items = list(items) if isinstance(items, (list, tuple)) else [items, items]
    pairs = [list(i) if isinstance(i, (list, tuple, np.ndarray)) else [i, i] for i in items]
    whole = [[scalar(n) for n in pair] for pair in pairs]
    if len(whole) != 2 or any(len(p) != 2 or not all(_is_padding(n) for n in p) for p in whole):
        raise UserError(
            f"`{argument}` should be either an int, a tuple of 2 ints, or a tuple of 2 tuples of 2 ints. "
            f"Received: {argument}={value}.",
            code=Code.VALUE,
            cause="an image has rows (top, bottom) and columns (left, right)",
            cure=f"write {argument} = 1, {argument} = c(1, 2) or {argument} = list(c(1, 2), c(3, 4))",
        )
    (top, bottom), (left, right) = whole
    return (int(top), int(bottom)), (int(left), int(right))


def _is_padding(value: Any) -> bool:
    return isinstance(value, (int, float)) and value >= 0 and math.isfinite(value)


TargetShape = Annotated[Any, Type("sizes of axes, -1 for one to be worked out", _target_shape, list)]
Padding2D = Annotated[Any, Type("one number, two, or two pairs", _padding_2d, lambda p: [list(i) for i in p])]


class _Rearranging(Layer):
    """A layer that moves values about, whatever their type."""

    keeps_integers = True


@layer("layer_flatten", tail="input_shape dtype name trainable weights")
class Flatten(_Rearranging):
    """One row of numbers for each sample: (batch, a, b, ...) becomes (batch, a * b * ...).

    Args:
        data_format: "channels_first" moves the channels, axis 1, to the end before
    """

    data_format: DataFormat = None
    input_spec = InputSpec(min_ndim=1)

    def compute_output_shape(self, shape: Shape) -> Shape:
        return (shape[0], known_product(shape[1:]))

    def forward(self, x: Tensor) -> Tensor:
        if self.data_format == "channels_first" and x.ndim > 2:
            x = x.movedim(1, -1)
        return x.reshape(x.shape[0], math.prod(x.shape[1:]))


@layer("layer_reshape")
class Reshape(_Rearranging):
    """The same numbers in another shape.

    Args:
        target_shape: shape of one sample, with -1 for one axis that is worked out
    """

    target_shape: TargetShape

    def compute_output_shape(self, shape: Shape) -> Shape:
        total = known_product(shape[1:])
        known = math.prod(size for size in self.target_shape if size != -1)
        free = -1 in self.target_shape
        if total is not None and (total % known if free and known else total != known):
            raise UserError(
                "The total size of the tensor must be unchanged. "
                f"Received: input_shape={shape[1:]}, target_shape={self.target_shape}",
                code=Code.SHAPE,
                cause=f'layer "{self.name}" gets {total} numbers a sample, and the target shape '
                f"holds {'a multiple of ' if free else ''}{known}",
                cure="choose sizes whose product is the input's, or write -1 for one of them",
            )
        rest = None if total is None else total // max(known, 1)
        return (shape[0], *(rest if size == -1 else size for size in self.target_shape))

    def forward(self, x: Tensor) -> Tensor:
        return x.reshape(x.shape[0], *self.target_shape)


@layer("layer_permute")
class Permute(_Rearranging):
    """Axes in another order.

    Args:
        dims: the input's axes in their new order, counted from 1, the batch not counted
    """

    dims: Integers

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sorted(self.dims) != list(range(1, len(self.dims) + 1)):
            raise UserError(
                "Invalid permutation argument `dims` for Permute Layer. The set of indices in `dims` must be "
                f"consecutive and start from 1. Received dims={self.dims}",
                code=Code.VALUE,
                cause="each axis but the batch must stand in `dims` once",
                cure="write dims = c(2, 1) to swap two axes",
            )
        self.input_spec = InputSpec(ndim=len(self.dims) + 1)

    def compute_output_shape(self, shape: Shape) -> Shape:
        return (shape[0], *(shape[axis] for axis in self.dims))

    def forward(self, x: Tensor) -> Tensor:
        return x.permute(0, *self.dims)


@layer("layer_repeat_vector", tail=WITHOUT_SHAPES)
class RepeatVector(_Rearranging):
    """The input n times: (batch, features) becomes (batch, n, features).

    Args:
        n: how many times
    """

    n: Count
    input_spec = InputSpec(ndim=2, wants="(batch, features)")

    def compute_output_shape(self, shape: Shape) -> Shape:
        return (shape[0], self.n, shape[1])

    def forward(self, x: Tensor) -> Tensor:
        return x.unsqueeze(1).expand(-1, self.n, -1)


@layer("layer_zero_padding_2d", tail=WITHOUT_SHAPES)
class ZeroPadding2D(_Rearranging):
    """Rows and columns of zeros around images, (batch, height, width, channels).

    Args:
        padding: rows and columns on each side: one number, two, or ((top, bottom), (left, right))
        data_format: "channels_last", or "channels_first" for (batch, channels, height, width)
    """

    padding: Padding2D = (1, 1)
    data_format: DataFormat = None
    input_spec = InputSpec(ndim=4, wants="(batch, height, width, channels)")

    def compute_output_shape(self, shape: Shape) -> Shape:
        first = 2 if self.data_format == "channels_first" else 1
        sizes = list(shape)
        for axis, (before, after) in enumerate(self.padding, start=first):
            size = sizes[axis]
            sizes[axis] = None if size is None else size + before + after
        return tuple(sizes)

    def forward(self, x: Tensor) -> Tensor:
        (top, bottom), (left, right) = self.padding
        sides = (left, right, top, bottom)
        return F.pad(x, sides if self.data_format == "channels_first" else (0, 0, *sides))

"""Layers that make one tensor of several."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from ..errors import Code, UserError
from ..graph.spec import broadcast
from ..graph.tensor import KerasTensor, Shape
from .arguments import Axes, Axis, Flag
from .base import Layer, is_floating, layer

HEAD = "inputs ..."


class _Merge(Layer):
    """Takes a list of tensors. Source: Keras's merging layers."""

    supports_masking = True
    keeps_integers = True
    fewest = 1

    def build(self, shape: Any) -> None:
        count = len(shape) if isinstance(shape, list) else 0
        if count < self.fewest:
            raise UserError(
                f"A `{self.class_name}` layer should be called on a list of at least {self.fewest} "
                f"input{'s' if self.fewest > 1 else ''}. Received: {count or 'one tensor'}",
                code=Code.SHAPE,
                cause="it makes one tensor of several",
                cure="give a list of tensors: list(a, b)",
            )
        batches = {size[0] for size in shape} - {None}
        if len(batches) > 1:
            raise UserError(
                f"Cannot merge tensors with different batch sizes. Received tensors with shapes {shape}",
                code=Code.SHAPE,
                cause="the tensors' first axes differ",
                cure="give all inputs the same batch size, or leave it free",
            )

    def compute_output_dtype(self, *inputs: KerasTensor) -> str:
        floating = any(is_floating(tensor.dtype) for tensor in inputs)
        return self.dtype if floating else inputs[0].dtype

    def compute_mask(self, x: Any, mask: Any) -> Tensor | None:
        masks = list(mask or ())
        if not masks or any(m is None for m in masks):
            return None
        return functools.reduce(torch.logical_or, masks)


class _Elementwise(_Merge):
    """Combines tensors element by element; sizes 1 and missing leading axes are repeated."""

    def compute_output_shape(self, shape: list[Shape]) -> Shape:
        if len(shape[0]) == 0:
            return ()
        batch = next((s[0] for s in shape if s[0] is not None), None)
        return (batch, *functools.reduce(broadcast, [s[1:] for s in shape]))

    def forward(self, x: Sequence[Tensor]) -> Tensor:
        return self.combine(_same_rank(x))

    def combine(self, x: Sequence[Tensor]) -> Tensor:
        raise NotImplementedError


def _same_rank(x: Sequence[Tensor]) -> Sequence[Tensor]:
    """Axes of size 1 put in behind the batch axis."""
    rank = max(t.ndim for t in x)
    if all(t.ndim == rank for t in x):
        return x
    return [t.reshape(t.shape[0], *[1] * (rank - t.ndim), *t.shape[1:]) for t in x]


@layer("layer_add", head=HEAD, tail="")
class Add(_Elementwise):
    """The sum of the inputs."""

    def combine(self, x: Sequence[Tensor]) -> Tensor:
        return functools.reduce(torch.add, x)


@layer("layer_subtract", head=HEAD, tail="")
class Subtract(_Elementwise):
    """The first input minus the second."""

    fewest = 2

    def build(self, shape: Any) -> None:
        super().build(shape)
        if len(shape) != 2:
            raise UserError(
                f"A `Subtract` layer should be called on exactly 2 inputs. Received: {len(shape)}",
                code=Code.SHAPE,
                cause="a difference has two terms",
                cure="give a list of two tensors",
            )

    def combine(self, x: Sequence[Tensor]) -> Tensor:
        return x[0] - x[1]


@layer("layer_multiply", head=HEAD, tail="")
class Multiply(_Elementwise):
    """The product of the inputs. Where one is masked it counts as 1; where all are, the product is 0."""

    def forward(self, x: Sequence[Tensor], mask: Any = None) -> Tensor:
        masks = list(mask or ())
        if not any(m is not None for m in masks):
            return functools.reduce(torch.mul, _same_rank(x))
        spread = [None if m is None else _spread(m, t) for t, m in zip(x, masks, strict=True)]
        parts = [t if m is None else torch.where(m, t, 1) for t, m in zip(x, spread, strict=True)]
        product = functools.reduce(torch.mul, _same_rank(parts))
        known = [m for m in spread if m is not None]
        if len(known) < len(spread):
            return product
        return torch.where(functools.reduce(torch.logical_or, known), product, 0)


@layer("layer_average", head=HEAD, tail="")
class Average(_Elementwise):
    """The mean of the inputs."""

    keeps_integers = False

    def combine(self, x: Sequence[Tensor]) -> Tensor:
        return functools.reduce(torch.add, x) / len(x)


@layer("layer_maximum", head=HEAD, tail="")
class Maximum(_Elementwise):
    """The largest of the inputs."""

    def combine(self, x: Sequence[Tensor]) -> Tensor:
        return functools.reduce(torch.maximum, x)


@layer("layer_minimum", head=HEAD, tail="")
class Minimum(_Elementwise):
    """The smallest of the inputs."""

    def combine(self, x: Sequence[Tensor]) -> Tensor:
        return functools.reduce(torch.minimum, x)


@layer("layer_concatenate", head=HEAD, tail="")
class Concatenate(_Merge):
    """The inputs one after the other along an axis.

    Args:
        axis: the axis, counted from 0 with the batch, -1 for the last
    """

    axis: Axis = -1

    def build(self, shape: Any) -> None:
        super().build(shape if self.axis else [s[1:] for s in shape])
        ranks = {len(s) for s in shape}
        if len(ranks) == 1 and not -min(ranks) <= self.axis < min(ranks):
            raise UserError(
                f"The `axis` argument is out of range. Received: axis={self.axis}, input_shape={shape}",
                code=Code.SHAPE,
                cause=f"the inputs have {min(ranks)} axes",
                cure="use -1 for the last axis",
            )
        others = [_without(s, self.axis) for s in shape] if len(ranks) == 1 else shape
        if len(ranks) > 1 or not _agree(others):
            raise UserError(
                f"A `Concatenate` layer requires inputs with matching shapes except for the concatenation "
                f"axis. Received: input_shape={shape}",
                code=Code.SHAPE,
                cause="all sizes but that along the axis must be equal"
                if len(ranks) == 1
                else "the inputs have different numbers of axes",
                cure=_concatenate_cure(shape),
            )

    def compute_output_shape(self, shape: list[Shape]) -> Shape:
        sizes = [next((s[i] for s in shape if s[i] is not None), None) for i in range(len(shape[0]))]
        along = [s[self.axis] for s in shape]
        sizes[self.axis] = None if None in along else sum(size or 0 for size in along)
        return tuple(sizes)

    def forward(self, x: Sequence[Tensor]) -> Tensor:
        return torch.cat(list(x), dim=self.axis)

    def compute_mask(self, x: Any, mask: Any) -> Tensor | None:
        masks = list(mask or ())
        if all(m is None for m in masks):
            return None
        # an input without a mask counts everywhere; a step counts where any of its parts does
        whole = [
            torch.ones_like(t, dtype=torch.bool) if m is None else _spread(m, t)
            for t, m in zip(x, masks, strict=True)
        ]
        return torch.any(torch.cat(whole, dim=self.axis), dim=-1)


def _concatenate_cure(shapes: Sequence[Shape]) -> str:
    if len({len(shape) for shape in shapes}) > 1:
        return "put layer_flatten() (or a global pooling layer) behind the one with more axes"
    differing = [axis for axis in range(1, len(shapes[0])) if len({shape[axis] for shape in shapes}) > 1]
    if len(differing) == 1:
        return f"they differ along axis {differing[0]} only (counted from 0): join them along that axis"
    return "reshape or pool the inputs until they differ along one axis only"


def _spread(mask: Tensor, x: Tensor) -> Tensor:
    """A mask repeated over the axes that it lacks."""
    return mask.reshape(*mask.shape, *[1] * (x.ndim - mask.ndim)).expand(x.shape)


def _without(shape: Shape, axis: int) -> list[int | None]:
    sizes = list(shape)
    del sizes[axis]
    return sizes


def _agree(shapes: Sequence[Sequence[int | None]]) -> bool:
    return all(len(set(sizes) - {None}) <= 1 for sizes in zip(*shapes, strict=True))


@layer("layer_dot", head=HEAD, tail="")
class Dot(_Merge):
    """Dot products between the samples of two tensors.

    Args:
        axes: the axis of both inputs to sum over, or one for each, counted with the batch from 0
        normalize: scale to length 1 before, which gives the cosine proximity
    """

    axes: Axes
    normalize: Flag = False

    keeps_integers = False
    fewest = 2

    def build(self, shape: Any) -> None:
        super().build(shape)
        if len(shape) != 2:
            raise UserError(
                f"A `Dot` layer should be called on a list of exactly 2 inputs. Received: {len(shape)}",
                code=Code.SHAPE,
                cause="a dot product has two factors",
                cure="give a list of two tensors",
            )
        first, second = shape
        a, b = self._axes(len(first), len(second))
        if first[a] != second[b]:
            raise UserError(
                f"Incompatible input shapes: axis values {first[a]} (at axis {a}) != {second[b]} "
                f"(at axis {b}). Full input shapes: {first}, {second}",
                code=Code.SHAPE,
                cause="the axes to sum over must have the same size",
                cure="choose other `axes`, or bring the inputs to one size with layer_dense()",
            )

    def _axes(self, *ranks: int) -> tuple[int, int]:
        pair = self.axes if isinstance(self.axes, tuple) else (self.axes, self.axes)
        fits = len(pair) == 2 and all(a != 0 and -r < a < r for a, r in zip(pair, ranks, strict=True))
        if not fits:
            raise UserError(
                f"`axes` must be one or two axes of the inputs, not the batch. Received: axes={self.axes}",
                code=Code.VALUE,
                cause=f"the inputs have {' and '.join(map(str, ranks))} axes, counted from 0 with the batch",
                cure="use axes = 1 for vectors, axes = c(2, 2) for sequences of vectors",
            )
        first, second = (axis % rank for axis, rank in zip(pair, ranks, strict=True))
        return first, second

    def compute_output_shape(self, shape: list[Shape]) -> Shape:
        first, second = shape
        a, b = self._axes(len(first), len(second))
        rest = (*_without(first, a), *_without(second, b)[1:])
        return rest if len(rest) > 1 else (*rest, 1)

    def forward(self, x: Sequence[Tensor]) -> Tensor:
        first, second = x
        a, b = self._axes(first.ndim, second.ndim)
        if self.normalize:
            first, second = F.normalize(first, dim=a), F.normalize(second, dim=b)
        left, right = first.movedim(a, -1), second.movedim(b, -1)
        rows, columns = left.shape[1:-1], right.shape[1:-1]
        size = left.shape[-1]
        product = left.reshape(left.shape[0], -1, size) @ right.reshape(right.shape[0], -1, size).mT
        return product.reshape(left.shape[0], *(rows + columns or (1,)))

    def compute_mask(self, x: Any, mask: Any) -> None:
        return None

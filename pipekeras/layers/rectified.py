"""Convolutions, products and sums around relu whose gradients are masked where they lie, without new memory.

The gradient of relu is the incoming one where the result is positive. If a single layer takes the result, it
can mask the gradient that it hands back, a tensor that nobody else knows; relu then needs none of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor


@dataclass(frozen=True)
class Masks:
    """Who masks gradients.

    Args:
        relu: whether relu is the last step
        before: x is what a relu made, which leaves its mask to the one that takes x
        after: the one that takes the result takes over the mask of this relu
    """

    relu: bool
    before: bool
    after: bool

    @property
    def own(self) -> bool:
        """Whether this relu's mask is its own affair."""
        return self.relu and not self.after


def _masked(gradient: Tensor, result: Tensor, room: Tensor | None = None) -> Tensor:
    """The gradient where a relu's result is positive, zero elsewhere.

    Args:
        gradient, result: of one shape
        room: where to put it, unless it is to be differentiated itself
    """
    if room is None or torch.is_grad_enabled():
        return torch.ops.aten.threshold_backward(gradient, result, 0)
    return torch.ops.aten.threshold_backward.grad_input(gradient, result, 0, grad_input=room)


def convolution(
    x: Tensor,
    kernel: Tensor,
    bias: Tensor | None,
    strides: Sequence[int],
    padding: Sequence[int],
    dilation: Sequence[int],
    groups: int,
    masks: Masks,
) -> Tensor:
    """torch's `conv2d`, and relu."""
    settings = tuple(strides), tuple(padding), tuple(dilation), groups
    return _Convolution.apply(x, kernel, bias, settings, masks)  # type: ignore[return-value]


class _Convolution(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, x: Tensor, kernel: Tensor, bias: Tensor | None, settings: tuple[Any, ...], masks: Masks
    ) -> Tensor:
        y = torch.nn.functional.conv2d(x, kernel, bias, *settings)
        if masks.relu:
            y.relu_()
        ctx.save_for_backward(x, kernel, y if masks.own else None)
        ctx.settings, ctx.masks = settings, masks
        return y

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        x, kernel, y = ctx.saved_tensors
        gradient = gradients[0] if y is None else _masked(gradients[0], y)
        strides, padding, dilation, groups = ctx.settings
        dx, d_kernel, d_bias = torch.ops.aten.convolution_backward(
            gradient,
            x,
            kernel,
            [len(kernel)],
            strides,
            padding,
            dilation,
            False,
            [0] * len(strides),
            groups,
            ctx.needs_input_grad[:3],
        )
        if dx is not None and ctx.masks.before:
            dx = _masked(dx, x, room=dx)
        return dx, d_kernel, d_bias, None, None


def product(x: Tensor, kernel: Tensor, bias: Tensor | None, masks: Masks) -> Tensor:
    """x @ kernel + bias for matrices, and relu."""
    return _Product.apply(x, kernel, bias, masks)  # type: ignore[return-value]


class _Product(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, kernel: Tensor, bias: Tensor | None, masks: Masks) -> Tensor:
        y = x @ kernel if bias is None else torch.addmm(bias, x, kernel)
        if masks.relu:
            y.relu_()
        ctx.save_for_backward(x, kernel, y if masks.own else None)
        ctx.masks = masks
        return y

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        x, kernel, y = ctx.saved_tensors
        gradient = gradients[0] if y is None else _masked(gradients[0], y)
        for_x, for_kernel, for_bias = ctx.needs_input_grad[:3]
        dx = gradient @ kernel.t() if for_x else None
        if dx is not None and ctx.masks.before:
            dx = _masked(dx, x, room=dx)
        return (
            dx,
            x.t() @ gradient if for_kernel else None,
            gradient.sum(0) if for_bias else None,
            None,
        )


def total(x: Tensor, axes: Sequence[int], keepdims: bool) -> Tensor:
    """The sum of what a relu made, with the mask of that relu; x holds the gradient in the end.

    Args:
        x: a tensor that nothing else needs
        axes: to sum over
        keepdims: keep the axes, with size one
    """
    return _Total.apply(x, axes, keepdims)  # type: ignore[return-value]


class _Total(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, axes: Sequence[int], keepdims: bool) -> Tensor:
        ctx.save_for_backward(x)
        ctx.axes, ctx.keepdims = sorted(axes), keepdims
        return x.sum(tuple(axes), keepdims)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        (x,) = ctx.saved_tensors
        gradient = gradients[0]
        for axis in [] if ctx.keepdims else ctx.axes:
            gradient = gradient.unsqueeze(axis)
        # who keeps the graph may come again and need x
        kept = torch._C._autograd._get_current_graph_task_keep_graph()  # pyright: ignore[reportAttributeAccessIssue]
        room = None if kept else x.detach()
        return _masked(gradient.expand_as(x), x, room), None, None

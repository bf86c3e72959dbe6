"""The gradient of a large dense kernel as its two factors, which are a batch high, instead of their product.

A product x @ kernel gives its kernel the gradient x^T d. For 160,256 x 1,000 weights and a batch of 2 the
factors have 322,512 numbers and the product 160 million; who takes it in blocks never needs it as a whole.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from .thin import is_thin, thin_product


class Outer:
    """The matrix left^T right, of which rows are computed when they are asked for.

    Args:
        left: (batch, rows)
        right: (batch, columns)
    """

    def __init__(self, left: Tensor, right: Tensor) -> None:
        self.left = left
        self.right = right

    def rows(self, start: int, stop: int) -> Tensor:
        """Some of the rows."""
        return self.left[:, start:stop].t() @ self.right

    def whole(self) -> Tensor:
        """All of them."""
        return self.left.t() @ self.right

    def __add__(self, other: Outer) -> Outer:
        return Outer(torch.cat([self.left, other.left]), torch.cat([self.right, other.right]))


class _Product(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, kernel: Tensor, held: list[Outer]) -> Tensor:
        ctx.save_for_backward(x, kernel)
        ctx.held = held
        return thin_product(x, kernel) if is_thin(x, kernel) else x @ kernel

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, None, None]:
        x, kernel = ctx.saved_tensors
        ctx.held.append(Outer(x, gradients[0]))
        return (gradients[0] @ kernel.t() if ctx.needs_input_grad[0] else None), None, None


def product(x: Tensor, kernel: Tensor, held: list[Outer]) -> Tensor:
    """x @ kernel, whose kernel has no gradient: the factors of what it would be are put into `held`.

    Args:
        x: (batch, rows)
        kernel: (rows, columns)
        held: gets an `Outer` in the backward pass
    """
    return _Product.apply(x, kernel, held)  # type: ignore[return-value]

"""Moves all weights of a small model as one, which takes as many operations as one weight does."""

from __future__ import annotations

# pyright: reportPrivateImportUsage=false
import torch
from torch import Tensor

from .optimizer import Optimizer

MOST = 2**18
"""Larger models gain nothing: their operations are longer than the way to them."""


class Together:
    """The weights of an optimizer, their moves in one tensor.

    No optimizer's `update` looks at the weights, it adds to them: so it can add to zeros, and the moves are
    added to the weights where they are.

    Args:
        optimizer: bound to the weights
    """

    def __init__(self, optimizer: Optimizer) -> None:
        self.optimizer = optimizer
        weights = optimizer.weights
        sizes = [weight.numel() for weight in weights]
        self.moves = torch.zeros(sum(sizes), dtype=weights[0].dtype)
        self.parts = [p.view(w.shape) for p, w in zip(self.moves.split(sizes), weights, strict=True)]

    @torch.no_grad()
    def step(self, gradients: Tensor) -> None:
        """One step along the gradients, which lie one behind the other in the order of the weights."""
        optimizer = self.optimizer
        optimizer.begin_step()
        self.moves.zero_()
        optimizer.update([self.moves], [gradients], optimizer.rate(), optimizer.joined_slots())
        torch._foreach_add_(optimizer.weights, self.parts)
        optimizer.iterations += 1


def can_go(optimizer: Optimizer) -> bool:
    """Whether an optimizer's weights may move as one."""
    weights = optimizer.weights
    return (
        optimizer.elementwise
        and sum(weight.numel() for weight in weights) <= MOST
        and len({weight.dtype for weight in weights}) == 1
    )

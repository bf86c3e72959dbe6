"""Moves all weights of a small model as one, which takes as many operations as one weight does."""

from __future__ import annotations

# pyright: reportPrivateImportUsage=false
import torch
from torch import Tensor

from .optimizer import Optimizer

MOST = 2**18
"""Larger models gain nothing: their operations are longer than the way to them."""


class Together:
    """The weights of an optimizer in one tensor, of which each of them is a part from now on.

    Args:
        optimizer: bound to the weights
    """

    def __init__(self, optimizer: Optimizer) -> None:
        self.optimizer = optimizer
        weights = optimizer.weights
        self.whole = torch.cat([weight.detach().reshape(-1) for weight in weights])
        parts = self.whole.split([weight.numel() for weight in weights])
        for weight, part in zip(weights, parts, strict=True):
            weight.data = part.view(weight.shape)

    @torch.no_grad()
    def step(self, gradients: Tensor) -> None:
        """One step along the gradients, which lie one behind the other in the order of the weights."""
        optimizer = self.optimizer
        optimizer.begin_step()
        optimizer.update([self.whole], [gradients], optimizer.rate(), optimizer.joined_slots())
        optimizer.iterations += 1


def can_go(optimizer: Optimizer) -> bool:
    """Whether an optimizer's weights may move as one."""
    weights = optimizer.weights
    return (
        optimizer.elementwise
        and sum(weight.numel() for weight in weights) <= MOST
        and len({weight.dtype for weight in weights}) == 1
    )

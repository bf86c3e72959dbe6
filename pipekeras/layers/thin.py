"""The product of a few rows with a large matrix, which takes as long as reading the matrix.

torch's product of matrices shares out the work among threads by rows, of which there are too few.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from . import optimize

ROWS = 4
"""More rows than this keep the processor busier than the memory."""

LARGE = 2**22
"""Smaller matrices stay in the cache."""

MOST_BLOCKS = 64


def is_thin(x: Tensor, kernel: Tensor) -> bool:
    """Whether `thin_product` is the quicker way, where no gradients are wanted."""
    # asked first, as a compiler takes every size that is looked at for a fixed one
    if torch.is_grad_enabled() or not optimize.wanted():
        return False
    few = x.ndim == 2 and 1 < len(x) <= ROWS
    exact = kernel.dtype in (torch.float32, torch.float64)
    large = kernel.numel() >= LARGE and _blocks(kernel) > 1
    return few and large and exact and kernel.device.type == "cpu"


def thin_product(x: Tensor, kernel: Tensor) -> Tensor:
    """x @ kernel as a sum over blocks of the kernel's rows.

    Args:
        x: (batch, rows)
        kernel: (rows, columns)
    """
    blocks = _blocks(kernel)
    return torch.bmm(x.unflatten(1, (blocks, -1)).transpose(0, 1), kernel.unflatten(0, (blocks, -1))).sum(0)


def _blocks(kernel: Tensor) -> int:
    return math.gcd(len(kernel), MOST_BLOCKS)

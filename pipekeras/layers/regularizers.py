"""Penalties on weights and outputs, found by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor

from .family import Family

FAMILY = Family("regularizer", "regularizer_")
regularizer = FAMILY.add

RegularizerFunction = Callable[[Tensor], Tensor]


class Regularizer:
    """Maps a tensor to the penalty, a scalar, that is added to the loss."""

    def __call__(self, x: Tensor) -> Tensor:
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        return asdict(self)  # type: ignore[call-overload]


@regularizer("l1", rename={"l": "l1"})
@dataclass
class L1(Regularizer):
    """l1 * sum(|x|)."""

    l1: float = 0.01

    def __call__(self, x: Tensor) -> Tensor:
        return self.l1 * torch.sum(torch.abs(x))


@regularizer("l2", rename={"l": "l2"})
@dataclass
class L2(Regularizer):
    """l2 * sum(x^2)."""

    l2: float = 0.01

    def __call__(self, x: Tensor) -> Tensor:
        return self.l2 * torch.sum(torch.square(x))


@regularizer("l1_l2", defaults={"l1": 0.01, "l2": 0.01})
@dataclass
class L1L2(Regularizer):
    """l1 * sum(|x|) + l2 * sum(x^2)."""

    l1: float = 0.0
    l2: float = 0.0

    def __call__(self, x: Tensor) -> Tensor:
        return self.l1 * torch.sum(torch.abs(x)) + self.l2 * torch.sum(torch.square(x))


@regularizer("orthogonal", "orthogonal_regularizer")
@dataclass
class OrthogonalRegularizer(Regularizer):
    """factor * the mean of |cosine| between the rows (or columns) of a matrix, as Keras counts it."""

    factor: float = 0.01
    mode: str = "rows"

    def __call__(self, x: Tensor) -> Tensor:
        vectors = torch.nn.functional.normalize(x if self.mode == "rows" else x.T, dim=1)
        size = vectors.shape[0]
        products = vectors @ vectors.T
        between = products * (1.0 - torch.eye(size, dtype=x.dtype, device=x.device))
        pairs = size * (size - 1.0) / 2.0
        return self.factor * 0.5 * torch.sum(torch.abs(between)) / pairs

"""What weights are held to after each step of training, found by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import torch
from torch import Tensor

from .family import Family

FAMILY = Family("constraint", "constraint_")
constraint = FAMILY.add

ConstraintFunction = Callable[[Tensor], Tensor]

# Keras's backend epsilon, which keeps zero vectors zero
_EPSILON = 1e-7


class Constraint:
    """Maps a weight to the nearest allowed one. `axis` are the axes that a norm is taken over, from 0."""

    def __call__(self, w: Tensor) -> Tensor:
        raise NotImplementedError

    def get_config(self) -> dict[str, Any]:
        return asdict(self)  # type: ignore[call-overload]


@constraint("maxnorm", "max_norm")
@dataclass
class MaxNorm(Constraint):
    max_value: float = 2.0
    axis: Any = 0

    def __call__(self, w: Tensor) -> Tensor:
        norms = _norms(w, self.axis)
        return w * (torch.clamp(norms, 0, self.max_value) / (_EPSILON + norms))


@constraint("nonneg", "non_neg")
@dataclass
class NonNeg(Constraint):
    def __call__(self, w: Tensor) -> Tensor:
        return w * (w >= 0)


@constraint("unitnorm", "unit_norm")
@dataclass
class UnitNorm(Constraint):
    axis: Any = 0

    def __call__(self, w: Tensor) -> Tensor:
        return w / (_EPSILON + _norms(w, self.axis))


@constraint("minmaxnorm", "min_max_norm")
@dataclass
class MinMaxNorm(Constraint):
    """`rate` is how far a norm outside [min_value, max_value] is moved towards it at each step."""

    min_value: float = 0.0
    max_value: float = 1.0
    rate: float = 1.0
    axis: Any = 0

    def __call__(self, w: Tensor) -> Tensor:
        norms = _norms(w, self.axis)
        desired = self.rate * torch.clamp(norms, self.min_value, self.max_value) + (1 - self.rate) * norms
        return w * (desired / (_EPSILON + norms))


def _norms(w: Tensor, axis: Any) -> Tensor:
    axes = [int(a) for a in axis] if isinstance(axis, (list, tuple)) else int(axis)
    return torch.sqrt(torch.sum(torch.square(w), dim=axes, keepdim=True))

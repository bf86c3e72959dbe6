"""Activation functions as layers of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import torch
import torch.nn.functional as F
from torch import Tensor

from . import activations
from .arguments import Activation as ActivationName
from .arguments import Also, Axis, Number
from .base import layer
from .core import Elementwise


class _LastStep(Elementwise):
    """A layer that is nothing but its `activation`, so that a loss can take what goes into it."""

    activation: Callable[..., Tensor]

    def before_activation(self, x: Tensor) -> Tensor:
        return x

    def forward(self, x: Tensor) -> Tensor:
        return self.activation(x)


@layer("layer_activation")
class Activation(_LastStep):
    """Applies a function to each element (softmax: along the last axis).

    Args:
        activation: name of the function, or a function of a tensor
    """

    activation: ActivationName


@layer("layer_activation_relu")
class ReLU(Elementwise):
    """max(x, 0), with a ceiling, a threshold and a slope below it.

    Args:
        max_value: the largest output
        negative_slope: slope below `threshold`
        threshold: where the function starts to rise
    """

    max_value: Number | None = None
    negative_slope: Number = 0.0
    threshold: Number = 0.0

    def forward(self, x: Tensor) -> Tensor:
        return activations.relu(x, self.negative_slope, self.max_value, self.threshold)


@layer("layer_activation_leaky_relu")
class LeakyReLU(Elementwise):
    """x where positive, alpha * x elsewhere.

    Args:
        alpha: slope below zero
    """

    alpha: Annotated[Number, Also("negative_slope")] = 0.3

    def forward(self, x: Tensor) -> Tensor:
        return F.leaky_relu(x, self.alpha)


@layer("layer_activation_elu")
class ELU(Elementwise):
    """x where positive, alpha * (exp(x) - 1) elsewhere.

    Args:
        alpha: minus the limit for very negative x
    """

    alpha: Number = 1.0

    def forward(self, x: Tensor) -> Tensor:
        return F.elu(x, self.alpha)


@layer("layer_activation_softmax")
class Softmax(_LastStep):
    """exp(x) scaled to sum 1 along an axis.

    Args:
        axis: the axis, -1 for the last
    """

    axis: Axis = -1

    def activation(self, x: Tensor) -> Tensor:
        return torch.softmax(x, self.axis)

    def last_activation(self, ndim: int) -> str | None:
        return "softmax" if self.axis in (-1, ndim - 1) else None

"""Activation functions, found by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import torch
import torch.nn.functional as F
from torch import Tensor

from . import optimize
from .family import Family

ActivationFunction = Callable[..., Tensor]

FAMILY = Family("activation function", "activation_")
activation = FAMILY.add


@activation("linear")
def linear(x: Tensor) -> Tensor:
    """x itself."""
    return x


@activation("relu", rename={"alpha": "negative_slope"})
def relu(
    x: Tensor, negative_slope: float = 0.0, max_value: float | None = None, threshold: float = 0.0
) -> Tensor:
    """max(x, 0), or with a slope below `threshold` and a ceiling `max_value`."""
    if negative_slope == 0.0 and max_value is None and threshold == 0.0:
        return F.relu(x)
    y = torch.where(x >= threshold, x, negative_slope * (x - threshold))
    return y if max_value is None else torch.clamp(y, max=max_value)


@activation("relu6")
def relu6(x: Tensor) -> Tensor:
    """min(max(x, 0), 6)."""
    return F.relu6(x)


@activation("leaky_relu")
def leaky_relu(x: Tensor, negative_slope: float = 0.2) -> Tensor:
    """x where positive, `negative_slope` * x elsewhere."""
    return F.leaky_relu(x, negative_slope)


@activation("elu")
def elu(x: Tensor, alpha: float = 1.0) -> Tensor:
    """x where positive, `alpha` * (exp(x) - 1) elsewhere."""
    return F.elu(x, alpha)


@activation("selu")
def selu(x: Tensor) -> Tensor:
    """Scaled elu that keeps mean 0 and variance 1. Source: Klambauer et al. 2017."""
    return F.selu(x)


@activation("celu")
def celu(x: Tensor, alpha: float = 1.0) -> Tensor:
    """elu with a continuous derivative. Source: Barron 2017."""
    return F.celu(x, alpha)


@activation("gelu")
def gelu(x: Tensor, approximate: bool = False) -> Tensor:
    """x * P(X <= x) for a standard normal X. Source: Hendrycks and Gimpel 2016."""
    return F.gelu(x, approximate="tanh" if approximate else "none")


@activation("silu", "swish", r_aliases=("swish",))
def silu(x: Tensor) -> Tensor:
    """x * sigmoid(x)."""
    return F.silu(x)


@activation("mish")
def mish(x: Tensor) -> Tensor:
    """x * tanh(softplus(x)). Source: Misra 2019."""
    return F.mish(x)


@activation("sigmoid")
def sigmoid(x: Tensor) -> Tensor:
    """1 / (1 + exp(-x))."""
    return torch.sigmoid(x)


@activation("hard_sigmoid")
def hard_sigmoid(x: Tensor) -> Tensor:
    """relu6(x + 3) / 6, Keras 3's (Keras 2's is clip(0.2 x + 0.5, 0, 1))."""
    return F.hardsigmoid(x)


@activation("hard_silu", "hard_swish", r_aliases=("hard_swish",))
def hard_silu(x: Tensor) -> Tensor:
    """x * hard_sigmoid(x)."""
    return F.hardswish(x)


@activation("log_sigmoid")
def log_sigmoid(x: Tensor) -> Tensor:
    """log(sigmoid(x))."""
    return F.logsigmoid(x)


@activation("tanh")
def tanh(x: Tensor) -> Tensor:
    """Hyperbolic tangent."""
    return torch.tanh(x)


@activation("softmax")
def softmax(x: Tensor, axis: int = -1) -> Tensor:
    """exp(x) scaled to sum 1 along `axis`."""
    return torch.softmax(x.t(), 0).t() if _is_narrow(x, axis) else torch.softmax(x, axis)


@activation("log_softmax")
def log_softmax(x: Tensor, axis: int = -1) -> Tensor:
    """log(softmax(x))."""
    return torch.log_softmax(x.t(), 0).t() if _is_narrow(x, axis) else torch.log_softmax(x, axis)


def _is_narrow(x: Tensor, axis: int) -> bool:
    """Whether rows are shorter than the processor's vectors: torch is far faster along columns then."""
    return x.ndim == 2 and axis in (-1, 1) and x.shape[1] < 16 and len(x) >= 64 and optimize.wanted()


@activation("softplus")
def softplus(x: Tensor) -> Tensor:
    """log(exp(x) + 1)."""
    return F.softplus(x)


@activation("softsign")
def softsign(x: Tensor) -> Tensor:
    """x / (|x| + 1)."""
    return F.softsign(x)


@activation("exponential")
def exponential(x: Tensor) -> Tensor:
    """exp(x)."""
    return torch.exp(x)


IN_PLACE: dict[ActivationFunction, ActivationFunction] = {
    relu: torch.relu_,
    sigmoid: torch.sigmoid_,
    tanh: torch.tanh_,
}
"""The same on a tensor that nobody else needs: gradients of these need the result only."""


def get(identifier: Any, argument: str = "activation") -> ActivationFunction:
    """The function of a name; a function is its own; None is `linear`."""
    if identifier is None:
        return linear
    if isinstance(identifier, str):
        identifier = FAMILY.find(identifier).make
    if callable(identifier):
        return cast(ActivationFunction, identifier)
    raise FAMILY.refuse(identifier, argument)


def is_declared(function: ActivationFunction) -> bool:
    """Whether it is one of this file's, not a user's."""
    known = FAMILY.declared.get(name_of(function))
    return known is not None and known.make is function


def name_of(function: ActivationFunction) -> str:
    """The function's own name, by which declared ones are known."""
    return getattr(function, "__name__", type(function).__name__)

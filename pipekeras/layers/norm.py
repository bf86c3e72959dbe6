"""Normalization layers: batch and layer normalization."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from ..errors import Code, UserError
from ..graph.spec import InputSpec
from ..graph.tensor import Shape
from .arguments import Axes, Axis, Constraint, Flag, Initializer, Number, Regularizer
from .base import Layer, fixed_axis, layer

TINY = 1e-7
"""Keras's epsilon, which keeps the mean of no values at all defined."""


def positive_axes(layer: Layer, axes: tuple[int, ...], shape: Shape) -> list[int]:
    """Axes counted from the front, in order.

    Raises:
        UserError: the shape has no such axis
    """
    for axis in axes:
        if not -len(shape) <= axis < len(shape):
            raise UserError(
                f"Axis {axis} is out of bounds for input shape {shape}. Received: axis={axis}",
                code=Code.SHAPE,
                cause=f'the input of layer "{layer.name}" has the axes 0 (the batch) to {len(shape) - 1}',
                cure="use axis = -1 for the last axis",
            )
    return sorted(axis % len(shape) for axis in axes)


def batch_moments(x: Tensor, axis: int, mask: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and biased variance along one axis of what a mask (one axis less than x) keeps.

    The other axes stay, with size one.
    """
    kept = mask.unsqueeze(-1).expand_as(x)
    others = [i for i in range(x.ndim) if i != axis]
    count = kept.sum(others, keepdim=True) + TINY
    mean = torch.where(kept, x, 0.0).sum(others, keepdim=True) / count
    squares = torch.where(kept, x - mean, 0.0).square().sum(others, keepdim=True)
    return mean, squares / count


def standardize(
    x: Tensor, mean: Tensor, variance: Tensor, epsilon: float, scale: Tensor | None, shift: Tensor | None
) -> Tensor:
    """x brought to mean 0 and variance 1, then scaled and shifted; all broadcast to x."""
    y = (x - mean) * torch.rsqrt(variance + epsilon)
    if scale is not None:
        y = y * scale
    return y if shift is None else y + shift


def broadcast(weight: Tensor | None, shape: list[int]) -> Tensor | None:
    """A weight that may be missing, reshaped."""
    return None if weight is None else weight.reshape(shape)


@layer("layer_batch_normalization", tail="...")
class BatchNormalization(Layer):
    """Values brought to mean 0 and variance 1 over the batch, then scaled and shifted.

    In training by the batch's own mean and variance, otherwise, and if the layer is not trainable, by moving
    averages. Weights: gamma, beta, moving_mean, moving_variance, each (channels,). Source: Ioffe and
    Szegedy 2015.

    Args:
        axis: the axis of the channels, which are normalized each by itself
        momentum: share of the moving averages that stays at each step
        epsilon: added to the variance
        center: add beta
        scale: multiply by gamma
        beta_initializer, gamma_initializer: first values of the weights
        moving_mean_initializer, moving_variance_initializer: first values of the moving averages
        beta_regularizer, gamma_regularizer: penalties on the weights
        beta_constraint, gamma_constraint: what the weights are held to
        synchronized: share the statistics between devices; one device is used, so it changes nothing
    """

    axis: Axis = -1
    momentum: Number = 0.99
    epsilon: Number = 0.001
    center: Flag = True
    scale: Flag = True
    beta_initializer: Initializer = "zeros"
    gamma_initializer: Initializer = "ones"
    moving_mean_initializer: Initializer = "zeros"
    moving_variance_initializer: Initializer = "ones"
    beta_regularizer: Regularizer = None
    gamma_regularizer: Regularizer = None
    beta_constraint: Constraint = None
    gamma_constraint: Constraint = None
    synchronized: Flag = False

    supports_masking = True
    input_spec = InputSpec(min_ndim=2)
    gamma: Tensor | None
    beta: Tensor | None
    moving_mean: Tensor
    moving_variance: Tensor

    def build(self, shape: Shape) -> None:
        axis = positive_axes(self, (self.axis,), shape)[0]
        size = (fixed_axis(self, shape, axis),)
        self.register_parameter("gamma", None)
        self.register_parameter("beta", None)
        if self.scale:
            self.add_weight(
                "gamma", size, self.gamma_initializer, self.gamma_regularizer, self.gamma_constraint
            )
        if self.center:
            self.add_weight("beta", size, self.beta_initializer, self.beta_regularizer, self.beta_constraint)
        self.add_weight("moving_mean", size, self.moving_mean_initializer, trainable=False)
        self.add_weight("moving_variance", size, self.moving_variance_initializer, trainable=False)
        self.input_spec = InputSpec(ndim=len(shape), axes={axis: size[0]})

    def compute_output_shape(self, shape: Shape) -> Shape:
        return shape

    def forward(self, x: Tensor, mask: Tensor | None = None) -> Tensor:
        axis = self.axis % x.ndim
        by_batch = self.training and self.trainable
        if by_batch and mask is not None:
            return self._normalize_masked(x, axis, mask)
        # any axis is the middle one of three, in the same memory
        parts = (math.prod(x.shape[:axis]), x.shape[axis], math.prod(x.shape[axis + 1 :]))
        channels = x.reshape(parts[:2] if parts[2] == 1 else parts)
        if by_batch:
            return self._normalize(channels).reshape(x.shape)
        y = F.batch_norm(
            channels, self.moving_mean, self.moving_variance, self.gamma, self.beta, eps=self.epsilon
        )
        return y.reshape(x.shape)

    def _normalize(self, channels: Tensor) -> Tensor:
        # called without running averages, because torch would move its own by the unbiased variance
        y, mean, inverse = torch.native_batch_norm(
            channels, self.gamma, self.beta, None, None, True, 0.0, self.epsilon
        )
        self._move_averages(mean, inverse.square().reciprocal() - self.epsilon)
        return y

    def _normalize_masked(self, x: Tensor, axis: int, mask: Tensor) -> Tensor:
        mean, variance = batch_moments(x, axis, self._checked(mask, x))
        self._move_averages(mean.flatten(), variance.flatten())
        shape = list(mean.shape)
        scale, shift = broadcast(self.gamma, shape), broadcast(self.beta, shape)
        return standardize(x, mean, variance, self.epsilon, scale, shift)

    def _move_averages(self, mean: Tensor, variance: Tensor) -> None:
        with torch.no_grad():
            self.moving_mean.lerp_(mean, 1.0 - self.momentum)
            self.moving_variance.lerp_(variance, 1.0 - self.momentum)

    def _checked(self, mask: Tensor, x: Tensor) -> Tensor:
        if mask.ndim != x.ndim - 1:
            raise UserError(
                "The mask provided should be one dimension less than the inputs. "
                f"Received: mask.shape={tuple(mask.shape)}, inputs.shape={tuple(x.shape)}",
                code=Code.SHAPE,
                cause=f'layer "{self.name}" leaves masked steps out of the mean and the variance',
                cure="normalize before the layer that adds an axis",
            )
        return mask


@layer("layer_layer_normalization", tail="trainable=TRUE name")
class LayerNormalization(Layer):
    """Values of each sample brought to mean 0 and variance 1, then scaled and shifted.

    Weights: gamma, beta, each of the sizes of the normalized axes. Source: Ba et al. 2016.

    Args:
        axis: the axis, or axes, over which mean and variance are taken
        epsilon: added to the variance
        center: add beta
        scale: multiply by gamma
        beta_initializer, gamma_initializer: first values of the weights
        beta_regularizer, gamma_regularizer: penalties on the weights
        beta_constraint, gamma_constraint: what the weights are held to
    """

    axis: Axes = -1
    epsilon: Number = 0.001
    center: Flag = True
    scale: Flag = True
    beta_initializer: Initializer = "zeros"
    gamma_initializer: Initializer = "ones"
    beta_regularizer: Regularizer = None
    gamma_regularizer: Regularizer = None
    beta_constraint: Constraint = None
    gamma_constraint: Constraint = None

    supports_masking = True
    input_spec = InputSpec(min_ndim=2)
    gamma: Tensor | None
    beta: Tensor | None

    @property
    def axes(self) -> tuple[int, ...]:
        return self.axis if isinstance(self.axis, tuple) else (self.axis,)

    def build(self, shape: Shape) -> None:
        axes = positive_axes(self, self.axes, shape)
        size = [fixed_axis(self, shape, axis) for axis in axes]
        self.register_parameter("gamma", None)
        self.register_parameter("beta", None)
        if self.scale:
            self.add_weight(
                "gamma", size, self.gamma_initializer, self.gamma_regularizer, self.gamma_constraint
            )
        if self.center:
            self.add_weight("beta", size, self.beta_initializer, self.beta_regularizer, self.beta_constraint)
        self.input_spec = InputSpec(ndim=len(shape), axes=dict(zip(axes, size, strict=True)))

    def compute_output_shape(self, shape: Shape) -> Shape:
        return shape

    def forward(self, x: Tensor) -> Tensor:
        axes = sorted(axis % x.ndim for axis in self.axes)
        sizes = [x.shape[axis] for axis in axes]
        if axes[-1] - axes[0] == len(axes) - 1 and axes[-1] == x.ndim - 1:
            return F.layer_norm(x, sizes, self.gamma, self.beta, self.epsilon)
        variance, mean = torch.var_mean(x, axes, correction=0, keepdim=True)
        shape = [size if axis in axes else 1 for axis, size in enumerate(x.shape)]
        scale, shift = broadcast(self.gamma, shape), broadcast(self.beta, shape)
        return standardize(x, mean, variance, self.epsilon, scale, shift)

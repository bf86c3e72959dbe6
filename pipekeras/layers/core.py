"""The basic layers: dense, activations, dropout, lambda, masking."""

from __future__ import annotations

from typing import Annotated

import torch
from torch import Tensor

from ..graph.spec import InputSpec
from ..graph.tensor import Shape
from .arguments import (
    KERAS3,
    Activation,
    Constraint,
    Count,
    Flag,
    Initializer,
    Regularizer,
    Unsupported,
)
from .base import Layer, fixed_axis, layer


@layer("layer_dense")
class Dense(Layer):
    """Densely connected layer: activation(x @ kernel + bias) on the last axis.

    Weights: kernel (in, units), bias (units).

    Args:
        units: size of the output's last axis
        activation: function applied to the result, none by default
        use_bias: add a bias vector
        kernel_initializer, bias_initializer: first values of the weights
        kernel_regularizer, bias_regularizer: penalties on the weights
        activity_regularizer: penalty on the output
        kernel_constraint, bias_constraint: what the weights are held to
        lora_rank, lora_alpha: low-rank fine-tuning
    """

    units: Count
    activation: Activation = None
    use_bias: Flag = True
    kernel_initializer: Initializer = "glorot_uniform"
    bias_initializer: Initializer = "zeros"
    kernel_regularizer: Regularizer = None
    bias_regularizer: Regularizer = None
    activity_regularizer: Regularizer = None
    kernel_constraint: Constraint = None
    bias_constraint: Constraint = None
    lora_rank: Annotated[Unsupported, KERAS3] = None
    lora_alpha: Annotated[Unsupported, KERAS3] = None

    supports_masking = True
    input_spec = InputSpec(min_ndim=2)

    def build(self, shape: Shape) -> None:
        width = fixed_axis(self, shape)
        self.add_weight(
            "kernel",
            (width, self.units),
            self.kernel_initializer,
            self.kernel_regularizer,
            self.kernel_constraint,
        )
        if self.use_bias:
            self.add_weight(
                "bias", (self.units,), self.bias_initializer, self.bias_regularizer, self.bias_constraint
            )
        self.input_spec = InputSpec(min_ndim=2, axes={-1: width})

    def compute_output_shape(self, shape: Shape) -> Shape:
        return (*shape[:-1], self.units)

    def before_activation(self, x: Tensor) -> Tensor:
        if not self.use_bias:
            return x @ self.kernel
        if x.ndim == 2:
            return torch.addmm(self.bias, x, self.kernel)
        return x @ self.kernel + self.bias

    def forward(self, x: Tensor) -> Tensor:
        return self.activation(self.before_activation(x))

"""A dense network in plain torch with what training needs of a model, so that its tests need no layers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from pipekeras.train.data import Port


class MLP(nn.Module):
    """Dense layers with relu between them; every head is a dense layer on the last of them.

    Args:
        sizes: widths from the input on; the last is the output's
        last: the output's activation, "softmax", "sigmoid" or None
        heads: names of the outputs
        inputs: names of the inputs, which are added up
    """

    name = "model_1"
    built = True

    def __init__(
        self,
        sizes: Sequence[int] = (6, 5, 4),
        last: str | None = "softmax",
        heads: Sequence[str] = ("dense_2",),
        inputs: Sequence[str] = ("input_1",),
    ) -> None:
        super().__init__()
        draw = torch.Generator().manual_seed(0)
        shapes = list(pairwise(sizes))
        shapes += shapes[-1:] * (len(heads) - 1)
        self.kernels = nn.ParameterList([torch.randn(n, m, generator=draw) / n**0.5 for n, m in shapes])
        self.biases = nn.ParameterList([torch.zeros(m) for _, m in shapes])
        self.hidden = len(sizes) - 2
        self.input_names, self.output_names = list(inputs), list(heads)
        self.inputs = [Port(name, (None, sizes[0])) for name in inputs]
        self.outputs = [Port(name, (None, sizes[-1])) for name in heads]
        self.last = last
        self.logits_from = [last] * len(heads)
        self.penalty = 0.0

    def logits(self, *inputs: Tensor) -> list[Tensor]:
        x = sum(inputs[1:], inputs[0])
        for kernel, bias in zip(self.kernels[: self.hidden], self.biases[: self.hidden], strict=True):
            x = torch.relu(x @ kernel + bias)
        heads = zip(self.kernels[self.hidden :], self.biases[self.hidden :], strict=True)
        return [x @ kernel + bias for kernel, bias in heads]

    def forward(self, *inputs: Tensor) -> Any:
        found = self.logits(*inputs)
        if self.last:
            found = [x.softmax(-1) if self.last == "softmax" else x.sigmoid() for x in found]
        return found[0] if len(found) == 1 else found

    def forward_training(self, *inputs: Tensor) -> tuple[list[Tensor], list[None]]:
        return self.logits(*inputs), [None] * len(self.output_names)

    @property
    def weights(self) -> list[Tensor]:
        pairs = zip(self.kernels, self.biases, strict=True)
        return [weight for pair in pairs for weight in pair]

    @property
    def trainable_weights(self) -> list[Tensor]:
        return [w for w in self.weights if w.requires_grad]

    @property
    def losses(self) -> list[Tensor]:
        return [self.penalty * self.kernels[0].square().sum()] if self.penalty else []

    def constrained_weights(self) -> list[Any]:
        return []

    def get_weights(self) -> list[np.ndarray]:
        return [w.detach().numpy().copy() for w in self.weights]

    def set_weights(self, weights: Sequence[np.ndarray]) -> None:
        with torch.no_grad():
            for weight, value in zip(self.weights, weights, strict=True):
                weight.copy_(torch.as_tensor(value))

"""Gradients of large weights in parts: rows of embeddings, factors of dense kernels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from torch import Tensor

from ..layers import optimize
from ..layers.core import Dense
from ..layers.embedding import Embedding
from ..layers.outer import Outer
from .optimizer import Gradient, Optimizer

LARGE = 2**20
"""Weights of so many numbers have their gradients in parts."""


class Parts:
    """Asks the layers of a model for gradients in parts, as far as an optimizer takes them.

    Args:
        model: the model that is trained
        optimizer: bound to the weights
    """

    def __init__(self, model: Any, optimizer: Optimizer) -> None:
        wanted = optimize.enabled and optimizer.elementwise
        layers = list(model.modules()) if wanted else []
        embeddings = [m for m in layers if isinstance(m, Embedding) and _is_large(m.embeddings)]
        self.embeddings = embeddings if optimizer.takes_rows else []
        self.dense = [m for m in layers if isinstance(m, Dense) and _is_large(m.kernel)]
        self.held: dict[int, list[Outer]] = {id(layer.kernel): [] for layer in self.dense}

    @property
    def wanted(self) -> bool:
        """Whether there are gradients in parts."""
        return bool(self.embeddings or self.dense)

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Within the block, the layers give parts."""
        try:
            for embedding in self.embeddings:
                embedding.gives_rows = True
            for layer in self.dense:
                layer.held = self.held[id(layer.kernel)]
            yield
        finally:
            for embedding in self.embeddings:
                embedding.gives_rows = False
            for layer in self.dense:
                layer.held = None

    def completed(self, weights: Sequence[Tensor], found: Sequence[Tensor | None]) -> Sequence[Gradient]:
        """The gradients of a backward pass, with the parts that were handed out on the way."""
        return [self._with_parts(w, g) for w, g in zip(weights, found, strict=True)] if self.held else found

    def _with_parts(self, weight: Tensor, found: Tensor | None) -> Gradient:
        held = self.held.get(id(weight))
        if not held:
            return found
        outer = held.pop()
        while held:
            outer = outer + held.pop()
        return outer if found is None else found + outer.whole()


def _is_large(weight: Tensor) -> bool:
    return weight.numel() >= LARGE and weight.requires_grad and weight.device.type == "cpu"

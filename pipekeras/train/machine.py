"""How torch uses the machine while a model trains: denormal numbers and threads."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import torch

from ..graph.tensor import Shape
from ..heap import memory_kept
from ..layers import optimize
from ..layers.base import Layer

SMALL = {"training": 3e7, "predicting": 3e6}
"""Steps of fewer multiplications run on one thread. Training needs more to be worth several: torch flushes
denormal numbers on the calling thread only, and an optimizer's means of squares are full of them."""


@contextmanager
def tuned(model: Any, batch: int, purpose: str) -> Iterator[None]:
    """Settings for steps of a model within the block; the caller's come back behind it.

    Means of squares sink into denormal numbers, which are slow and as good as zero: they are flushed to zero.
    Small steps run on one thread. Memory is kept from step to step.

    Args:
        model: whose steps they are
        batch: samples in a step
        purpose: "training" or "predicting"
    """
    if not optimize.enabled:
        yield
        return
    kept = keeps_denormals()
    torch.set_flush_denormal(True)
    try:
        with memory_kept(), optimize.serial() if work(model, batch) < SMALL[purpose] else nullcontext():
            yield
    finally:
        torch.set_flush_denormal(not kept)


def keeps_denormals() -> bool:
    """Whether the smallest numbers are not flushed to zero; torch has no way to ask."""
    return bool(torch.full((), 1e-40).mul(1.0) > 0)


def work(model: Any, batch: int) -> float:
    """Multiplications in a step forwards, about: in each call a weight meets each sample at each place."""
    layers = (m for m in model.modules() if isinstance(m, Layer) and not m.is_model and m.built)
    return float(batch * sum(_weights(layer) * _places(layer) for layer in layers))


def _weights(layer: Layer) -> int:
    return sum(weight.numel() for weight in layer.parameters(recurse=False) if weight.ndim > 1)


def _places(layer: Layer) -> int:
    """Positions in space or time, over all calls."""
    shapes: list[Shape] = [t.shape for node in layer.inbound_nodes for t in node.input_tensors]
    return sum(math.prod(n or 1 for n in shape[1:-1]) for shape in shapes) or 1

"""How many samples a prediction computes at once: what fits the cache, if nobody can tell the difference."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from ..graph.node import Node
from ..graph.tensor import KerasTensor
from ..layers import optimize, passes
from ..layers.base import Layer
from ..layers.recurrence import MANY
from ..layers.recurrent import Recurrent
from .replay import module_repeats

ALONE = {
    *("activation", "conv", "core", "embedding", "functional", "merge", "norm", "pool", "reshape", "rnn"),
    "sequential",
}
"""Modules of the layers that, when they predict, treat each sample as if it were alone."""

CACHED = 2**22
"""Batches are put together until their activations have about so many bytes."""

LARGE = 2**26
"""No activation should have more bytes than this: batches with larger ones are cut."""


def chunk_rows(model: Any, batch: int) -> int:
    """How many samples to compute at once, where batches of a size were asked for.

    Many batches of a small model go at once, and large images one by one.
    """
    if not optimize.enabled or not all(map(_treats_samples_alone, _layers(model))):
        return batch
    on_cpu = all(weight.device.type == "cpu" for weight in model.weights)
    if on_cpu and any(isinstance(layer, Recurrent) and layer.streams for layer in _layers(model)):
        rows = _rows(model, batch, streamed=True)
        if rows >= MANY:
            return rows
    return _rows(model, batch, streamed=False)


def _rows(model: Any, batch: int, streamed: bool) -> int:
    sizes = list(_activations(model, streamed))
    known = [(result, scratch) for result, scratch in sizes if result is not None and scratch is not None]
    largest = max((result for result, _ in known), default=0)
    if not largest or len(known) < len(sizes):
        return batch
    together = sum(result + scratch for result, scratch in known)
    # each chunk reads all weights; samples are to outweigh them
    fewest, most = sum(weight.nbytes for weight in model.weights) // together, (LARGE - 1) // largest
    if batch <= most:
        return batch * max(1, CACHED // (batch * together) or min(fewest, most) // batch)
    return min(batch, max(1, min(most, fewest)))


def _layers(model: Any) -> Iterator[Layer]:
    return (module for module in model.modules() if isinstance(module, Layer))


def _treats_samples_alone(layer: Layer) -> bool:
    return (
        type(layer).__module__.rpartition(".")[2] in ALONE
        and module_repeats(layer)
        and not getattr(layer, "time_major", False)
        and not any(map(_mixes_samples, layer.inbound_nodes))
    )


def _mixes_samples(node: Node) -> bool:
    """Whether a call works along the batch, knows its size, or is random."""
    tensors = node.output_tensors
    fixed = any(not tensor.shape or tensor.shape[0] is not None for tensor in tensors)
    axis = getattr(node.operation, "axis", None)
    axes = axis if isinstance(axis, list | tuple) else [axis]
    along = 0 in axes or any(-len(tensor.shape) in axes for tensor in tensors)
    return fixed or along or "training" in node.kwargs


def _activations(model: Any, streamed: bool) -> Iterator[tuple[int | None, int | None]]:
    """Bytes a sample of each call's result and of what else it makes; None if a size is free."""
    models = (part for part in _layers(model) if part.is_model and streamed)
    looked_up = {node for part in models for node in _never_whole(part)}
    for layer in _layers(model):
        for node in layer.inbound_nodes:
            if node not in looked_up:
                scratch = layer.scratch(node, streamed)
                yield 0, None if scratch is None else 4 * scratch
                yield from ((_bytes(tensor), 0) for tensor in node.output_tensors)


def _never_whole(model: Any) -> Iterator[Node]:
    """Calls whose results are made and used bit by bit."""
    function = model.function
    found = passes.groups(function.nodes, function.outputs)
    return (group.nodes[0] for group in found if group.kind is passes.looked_up)


def _bytes(tensor: KerasTensor) -> int | None:
    sizes = [n for n in tensor.shape[1:] if n is not None]
    return 4 * math.prod(sizes) if len(sizes) == len(tensor.shape) - 1 else None

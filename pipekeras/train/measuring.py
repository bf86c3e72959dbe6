"""Brings an output's metrics up to date; small batches wait and are measured together, which costs less."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from .compiling import Head

TOGETHER = 2**16
"""Batches are measured as soon as their outputs have this many numbers."""

Part = tuple[Any, Tensor, Tensor | None, Tensor | None]


class Measuring:
    """The metrics of one output.

    Args:
        head: whose metrics they are
        finished: makes predictions of what the model gives in training, which may be logits
    """

    def __init__(self, head: Head, finished: Callable[[Tensor], Tensor]) -> None:
        self.head = head
        self.finished = finished
        # a user's function of a whole batch means something else on several
        self.joins = all(metric.adds_up for metric in (*head.metrics, *head.weighted_metrics))
        self.forget()

    def forget(self) -> None:
        """Drop what waits."""
        self.waiting: list[Part] = []
        self.numbers = 0

    def add(self, target: Any, output: Tensor, weight: Tensor | None, mask: Tensor | None) -> None:
        """Note one batch."""
        count = output.numel()
        waits = self.joins and count < TOGETHER
        # the next step may overwrite what it gives
        output = output.detach().clone() if waits else output.detach()
        self.waiting.append((target, output, weight, mask.clone() if waits and mask is not None else mask))
        self.numbers += count
        if not waits or self.numbers >= TOGETHER:
            self.measure()

    def measure(self) -> None:
        """Update the metrics with all that waits."""
        if not self.waiting:
            return
        target, output, weight, mask = self.waiting[0] if len(self.waiting) == 1 else _joined(self.waiting)
        self.forget()
        prediction = self.finished(output)
        share = None if mask is None else mask.to(prediction.dtype)
        for metric in self.head.metrics:
            metric.update(target, prediction, share)
        if not self.head.weighted_metrics:
            return
        if weight is not None and share is not None:
            weight = weight.reshape(weight.shape + (1,) * (share.ndim - weight.ndim)) * share
        for metric in self.head.weighted_metrics:
            metric.update(target, prediction, share if weight is None else weight)


def _joined(parts: list[Part]) -> list[Any]:
    return [None if column[0] is None else torch.cat(column) for column in zip(*parts, strict=True)]

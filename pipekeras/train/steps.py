"""One training or test step on a batch, and what is gathered over the steps of an epoch without waiting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor

from ..layers import optimize
from ..layers.activations import sigmoid, softmax
from .compiling import Compiled
from .data import Data
from .losses import Loss
from .measuring import Measuring
from .metric import Metric
from .notices import notice
from .optimizer import Gradient
from .parts import Parts
from .replay import Differentiated, Replayed, repeats
from .together import Together, can_go

ACTIVATIONS = {"softmax": softmax, "sigmoid": sigmoid}
"""Activations that a model leaves off its outputs in `forward_training`."""


class Objective:
    """The loss of a model: the weighted sum of its outputs' losses, and of penalties on weights and outputs.

    A softmax or sigmoid that is followed by its own cross-entropy is not computed: the loss takes the logits,
    which gives the same number and never overflows.
    """

    def __init__(self, model: Any, compiled: Compiled) -> None:
        self.model = model
        left_off = list(model.logits_from)
        self.activations = [ACTIVATIONS.get(name) for name in left_off]
        self.parts: list[tuple[int, Loss, float]] = []
        self.completed: list[int] = []
        """Outputs whose activation is needed for the loss."""
        for i, head in enumerate(compiled.heads):
            if head.loss is None:
                continue
            fused = left_off[i] is not None and head.loss.activation == left_off[i]
            self.parts.append((i, head.loss.from_logits() if fused else head.loss, head.weight))
            if left_off[i] is not None and not fused:
                self.completed.append(i)
        self.penalized: bool | None = None

    def __call__(self, outputs: list[Tensor], batch: Data, masks: list[Tensor | None]) -> list[Tensor]:
        """The model's loss, then the loss of each output that has one, unweighted."""
        if self.completed:
            outputs = list(outputs)
            for i in self.completed:
                outputs[i] = self.predictions(i, outputs[i])
        losses = [loss(batch.targets[i], outputs[i], batch.weights[i], masks[i]) for i, loss, _ in self.parts]
        terms = [
            each if weight == 1.0 else each * weight
            for each, (_, _, weight) in zip(losses, self.parts, strict=True)
        ]
        if self.penalized is not False:
            penalties = self.model.losses
            # layers report penalties on outputs only after their first run
            self.penalized = bool(penalties)
            terms += [penalty.sum() for penalty in penalties]
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        return [total, *losses]

    def predictions(self, i: int, output: Tensor) -> Tensor:
        """An output with its activation."""
        activation = self.activations[i]
        return output if activation is None else activation(output)


class Epoch:
    """What the steps of one epoch leave behind, on the device until it is read.

    Args:
        steps: how many there will be
        names: of the losses
        metrics: by name in the logs; forgotten when the epoch begins
        measures: what brings the metrics up to date
        device: where the losses are
    """

    def __init__(
        self,
        steps: int,
        names: list[str],
        metrics: dict[str, Metric],
        measures: Iterable[Measuring],
        device: torch.device,
    ) -> None:
        self.names = names
        self.metrics = metrics
        self.measures = measures
        self.losses = torch.zeros(steps, len(names), device=device)
        self.sizes: list[int] = []
        for metric in metrics.values():
            metric.reset()
        for measure in measures:
            measure.forget()

    def add(self, losses: list[Tensor], size: int) -> None:
        """Note the losses of a step on a batch of a size."""
        row = self.losses[len(self.sizes)]
        row.copy_(losses[0] if len(losses) == 1 else torch.stack(losses))
        self.sizes.append(size)

    def logs(self) -> dict[str, float]:
        """Means so far, batches weighing as many as they have samples (this waits for the device)."""
        for measure in self.measures:
            measure.measure()
        sizes = torch.tensor(self.sizes, dtype=torch.float64)
        sums = sizes @ self.losses[: len(sizes)].cpu().double()
        logs = dict(zip(self.names, (sums / sizes.sum()).tolist(), strict=True))
        logs.update({name: metric.result() for name, metric in self.metrics.items()})
        return logs

    def first_bad_batch(self) -> int | None:
        """The first batch (from 0) whose loss is not finite."""
        bad = (~torch.isfinite(self.losses[: len(self.sizes), 0])).nonzero()
        return int(bad[0]) if len(bad) else None


class Steps:
    """Trains and tests a compiled model batch by batch.

    Args:
        model: the model; its weights must exist
        compiled: what `compile()` settled
    """

    def __init__(self, model: Any, compiled: Compiled) -> None:
        self.model = model
        self.compiled = compiled
        self.forward = compiled.jitted or model.forward_training
        self.objective = Objective(model, compiled)
        self.weights = list(model.trainable_weights)
        self.device = self.weights[0].device if self.weights else torch.device("cpu")
        self.metrics = compiled.metrics()
        self.measures = {
            i: Measuring(head, partial(self.objective.predictions, i))
            for i, head in enumerate(compiled.heads)
            if head.metrics or head.weighted_metrics
        }
        several = len(compiled.heads) > 1
        self.replayed: Replayed | None = None
        self.together: Together | None = None
        self.names = ["loss", *compiled.loss_names()] if several else ["loss"]

    def prepare_training(self) -> None:
        """Give the optimizer the weights of now: layers may have been frozen since the last time."""
        if not self.weights:
            notice("The model does not have any trainable weights.")
        self._bind()
        self.parts = Parts(self.model, self.compiled.optimizer)
        if self._repeats():
            self.replayed = Replayed(self.differentiate, self.model.weights, self._join_weights)
        trained = {id(weight) for weight in self.weights}
        self.constrained = [
            (weight, constraint)
            for weight, constraint in self.model.constrained_weights()
            if id(weight) in trained
        ]

    def _bind(self) -> None:
        self.compiled.optimizer.bind(self.weights)
        self.bound = self.compiled.optimizer.weights

    def _join_weights(self) -> None:
        optimizer = self.compiled.optimizer
        self.together = Together(optimizer) if can_go(optimizer) else None

    def epoch(self, steps: int) -> Epoch:
        """Begin an epoch."""
        return Epoch(steps, self.names, self.metrics, self.measures.values(), self.device)

    def _repeats(self) -> bool:
        """Whether training steps can be recorded."""
        losses = [part for _, part, _ in self.objective.parts]
        return (
            optimize.enabled
            and bool(self.weights)
            and self.device.type == "cpu"
            and self.compiled.jitted is None
            and not self.parts.wanted
            and all(part.function.__module__ == Loss.__module__ for part in losses)
            and repeats(self.model)
        )

    @property
    def room(self) -> list[Tensor] | None:
        """Where the inputs of training batches are wanted, if that is known already."""
        return self.replayed.room if self.replayed else None

    def train(self, batch: Data, epoch: Epoch) -> None:
        """One step of the optimizer on a batch."""
        if self.compiled.optimizer.weights is not self.bound:
            self._bind()  # a callback has trained with the same optimizer
        found = self.replayed(batch) if self.replayed else self.differentiate(batch)
        if self.weights:
            self._move(found)
        with torch.no_grad():
            for weight, constraint in self.constrained:
                weight.copy_(constraint(weight))
            self._gather(found.losses, found.outputs, found.masks, batch, epoch)

    def differentiate(self, batch: Data) -> Differentiated:
        """Forwards and backwards."""
        with self.parts.asked():
            outputs, masks = self.forward(*batch.inputs)
        losses = self.objective(outputs, batch, masks)
        gradients: Sequence[Gradient] = ()
        if self.weights:
            scale = self.compiled.optimizer.loss_scale_factor
            total = losses[0] if scale is None else losses[0] * scale
            found = torch.autograd.grad(total, self.weights, allow_unused=True)
            gradients = self.parts.completed(self.weights, found)
        return Differentiated(losses, outputs, masks, gradients)

    def _move(self, found: Differentiated) -> None:
        optimizer = self.compiled.optimizer
        # a callback may have set clipnorm and the like
        if found.flat is None or self.together is None or not optimizer.elementwise:
            optimizer.step(found.gradients)
        else:
            self.together.step(found.flat)

    @torch.no_grad()
    def test(self, batch: Data, epoch: Epoch) -> None:
        """Loss and metrics of a batch."""
        outputs, masks = self.forward(*batch.inputs)
        self._gather(self.objective(outputs, batch, masks), outputs, masks, batch, epoch)

    def _gather(
        self,
        losses: list[Tensor],
        outputs: list[Tensor],
        masks: list[Tensor | None],
        batch: Data,
        epoch: Epoch,
    ) -> None:
        epoch.add(losses if len(epoch.names) > 1 else losses[:1], len(batch))
        for i, measure in self.measures.items():
            measure.add(batch.targets[i], outputs[i], batch.weights[i], masks[i])

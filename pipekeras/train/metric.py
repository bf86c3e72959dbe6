"""What a metric is, means over samples, and how metrics are declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from ..signature import DOTS, Param, Signature
from .declare import Declared, Registry, parameters, register
from .losses import refuse_dtype, same_rank

METRICS = Registry("metric", "metrics")


class Metric:
    """Something that is gathered over the batches of an epoch.

    Args:
        name: what the logs call it; Keras takes the identifier as the user wrote it (`acc` stays `acc`)
        up: whether larger is better, for callbacks with mode "auto"

    Attributes:
        adds_up: whether two batches may be gathered as one
    """

    adds_up = False

    def __init__(self, name: str, up: bool = True) -> None:
        self.name = name
        self.up = up
        self.reset()

    def reset(self) -> None:
        """Forget everything that was gathered."""
        raise NotImplementedError

    def update(self, y_true: Tensor, y_pred: Tensor, weight: Tensor | None = None) -> None:
        """Gather one batch; no value leaves the device."""
        raise NotImplementedError

    def result(self) -> float:
        """The value over all that was gathered (this waits for the device)."""
        raise NotImplementedError


class Mean(Metric):
    """The mean over samples of a function that gives one value a sample (Keras's MeanMetricWrapper)."""

    adds_up = True

    def __init__(self, function: Callable[..., Tensor], name: str, up: bool = True, **options: Any) -> None:
        self.function = function
        self.options = options
        super().__init__(name, up)

    def reset(self) -> None:
        self.total: Tensor | float = 0.0
        self.count: Tensor | float = 0.0

    def update(self, y_true: Tensor, y_pred: Tensor, weight: Tensor | None = None) -> None:
        values = self.function(y_true, y_pred, **self.options)
        samples = values.shape[0] if values.ndim else 1
        if weight is None:
            # inner axes are averaged, so that each sample counts once
            scale = samples / values.numel()
            counts = values.dtype is torch.bool
            total = torch.count_nonzero(values) if counts else values.sum(dtype=torch.float32)
            self.total = self.total + (total if scale == 1 else total * scale)
            self.count += samples
        else:
            self._update_weighted(values.float(), weight)

    def _update_weighted(self, values: Tensor, weight: Tensor) -> None:
        if values.ndim > weight.ndim:
            values = values.mean(tuple(range(weight.ndim, values.ndim)))
        values = values * same_rank(weight, values)
        inner = weight[0].numel()
        self.total = self.total + values.sum() / max(values[0].numel() if values.ndim else 1, 1)
        self.count = self.count + weight.sum() / inner

    def result(self) -> float:
        count = float(self.count)
        return self._finish(float(self.total) / count) if count else 0.0

    def _finish(self, mean: float) -> float:
        return mean


class MeanOfBatches(Mean):
    """The mean of a user's function, which may have one value a batch."""

    adds_up = False


class RootMean(Mean):
    """The square root of a mean (root mean squared error)."""

    def _finish(self, mean: float) -> float:
        return mean**0.5


def equal_rank(y_true: Tensor, y_pred: Tensor) -> tuple[Tensor, Tensor]:
    """Drop or add a last axis of 1 so that both have the same rank, as Keras does."""
    if y_true.ndim == y_pred.ndim + 1 and y_true.shape[-1] == 1:
        y_true = y_true.squeeze(-1)
    elif y_pred.ndim == y_true.ndim + 1 and y_pred.shape[-1] == 1:
        if y_true.ndim == 1:
            y_true = y_true.unsqueeze(-1)
        else:
            y_pred = y_pred.squeeze(-1)
    return y_true, y_pred


def metric(
    *names: str,
    r: str | tuple[str, ...],
    log_name: str | None = None,
    up: bool = True,
    kind: type[Mean] = Mean,
) -> Callable[[Callable[..., Tensor]], Callable[..., Tensor]]:
    """Declare a metric that is the mean of a function of y_true and y_pred; further arguments are options.

    R calls `metric_binary_accuracy(threshold = 0.6)` for the object and `metric_binary_accuracy(y_true,
    y_pred)` for the values.
    """
    called = log_name or names[0]

    def declare(function: Callable[..., Tensor]) -> Callable[..., Tensor]:
        def make(
            y_true: Any = None,
            y_pred: Any = None,
            name: str = called,
            dtype: str | None = None,
            **options: Any,
        ) -> Metric | Tensor:
            if y_true is not None and y_pred is not None:
                return function(torch.as_tensor(y_true), torch.as_tensor(y_pred), **options).float()
            refuse_dtype(dtype)
            return kind(function, name, up, **options)

        arguments = [Param("y_true", None), Param("y_pred", None)]
        arguments += [*parameters(function, "y_true", "y_pred"), Param(DOTS)]
        enter(called, names, r, make, arguments, function.__doc__)
        return function

    return declare


def enter(
    called: str,
    names: tuple[str, ...],
    r: str | tuple[str, ...],
    make: Callable[..., Any],
    arguments: list[Param],
    doc: str | None,
) -> None:
    signature = Signature([*arguments, Param("name", called), Param("dtype", None)])
    r_names = (r,) if isinstance(r, str) else r
    METRICS.add(names, register(Declared(called, r_names, signature, make, doc or "")))

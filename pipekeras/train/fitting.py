"""`fit()`, `evaluate()`, `predict()` and their relatives for single batches."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import Code, UserError
from ..graph.structure import flatten
from ..layers.arguments import Count, Whole
from ..layers.scalars import flag
from . import callbacks as _declared_callbacks  # noqa: F401  (they are found by R's names)
from .callback import Callbacks
from .chunks import chunk_rows
from .compiling import Compiled, compiled_of
from .conventions import GUIDE, Conventions
from .data import Data, adapt_inputs
from .declare import kind_of
from .feeding import adapt, input_ports, training_data
from .history import History
from .interrupt import Interrupt
from .machine import tuned
from .notices import notice
from .progress import Progress
from .rows import Rows
from .steps import Epoch, Steps
from .targets import class_weights

Logs = dict[str, float]


def fit(
    model: Any,
    x: Any = None,
    y: Any = None,
    batch_size: int | None = None,
    epochs: int = 10,
    verbose: Any = "auto",
    callbacks: Any = None,
    validation_split: float = 0.0,
    validation_data: Any = None,
    shuffle: bool | str = True,
    class_weight: Any = None,
    sample_weight: Any = None,
    initial_epoch: int = 0,
    steps_per_epoch: int | None = None,
    validation_steps: int | None = None,
    validation_batch_size: int | None = None,
    validation_freq: int = 1,
) -> History:
    """Train a compiled model.

    Ctrl-C ends training after the step; the weights stay, and the history of the finished epochs is returned.

    Args:
        model: the model
        x: an array, a list of arrays, or a dict of arrays by input name; the first axis counts samples
        y: targets, in the same forms
        batch_size: samples in a step; 32 by default
        epochs: number of the last epoch, counted from 1
        verbose: 0 is silent, 1 or "auto" a bar on a terminal, 2 one line an epoch
        callbacks: a callback or a list of them
        validation_split: share of the samples, from the end, that is not trained on but validated with
        validation_data: (x, y) or (x, y, sample_weight) to validate with
        shuffle: a new order of the samples in each epoch; "batch" shuffles within batches
        class_weight: dict or list of weights by class number
        sample_weight: a weight for each sample
        initial_epoch: how many epochs are done already
        steps_per_epoch: batches in an epoch, if not all
        validation_steps: batches in a validation, if not all
        validation_batch_size: as `batch_size`, which it is by default
        validation_freq: validate after each so many epochs

    Raises:
        UserError: not compiled, no loss, data that does not fit
    """
    compiled = compiled_of(model)
    data, validation = training_data(model, compiled, x, y, sample_weight, validation_split, validation_data)
    if class_weight is not None:
        data.weights = class_weights(class_weight, data.targets, data.weights)
    size = _batch_size(batch_size, steps_per_epoch, len(data))
    steps = _steps(steps_per_epoch, size, len(data), "steps_per_epoch")
    params = {
        "verbose": verbose,
        "epochs": _whole(epochs, "epochs"),
        "steps": steps,
        "samples": len(data),
        "validation_samples": len(validation) if validation else 0,
        "batch_size": size,
    }
    runner = Steps(model, compiled)
    runner.prepare_training()
    told = Callbacks(callbacks, model, params)
    validate = _validator(runner, told, validation, validation_batch_size or size, validation_steps)
    progress = Progress(compiled.conventions.progress, verbose, steps)
    history = History(params)
    model.stop_training = False
    told.tell("on_train_begin", {})
    logs: Logs = {}
    with Interrupt() as interrupt, _leaving(progress), tuned(model, size, "training"):
        for number in range(_whole(initial_epoch, "initial_epoch"), params["epochs"]):
            told.tell("on_epoch_begin", number, {})
            progress.begin(f"Epoch {number + 1}/{params['epochs']}" if params["epochs"] > 1 else None)
            order = _order(shuffle, len(data), size, runner.device)
            epoch = runner.epoch(steps)
            _train_epoch(
                runner, epoch, data.batches(size, steps, order, runner.room), told, progress, interrupt
            )
            if interrupt.wanted:
                progress.abandon()
                done = len(epoch.sizes)
                notice(f"training was interrupted in epoch {number + 1} after batch {done} of {steps}")
                break
            logs = _epoch_logs(epoch, number, compiled, history)
            if validate and (number + 1) % validation_freq == 0:
                logs.update({f"val_{name}": value for name, value in validate().items()})
            told.tell("on_epoch_end", number, logs)
            progress.end(logs)
            history.add(number, logs)
            if interrupt.wanted:
                notice(f"training was interrupted after epoch {number + 1}")
            if model.stop_training or interrupt.wanted:
                break
    history.interrupted = interrupt.wanted
    compiled.optimizer.finish()
    model.eval()
    told.tell("on_train_end", logs)
    return history


def _train_epoch(
    runner: Steps,
    epoch: Epoch,
    batches: Iterator[Data],
    told: Callbacks,
    progress: Progress,
    interrupt: Interrupt,
) -> None:
    runner.model.train()
    before, after = told.wants("on_train_batch_begin"), told.wants("on_train_batch_end")
    for number, batch in enumerate(batches):
        if before:
            told.tell("on_train_batch_begin", number, {})
        if before or after:
            # a callback that predicts or evaluates leaves its layers as they predict
            runner.model.train()
        runner.train(batch, epoch)
        if after:
            told.tell("on_train_batch_end", number, epoch.logs())
        progress.after_step(number + 1, epoch.logs)
        if interrupt.wanted or runner.model.stop_training:
            break


def _epoch_logs(epoch: Epoch, number: int, compiled: Compiled, history: History) -> Logs:
    logs = _sorted(epoch.logs(), compiled.conventions)
    if not math.isfinite(logs["loss"]) and all(map(math.isfinite, history.metrics.get("loss", ()))):
        batch = epoch.first_bad_batch()
        where = "" if batch is None else f" from batch {batch + 1} on"
        notice(
            f"the loss is {logs['loss']} in epoch {number + 1}{where}; training goes on, but no longer "
            "learns. Usual causes: NA in the data, a learning rate that is too large, log or division of 0"
        )
    return logs


def _sorted(logs: Logs, conventions: Conventions) -> Logs:
    return dict(sorted(logs.items())) if conventions.sort_logs else logs


def _validator(
    runner: Steps, told: Callbacks, data: Data | None, size: int, steps: int | None
) -> Callable[[], Logs] | None:
    if data is None:
        return None
    count = _steps(steps, size, len(data), "validation_steps")
    return lambda: _sorted(_test(runner, data, size, count, told, None), runner.compiled.conventions)


def _test(
    runner: Steps, data: Data, size: int, steps: int, told: Callbacks, progress: Progress | None
) -> Logs:
    """Loss and metrics over the data."""
    runner.model.eval()
    told.tell("on_test_begin", {})
    # the metrics are those of the training epoch, whose values have been read
    epoch = runner.epoch(steps)
    watched = told.wants("on_test_batch_end")
    for number, batch in enumerate(data.batches(size, steps)):
        told.tell("on_test_batch_begin", number, {})
        runner.test(batch, epoch)
        if watched:
            told.tell("on_test_batch_end", number, epoch.logs())
        if progress:
            progress.after_step(number + 1, epoch.logs)
    logs = epoch.logs()
    told.tell("on_test_end", logs)
    return logs


def evaluate(
    model: Any,
    x: Any = None,
    y: Any = None,
    batch_size: int | None = None,
    verbose: Any = "auto",
    sample_weight: Any = None,
    steps: int | None = None,
    callbacks: Any = None,
) -> Logs:
    """Loss and metrics of a compiled model on data: loss, losses of the outputs, metrics.

    Args:
        model: the model
        x: as for `fit()`
        y: as for `fit()`
        batch_size: samples in a step; 32 by default
        verbose: 0 is silent, 1 or "auto" a bar on a terminal, 2 one line
        sample_weight: a weight for each sample
        steps: number of batches, if not all
        callbacks: a callback or a list of them
    """
    compiled = compiled_of(model)
    data = adapt(model, compiled, x, y, sample_weight)
    size = _batch_size(batch_size, steps, len(data))
    count = _steps(steps, size, len(data), "steps")
    progress = Progress(compiled.conventions.progress, verbose, count)
    told = Callbacks(callbacks, model, {"steps": count, "batch_size": size})
    with _leaving(progress), tuned(model, size, "predicting"):
        progress.begin()
        logs = _sorted(_test(Steps(model, compiled), data, size, count, told, progress), compiled.conventions)
        progress.end(logs)
    return logs


@torch.no_grad()
def predict(
    model: Any,
    x: Any,
    batch_size: int | None = None,
    verbose: Any = "auto",
    steps: int | None = None,
    callbacks: Any = None,
    conventions: Conventions = GUIDE,
) -> np.ndarray | list[np.ndarray]:
    """A model's outputs for data: an array, or a list of arrays for a model of several outputs.

    Args:
        model: the model; it need not be compiled
        x: as for `fit()`
        batch_size: samples in a step; 32 by default. More or fewer are computed at once where that is faster,
            unless a callback or a layer could tell
        verbose: 0 is silent, 1 a bar on a terminal or a line elsewhere, "auto" a bar on a terminal only
        steps: number of batches, if not all
        callbacks: a callback or a list of them
        conventions: the edition's habits
    """
    data = Data(adapt_inputs(x, input_ports(model, x), model.name))
    size = _batch_size(batch_size, steps, len(data))
    count = _steps(steps, size, len(data), "steps")
    progress = Progress(conventions.progress, verbose, count)
    told = Callbacks(callbacks, model, {"steps": count, "batch_size": size})
    model.eval()
    before, after = told.wants("on_predict_batch_begin"), told.wants("on_predict_batch_end")
    rows = size if before or after else chunk_rows(model, size)
    data = data.rows(0, size * count)
    outputs: list[Rows] = []
    told.tell("on_predict_begin", {})
    with _leaving(progress), tuned(model, rows, "predicting"):
        progress.begin()
        for number, batch in enumerate(data.batches(rows, math.ceil(len(data) / rows))):
            if before:
                told.tell("on_predict_batch_begin", number, {})
            found = [t.cpu().numpy() for t in flatten(model.forward(*batch.inputs))]
            if not outputs:
                outputs = [Rows(len(data)) for _ in found]
            for whole, part in zip(outputs, found, strict=True):
                whole.add(part, len(batch))
            if after:
                told.tell("on_predict_batch_end", number, {})
            progress.after_step(math.ceil(min((number + 1) * rows, len(data)) / size), dict)
        if progress.live or verbose != "auto":
            progress.end({})
    told.tell("on_predict_end", {})
    arrays = [whole.array() for whole in outputs]
    return arrays[0] if len(arrays) == 1 else arrays


def train_on_batch(
    model: Any, x: Any, y: Any = None, class_weight: Any = None, sample_weight: Any = None
) -> Logs:
    """One training step on one batch; gives its loss and metrics, as they were before the step."""
    compiled = compiled_of(model)
    data = adapt(model, compiled, x, y, sample_weight)
    if class_weight is not None:
        data.weights = class_weights(class_weight, data.targets, data.weights)
    runner = Steps(model, compiled)
    runner.prepare_training()
    epoch = runner.epoch(1)
    model.train()
    runner.train(data, epoch)
    model.eval()
    return _sorted(epoch.logs(), compiled.conventions)


def test_on_batch(model: Any, x: Any, y: Any = None, sample_weight: Any = None) -> Logs:
    """Loss and metrics of one batch."""
    compiled = compiled_of(model)
    data = adapt(model, compiled, x, y, sample_weight)
    model.eval()
    runner = Steps(model, compiled)
    epoch = runner.epoch(1)
    runner.test(data, epoch)
    return _sorted(epoch.logs(), compiled.conventions)


def predict_on_batch(model: Any, x: Any) -> np.ndarray | list[np.ndarray]:
    """The outputs for one batch."""
    return predict(model, x, steps=1, verbose=0)


def _batch_size(given: Any, steps: int | None, rows: int) -> int:
    """32, or what makes the wanted number of steps, as Keras has it."""
    if given is not None:
        return kind_of(Count).convert(given, "batch_size")
    return math.ceil(rows / steps) if steps else 32


def _steps(wanted: Any, size: int, rows: int, argument: str) -> int:
    available = math.ceil(rows / size)
    if wanted is None:
        return available
    steps = kind_of(Count).convert(wanted, argument)
    if steps > available:
        notice(
            f"Your input ran out of data: {argument} = {steps}, but {rows:,} samples make {available} "
            f"batches of {size}, and no more steps are made."
        )
    return min(steps, available)


def _whole(value: Any, argument: str) -> int:
    number = kind_of(Whole).convert(value, argument)
    if number < 0:
        raise UserError(
            f"`{argument}` must not be negative. Received: {argument}={number}",
            code=Code.VALUE,
            cause="epochs are counted from 0",
            cure="give a number from 0 on",
        )
    return number


def _order(shuffle: bool | str, rows: int, size: int, device: torch.device) -> Tensor | None:
    """The order of the samples in an epoch; None as they are."""
    if shuffle != "batch" and not flag(shuffle, "shuffle"):
        return None
    if shuffle == "batch":
        starts = range(0, rows, size)
        return torch.cat([i + torch.randperm(min(size, rows - i), device=device) for i in starts])
    return torch.randperm(rows, device=device)


@contextmanager
def _leaving(progress: Progress) -> Iterator[None]:
    """Whatever ends the block, the terminal's next line is a new one."""
    try:
        yield
    except BaseException:
        progress.abandon()
        raise

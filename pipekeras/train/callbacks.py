"""The callbacks that Keras brings along."""

from __future__ import annotations

import csv
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO, get_args

import numpy as np

from ..errors import Code, UserError
from ..layers.arguments import Callback as FunctionArgument
from ..layers.arguments import Flag, Number, Text, Whole, choice
from ..signature import Param, Signature
from .callback import Callback, Logs, callback
from .compiling import Compiled
from .declare import Declared, register
from .notices import notice

MODE = choice("auto", "min", "max")


class Monitor(Callback):
    """What callbacks share that watch one value of the logs for improvement."""

    monitor: str
    mode: str
    min_delta: float

    def __post_init__(self) -> None:
        self.mode = MODE.convert(self.mode, "mode")
        self.best: float | None = None

    def value(self, logs: Logs) -> float | None:
        """The watched value; None, with a notice, if there is none."""
        if self.monitor not in logs:
            notice(
                f"{type(self).__name__} is conditioned on `{self.monitor}` which is not available. Available "
                f"metrics are: {', '.join(logs)}"
            )
        return logs.get(self.monitor)

    def improves(self, value: float, best: float | None) -> bool:
        """Whether a value is better than another by at least min_delta; NaN never is."""
        if value != value:
            return False
        if best is None:
            return True
        delta = abs(self.min_delta)
        return value - delta > best if self._larger_is_better() else value + delta < best

    def _larger_is_better(self) -> bool:
        if self.mode != "auto":
            return self.mode == "max"
        name = self.monitor.removeprefix("val_")
        compiled: Compiled = self.model.compiled
        if name == "loss" or name in compiled.loss_names():
            return False
        metric = compiled.metrics().get(name)
        if metric is None:
            raise UserError(
                f"{type(self).__name__} received monitor={self.monitor}, but it is not clear whether that "
                "should be maximized or minimized.",
                code=Code.ARGUMENT,
                cause="it is no metric of the model",
                cure='give mode = "max" or mode = "min"',
            )
        return metric.up


@callback(r="callback_early_stopping")
class EarlyStopping(Monitor):
    """Ends training when a value has not improved for some epochs.

    Args:
        monitor: which value of the logs
        min_delta: a smaller change is no improvement
        patience: how many epochs without improvement are borne
        verbose: 1 says when it stops
        mode: "min" or "max" is better; "auto" knows it from the metric
        baseline: the value must become better than this
        restore_best_weights: go back to the weights of the best epoch
        start_from_epoch: watch from this epoch on
    """

    monitor: Text = "val_loss"
    min_delta: Number = 0.0
    patience: Whole = 0
    verbose: Whole = 0
    mode: Text = "auto"
    baseline: Number | None = None
    restore_best_weights: Flag = False
    start_from_epoch: Whole = 0

    def on_train_begin(self, logs: Logs) -> None:
        self.best = None
        self.best_epoch = self.wait = 0
        self.stopped_epoch: int | None = None
        self.best_weights: list[np.ndarray] | None = None

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        value = self.value(logs)
        if value is None or epoch < self.start_from_epoch:
            return
        self.wait += 1
        if self.improves(value, self.best) or (self.best_weights is None and self.restore_best_weights):
            self._keep(epoch, value)
        elif self.wait >= self.patience and epoch > 0:
            self.stopped_epoch = epoch
            self.model.stop_training = True

    def _keep(self, epoch: int, value: float) -> None:
        self.best, self.best_epoch = value, epoch
        if self.restore_best_weights:
            self.best_weights = self.model.get_weights()
        if self.baseline is None or self.improves(value, self.baseline):
            self.wait = 0

    def on_train_end(self, logs: Logs) -> None:
        if self.stopped_epoch is not None and self.verbose:
            print(f"Epoch {self.stopped_epoch + 1}: early stopping")
        if self.best_weights is not None:
            if self.verbose:
                print(f"Restoring model weights from the end of the best epoch: {self.best_epoch + 1}.")
            self.model.set_weights(self.best_weights)


@callback(r="callback_reduce_lr_on_plateau")
class ReduceLROnPlateau(Monitor):
    """Makes the learning rate smaller when a value has not improved for some epochs.

    Args:
        monitor: which value of the logs
        factor: the rate is multiplied by it
        patience: how many epochs without improvement are borne
        verbose: 1 says what it does
        mode: "min" or "max" is better; "auto" knows it from the metric
        min_delta: a smaller change is no improvement
        cooldown: how many epochs to wait after a change
        min_lr: smallest rate
    """

    monitor: Text = "val_loss"
    factor: Number = 0.1
    patience: Whole = 10
    verbose: Whole = 0
    mode: Text = "auto"
    min_delta: Number = 1e-4
    cooldown: Whole = 0
    min_lr: Number = 0.0

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.factor >= 1:
            raise UserError(
                f"ReduceLROnPlateau does not support a factor >= 1.0. Received factor={self.factor}",
                code=Code.VALUE,
                cause="the rate would not become smaller",
                cure="for example factor = 0.1",
            )

    def on_train_begin(self, logs: Logs) -> None:
        self.best = None
        self.wait = self.rest = 0

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        compiled: Compiled = self.model.compiled
        logs[compiled.conventions.rate_name] = compiled.optimizer.rate()
        value = self.value(logs)
        if value is None:
            return
        if self.rest:
            self.rest -= 1
            self.wait = 0
        if self.improves(value, self.best):
            self.best, self.wait = value, 0
        elif not self.rest:
            self.wait += 1
            if self.wait >= self.patience:
                self._reduce(epoch)

    def _reduce(self, epoch: int) -> None:
        optimizer = self.model.compiled.optimizer
        if callable(optimizer.learning_rate) or optimizer.rate() <= self.min_lr:
            return
        optimizer.learning_rate = max(optimizer.rate() * self.factor, self.min_lr)
        self.rest, self.wait = self.cooldown, 0
        if self.verbose:
            print(
                f"\nEpoch {epoch + 1}: ReduceLROnPlateau reducing learning rate to {optimizer.learning_rate}."
            )


@callback(r="callback_learning_rate_scheduler")
class LearningRateScheduler(Callback):
    """Sets the learning rate before each epoch.

    Args:
        schedule: function of the epoch (from 0) and the rate, or of the epoch alone, that gives the rate
        verbose: 1 says what it does
    """

    schedule: Callable[..., Any]
    verbose: Whole = 0

    def on_epoch_begin(self, epoch: int, logs: Logs) -> None:
        optimizer = self.model.compiled.optimizer
        now = (epoch, optimizer.rate()) if _takes_two(self.schedule) else (epoch,)
        rate = self.schedule(*now)
        try:
            optimizer.learning_rate = float(rate)
        except (TypeError, ValueError) as error:
            raise UserError(
                f"The output of the `schedule` function should be a float. Got: {rate!r}",
                code=Code.TYPE,
                cause="the result becomes the learning rate",
                cure="return one number",
            ) from error
        if self.verbose:
            print(f"\nEpoch {epoch + 1}: LearningRateScheduler setting learning rate to {float(rate)}.")

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        compiled: Compiled = self.model.compiled
        logs[compiled.conventions.rate_name] = compiled.optimizer.rate()


def _takes_two(function: Callable[..., Any]) -> bool:
    try:
        inspect.signature(function).bind(0, 0.0)
    except (TypeError, ValueError):
        return False
    return True


@callback(r=("callback_terminate_on_naan", "callback_terminate_on_nan"))
class TerminateOnNaN(Callback):
    """Ends training at the first batch whose loss is NaN or infinite."""

    def on_train_batch_end(self, batch: int, logs: Logs) -> None:
        loss = logs["loss"]
        if not np.isfinite(loss):
            print(f"Batch {batch}: Invalid loss, terminating training")
            self.model.stop_training = True


@callback(r="callback_csv_logger")
class CSVLogger(Callback):
    """Writes the values of every epoch to a file, which is whole after each.

    Args:
        filename: the file
        separator: between two values
        append: add to an existing file
    """

    filename: Text
    separator: Text = ","
    append: Flag = False

    def on_train_begin(self, logs: Logs) -> None:
        path = Path(self.filename)
        has_header = self.append and path.exists() and path.stat().st_size > 0
        try:
            self.file: TextIO = path.open("a" if self.append else "w", newline="")
        except OSError as error:
            raise UserError(
                f"cannot open file '{self.filename}': {error.strerror}",
                code=Code.FILE,
                cause="callback_csv_logger() writes there",
                cure="give a file in a folder that exists and can be written",
            ) from error
        self.names: list[str] = []
        self.headed = has_header

    def on_epoch_end(self, epoch: int, logs: Logs) -> None:
        writer = csv.writer(self.file, delimiter=self.separator, lineterminator="\n")
        self.names = self.names or sorted(logs)
        if not self.headed:
            writer.writerow(["epoch", *self.names])
            self.headed = True
        writer.writerow([epoch, *(logs.get(name, "NA") for name in self.names)])
        self.file.flush()

    def on_train_end(self, logs: Logs) -> None:
        self.file.close()


class LambdaCallback(Callback):
    """A callback made of functions, one for each method to be defined."""

    def __init__(self, **functions: Callable[..., Any]) -> None:
        for name, function in functions.items():
            setattr(self, name, function)


# in the order of R's arguments
_EVENTS = """
    on_epoch_begin on_epoch_end on_batch_begin on_batch_end on_train_batch_begin on_train_batch_end
    on_train_begin on_train_end on_predict_batch_begin on_predict_batch_end on_predict_begin on_predict_end
    on_test_batch_begin on_test_batch_end on_test_begin on_test_end
"""


_FUNCTION = get_args(FunctionArgument)[1]


def _lambda(**functions: Any) -> LambdaCallback:
    # on_batch_* are the older names of on_train_batch_*
    named = {name.replace("on_batch", "on_train_batch"): f for name, f in functions.items() if f is not None}
    return LambdaCallback(**named)


register(
    Declared(
        "LambdaCallback",
        ("callback_lambda",),
        Signature(
            [*(Param(name, None, _FUNCTION, "function(epoch or batch, logs)") for name in _EVENTS.split())]
        ),
        _lambda,
        "A callback made of functions.",
    )
)

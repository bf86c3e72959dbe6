"""Callbacks are called in Keras's order and do what Keras's do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import training_cases as cases
from mlp import MLP

from pipekeras.errors import UserError
from pipekeras.train.callback import Callback
from pipekeras.train.compiling import compile
from pipekeras.train.conventions import KERAS3
from pipekeras.train.declare import R_NAMES
from pipekeras.train.fitting import fit
from pipekeras.train.notices import TrainingNotice

DATA = cases.fit_data()


def _fit(callbacks: Any, **arguments: Any) -> tuple[MLP, Any]:
    model = MLP(cases.FIT_SIZES)
    conventions = {"conventions": arguments.pop("conventions")} if "conventions" in arguments else {}
    compile(model, arguments.pop("optimizer", "sgd"), "categorical_crossentropy", ["accuracy"], **conventions)
    settings = {"epochs": 4, "verbose": 0, "batch_size": 25, "shuffle": False, **arguments}
    return model, fit(model, DATA["x"], DATA["one_hot"], callbacks=callbacks, **settings)


class Scripted(Callback):
    """Puts given values into the logs of the epochs, as a metric `score`."""

    def __init__(self, *values: float) -> None:
        self.values = values

    def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
        logs["score"] = self.values[epoch]


def test_the_order_of_calls() -> None:
    told: list[str] = []
    events = R_NAMES["callback_lambda"].signature.names
    functions = {name: (lambda *args, n=name: told.append(n)) for name in events if "predict" not in name}
    older = {name: functions.pop(name) for name in ("on_batch_begin", "on_batch_end")}
    _fit(R_NAMES["callback_lambda"](**functions), epochs=1, validation_split=0.2)
    assert told == [
        "on_train_begin",
        "on_epoch_begin",
        *["on_train_batch_begin", "on_train_batch_end"] * 2,
        "on_test_begin",
        "on_test_batch_begin",
        "on_test_batch_end",
        "on_test_end",
        "on_epoch_end",
        "on_train_end",
    ]
    told.clear()
    _fit(R_NAMES["callback_lambda"](**older), epochs=1)
    assert told == ["on_batch_begin", "on_batch_end"] * 2


def test_batch_logs_hold_the_means_so_far_and_epoch_logs_the_final_ones() -> None:
    seen: list[dict[str, float]] = []
    callback = R_NAMES["callback_lambda"](
        on_train_batch_end=lambda batch, logs: seen.append(logs),
        on_epoch_end=lambda epoch, logs: seen.append(dict(logs)),
    )
    _, history = _fit(callback, epochs=1, validation_split=0.2)
    assert seen[1]["loss"] == seen[2]["loss"] == history.metrics["loss"][0]
    assert list(seen[2]) == ["loss", "accuracy", "val_loss", "val_accuracy"]


def test_early_stopping_waits_for_patience_and_restores_the_best_weights(capsys: Any) -> None:
    weights: list[Any] = []

    class Keep(Callback):
        def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
            weights.append(self.model.get_weights())

    stopping = R_NAMES["callback_early_stopping"](
        monitor="score", mode="max", patience=2, min_delta=0.01, restore_best_weights=True, verbose=1
    )
    scores = (0.1, 0.5, 0.505, 0.4, 0.9, 0.9)
    model, history = _fit([Keep(), Scripted(*scores), stopping], epochs=6)
    assert history.epoch == [0, 1, 2, 3]
    assert all(np.array_equal(a, b) for a, b in zip(model.get_weights(), weights[1], strict=True))
    assert capsys.readouterr().out == (
        "Epoch 4: early stopping\nRestoring model weights from the end of the best epoch: 2.\n"
    )


@pytest.mark.parametrize(("monitor", "better"), [("loss", False), ("val_loss", False), ("accuracy", True)])
def test_mode_auto_knows_what_is_better(monitor: str, better: bool) -> None:
    stopping = R_NAMES["callback_early_stopping"](monitor=monitor, patience=9)
    _fit([stopping], validation_split=0.2)
    assert stopping.improves(2.0, 1.0) is better
    assert not stopping.improves(float("nan"), None)


def test_a_monitor_that_is_not_there_is_told() -> None:
    with pytest.warns(TrainingNotice, match="`val_loss` which is not available. Available metrics are: loss"):
        _fit([R_NAMES["callback_early_stopping"]()], epochs=1)
    with pytest.raises(UserError, match="maximized or minimized"):
        _fit([Scripted(1, 2), R_NAMES["callback_early_stopping"](monitor="score")], epochs=2)


def test_the_rate_falls_on_a_plateau_and_is_logged_under_the_editions_name() -> None:
    plateau = R_NAMES["callback_reduce_lr_on_plateau"](
        monitor="score", mode="min", factor=0.5, patience=1, cooldown=1, min_lr=0.002
    )
    scores = Scripted(1, 1, 1, 1, 1, 1)
    _, history = _fit([scores, plateau], epochs=6)
    assert history.metrics["lr"] == pytest.approx([0.01, 0.01, 0.005, 0.0025, 0.002, 0.002])
    _, history = _fit([scores, plateau], epochs=1, conventions=KERAS3)
    assert history.metrics["learning_rate"] == [0.01]


def test_plateau_refuses_a_factor_that_does_not_reduce() -> None:
    with pytest.raises(UserError, match=r"does not support a factor >= 1\.0"):
        R_NAMES["callback_reduce_lr_on_plateau"](factor=1)


@pytest.mark.parametrize("schedule", [lambda epoch: 0.1 / (epoch + 1), lambda epoch, rate: 0.1 / (epoch + 1)])
def test_a_scheduler_sets_the_rate_before_each_epoch(schedule: Any) -> None:
    model, history = _fit([R_NAMES["callback_learning_rate_scheduler"](schedule=schedule)], epochs=2)
    assert history.metrics["lr"] == [0.1, 0.05]
    assert model.compiled.optimizer.rate() == 0.05


def test_a_schedule_must_give_a_number() -> None:
    with pytest.raises(UserError, match=r"should be a float\. Got: None"):
        _fit([R_NAMES["callback_learning_rate_scheduler"](schedule=lambda epoch: None)])


def test_training_ends_at_the_first_batch_without_a_finite_loss(capsys: Any) -> None:
    model = MLP((6, 4))
    compile(model, "sgd", "categorical_crossentropy")
    x = DATA["x"].copy()
    x[30] = np.nan
    with pytest.warns(TrainingNotice, match="batch 4"):
        fit(
            model,
            x,
            DATA["one_hot"],
            batch_size=8,
            shuffle=False,
            verbose=0,
            callbacks=R_NAMES["callback_terminate_on_naan"](),
        )
    assert capsys.readouterr().out == "Batch 3: Invalid loss, terminating training\n"


def test_the_csv_logger_writes_every_epoch_and_can_go_on(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    _, history = _fit([R_NAMES["callback_csv_logger"](filename=str(path))], epochs=2)
    _fit([R_NAMES["callback_csv_logger"](filename=str(path), append=True)], epochs=1)
    lines = path.read_text().splitlines()
    assert lines[0] == "epoch,accuracy,loss"
    assert [line.split(",")[0] for line in lines[1:]] == ["0", "1", "0"]
    assert float(lines[2].split(",")[2]) == history.metrics["loss"][1]


def test_a_log_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot open file"):
        _fit([R_NAMES["callback_csv_logger"](filename=str(tmp_path / "no" / "log.csv"))])

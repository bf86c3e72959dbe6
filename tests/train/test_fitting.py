"""The training loop: Keras's numbers, the order of things, Ctrl-C, NaN, weights of samples and classes."""

from __future__ import annotations

import os
import signal
from typing import Any

import numpy as np
import pytest
import torch
import training_cases as cases
from mlp import MLP

from pipekeras.errors import UserError
from pipekeras.train.callback import Callback
from pipekeras.train.compiling import compile
from pipekeras.train.conventions import KERAS3
from pipekeras.train.fitting import (
    evaluate,
    fit,
    predict,
    predict_on_batch,
    train_on_batch,
)
from pipekeras.train.fitting import (
    test_on_batch as loss_on_batch,
)
from pipekeras.train.notices import TrainingNotice

DATA = cases.fit_data()
TWO = {"last": "sigmoid", "heads": ("main_output", "aux_output"), "inputs": ("main_input", "aux_input")}


def _model(loss: Any = "categorical_crossentropy", last: str | None = "softmax", **compiled: Any) -> MLP:
    model = MLP(cases.FIT_SIZES, last)
    model.set_weights(cases.fit_weights())
    compile(model, compiled.pop("optimizer", "rmsprop"), loss, **compiled)
    return model


class Recorder(Callback):
    """Notes what it is told."""

    def __init__(self) -> None:
        self.told: list[Any] = []

    def on_epoch_begin(self, epoch: int, logs: dict[str, float]) -> None:
        self.told.append(("epoch", epoch))

    def on_train_batch_end(self, batch: int, logs: dict[str, float]) -> None:
        self.told.append(("batch", batch, logs["loss"]))


@pytest.mark.parametrize("name", cases.FITS)
def test_three_epochs_equal_keras(name: str, golden: dict[str, Any]) -> None:
    case, expected = cases.FITS[name], golden["fits"][name]
    model = _model(
        case["loss"], case["last"], metrics=["accuracy"], weighted_metrics=case.get("weighted_metrics")
    )
    history = fit(
        model,
        DATA["x"],
        DATA[case["y"]],
        batch_size=8,
        epochs=3,
        shuffle=False,
        verbose=0,
        class_weight=case.get("class_weight"),
        sample_weight=DATA["sample_weight"] if case.get("sample_weight") else None,
        validation_split=case.get("split", 0.0),
    )
    assert set(history.metrics) == set(expected["history"])
    for metric, values in expected["history"].items():
        np.testing.assert_allclose(history.metrics[metric], values, rtol=1e-5, atol=1e-6, err_msg=metric)
    for weight, value in zip(model.get_weights(), expected["weights"], strict=True):
        np.testing.assert_allclose(weight, value, rtol=1e-4, atol=1e-5)


def test_logs_are_in_the_order_loss_losses_of_outputs_metrics() -> None:
    model = MLP((6, 5, 1), **TWO)
    compile(model, "sgd", "binary_crossentropy", metrics="accuracy")
    labels = DATA["many"][:, 0]
    history = fit(model, [DATA["x"], DATA["x"]], [labels, labels], epochs=1, verbose=0, validation_split=0.2)
    names = ["loss", "main_output_loss", "aux_output_loss", "main_output_accuracy", "aux_output_accuracy"]
    assert list(history.metrics) == [*names, *(f"val_{name}" for name in names)]


def test_keras3_logs_are_alphabetical() -> None:
    model = _model(metrics=["accuracy"], conventions=KERAS3)
    history = fit(model, DATA["x"], DATA["one_hot"], epochs=1, verbose=0, validation_split=0.2)
    assert list(history.metrics) == ["accuracy", "loss", "val_accuracy", "val_loss"]


def test_loss_weights_and_penalties_add_up() -> None:
    model = MLP((6, 5, 1), **TWO)
    model.penalty = 0.5
    compile(model, "sgd", "binary_crossentropy", loss_weights=[1.0, 0.2])
    labels = DATA["many"][:, 0]
    logs = evaluate(model, [DATA["x"], DATA["x"]], [labels, labels], verbose=0)
    penalty = 0.5 * model.kernels[0].square().sum().item()
    assert logs["loss"] == pytest.approx(logs["main_output_loss"] + 0.2 * logs["aux_output_loss"] + penalty)


def test_one_target_serves_both_outputs_in_the_guides_edition_only() -> None:
    labels = DATA["many"][:, 0]
    model = MLP((6, 5, 1), **TWO)
    compile(model, "sgd", "binary_crossentropy")
    both = evaluate(model, [DATA["x"], DATA["x"]], [labels, labels], verbose=0)
    assert evaluate(model, [DATA["x"], DATA["x"]], labels, verbose=0) == both
    compile(model, "sgd", "binary_crossentropy", conventions=KERAS3)
    with pytest.raises(UserError, match="different structures"):
        evaluate(model, [DATA["x"], DATA["x"]], labels, verbose=0)


def test_data_by_name_in_any_order_is_the_same() -> None:
    labels = DATA["many"][:, 0]
    model = MLP((6, 5, 1), **TWO)
    compile(model, "sgd", {"aux_output": "mse", "main_output": "mae"}, loss_weights={"aux_output": 0.5})
    x = {"aux_input": DATA["x"], "main_input": 2 * DATA["x"]}
    y = {"aux_output": labels, "main_output": 1 - labels}
    in_order = evaluate(model, [2 * DATA["x"], DATA["x"]], [1 - labels, labels], verbose=0)
    assert evaluate(model, x, y, verbose=0) == in_order


def test_an_output_without_loss_is_not_trained_and_needs_no_target() -> None:
    model = MLP((6, 5, 1), **TWO)
    with pytest.warns(TrainingNotice, match="aux_output has no loss"):
        compile(model, "sgd", {"main_output": "mse"})
    before = model.get_weights()
    fit(model, [DATA["x"], DATA["x"]], {"main_output": DATA["many"][:, 0]}, epochs=1, verbose=0)
    changed = [not np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True)]
    assert changed == [True, True, True, True, False, False]


def test_every_sample_is_seen_once_an_epoch_in_a_new_order() -> None:
    seen: list[list[float]] = []

    class Watching(MLP):
        def forward_training(self, *inputs: torch.Tensor) -> Any:
            seen[-1] += inputs[0][:, 0].tolist()
            return super().forward_training(*inputs)

    class NewEpoch(Callback):
        def on_epoch_begin(self, epoch: int, logs: Any) -> None:
            seen.append([])

    model = Watching((6, 4))
    compile(model, "sgd", "categorical_crossentropy")
    torch.manual_seed(1)
    fit(model, DATA["x"], DATA["one_hot"], batch_size=8, epochs=2, verbose=0, callbacks=NewEpoch())
    first = DATA["x"][:, 0].tolist()
    assert sorted(seen[0]) == sorted(seen[1]) == sorted(first)
    assert seen[0] != seen[1] != first


def test_inputs_and_targets_are_shuffled_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipekeras.train.data.GATHER_BYTES", 500)  # several chunks an epoch
    model = _model("mae", None)

    def spread(y_true: torch.Tensor, y_pred: torch.Tensor) -> torch.Tensor:
        return y_true[:, 0]

    class Paired(MLP):
        def forward_training(self, *inputs: torch.Tensor) -> Any:
            return [inputs[0][:, :4] + 0 * self.kernels[0].sum()], [None]

    model = Paired((6, 4), None)
    compile(model, "sgd", "mae")
    history = fit(model, DATA["x"], DATA["x"][:, :4], batch_size=8, epochs=1, verbose=0)
    assert history.metrics["loss"] == [0]


def test_initial_epoch_and_steps_per_epoch() -> None:
    told = Recorder()
    history = fit(
        _model(),
        DATA["x"],
        DATA["one_hot"],
        batch_size=8,
        epochs=5,
        initial_epoch=3,
        steps_per_epoch=2,
        verbose=0,
        callbacks=told,
    )
    assert history.epoch == [3, 4]
    assert [each[:2] for each in told.told] == [
        ("epoch", 3),
        ("batch", 0),
        ("batch", 1),
        ("epoch", 4),
        ("batch", 0),
        ("batch", 1),
    ]


def test_steps_alone_decide_the_batch_size_and_too_many_are_told() -> None:
    model = _model()
    history = fit(model, DATA["x"], DATA["one_hot"], steps_per_epoch=5, epochs=1, verbose=0)
    assert history.params["batch_size"] == 10
    with pytest.warns(TrainingNotice, match="ran out of data"):
        fit(model, DATA["x"], DATA["one_hot"], batch_size=50, steps_per_epoch=5, epochs=1, verbose=0)


def test_no_epochs_give_an_empty_history() -> None:
    history = fit(_model(), DATA["x"], DATA["one_hot"], epochs=0, verbose=0)
    assert (history.metrics, history.epoch) == ({}, [])


def test_validation_data_counts_batches_and_frequency() -> None:
    model = _model()
    given = (DATA["x"], DATA["one_hot"], DATA["sample_weight"])
    history = fit(
        model,
        DATA["x"],
        DATA["one_hot"],
        epochs=4,
        verbose=0,
        validation_data=given,
        validation_freq=2,
        validation_steps=1,
    )
    assert len(history.metrics["val_loss"]) == 2
    assert history.columns()["epoch"][-2:] == [2, 4]


def test_ctrl_c_ends_training_after_the_step_and_keeps_weights_and_history() -> None:
    class Interrupts(Callback):
        def on_train_batch_end(self, batch: int, logs: dict[str, float]) -> None:
            if self.model.finished_epoch and batch == 1:
                os.kill(os.getpid(), signal.SIGINT)

        def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
            self.model.finished_epoch = True

    model = _model()
    model.finished_epoch = False
    before = signal.getsignal(signal.SIGINT)
    with pytest.warns(TrainingNotice, match="interrupted in epoch 2 after batch 2 of 7"):
        history = fit(
            model, DATA["x"], DATA["one_hot"], batch_size=8, epochs=5, verbose=0, callbacks=[Interrupts()]
        )
    assert history.interrupted
    assert (history.epoch, len(history.metrics["loss"])) == ([0], 1)
    assert signal.getsignal(signal.SIGINT) is before
    assert all(np.isfinite(w).all() for w in model.get_weights())
    assert fit(model, DATA["x"], DATA["one_hot"], epochs=1, verbose=0).epoch == [0]


def test_ctrl_c_behind_the_last_step_lets_the_epoch_be_finished() -> None:
    class Interrupts(Callback):
        def on_test_begin(self, logs: dict[str, float]) -> None:
            os.kill(os.getpid(), signal.SIGINT)

    model, given = _model(), (DATA["x"], DATA["one_hot"])
    with pytest.warns(TrainingNotice, match="interrupted after epoch 1"):
        history = fit(model, *given, epochs=5, verbose=0, validation_data=given, callbacks=Interrupts())
    assert history.interrupted
    assert list(history.metrics) == ["loss", "val_loss"]


def test_a_second_ctrl_c_stops_at_once() -> None:
    class Twice(Callback):
        def on_train_batch_end(self, batch: int, logs: dict[str, float]) -> None:
            os.kill(os.getpid(), signal.SIGINT)
            os.kill(os.getpid(), signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        fit(_model(), DATA["x"], DATA["one_hot"], epochs=1, verbose=0, callbacks=[Twice()])
    assert signal.getsignal(signal.SIGINT) is before


def test_a_nan_loss_is_told_once_with_its_first_batch() -> None:
    x = DATA["x"].copy()
    x[20, 1] = np.nan
    with pytest.warns(TrainingNotice, match="loss is nan in epoch 1 from batch 3 on") as told:
        fit(_model(), x, DATA["one_hot"], batch_size=8, epochs=3, shuffle=False, verbose=0)
    assert len(told) == 1


def test_stop_training_ends_after_the_epoch() -> None:
    class Stops(Callback):
        def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
            self.model.stop_training = True

    assert fit(_model(), DATA["x"], DATA["one_hot"], epochs=9, verbose=0, callbacks=[Stops()]).epoch == [0]


def test_frozen_weights_stay() -> None:
    model = _model()
    model.kernels[0].requires_grad_(False)
    before = model.get_weights()
    fit(model, DATA["x"], DATA["one_hot"], epochs=1, verbose=0)
    after = model.get_weights()
    assert np.array_equal(before[0], after[0])
    assert not np.array_equal(before[2], after[2])


def test_evaluate_and_predict_agree_with_the_model_for_any_batch_size() -> None:
    model = _model(metrics=["accuracy"])
    expected = model(torch.from_numpy(DATA["x"])).detach().numpy()
    np.testing.assert_allclose(predict(model, DATA["x"], batch_size=7, verbose=0), expected, rtol=1e-6)
    np.testing.assert_allclose(predict(model, DATA["x"], batch_size=8, steps=2), expected[:16], rtol=1e-6)
    np.testing.assert_allclose(predict_on_batch(model, DATA["x"]), expected, rtol=1e-6)
    logs = [evaluate(model, DATA["x"], DATA["one_hot"], batch_size=n, verbose=0) for n in (7, 50)]
    assert logs[0] == pytest.approx(logs[1])
    assert logs[0]["accuracy"] == np.mean(expected.argmax(1) == DATA["labels"])


def test_several_outputs_are_predicted_as_a_list() -> None:
    model = MLP((6, 5, 1), **TWO)
    found = predict(model, [DATA["x"], DATA["x"]], verbose=0)
    assert [a.shape for a in found] == [(50, 1), (50, 1)]


def test_single_batches_train_and_test() -> None:
    model = _model(metrics=["acc"])
    first = loss_on_batch(model, DATA["x"], DATA["one_hot"])
    assert train_on_batch(model, DATA["x"], DATA["one_hot"]) == pytest.approx(first)
    assert loss_on_batch(model, DATA["x"], DATA["one_hot"])["loss"] < first["loss"]
    assert list(first) == ["loss", "acc"]


def test_dropout_is_on_only_while_training() -> None:
    modes: list[bool] = []

    class Watching(MLP):
        def forward_training(self, *inputs: torch.Tensor) -> Any:
            modes.append(self.training)
            return super().forward_training(*inputs)

    model = Watching((6, 4))
    compile(model, "sgd", "categorical_crossentropy")
    fit(model, DATA["x"], DATA["one_hot"], batch_size=25, epochs=1, verbose=0, validation_split=0.5)
    assert modes == [True, False]
    assert not model.training


def test_a_callback_that_predicts_between_steps_does_not_end_training_mode() -> None:
    modes: list[bool] = []

    class Watching(MLP):
        def forward_training(self, *inputs: torch.Tensor) -> Any:
            modes.append(self.training)
            return super().forward_training(*inputs)

    class Predicting(Callback):
        def on_train_batch_end(self, batch: int, logs: dict[str, float]) -> None:
            predict(self.model, DATA["x"], verbose=0)

    model = Watching((6, 4))
    compile(model, "sgd", "categorical_crossentropy")
    fit(model, DATA["x"], DATA["one_hot"], batch_size=10, epochs=1, verbose=0, callbacks=Predicting())
    assert modes == [True] * 5


def test_sample_weights_may_go_to_outputs_by_name() -> None:
    model = MLP((6, 5, 1), **TWO)
    compile(model, "sgd", "mse")
    labels, zeros = DATA["many"][:, 0], np.zeros(cases.FIT_ROWS)
    logs = evaluate(
        model, [DATA["x"], DATA["x"]], [labels, labels], verbose=0, sample_weight={"aux_output": zeros}
    )
    assert logs["aux_output_loss"] == 0 < logs["main_output_loss"]


def test_custom_losses_and_metrics_see_predictions_not_logits() -> None:
    def largest(y_true: torch.Tensor, y_pred: torch.Tensor) -> torch.Tensor:
        return y_pred.amax(-1)

    model = _model(largest, "softmax", metrics=[largest])
    logs = evaluate(model, DATA["x"], DATA["one_hot"], verbose=0)
    assert logs["loss"] == pytest.approx(logs["largest"])
    assert 0.25 < logs["loss"] < 1

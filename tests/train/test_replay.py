"""A recorded step that is played again gives what the step itself gives, and only such steps are recorded."""

from __future__ import annotations

import copy
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.layers import optimize, registry
from pipekeras.layers.core import Input
from pipekeras.layers.model import Model
from pipekeras.layers.seed import set_random_seed
from pipekeras.train import replay
from pipekeras.train.callback import Callback
from pipekeras.train.compiling import compile
from pipekeras.train.data import Data
from pipekeras.train.fitting import fit
from pipekeras.train.optimizer import OPTIMIZERS

LAYERS = registry()
ROWS, WIDTH, CLASSES = 45, 6, 3


def _layer(name: str, *args: Any, **options: Any) -> Any:
    return LAYERS[f"layer_{name}"](*args, **options)


def _dense(x: Any) -> Any:
    return _layer("dense", 5, activation="relu")(_layer("dense", 7, activation="tanh")(x))


def _noisy(x: Any) -> Any:
    return _layer("dropout", 0.3, seed=4)(_layer("dropout", 0.3)(_layer("dense", 7)(x)))


def _normalized(x: Any) -> Any:
    return _layer("layer_normalization")(_layer("batch_normalization")(_layer("dense", 7, use_bias=False)(x)))


def _penalized(x: Any) -> Any:
    x = _layer("dense", 5, kernel_regularizer="l2", activity_regularizer="l1")(x)
    return _layer("dense", 4, kernel_constraint="max_norm", trainable=False)(x)


def _recurrent(x: Any) -> Any:
    words = _layer("embedding", 9, 4, mask_zero=True)(x)
    return _layer("gru", 3)(_layer("lstm", 4, return_sequences=True)(words))


def _convolved(x: Any) -> Any:
    x = _layer("conv_1d", 4, 3, activation="relu")(_layer("reshape", (WIDTH, 1))(x))
    return _layer("flatten")(_layer("max_pooling_1d", 2)(x))


def _shared(x: Any) -> Any:
    twice = _layer("dense", WIDTH, activation="sigmoid")
    return _layer("concatenate")([twice(x), twice(twice(x)), x])


BODIES: dict[str, Callable[[Any], Any]] = {
    f.__name__.strip("_"): f
    for f in (_dense, _noisy, _normalized, _penalized, _recurrent, _convolved, _shared)
}


def _model(body: Callable[[Any], Any], optimizer: Any = "rmsprop", loss: Any = None) -> Any:
    set_random_seed(5)
    inputs = Input(shape=(WIDTH,), dtype="int32" if body is _recurrent else "float32")
    model = Model(inputs, _layer("dense", CLASSES, activation="softmax")(body(inputs)))
    compile(model, optimizer, loss or "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def _data() -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(2)
    return draw.integers(0, 9, (ROWS, WIDTH)).astype("float32"), draw.integers(0, CLASSES, ROWS)


def _trained(model: Any, **options: Any) -> dict[str, list[float]]:
    """Logs of four epochs of five batches and a smaller last one, and the weights behind them."""
    x, y = _data()
    set_random_seed(6)
    history = fit(model, x, y, batch_size=8, epochs=4, verbose=0, **options)
    return {**history.metrics, "weights": np.concatenate([w.ravel() for w in model.get_weights()]).tolist()}


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many calls were made in each step that was played."""
    counts: list[int] = []
    play = replay.Replayed._play

    def counting(self: replay.Replayed, batch: Data) -> replay.Differentiated:
        counts.append(len(self.played or ()))
        return play(self, batch)

    monkeypatch.setattr(replay.Replayed, "_play", counting)
    return counts


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    return lambda: monkeypatch.setattr(optimize, "enabled", False)


def _assert_equal(one: dict[str, list[float]], other: dict[str, list[float]]) -> None:
    assert one.keys() == other.keys()
    for name, values in one.items():
        np.testing.assert_allclose(values, other[name], rtol=2e-5, atol=2e-6, err_msg=name)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_played_step_gives_the_numbers_of_the_step(
    body: Callable[[Any], Any], played: list[int], plainly: Callable[[], None]
) -> None:
    fast = _trained(_model(body))
    # each epoch has five whole batches; the first is run, the second recorded
    assert len(played) == 4 * 5 - 2
    plainly()
    _assert_equal(fast, _trained(_model(body)))
    assert len(played) == 4 * 5 - 2


@pytest.mark.parametrize("name", sorted({declared.name for declared in OPTIMIZERS.values()}))
def test_weights_moved_as_one_go_where_they_go_one_by_one(
    name: str, played: list[int], plainly: Callable[[], None]
) -> None:
    fast = _trained(_model(_dense, OPTIMIZERS.find(name)()))
    assert played
    plainly()
    _assert_equal(fast, _trained(_model(_dense, OPTIMIZERS.find(name)())))


@pytest.mark.parametrize("own", [True, False], ids=["the same model", "another model"])
def test_a_callback_may_train_with_the_same_optimizer(
    own: bool, played: list[int], plainly: Callable[[], None]
) -> None:
    class Training(Callback):
        def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
            fit(self.model if own else other, *_data(), batch_size=8, epochs=2, verbose=0, shuffle=False)

    def run() -> dict[str, list[float]]:
        return _trained(model, callbacks=Training(), shuffle=False)

    results = []
    for prepare in (lambda: None, plainly):
        prepare()
        optimizer = OPTIMIZERS.find("adam")()
        model, other = _model(_dense, optimizer), _model(_dense, optimizer)
        results.append(run())
    assert played
    _assert_equal(*results)


@pytest.mark.parametrize("option", [{"clipnorm": 0.1}, {"use_ema": True}, {"gradient_accumulation_steps": 2}])
def test_optimizers_that_look_at_whole_weights_move_them_one_by_one(
    option: dict[str, Any], played: list[int], plainly: Callable[[], None]
) -> None:
    fast = _trained(_model(_dense, OPTIMIZERS.find("adam")(**option)))
    assert played
    plainly()
    _assert_equal(fast, _trained(_model(_dense, OPTIMIZERS.find("adam")(**option))))


def test_sample_weights_and_classes_weigh_in_played_steps(
    played: list[int], plainly: Callable[[], None]
) -> None:
    weigh = {"class_weight": {0: 1.0, 1: 2.0, 2: 0.5}}
    fast = _trained(_model(_dense), **weigh)
    assert played
    plainly()
    _assert_equal(fast, _trained(_model(_dense), **weigh))


def test_a_second_fit_goes_on_where_the_first_ended(plainly: Callable[[], None]) -> None:
    model = _model(_dense, "adam")
    _trained(model)
    fast = _trained(model)
    plainly()
    model = _model(_dense, "adam")
    _trained(model)
    _assert_equal(fast, _trained(model))


def test_weights_set_between_steps_are_heard(played: list[int]) -> None:
    class Zeros(Callback):
        def on_train_batch_end(self, batch: int, logs: dict[str, float]) -> None:
            model.set_weights([np.zeros_like(w) for w in model.get_weights()])

    model = _model(_dense, "sgd")
    x, y = _data()
    losses = fit(model, x, y, batch_size=9, epochs=2, verbose=0, callbacks=Zeros()).metrics["loss"]
    assert played
    np.testing.assert_allclose(losses[1], np.log(CLASSES), rtol=1e-6)


class Elsewhere(Callback):
    """Trains another model that has a layer of this one, or moves its weight itself."""

    def __init__(self, way: str) -> None:
        self.way = way

    def on_epoch_end(self, epoch: int, logs: Any) -> None:
        layer = self.model.layers[2]
        if self.way == "moved":
            layer.kernel.data = layer.kernel.data * 0.5
            return
        trainable, layer.trainable = layer.trainable, True
        inputs = Input(shape=(7,))
        other = Model(inputs, layer(inputs))
        compile(other, "sgd", "mse")
        fit(other, np.ones((ROWS, 7)), np.zeros((ROWS, 5)), batch_size=9, epochs=2, verbose=0, shuffle=False)
        layer.trainable = trainable


@pytest.mark.parametrize("frozen", [False, True])
@pytest.mark.parametrize("optimizer", ["rmsprop", "adamw"])
@pytest.mark.parametrize("way", ["moved", "trained"])
def test_weights_that_lie_elsewhere_are_found_again(
    way: str, optimizer: str, frozen: bool, plainly: Callable[[], None]
) -> None:
    def trained() -> Any:
        model = _model(_dense)
        model.layers[2].trainable = not frozen
        compile(model, optimizer, "sparse_categorical_crossentropy")
        kernel = model.layers[2].kernel
        found = _trained(model, callbacks=Elsewhere(way), shuffle=False)
        assert model.layers[2].kernel is kernel
        return found

    fast = trained()
    plainly()
    _assert_equal(fast, trained())


def test_a_model_whose_weights_lie_together_is_copied_and_saved_as_any_other(tmp_path: Any) -> None:
    model = _model(_dense)
    _trained(model)
    torch.save(model.state_dict(), tmp_path / "weights.pt")
    twin = copy.deepcopy(model)
    for weight in model.weights:
        weight.data.zero_()
    assert all(weight.abs().sum() > 0 for weight in twin.weights)
    model.load_state_dict(torch.load(tmp_path / "weights.pt", weights_only=True))
    for kept, loaded in zip(twin.weights, model.weights, strict=True):
        torch.testing.assert_close(loaded, kept)


def test_a_fit_within_a_fit_goes_on_with_the_same_momentum(plainly: Callable[[], None]) -> None:
    class Again(Callback):
        def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
            x, y = _data()
            fit(self.model, x, y, batch_size=8, epochs=1, verbose=0)

    fast = _trained(_model(_dense, "adam"), callbacks=Again())
    plainly()
    _assert_equal(fast, _trained(_model(_dense, "adam"), callbacks=Again()))


def _counting(x: Any) -> Any:
    return _layer("lambda", lambda t: t * 1.0)(x)


def _activated(x: Any) -> Any:
    return _layer("dense", 4, activation=lambda t: t.relu())(x)


def _user_loss(y_true: Any, y_pred: Any) -> Any:
    return (y_pred - 1.0).square().sum(-1)


@pytest.mark.parametrize(
    ("body", "loss"),
    [(_counting, None), (_activated, None), (_dense, _user_loss)],
    ids=["layer", "activation", "loss"],
)
def test_a_function_of_the_user_is_called_in_every_step(
    body: Callable[[Any], Any], loss: Any, played: list[int]
) -> None:
    _trained(_model(body, loss=loss))
    assert not played


def test_a_hook_on_a_layer_sees_every_step(played: list[int]) -> None:
    model, seen = _model(_dense), []
    model.layers[1].register_forward_hook(lambda *_: seen.append(1))
    _trained(model)
    assert not played
    assert len(seen) == 4 * 6


def test_a_step_that_cannot_be_played_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[Data] = []

    def failing(self: replay.Replayed, batch: Data) -> replay.Differentiated:
        tried.append(batch)
        raise RuntimeError

    monkeypatch.setattr(replay.Replayed, "_play", failing)
    got = _trained(_model(_dense))
    assert len(tried) == 1
    monkeypatch.setattr(optimize, "enabled", False)
    _assert_equal(got, _trained(_model(_dense)))


@pytest.mark.parametrize("index", [9, -1])
def test_a_batch_that_does_not_fit_is_refused_in_a_played_step_as_in_any_other(
    index: int, played: list[int]
) -> None:
    model, (x, y) = _model(_recurrent), _data()
    words = np.abs(x).astype("int32") % 9
    words[4 * 9, 2] = index
    with pytest.raises(UserError, match=rf"indices = {index} is not in \[0, 9\)"):
        fit(model, words, y, batch_size=9, epochs=1, verbose=0, shuffle=False)
    assert played


@pytest.mark.parametrize("bounds", [["MOST_BYTES"], ["FIRST_BYTES", "EACH_BYTES"]], ids=["all", "each"])
def test_large_steps_are_not_recorded(
    bounds: list[str], played: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for bound in bounds:
        monkeypatch.setattr(replay, bound, 10)
    _trained(_model(_dense))
    assert not played


def test_a_number_that_is_read_ends_the_recording() -> None:
    values = torch.arange(4.0)
    with replay.Recorder() as recorder:
        values.add(1.0)
        assert recorder.calls
        values.sum().item()
    assert recorder.calls is None


def test_recording_loads_no_compiler() -> None:
    code = """
import sys, torch
from pipekeras.train.replay import Recorder
weight = torch.ones(2, requires_grad=True)
with Recorder() as recorder:
    torch.autograd.grad(weight.sum(), weight)
assert recorder.calls
assert "torch._dynamo" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)

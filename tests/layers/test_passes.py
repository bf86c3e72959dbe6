"""Each rewrite of the graph leaves outputs, gradients and training as they are, and fires where it may."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from pipekeras.layers import optimize, registry
from pipekeras.layers.core import Input
from pipekeras.layers.model import Model

K: Any = SimpleNamespace(**{cls.__name__: cls for cls in registry().values()})


def two_convolutions(first: dict[str, Any], second: dict[str, Any]) -> Model:
    x = Input(shape=(12, 11, 2))
    first = {"filters": 16, "kernel_size": 3, **first}
    return Model(x, K.Conv2D(16, (2, 3), **second)(K.Conv2D(**first)(x)))


def shared_lstm(**options: Any) -> Model:
    words = [Input(shape=(6, 3)) for _ in range(3)]
    lstm = K.LSTM(4, **options)
    return Model(words, K.Concatenate(axis=-1)([lstm(x) for x in words]))


def lstm_after_itself() -> Model:
    x, lstm = Input(shape=(6, 3)), K.LSTM(3, return_sequences=True)
    return Model(x, K.Add()([lstm(lstm(x)), lstm(x)]))


FIRING: dict[str, tuple[Callable[[], Model], str]] = {
    "folded": (lambda: two_convolutions({}, {}), "folded"),
    "folded, without biases": (lambda: two_convolutions({"use_bias": False}, {"use_bias": False}), "folded"),
    "folded, first bias only": (lambda: two_convolutions({}, {"use_bias": False}), "folded"),
    "folded, strides": (lambda: two_convolutions({}, {"strides": 2, "activation": "relu"}), "folded"),
    "together": (shared_lstm, "together"),
    "together, sequences": (lambda: shared_lstm(return_sequences=True, go_backwards=True), "together"),
}
STAYING: dict[str, Callable[[], Model]] = {
    "activation between": lambda: two_convolutions({"activation": "relu"}, {}),
    "padding": lambda: two_convolutions({"padding": "same"}, {}),
    "strides between": lambda: two_convolutions({"strides": 2}, {}),
    "more work than before": lambda: two_convolutions({"kernel_size": 5, "filters": 1}, {}),
    "penalty": lambda: two_convolutions({"activity_regularizer": "l2"}, {}),
    "random": lambda: shared_lstm(dropout=0.5),
    "one needs the other": lstm_after_itself,
}


def results(make: Callable[[], Model], enabled: bool, monkeypatch: pytest.MonkeyPatch) -> list[torch.Tensor]:
    """Output, gradients, and weights after 20 steps."""
    monkeypatch.setattr(optimize, "enabled", enabled)
    torch.manual_seed(1)
    model = make()
    inputs = [torch.randn(4, *t.shape[1:], requires_grad=True) for t in model.inputs]
    for weight in model.weights:
        torch.nn.init.normal_(weight, std=0.3)
    y = model(inputs)
    weights = model.trainable_weights
    gradients = torch.autograd.grad(y.square().sum(), [*inputs, *weights])
    optimizer = torch.optim.SGD(weights, 1e-4)
    for _ in range(20):
        optimizer.zero_grad()
        model(inputs).square().sum().backward()
        optimizer.step()
    return [y, *gradients, *weights]


@pytest.mark.parametrize("name", FIRING)
def test_numbers_stay(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, word = FIRING[name]
    assert f"{word}(" in make().code
    pairs = zip(*(results(make, enabled, monkeypatch) for enabled in (False, True)), strict=True)
    for expected, got in pairs:
        torch.testing.assert_close(got, expected, rtol=1e-4, atol=1e-5 * float(expected.detach().abs().max()))


@pytest.mark.parametrize("name", STAYING)
def test_a_pass_does_not_fire(name: str) -> None:
    code = STAYING[name]().code
    assert "folded(" not in code and "together(" not in code


def test_a_result_in_the_middle_is_not_rewritten_away() -> None:
    x = Input(shape=(12, 11, 2))
    middle = K.Conv2D(8, 3)(x)
    assert "folded(" not in Model(x, [middle, K.Conv2D(8, 3)(middle)]).code


def test_switched_off_nothing_is_rewritten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimize, "enabled", False)
    assert "together(" not in shared_lstm().code


def test_hooks_see_the_calls_of_the_model() -> None:
    model, seen = shared_lstm(), []
    lstm = next(layer for layer in model.layers if isinstance(layer, K.LSTM))
    lstm.register_forward_hook(lambda module, inputs, output: seen.append(len(output)))
    model([torch.zeros(2, 6, 3)] * 3)
    assert seen == [2, 2, 2]


@pytest.mark.parametrize("name", FIRING)
def test_rewritten_models_are_exported_and_compiled(name: str) -> None:
    model = FIRING[name][0]().eval()
    inputs = tuple(torch.randn(4, *t.shape[1:]) for t in model.inputs)
    expected = model(*inputs)
    torch.testing.assert_close(torch.export.export(model, inputs).module()(*inputs), expected)

"""Each rewrite of the graph leaves outputs, gradients and training as they are, and fires where it may."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

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


def vision(*layers: Any, shape: tuple[int, ...] = (12, 11, 2)) -> Model:
    x = tensor = Input(shape=shape)
    for made in layers:
        tensor = made(tensor)
    return Model(x, tensor)


def relu(kernel: Any = 3, **options: Any) -> Any:
    return K.Conv2D(4, kernel, activation="relu", **options)


def towers(pool: Any, axis: int, **options: Any) -> Model:
    x = Input(shape=(12, 11, 2))
    ends = [relu(padding="same")(relu(1)(x)), K.Conv2D(4, 1)(x), relu(3, padding="same")(x)]
    return Model(x, pool(**options)(K.Concatenate(axis=axis)(ends)))


def frozen_in_front() -> Model:
    front = relu()
    front.trainable = False
    return vision(front, relu(), relu(1), K.GlobalAveragePooling2D())


FIRING: dict[str, tuple[Callable[[], Model], str]] = {
    "folded": (lambda: two_convolutions({}, {}), "folded"),
    "folded, without biases": (lambda: two_convolutions({"use_bias": False}, {"use_bias": False}), "folded"),
    "folded, first bias only": (lambda: two_convolutions({}, {"use_bias": False}), "folded"),
    "folded, strides": (lambda: two_convolutions({}, {"strides": 2, "activation": "relu"}), "folded"),
    "together": (shared_lstm, "together"),
    "together, sequences": (lambda: shared_lstm(return_sequences=True, go_backwards=True), "together"),
    "pooled first": (
        lambda: vision(relu(), K.MaxPooling2D(), relu(padding="same"), K.MaxPooling2D(3, 1)),
        "pooled_first",
    ),
    "pooled first, padding": (lambda: vision(relu(), K.MaxPooling2D(3, 2, padding="same")), "pooled_first"),
    "pooled first, over time": (
        lambda: vision(K.Conv1D(4, 3, activation="relu"), K.MaxPooling1D(), shape=(9, 2)),
        "pooled_first",
    ),
    "masks": (lambda: vision(relu(), relu(1), K.Conv2D(3, 2), K.Flatten()), "convolved"),
    "masks, without biases": (
        lambda: vision(relu(), relu(1, use_bias=False), relu(2, use_bias=False)),
        "convolved",
    ),
    "masks, odd padding": (
        lambda: vision(relu(), relu(2, padding="same", strides=2), K.GlobalAveragePooling2D()),
        "convolved",
    ),
    "masks, channels first": (
        lambda: vision(
            *[relu(data_format="channels_first") for _ in range(2)],
            K.GlobalAveragePooling2D(data_format="channels_first"),
            shape=(2, 12, 11),
        ),
        "convolved",
    ),
    "masks, causal": (
        lambda: vision(
            *[K.Conv1D(4, 3, padding="causal", activation="relu", dilation_rate=n) for n in (1, 2)],
            K.GlobalAveragePooling1D(),
            shape=(9, 2),
        ),
        "convolved",
    ),
    "masks, frozen": (frozen_in_front, "convolved"),
    "mean": (lambda: vision(relu(), K.GlobalAveragePooling2D(keepdims=True)), "pooled"),
    "mean, no relu": (lambda: vision(K.Conv2D(3, 2), K.GlobalAveragePooling2D()), "pooled"),
    "means along height": (lambda: towers(K.GlobalAveragePooling2D, 1), "pooled"),
    "means along width": (lambda: towers(K.GlobalAveragePooling2D, -2, keepdims=True), "pooled"),
    "means along channels": (lambda: towers(K.GlobalAveragePooling2D, -1), "pooled"),
    "means along the batch": (lambda: towers(K.GlobalAveragePooling2D, 0), "pooled"),
    "means along channels, axes kept": (lambda: towers(K.GlobalAveragePooling2D, 3, keepdims=True), "pooled"),
    "maxima along channels": (lambda: towers(K.GlobalMaxPooling2D, -1), "pooled"),
    "maxima along the batch": (lambda: towers(K.GlobalMaxPooling2D, 0, keepdims=True), "pooled"),
}
STAYING: dict[str, tuple[Callable[[], Model], str]] = {
    "activation between": (lambda: two_convolutions({"activation": "relu"}, {}), "folded"),
    "padding": (lambda: two_convolutions({"padding": "same"}, {}), "folded"),
    "strides between": (lambda: two_convolutions({"strides": 2}, {}), "folded"),
    "more work than before": (lambda: two_convolutions({"kernel_size": 5, "filters": 1}, {}), "folded"),
    "penalty": (lambda: two_convolutions({"activity_regularizer": "l2"}, {}), "folded"),
    "random": (lambda: shared_lstm(dropout=0.5), "together"),
    "one needs the other": (lstm_after_itself, "together"),
    "maxima of equal numbers": (lambda: towers(K.GlobalMaxPooling2D, 1), "pooled"),
    "another activation": (
        lambda: vision(K.Conv2D(4, 3, activation="tanh"), K.MaxPooling2D()),
        "pooled_first",
    ),
    "nothing behind relu": (lambda: vision(K.Conv2D(4, 3), K.MaxPooling2D(), relu()), "convolved"),
}


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    with optimize.serial():
        yield


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
    make, word = STAYING[name]
    assert f"{word}(" not in make().code


def test_a_result_in_the_middle_is_not_rewritten_away() -> None:
    x = Input(shape=(12, 11, 2))
    middle = K.Conv2D(8, 3)(x)
    assert "folded(" not in Model(x, [middle, K.Conv2D(8, 3)(middle)]).code


def test_a_relu_whose_result_is_an_output_or_has_two_users_masks_its_own_gradient() -> None:
    x = Input(shape=(12, 11, 2))
    middle = relu()(x)
    end = K.GlobalAveragePooling2D()(middle)
    assert "convolved(" not in Model(x, [middle, end]).code
    assert "convolved(" not in Model(x, [relu()(middle), end]).code


def test_gradients_can_be_asked_for_again_and_differentiated() -> None:
    def found(enabled: bool, monkeypatch: pytest.MonkeyPatch) -> list[torch.Tensor]:
        monkeypatch.setattr(optimize, "enabled", enabled)
        torch.manual_seed(1)
        model = towers(K.GlobalAveragePooling2D, 1)
        x = torch.randn(2, 12, 11, 2, requires_grad=True)
        loss = model(x).square().sum()
        weights = model.trainable_weights
        first = torch.autograd.grad(loss, [x, *weights], retain_graph=True)
        (dx,) = torch.autograd.grad(loss, [x], create_graph=True)
        return [*first, dx, *torch.autograd.grad(dx.square().sum(), weights, allow_unused=True)]

    with pytest.MonkeyPatch.context() as monkeypatch:
        pairs = zip(found(False, monkeypatch), found(True, monkeypatch), strict=True)
        for expected, got in pairs:
            assert (expected is None) == (got is None)
            if expected is not None:
                torch.testing.assert_close(got, expected, rtol=1e-4, atol=1e-6)


def _louder(module: Any, inputs: Any, output: torch.Tensor) -> torch.Tensor:
    return output * 1.5


@pytest.mark.parametrize("place", range(4))
def test_who_is_hooked_does_it_alone(place: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def make() -> Model:
        model = towers(K.GlobalAveragePooling2D, 1)
        hooked = [layer for layer in model.layers if isinstance(layer, (K.Conv2D, K.Concatenate))]
        hooked[place].register_forward_hook(_louder)
        return model

    expected, got = (results(make, enabled, monkeypatch) for enabled in (False, True))
    for a, b in zip(expected, got, strict=True):
        torch.testing.assert_close(b, a, rtol=1e-4, atol=1e-5 * float(a.detach().abs().max()))


class Seen(TorchDispatchMode):
    """Which operators run."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.names.append(str(func))
        return func(*args, **(kwargs or {}))


def test_masks_take_no_memory() -> None:
    loss = towers(K.GlobalAveragePooling2D, 1)(torch.randn(2, 12, 11, 2)).sum()
    with Seen() as seen:
        loss.backward()
    assert "aten.threshold_backward.default" not in seen.names
    assert seen.names.count("aten.threshold_backward.grad_input") == 3


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

"""Gradients in parts and moves in blocks give the numbers of whole gradients."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from pipekeras.layers import optimize, registry
from pipekeras.layers.core import Input
from pipekeras.layers.model import Model
from pipekeras.layers.outer import Outer, product
from pipekeras.train import optimizer as optimizing
from pipekeras.train import optimizers, parts
from pipekeras.train.compiling import compile
from pipekeras.train.fitting import fit

CLASSES = SimpleNamespace(**{cls.__name__: cls for cls in registry().values()})
OPTIMIZERS = ["SGD", "RMSprop", "Adam", "AdamW", "Adamax", "Nadam", "Adagrad", "Adadelta"]
OTHERS: list[tuple[str, dict[str, Any]]] = [
    ("SGD", {"momentum": 0.9}),
    ("RMSprop", {"centered": True}),
    ("RMSprop", {"clipnorm": 0.1}),
    ("SGD", {"weight_decay": 0.1}),
    ("Adam", {"use_ema": True}),
    ("Adam", {"gradient_accumulation_steps": 2}),
]


def words_model(regularizer: str | None = None) -> Model:
    """Words looked up twice, and a dense layer used twice."""
    words = [Input(shape=(3,), dtype="int32") for _ in range(2)]
    embedding = CLASSES.Embedding(30, 4, embeddings_regularizer=regularizer)
    flat, dense = CLASSES.Flatten(), CLASSES.Dense(6, activation="tanh")
    return Model(words, CLASSES.Dense(1)(CLASSES.Add()([dense(flat(embedding(w))) for w in words])))


def trained(model: Model, optimizer: Any, epochs: int = 5) -> tuple[list[np.ndarray], list[np.ndarray]]:
    draw = np.random.default_rng(1)
    shapes = [w.shape for w in model.get_weights()]
    model.set_weights([draw.normal(size=s).astype("float32") for s in shapes])
    x, y = [draw.integers(0, 30, (20, 3)) for _ in range(2)], draw.normal(size=(20, 1))
    compile(model, optimizer, "mse")
    fit(model, x, y, batch_size=5, epochs=epochs, shuffle=False, verbose=0)
    state = [slot.numpy() for slots in optimizer.state.values() for slot in slots.values()]
    return model.get_weights(), state


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LARGE", 2)
    for module in (optimizing, optimizers):
        monkeypatch.setattr(module, "BLOCK", 8)


@pytest.mark.parametrize("name, options", [*((name, {}) for name in OPTIMIZERS), *OTHERS], ids=str)
def test_20_steps_reach_the_same_weights_and_states(
    name: str, options: dict[str, Any], small: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = []
    for enabled in (False, True):
        monkeypatch.setattr(optimize, "enabled", enabled)
        weights, state = trained(words_model(), getattr(optimizers, name)(**options))
        results.append([*weights, *state])
    for expected, got in zip(*results, strict=True):
        np.testing.assert_allclose(got, expected, rtol=2e-4, atol=2e-5)


def test_a_penalty_on_all_rows_makes_the_gradient_whole(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    results = []
    for enabled in (False, True):
        monkeypatch.setattr(optimize, "enabled", enabled)
        results.append(trained(words_model("l2"), optimizers.RMSprop())[0])
    for expected, got in zip(*results, strict=True):
        np.testing.assert_allclose(got, expected, rtol=2e-4, atol=2e-5)


def test_weights_between_steps_are_exact(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[bool, list[np.ndarray]] = {}
    for enabled in (False, True):
        monkeypatch.setattr(optimize, "enabled", enabled)
        model, optimizer = words_model(), optimizers.RMSprop()
        seen[enabled] = []
        step = optimizer.step

        def watched(gradients: Any, seen: Any = seen[enabled], step: Any = step, model: Any = model) -> None:
            step(gradients)
            seen.append(model.get_weights()[0])

        monkeypatch.setattr(optimizer, "step", watched)
        trained(model, optimizer, epochs=2)
    np.testing.assert_allclose(seen[True], seen[False], rtol=2e-4, atol=2e-5)


def test_layers_give_whole_gradients_outside_of_training_steps(small: None) -> None:
    model = words_model()
    trained(model, optimizers.RMSprop(), epochs=1)
    inputs = [torch.zeros(2, 3, dtype=torch.int32)] * 2
    gradients = torch.autograd.grad(model(inputs).sum(), model.trainable_weights)
    assert not any(gradient.is_sparse for gradient in gradients)


def test_factors_are_those_of_the_kernels_gradient() -> None:
    x, kernel = torch.randn(3, 5, requires_grad=True), torch.randn(5, 4, requires_grad=True)
    held: list[Outer] = []
    y = product(x, kernel, held)
    torch.testing.assert_close(y, x @ kernel)
    (dx,) = torch.autograd.grad(y.square().sum(), [x])
    expected = torch.autograd.grad((x @ kernel).square().sum(), [x, kernel])
    torch.testing.assert_close(dx, expected[0])
    torch.testing.assert_close(held[0].whole(), expected[1])
    torch.testing.assert_close(held[0].rows(1, 3), expected[1][1:3])

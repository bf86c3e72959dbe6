"""Recurrences as one function give the numbers of the recurrences step by step."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor

from pipekeras.errors import UserError
from pipekeras.layers import optimize, recurrence
from pipekeras.layers.core import Input
from pipekeras.layers.embedding import Embedding
from pipekeras.layers.model import Model
from pipekeras.layers.recurrent import Recurrent
from pipekeras.layers.rnn import GRU, LSTM

OPTIONS: list[dict[str, Any]] = [
    {},
    {"return_sequences": True, "return_state": True},
    {"go_backwards": True, "return_sequences": True},
    {"use_bias": False, "return_state": True},
    {"dropout": 0.3, "seed": 4, "return_sequences": True},
    {"time_major": True, "return_sequences": True, "return_state": True},
]


@pytest.fixture(params=[LSTM, GRU], ids=["lstm", "gru"])
def kind(request: pytest.FixtureRequest) -> type[Recurrent]:
    return request.param


def made(kind: type[Recurrent], options: dict[str, Any]) -> Recurrent:
    torch.manual_seed(1)
    layer = kind(5, **options)
    layer.prepare((None, None, 3))
    for weight in layer.weights:
        torch.nn.init.normal_(weight, std=0.5)
    return layer.train()


def first_states(kind: type[Recurrent], options: dict[str, Any], **named: Any) -> list[Tensor]:
    batch = 6 if options.get("time_major") else 4
    return [torch.randn(batch, 5, **named) for _ in kind.state_names]


def outputs(layer: Recurrent, x: Tensor, states: list[Tensor]) -> list[Tensor]:
    found = layer(x, initial_state=states)
    return list(found) if isinstance(found, list) else [found]


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Any:
    def switch(off: bool) -> None:
        monkeypatch.setattr(optimize, "enabled", not off)

    return switch


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_outputs_and_gradients_are_those_of_single_steps(
    kind: type[Recurrent], options: dict[str, Any], plain: Any
) -> None:
    torch.manual_seed(2)
    x = torch.randn(4, 6, 3, requires_grad=True)
    states = first_states(kind, options, requires_grad=True)
    weights = [torch.randn(()) for _ in range(4)]
    results = []
    for off in (True, False):
        plain(off)
        layer = made(kind, options)
        found = outputs(layer, x, states)
        loss = sum((w * y.square().sum() for w, y in zip(weights, found, strict=False)), torch.zeros(()))
        results.append([*found, *torch.autograd.grad(loss, [x, *states, *layer.trainable_weights])])
    for expected, got in zip(*results, strict=True):
        torch.testing.assert_close(got, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("many", [1, 1000])
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_predictions_are_those_of_single_steps(
    kind: type[Recurrent], options: dict[str, Any], many: int, plain: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recurrence, "MANY", many)
    x, results = torch.randn(4, 6, 3), []
    states = first_states(kind, options)
    for off in (True, False):
        plain(off)
        with torch.no_grad():
            results.append(outputs(made(kind, options).eval(), x, states))
    for expected, got in zip(*results, strict=True):
        torch.testing.assert_close(got, expected, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("vocabulary", [7, 1000])
@pytest.mark.parametrize(
    "options", [o for o in OPTIONS if not o.keys() & {"return_state", "time_major"}], ids=str
)
def test_predictions_from_looked_up_vectors_are_those_of_single_steps(
    kind: type[Recurrent],
    options: dict[str, Any],
    vocabulary: int,
    plain: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recurrence, "MANY", 3)
    words, results = torch.randint(0, vocabulary, (4, 6), dtype=torch.int32), []
    torch.manual_seed(1)
    x = Input(shape=(6,), dtype="int32")
    model = Model(x, kind(5, **options)(Embedding(vocabulary, 3)(x))).eval()
    assert "looked_up(" in model.code
    for off in (True, False):
        plain(off)
        with torch.no_grad():
            results.append(model(words))
    torch.testing.assert_close(results[1], results[0], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("vocabulary", [4, 1000])
def test_words_outside_the_vocabulary_are_named_in_predictions_of_many(
    vocabulary: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(recurrence, "MANY", 1)
    x = Input(shape=(6,), dtype="int32")
    model = Model(x, LSTM(5)(Embedding(vocabulary, 3)(x))).eval()
    for wrong in (vocabulary, -1):
        with (
            torch.no_grad(),
            pytest.raises(UserError, match=rf"indices = {wrong} is not in \[0, {vocabulary}\)"),
        ):
            model(torch.full((2, 6), wrong, dtype=torch.int32))


@pytest.mark.parametrize("options", [{}, {"go_backwards": True}, {"time_major": True}], ids=str)
def test_dropout_behind_a_sequence_draws_the_same(
    kind: type[Recurrent], options: dict[str, Any], plain: Any
) -> None:
    results = []
    for off in (True, False):
        plain(off)
        layer = made(kind, {"return_sequences": True, **options})
        torch.manual_seed(3)
        results.append(torch.nn.functional.dropout(layer(torch.ones(4, 6, 3)), 0.5))
    torch.testing.assert_close(results[1], results[0], rtol=1e-5, atol=1e-6)


def test_first_states_of_another_batch_are_refused(kind: type[Recurrent]) -> None:
    with pytest.raises(UserError, match="another number of samples than the input has"):
        made(kind, {})(torch.zeros(4, 6, 3), initial_state=[torch.zeros(1, 5) for _ in kind.state_names])


def test_gradients_may_be_asked_for_again_and_no_samples_give_none(kind: type[Recurrent]) -> None:
    layer, x = made(kind, {}), torch.randn(4, 6, 3, requires_grad=True)
    loss = layer(x).square().sum()
    first, again = (torch.autograd.grad(loss, [x, layer.kernel], retain_graph=True) for _ in range(2))
    for a, b in zip(first, again, strict=True):
        torch.testing.assert_close(a, b, rtol=0, atol=0)
    layer.forward(x[:0]).sum().backward()
    assert not x.grad.abs().sum()


def test_a_state_goes_from_batch_to_batch(kind: type[Recurrent], plain: Any) -> None:
    results = []
    for off in (True, False):
        plain(off)
        torch.manual_seed(1)
        layer = kind(5, stateful=True, batch_size=4)
        results.append([layer(torch.full((4, 6, 3), 0.1 * n)) for n in range(3)])
    for expected, got in zip(*results, strict=True):
        torch.testing.assert_close(got, expected, rtol=1e-5, atol=1e-6)


def test_layers_with_a_state_or_a_mask_look_up_first() -> None:
    x = Input(shape=(6,), dtype="int32", batch_size=2)
    for lstm, embedding in (
        (LSTM(5, stateful=True), Embedding(4, 3)),
        (LSTM(5), Embedding(4, 3, mask_zero=True)),
    ):
        assert "looked_up(" not in Model(x, lstm(embedding(x))).code


def test_20_steps_reach_the_same_weights(kind: type[Recurrent], plain: Any) -> None:
    torch.manual_seed(3)
    x, y, results = torch.randn(8, 6, 3), torch.randn(8, 5), []
    for off in (True, False):
        plain(off)
        layer = made(kind, {})
        optimizer = torch.optim.SGD(layer.parameters(), 0.02)
        for _ in range(20):
            optimizer.zero_grad()
            (layer(x) - y).square().sum().backward()
            optimizer.step()
        results.append(layer.trainable_weights)
    for expected, got in zip(*results, strict=True):
        torch.testing.assert_close(got, expected, rtol=1e-4, atol=1e-5)


def test_other_activations_go_step_by_step(kind: type[Recurrent]) -> None:
    x = torch.zeros(1, 2, 3)
    assert made(kind, {}).has_fast_path(x)
    assert not made(kind, {"activation": "relu"}).has_fast_path(x)
    assert not made(kind, {"recurrent_activation": "hard_sigmoid"}).has_fast_path(x)
    assert not made(GRU, {"reset_after": False}).has_fast_path(x)


@pytest.mark.parametrize("shape", [(1, 6, 3), (4, 1, 3), (1, 1, 3), (4, 6, 40)], ids=str)
def test_any_size_goes(kind: type[Recurrent], shape: tuple[int, ...], plain: Any) -> None:
    x, results = torch.randn(shape, requires_grad=True), []
    for off in (True, False):
        plain(off)
        torch.manual_seed(1)
        layer = kind(5, return_sequences=True)
        y = layer(x)
        results.append([y, *torch.autograd.grad(y.square().sum(), [x, *layer.trainable_weights])])
    for expected, got in zip(*results, strict=True):
        torch.testing.assert_close(got, expected, rtol=1e-5, atol=1e-6)


def test_blocks_of_steps_backwards_meet(
    kind: type[Recurrent], plain: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recurrence, "BLOCK", 2 * 4 * kind.gates * 5)
    test_outputs_and_gradients_are_those_of_single_steps(kind, {"return_sequences": True}, plain)


def test_torch_compile_and_export_see_single_steps(kind: type[Recurrent]) -> None:
    layer, x = made(kind, {}).eval(), torch.randn(2, 6, 3)
    exported = torch.export.export(layer, (x,))
    assert kind.__name__.lower() not in str(exported.graph)
    torch.testing.assert_close(exported.module()(x), layer(x))

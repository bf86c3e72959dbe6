"""Recurrent layers: numbers, gradients, states, shapes and masks equal Keras's."""

import numpy as np
import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.graph.tensor import KerasTensor
from pipekeras.layers.rnn import GRU, LSTM, SimpleRNN

TOPIC = "rnn"
KINDS = [SimpleRNN, LSTM, GRU]


def test_equals_keras(equals_keras):
    equals_keras()


def test_equals_keras_in_a_model(equals_keras_in_a_model):
    equals_keras_in_a_model()


def test_stated_shape_is_the_real_one(stated_is_real):
    stated_is_real()


def adding_up(**arguments) -> SimpleRNN:
    """h = x + h."""
    layer = SimpleRNN(50, activation="linear", return_sequences=True, **arguments)
    layer(torch.zeros(1, 1, 50))
    layer.set_weights([np.eye(50), np.eye(50), np.zeros(50)])
    layer.train()
    return layer


def test_dropout_drops_the_same_inputs_at_each_step():
    y = adding_up(dropout=0.5, seed=1)(torch.ones(4, 3, 50)).detach()
    dropped = y[:, 0] == 0
    assert 0.2 < dropped.float().mean() < 0.8
    for step in range(3):
        np.testing.assert_array_equal(y[:, step], torch.where(dropped, 0.0, 2.0 * (step + 1)))


def test_recurrent_dropout_drops_the_same_state_at_each_step():
    y = adding_up(recurrent_dropout=0.5, seed=1)(torch.ones(4, 3, 50)).detach()
    dropped = y[:, 1] == 1
    assert 0.2 < dropped.float().mean() < 0.8
    np.testing.assert_array_equal(y[:, 0], torch.ones(4, 50))
    np.testing.assert_array_equal(y[:, 2], torch.where(dropped, 1.0, 7.0))


def test_each_call_draws_anew_and_a_seed_repeats():
    x = torch.ones(2, 2, 50)
    layer, twin = adding_up(dropout=0.5, seed=3), adding_up(dropout=0.5, seed=3)
    first, second = layer(x), layer(x)
    assert not torch.equal(first, second)
    assert torch.equal(first, twin(x))


@pytest.mark.parametrize("kind", [LSTM, GRU])
def test_gates_are_dropped_apart_with_recurrent_dropout(kind):
    layer = kind(4, dropout=0.5, recurrent_dropout=0.5)
    layer.train()
    layer(torch.ones(2, 3, 5))
    drop, recurrent = layer._drop(torch.ones(2, 3, 5))
    assert drop.shape == (layer.gates, 2, 5)
    assert recurrent.shape == (layer.gates, 2, 4)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_dropped_leaves_the_bias(kind):
    layer = kind(3, dropout=1.0)
    layer(torch.zeros(1, 1, 2))
    layer.train()
    np.testing.assert_array_equal(layer(torch.randn(2, 4, 2)).detach(), layer(torch.zeros(2, 4, 2)).detach())


@pytest.mark.parametrize("kind", [LSTM, GRU])
def test_time_major_swaps_batch_and_steps(kind):
    plain, swapped = (kind(3, time_major=m, return_sequences=True, return_state=True) for m in (False, True))
    x = torch.randn(2, 5, 4)
    mask = torch.tensor([[1, 1, 0, 1, 0], [1, 0, 0, 1, 1]], dtype=torch.bool)
    y, *states = plain(x, mask=mask)
    swapped(x.transpose(0, 1))
    swapped.set_weights(plain.get_weights())
    y_swapped, *states_swapped = swapped(x.transpose(0, 1), mask=mask.T)
    torch.testing.assert_close(y_swapped.transpose(0, 1), y)
    torch.testing.assert_close(states_swapped, states)
    assert [t.shape for t in swapped(KerasTensor((5, None, 4)))][:2] == [(5, None, 3), (None, 3)]


@pytest.mark.parametrize("kind", KINDS)
def test_first_states_come_as_a_list_or_by_name(kind):
    layer = kind(3, return_sequences=True)
    x, states = torch.randn(2, 4, 5), [torch.randn(2, 3) for _ in kind.state_names]
    torch.testing.assert_close(layer([x, *states]), layer(x, initial_state=states))
    sequence, symbols = KerasTensor((None, 4, 5)), [KerasTensor((None, 3)) for _ in kind.state_names]
    assert layer([sequence, *symbols]).shape == (None, 4, 3)
    assert layer(sequence, initial_state=symbols).shape == (None, 4, 3)


@pytest.mark.parametrize("kind", KINDS)
def test_wrong_first_states(kind):
    layer = kind(3, name="r")
    many = [KerasTensor((None, 3))] * 3
    with pytest.raises(UserError, match=r"not compatible with `cell\.state_size`"):
        layer([KerasTensor((None, 4, 5)), *many])
    with pytest.raises(UserError, match=r'layer "r" starts from .* of shape \(batch, 3\)'):
        layer(torch.randn(2, 4, 5), initial_state=[torch.randn(2, 4) for _ in kind.state_names])
    with pytest.raises(UserError, match="not compatible"):
        layer(KerasTensor((None, 4, 5)), initial_state=[KerasTensor((None, 4)) for _ in kind.state_names])


@pytest.mark.parametrize("kind", KINDS)
def test_stateful_layers_train_on_and_reset(kind):
    layer = kind(3, stateful=True)
    x = torch.randn(2, 4, 5)
    first = layer(x)
    second = layer(x)
    (first.sum() + second.sum()).backward()
    assert not torch.equal(first, second)
    assert len(layer.weights) == 3
    layer.reset_states()
    assert torch.equal(layer(x), first)


def test_stateful_layers_need_the_batch_size():
    with pytest.raises(UserError, match="the batch size must be static"):
        LSTM(3, stateful=True)(KerasTensor((None, 4, 5)))


def test_stateful_layers_refuse_another_batch_size():
    layer = LSTM(3, stateful=True)
    layer(torch.randn(2, 4, 5))
    with pytest.raises(UserError, match="the batch size of the input sequences must be the same"):
        layer(torch.randn(3, 4, 5))


def test_wrong_rank():
    with pytest.raises(
        UserError, match=r"expected ndim=3, found ndim=2\. Full shape received: \(None, 784\)"
    ):
        LSTM(3, name="l")(KerasTensor((None, 784)))


def test_no_steps():
    with pytest.raises(UserError, match="has no steps"):
        GRU(3)(torch.randn(2, 0, 5))


def test_forget_bias_starts_at_one():
    layer = LSTM(2)
    layer(KerasTensor((None, None, 3)))
    assert layer.bias.tolist() == [0, 0, 1, 1, 0, 0, 0, 0]
    plain = LSTM(2, unit_forget_bias=False)
    plain(KerasTensor((None, None, 3)))
    assert plain.bias.tolist() == [0] * 8

"""time_distributed and bidirectional: numbers, gradients, states, shapes and masks equal Keras's."""

import copy

import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.graph.tensor import KerasTensor
from pipekeras.layers import wrappers
from pipekeras.layers.conv import Conv2D
from pipekeras.layers.core import Dense, Input
from pipekeras.layers.model import Model, Sequential
from pipekeras.layers.norm import BatchNormalization
from pipekeras.layers.reshape import Flatten
from pipekeras.layers.rnn import GRU, LSTM
from pipekeras.layers.wrappers import Bidirectional, TimeDistributed

TOPIC = "wrappers"


def test_equals_keras(equals_keras):
    equals_keras()


def test_equals_keras_in_a_model(equals_keras_in_a_model):
    equals_keras_in_a_model()


def test_stated_shape_is_the_real_one(stated_is_real):
    stated_is_real()


def functional() -> Model:
    x = Input(shape=(5, 5, 2))
    return Model(x, Dense(3)(Flatten()(Conv2D(4, 2)(x))))


def two_outputs() -> Model:
    x = Input(shape=(5, 5, 2))
    return Model(x, [Conv2D(4, 2)(x), Dense(3)(x)])


def stack() -> Sequential:
    return Sequential([Conv2D(4, 2, input_shape=(5, 5, 2)), Flatten(), Dense(3)])


@pytest.mark.parametrize("make", [functional, stack, lambda: Sequential([Flatten(), Dense(3)])])
def test_a_model_is_applied_to_each_step(make):
    inner = make()
    frames = Input(shape=(None, 5, 5, 2))
    model = Model(frames, TimeDistributed(inner)(frames))
    assert model.outputs[0].shape == (None, None, 3)
    x = torch.randn(2, 6, 5, 5, 2)
    y = model(x)
    assert y.shape == (2, 6, 3)
    torch.testing.assert_close(y[:, 4], inner(x[:, 4]))
    y.sum().backward()
    assert all(weight.grad is not None for weight in inner.weights)


def test_a_model_in_two_wrappers():
    x = Input(shape=(3, 4, 5, 5, 2))
    inner = functional()
    y = TimeDistributed(TimeDistributed(inner))(x)
    assert y.shape == (None, 3, 4, 3)
    value = torch.randn(2, 3, 4, 5, 5, 2)
    torch.testing.assert_close(Model(x, y)(value)[1, 2, 3], inner(value[1, 2, 3:])[0])


def test_a_model_with_several_outputs():
    x = Input(shape=(3, 5, 5, 2))
    y = TimeDistributed(two_outputs())(x)
    assert [t.shape for t in y] == [(None, 3, 4, 4, 4), (None, 3, 5, 5, 3)]
    assert [t.shape for t in Model(x, y)(torch.randn(2, 3, 5, 5, 2))] == [(2, 3, 4, 4, 4), (2, 3, 5, 5, 3)]


@pytest.mark.parametrize("make", [functional, two_outputs, lambda: Conv2D(4, 2), BatchNormalization])
def test_long_sequences_run_in_pieces_without_gradients(monkeypatch, make):
    layer = TimeDistributed(make())
    x = torch.randn(2, 7, 5, 5, 2)
    whole = layer(x)
    layer.eval()
    monkeypatch.setattr(wrappers, "CHUNK_ELEMENTS", 3 * layer.largest)
    sizes = []
    layer.layer.register_forward_pre_hook(lambda module, args: sizes.append(len(args[0])))
    with torch.no_grad():
        pieces = layer(x)
    assert sizes == [3, 3, 3, 3, 2]
    if not isinstance(layer.layer, BatchNormalization):
        torch.testing.assert_close(pieces, whole)


def test_the_largest_tensor_inside_decides_the_pieces():
    layer = TimeDistributed(functional())
    layer(KerasTensor((None, None, 5, 5, 2)))
    assert layer.largest == 4 * 4 * 4


def test_a_mask_of_steps_reaches_batch_normalization_inside():
    layer = TimeDistributed(BatchNormalization(momentum=0.0))
    layer.train()
    x = torch.randn(2, 3, 4)
    mask = torch.tensor([[1, 1, 0], [1, 0, 0]], dtype=torch.bool)
    layer(x, mask=mask)
    torch.testing.assert_close(layer.layer.moving_mean, x[mask].mean(0), rtol=1e-4, atol=1e-5)


def test_time_distributed_needs_steps():
    with pytest.raises(UserError, match=r"expected min_ndim=3, found ndim=2"):
        TimeDistributed(Dense(3), name="t")(KerasTensor((None, 4)))
    with pytest.raises(UserError, match="Please initialize the wrapper with a"):
        TimeDistributed(3)


def test_errors_inside_name_the_layer_inside():
    with pytest.raises(UserError) as error:
        TimeDistributed(Conv2D(4, 9, name="inner"))(KerasTensor((None, 3, 5, 5, 2)))
    assert 'layer "inner"' in str(error.value.cause)
    shared = TimeDistributed(Dense(3, name="inner"))
    shared(KerasTensor((None, 3, 4)))
    with pytest.raises(UserError, match="expected axis -1 of input shape to have value 4"):
        shared(torch.randn(2, 3, 5))


def test_bidirectional_copies_the_layer():
    inner = LSTM(3, name="l", dropout=0.25)
    layer = Bidirectional(inner, name="b")
    layer(KerasTensor((None, 4, 5)))
    assert not inner.built
    assert [layer.forward_layer.name, layer.backward_layer.name] == ["forward_l", "backward_l"]
    assert layer.backward_layer.go_backwards and layer.backward_layer.dropout == 0.25
    assert [name for name, _ in layer.named_weights()] == [
        f"{direction}_l/{weight}"
        for direction in ("forward", "backward")
        for weight in ("kernel", "recurrent_kernel", "bias")
    ]


def test_bidirectional_takes_first_weights():
    layer = Bidirectional(GRU(3))
    layer(KerasTensor((None, 4, 5)))
    twin = Bidirectional(GRU(3), weights=layer.get_weights())
    x = torch.randn(2, 4, 5)
    torch.testing.assert_close(twin(x), layer(x))


def test_bidirectional_first_states_come_as_a_list_or_by_name():
    layer = Bidirectional(LSTM(3, return_sequences=True))
    x, states = torch.randn(2, 4, 5), [torch.randn(2, 3) for _ in range(4)]
    torch.testing.assert_close(layer([x, *states]), layer(x, initial_state=states))
    sequence, symbols = KerasTensor((None, 4, 5)), [KerasTensor((None, 3)) for _ in range(4)]
    assert layer([sequence, *symbols]).shape == (None, 4, 6)
    assert layer(sequence, initial_state=symbols).shape == (None, 4, 6)
    with pytest.raises(UserError, match="not compatible"):
        layer([sequence, *symbols[:2]])


def test_bidirectional_time_major():
    plain, swapped = (Bidirectional(LSTM(3, time_major=m, return_sequences=True)) for m in (False, True))
    x = torch.randn(2, 5, 4)
    y = plain(x)
    swapped(x.transpose(0, 1))
    swapped.set_weights(plain.get_weights())
    torch.testing.assert_close(swapped(x.transpose(0, 1)).transpose(0, 1), y)


def test_bidirectional_keeps_and_resets_states():
    layer = Bidirectional(LSTM(3, stateful=True))
    x = torch.randn(2, 4, 5)
    first = layer(x)
    assert not torch.equal(layer(x), first)
    layer.reset_states()
    assert torch.equal(layer(x), first)


def test_bidirectional_needs_a_recurrent_layer_and_opposite_directions():
    with pytest.raises(UserError, match=r"`bidirectional\(\)` needs a recurrent layer"):
        Bidirectional(Dense(3))
    with pytest.raises(UserError, match="should have different `go_backwards` value"):
        Bidirectional(LSTM(3), backward_layer=LSTM(3))
    with pytest.raises(UserError, match='same value for attribute "return_sequences"'):
        Bidirectional(LSTM(3), backward_layer=LSTM(3, go_backwards=True, return_sequences=True))
    with pytest.raises(UserError, match='did you mean "concat"'):
        Bidirectional(LSTM(3), merge_mode="concatenate")


@pytest.mark.parametrize(
    "layer",
    [
        Bidirectional(LSTM(3, return_sequences=True), merge_mode=None, name="b"),
        Bidirectional(LSTM(3), backward_layer=GRU(4, go_backwards=True), name="b"),
        TimeDistributed(Dense(3, activation="relu"), name="t"),
        TimeDistributed(TimeDistributed(LSTM(2)), name="t"),
    ],
)
def test_config_makes_an_equal_layer(layer):
    config = layer.get_config()
    twin = type(layer).from_config(copy.deepcopy(config))
    assert twin.get_config() == config


def test_copies_have_the_weights():
    layer = Bidirectional(LSTM(3, seed=1))
    x = torch.randn(2, 4, 5)
    torch.testing.assert_close(layer(x), copy.deepcopy(layer)(x))

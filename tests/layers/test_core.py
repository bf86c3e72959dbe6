"""Input, dense, activation, dropout, masking and lambda layers: Keras's numbers, and their own rules."""

import numpy as np
import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.graph.tensor import KerasTensor
from pipekeras.layers.activation import Activation, LeakyReLU, Softmax
from pipekeras.layers.core import Dense, Dropout, Input, InputLayer, Lambda, Masking
from pipekeras.layers.model import Model, Sequential

TOPIC = "core"


def test_equals_keras(equals_keras):
    equals_keras()


def test_equals_keras_in_a_model(equals_keras_in_a_model):
    equals_keras_in_a_model()


def test_stated_shape_is_the_real_one(stated_is_real):
    stated_is_real()


def error(function):
    with pytest.raises(UserError) as caught:
        function()
    assert caught.value.cause or caught.value.cure
    return caught.value


@pytest.mark.parametrize(
    ("given", "shape"),
    # R keras: layer_input(shape = 5), c(784), list(NULL, 5), c(NA, 5), batch_shape = c(8, 5)
    [
        ({"shape": 5}, (None, 5)),
        ({"shape": 784.0}, (None, 784)),
        ({"shape": (784,)}, (None, 784)),
        ({"shape": [None, 5]}, (None, None, 5)),
        ({"shape": np.array([np.nan, 5.0])}, (None, None, 5)),
        ({"batch_shape": (8, 5)}, (8, 5)),
        ({"shape": 5, "batch_size": 8}, (8, 5)),
        ({"shape": ()}, (None,)),
    ],
)
def test_an_input_takes_its_shape_in_many_ways(given, shape):
    assert Input(**given).shape == shape


def test_an_input_has_a_type_of_numbers_and_a_name():
    x = Input(shape=(3,), dtype="int32", name="words")
    assert (x.dtype, x.name, x.history.operation.name) == ("int32", "words", "words")
    assert Input(tensor=x).dtype == "int32"
    assert Input(shape=(3,)).dtype == "float32"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({}, "You must pass a `shape` argument."),
        ({"shape": (-1,)}, "Received an invalid value for `shape`"),
        ({"shape": "3"}, "Received an invalid value for `shape`"),
        ({"shape": (3,), "dtype": "flaot32"}, "Invalid dtype: flaot32"),
        ({"shape": (3,), "sparse": True}, "`sparse` inputs are not supported."),
        ({"shape": (3,), "name": "a/b"}, "Argument `name` must be a string and cannot contain character `/`"),
    ],
)
def test_what_is_no_input(given, message):
    assert error(lambda: Input(**given)).message.startswith(message)


@pytest.mark.parametrize("units", [0, -1, (64, 32), "many", 1e12, float("nan"), None])
def test_units_must_be_one_positive_whole_number(units):
    assert "units" in error(lambda: Dense(units)).message


@pytest.mark.parametrize("units", [2, 2.0, 2.7, np.int64(2), np.array([2])])
def test_units_are_cut_to_a_whole_number_as_r_keras_does(units):
    assert Dense(units).units == 2


def test_dense_needs_a_known_width():
    assert "should be defined. Found None" in error(lambda: Dense(2)(Input(shape=(None,)))).message


def test_dense_shared_with_another_width_is_an_error():
    dense = Dense(2, name="d")
    dense(Input((3,)))
    found = error(lambda: dense(Input((4,))))
    assert found.message == (
        'Input 0 of layer "d" is incompatible with the layer: expected axis -1 of input shape to have '
        "value 3, but received input with shape (None, 4)"
    )
    assert "new layer" in found.cure
    assert error(lambda: dense(np.zeros((2, 4), "float32"))).message.endswith("(2, 4)")


def test_dense_of_single_numbers_is_an_error():
    found = error(lambda: Dense(2, name="d")(Input(shape=())))
    assert "expected min_ndim=2, found ndim=1. Full shape received: (None,)" in found.message


def test_low_rank_tuning_says_that_it_is_missing():
    assert error(lambda: Dense(2, lora_rank=4)).message == "`lora_rank` is not supported yet."
    assert Dense(2, lora_rank=None).units == 2


def test_dropout_keeps_the_mean_in_training_and_everything_at_rest():
    x = torch.ones(200, 200)
    dropout = Dropout(0.25)
    dropped = dropout(x)
    assert dropped.unique().tolist() == pytest.approx([0, 4 / 3])
    assert dropped.mean().item() == pytest.approx(1, abs=0.02)
    assert torch.equal(dropout.eval()(x), x)
    assert Dropout(1.0)(x).sum() == 0


def test_a_call_may_be_in_training_mode_for_itself():
    x = Input((100,))
    model = Model(x, Dropout(0.5)(x, training=True)).eval()
    ones = torch.ones(10, 100)
    assert (model(ones) == 0).any()
    assert (Dropout(0.5).eval()(ones, training=True) == 0).any()
    assert torch.equal(Dropout(0.5)(ones, training=False), ones)
    plain = Model(x, Dropout(0.5)(x)).eval()
    assert (plain(ones, training=True) == 0).any()
    y = Input((100,))
    assert (Model(y, plain(y, training=True)).eval()(ones) == 0).any()
    assert torch.equal(plain(ones), ones)


def test_a_call_refuses_arguments_that_it_does_not_know():
    found = error(lambda: Dropout(0.5, name="d")(torch.ones(2, 2), trainin=True))
    assert found.message == "unused argument (trainin = True)"
    assert "`training`" in found.cure


def test_dropout_of_whole_rows():
    dropped = Dropout(0.5, noise_shape=(None, 1))(torch.ones(50, 4))
    assert all(len(set(row.tolist())) == 1 for row in dropped)


def test_dropout_with_a_seed_repeats():
    x = torch.ones(5, 5)
    assert torch.equal(Dropout(0.5, seed=3)(x), Dropout(0.5, seed=3)(x))


@pytest.mark.parametrize("rate", [-0.1, 1.1, "half", None])
def test_a_rate_is_a_share(rate):
    assert "rate" in error(lambda: Dropout(rate)).message


def test_a_lambda_gets_tensors_and_its_shape_is_found():
    x = Input((4, 3))
    assert Lambda(lambda t: t.sum(dim=-1))(x).shape == (None, 4)
    assert Lambda(lambda t: t.reshape(-1, 6))(Input(batch_shape=(None, 4, None))).shape == (None, 6)
    assert Lambda(lambda t, k: t * k, arguments={"k": 3})(torch.ones(2)).tolist() == [3, 3]
    doubled = Lambda(lambda pair: pair[0] + pair[1])([x, x])
    model = Model(x, doubled)
    assert model(torch.ones(1, 4, 3)).sum() == 24


def test_a_lambda_may_state_its_shape():
    x = Input((4, 3))
    by_value = Lambda(lambda t: torch.tensor(t.tolist()).sum(-1), output_shape=4)
    assert by_value(x).shape == (None, 4)
    assert Lambda(lambda t: t[:, 0], output_shape=lambda shape: (shape[0], shape[2]))(x).shape == (None, 3)
    assert by_value(torch.ones(2, 4, 3)).tolist() == [[3] * 4] * 2


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda t: t @ t, "it does not work on the input shape (None, 4, 3)"),
        (lambda t: 3, "must return tensors, not int"),
        (lambda t: t.tolist(), "it does not work"),
    ],
)
def test_a_lambda_that_does_not_work_is_an_error_before_anything_runs(function, message):
    found = error(lambda: Lambda(function)(Input((4, 3))))
    assert message in found.message
    assert "mat1" not in str(found)


def test_a_lambda_may_make_a_mask():
    x = Input((4, 3))
    y = Lambda(lambda t: t, mask=lambda inputs, mask: inputs[..., 0] > 0)(x)
    assert y.mask is not None and y.mask.shape == (None, 4)


def test_masking_marks_steps_of_the_value():
    x = torch.tensor([[[1.0, 0.0], [0.0, 0.0]]])
    masking = Masking()
    assert masking.compute_mask(x, None).tolist() == [[True, False]]
    assert Masking(5.0)(torch.full((1, 1, 2), 5.0)).tolist() == [[[0, 0]]]


def test_activation_layers():
    assert Activation("relu")(torch.tensor([-1.0, 2.0])).tolist() == [0, 2]
    assert LeakyReLU(negative_slope=0.5)(torch.tensor([-1.0])).item() == -0.5
    assert Softmax(axis=0)(torch.zeros(2, 3)).tolist() == [[0.5] * 3] * 2
    assert error(lambda: Activation("rellu")).cure == 'did you mean "relu"?'
    assert error(lambda: Activation(3)).message.startswith("Could not interpret activation function")


def test_whole_numbers_become_the_layers_type():
    assert Dense(2)(np.array([[1, 2]])).dtype == torch.float32
    assert Dense(2, dtype="float64")(np.zeros((1, 2), "float32")).dtype == torch.float64
    x = Input((2,), dtype="int32")
    assert Model(x, Dense(2)(x))(np.array([[1, 2]])).dtype == torch.float32
    y = Input((2,))
    double = Model(y, Dense(2, dtype="float64")(Dense(3)(y)))
    assert double(np.zeros((1, 2))).dtype == torch.float64
    assert double.outputs[0].dtype == "float64"


def test_an_input_layer_starts_a_sequential():
    model = Sequential([InputLayer(shape=(3,)), Dense(2)])
    assert model.outputs[0].shape == (None, 2)
    assert isinstance(model.inputs[0], KerasTensor)


def test_a_users_activation_is_tried_when_the_layer_is_called():
    def broken(x):
        return x.reshape(-1, 7, 11)

    for layer in (Dense(3, activation=broken), Activation(broken)):
        assert (
            "it does not work on the input shape"
            in error(lambda layer=layer: layer(Input(shape=(4,)))).message
        )
    doubled = Dense(3, activation=lambda x: torch.cat([x, x], -1))(Input(shape=(4,)))
    assert doubled.shape == (None, 6)

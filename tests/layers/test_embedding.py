"""Embedding: numbers, gradients, shapes and masks equal Keras's; wrong indices are named."""

import numpy as np
import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.graph.tensor import KerasTensor
from pipekeras.layers.embedding import Embedding

TOPIC = "embedding"


def test_equals_keras(equals_keras):
    equals_keras()


def test_equals_keras_in_a_model(equals_keras_in_a_model):
    equals_keras_in_a_model()


def test_stated_shape_is_the_real_one(stated_is_real):
    stated_is_real()


@pytest.mark.parametrize(
    ("indices", "index", "cure"),
    [
        ([[1, 5]], 5, "use input_dim = 6"),
        ([[9, 7]], 9, "use input_dim = 10 or more"),
        ([[-1]], -1, "count from 0"),
    ],
)
def test_index_out_of_range_is_named(indices, index, cure):
    with pytest.raises(UserError) as error:
        Embedding(5, 2, name="words")(np.array([indices]))
    assert error.value.message == f"indices = {index} is not in [0, 5)"
    assert 'layer "words" has vectors for the indices 0 to 4' in str(error.value.cause)
    assert cure in str(error.value.cure)


def test_float_indices_are_whole_numbers():
    layer = Embedding(5, 2)
    assert torch.equal(layer(torch.tensor([[1.0, 4.0]])), layer(torch.tensor([[1, 4]])))


def test_input_length():
    layer = Embedding(5, 2, input_length=7)
    assert layer.batch_input_shape == (None, 7)
    assert layer(KerasTensor((None, None), "int32")).shape == (None, 7, 2)
    with pytest.raises(UserError, match=r'"input_length" is 7, but received input has shape \(None, 8\)'):
        layer(KerasTensor((None, 8), "int32"))


def test_a_first_layer_needs_no_input_shape():
    assert Embedding(5, 2).batch_input_shape == (None, None)
    assert Embedding(5, 2, batch_input_shape=(4, 6)).batch_input_shape == (4, 6)

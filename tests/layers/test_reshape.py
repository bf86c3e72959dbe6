"""Flatten, reshape, permute, repeat_vector and zero_padding_2d: Keras's numbers, and their own rules."""

import numpy as np
import pytest

from pipekeras.errors import UserError
from pipekeras.layers.core import Input
from pipekeras.layers.reshape import Flatten, Permute, RepeatVector, Reshape, ZeroPadding2D

TOPIC = "reshape"


def test_equals_keras(equals_keras):
    equals_keras()


def test_equals_keras_in_a_model(equals_keras_in_a_model):
    equals_keras_in_a_model()


def test_stated_shape_is_the_real_one(stated_is_real):
    stated_is_real()


@pytest.mark.parametrize(
    ("layer", "shape", "wanted"),
    [
        (Flatten(), (None, 3), (None, None)),
        (Flatten(), (4, 3), (None, 12)),
        (Reshape((-1, 2)), (4, 3), (None, 6, 2)),
        (Reshape((-1, 2)), (None, 3), (None, None, 2)),
        (Reshape([np.nan, 6.0]), (4, 3), (None, 2, 6)),
        (Reshape(12), (4, 3), (None, 12)),
        (Permute((2, 1)), (None, 3), (None, 3, None)),
        (ZeroPadding2D(2), (None, 5, 1), (None, None, 9, 1)),
        (ZeroPadding2D(np.array([1, 2])), (4, 5, 1), (None, 6, 9, 1)),
        (ZeroPadding2D([[1, 0], [2, 3]], data_format="channels_first"), (1, 4, 5), (None, 1, 5, 10)),
    ],
)
def test_free_axes_stay_free(layer, shape, wanted):
    assert layer(Input(shape)).shape == wanted


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (
            lambda: Reshape((5, 5))(Input((4, 4, 1))),
            "The total size of the tensor must be unchanged. "
            "Received: input_shape=(4, 4, 1), target_shape=(5, 5)",
        ),
        (
            lambda: Reshape((-1, 5))(Input((4, 4, 1))),
            "The total size of the tensor must be unchanged. "
            "Received: input_shape=(4, 4, 1), target_shape=(-1, 5)",
        ),
        (lambda: Reshape((-1, -1)), "There must be at most one unknown dimension (-1) in target_shape"),
        (lambda: Permute((0, 1)), "Invalid permutation argument `dims` for Permute Layer."),
        (
            lambda: Permute((2, 1), name="p")(Input((2, 3, 4))),
            'Input 0 of layer "p" is incompatible with the layer: expected ndim=3, found ndim=4. '
            "Full shape received: (None, 2, 3, 4)",
        ),
        (lambda: RepeatVector(2)(Input((2, 3))), 'Input 0 of layer "repeat_vector_1" is incompatible'),
        (lambda: ZeroPadding2D((1, 2, 3)), "`padding` should be either an int"),
        (lambda: ZeroPadding2D(-1), "`padding` should be either an int"),
        (lambda: Flatten(data_format="channel_last"), "The `data_format` argument must be one of"),
    ],
)
def test_what_does_not_fit_is_an_error_with_a_cure(make, message):
    with pytest.raises(UserError) as caught:
        make()
    assert caught.value.message.startswith(message)
    assert caught.value.cure

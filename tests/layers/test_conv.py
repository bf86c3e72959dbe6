"""Convolution: numbers, gradients and shapes equal Keras's; errors name layer, shapes and fix."""

import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.graph.tensor import KerasTensor
from pipekeras.layers.conv import Conv1D, Conv2D

TOPIC = "conv"


def test_equals_keras(equals_keras):
    equals_keras()


def test_equals_keras_in_a_model(equals_keras_in_a_model):
    equals_keras_in_a_model()


def test_stated_shape_is_the_real_one(stated_is_real):
    stated_is_real()


def test_free_sizes_stay_free():
    image = KerasTensor((None, None, 32, 3))
    assert Conv2D(8, 3, padding="same", strides=2)(image).shape == (None, None, 16, 8)
    assert Conv1D(8, 3)(KerasTensor((None, None, 3))).shape == (None, None, 8)


def test_channels_last_runs_without_copies():
    conv = Conv2D(4, 3)
    x = torch.randn(2, 8, 8, 3)
    assert conv(x).is_contiguous()


def test_kernel_larger_than_the_image():
    with pytest.raises(UserError) as error:
        Conv2D(4, 5, name="c")(KerasTensor((None, 4, 4, 1)))
    assert error.value.message.startswith(
        "Computed output size would be zero or negative. Received `inputs shape=(None, 4, 4, 1)`, "
        "`kernel shape=(5, 5, 1, 4)`"
    )
    assert 'layer "c" reaches over (5, 5) positions, and its input has (4, 4)' in str(error.value.cause)
    assert 'padding = "same"' in str(error.value.cure)


def test_a_built_layer_checks_sizes_of_arrays():
    conv = Conv1D(4, 5)
    conv(torch.randn(1, 9, 2))
    with pytest.raises(UserError, match="zero or negative"):
        conv(torch.randn(1, 4, 2))
    with pytest.raises(UserError, match="expected axis -1 of input shape to have value 2"):
        conv(torch.randn(1, 9, 3))


def test_wrong_rank():
    with pytest.raises(
        UserError, match=r"expected ndim=4, found ndim=2\. Full shape received: \(None, 784\)"
    ):
        Conv2D(4, 3)(KerasTensor((None, 784)))


def test_groups_must_divide():
    with pytest.raises(UserError, match="number of filters must be evenly divisible"):
        Conv2D(4, 3, groups=3)
    with pytest.raises(UserError, match="number of input channels must be evenly divisible"):
        Conv2D(4, 3, groups=2)(KerasTensor((None, 8, 8, 3)))


def test_unknown_channels():
    with pytest.raises(UserError, match="should be defined"):
        Conv2D(4, 3)(KerasTensor((None, 8, 8, None)))


def test_one_input_in_a_list_is_that_input_and_several_are_an_error():
    image = KerasTensor((None, 8, 8, 3))
    assert Conv2D(4, 3)([image]).shape == (None, 6, 6, 4)
    with pytest.raises(UserError, match=r"expects 1 input\(s\), but it received 2 input tensors"):
        Conv2D(4, 3)([image, image])

"""Merging layers and arithmetic on symbolic tensors: Keras's numbers, and their own rules."""

import numpy as np
import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.layers.core import Dense, Input
from pipekeras.layers.merge import Add, Concatenate, Dot, Multiply, Subtract
from pipekeras.layers.model import Model

TOPIC = "merge"


def test_equals_keras(equals_keras):
    equals_keras()


def test_equals_keras_in_a_model(equals_keras_in_a_model):
    equals_keras_in_a_model()


def test_stated_shape_is_the_real_one(stated_is_real):
    stated_is_real()


def error(function):
    with pytest.raises(UserError) as caught:
        function()
    assert caught.value.cause
    assert caught.value.cure
    return caught.value


@pytest.mark.parametrize(
    ("axis", "shape"),
    # R keras 2.13 on three (None, 256, 256, 64): the axis counts from 0 with the batch
    [
        (1, (None, 768, 256, 64)),
        (2, (None, 256, 768, 64)),
        (3, (None, 256, 256, 192)),
        (-1, (None, 256, 256, 192)),
    ],
)
def test_the_axis_of_concatenate_counts_the_batch(axis, shape):
    towers = [Input((256, 256, 64)) for _ in range(3)]
    assert Concatenate(axis=axis)(towers).shape == shape


def test_a_free_size_along_the_axis_stays_free():
    joined = Concatenate(axis=1)([Input((None, 2)), Input((3, 2))])
    assert joined.shape == (None, None, 2)
    assert Concatenate()([Input((None, 2)), Input((3, 2))]).shape == (None, 3, 4)


def test_concatenate_of_different_shapes_is_an_error_that_names_the_axis():
    found = error(lambda: Concatenate()([Input((4, 5)), Input((6, 5))]))
    assert found.message == (
        "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. "
        "Received: input_shape=[(None, 4, 5), (None, 6, 5)]"
    )
    assert "axis 1" in found.cure


def test_concatenate_of_different_ranks_asks_for_flatten():
    assert "layer_flatten()" in error(lambda: Concatenate()([Input((4, 5)), Input((5,))])).cure


def test_an_axis_that_is_not_there_is_an_error():
    assert "out of range" in error(lambda: Concatenate(axis=4)([Input((4, 5)), Input((4, 5))])).message


def test_add_of_different_shapes_is_an_error():
    found = error(lambda: Add()([Input((4, 5)), Input((6, 5))]))
    assert found.message == "Inputs have incompatible shapes. Received shapes (4, 5) and (6, 5)"


@pytest.mark.parametrize(
    ("shapes", "wanted"),
    [
        ([(4, 5), (4, 5)], (None, 4, 5)),
        ([(4, 1), (1, 5)], (None, 4, 5)),
        ([(5,), (4, 5)], (None, 4, 5)),
        ([(None, 5), (4, 5)], (None, None, 5)),
    ],
)
def test_shapes_are_repeated_as_keras_does(shapes, wanted):
    assert Add()([Input(shape) for shape in shapes]).shape == wanted


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Add()(Input((3,))), "A `Add` layer should be called on a list of at least 1 input."),
        (lambda: Subtract()([Input((3,))]), "A `Subtract` layer should be called on a list of at least 2"),
        (lambda: Subtract()([Input((3,))] * 3), "A `Subtract` layer should be called on exactly 2 inputs."),
        (lambda: Dot(axes=1)([Input((3,))] * 3), "A `Dot` layer should be called on a list of exactly 2"),
        (lambda: Dot(axes=0)([Input((3,))] * 2), "`axes` must be one or two axes of the inputs"),
        (lambda: Dot(axes=3)([Input((3,))] * 2), "`axes` must be one or two axes of the inputs"),
        (
            lambda: Dot(axes=1)([Input((3,)), Input((4,))]),
            "Incompatible input shapes: axis values 3 (at axis 1) != 4 (at axis 1). "
            "Full input shapes: (None, 3), (None, 4)",
        ),
        (
            lambda: Add()([Input(batch_shape=(2, 3)), Input(batch_shape=(4, 3))]),
            "Cannot merge tensors with different batch sizes.",
        ),
        (lambda: Add()([Input((3,)), np.zeros((1, 3))]), 'Layer "add_1" was called with an input that'),
    ],
)
def test_what_cannot_be_merged(make, message):
    assert error(make).message.startswith(message)


def test_a_masked_factor_counts_as_one_and_the_product_is_masked_where_all_are():
    x, y = torch.full((1, 3, 1), 2.0), torch.full((1, 3, 1), 5.0)
    a, b = torch.tensor([[True, False, False]]), torch.tensor([[True, True, False]])
    assert Multiply().forward([x, y], mask=[a, b]).flatten().tolist() == [10, 5, 0]
    assert Multiply().forward([x, y], mask=[a, None]).flatten().tolist() == [10, 5, 5]


def test_masks_of_merged_inputs():
    a, b = torch.tensor([[True, False]]), torch.tensor([[False, False]])
    x = torch.zeros(1, 2, 3)
    assert Add().compute_mask([x, x], [a, b]).tolist() == [[True, False]]
    assert Add().compute_mask([x, x], [a, None]) is None
    assert Concatenate().compute_mask([x, x], [a, None]).tolist() == [[True, True]]
    assert Concatenate().compute_mask([x, x], [b, b]).tolist() == [[False, False]]
    assert Concatenate(axis=1).compute_mask([x, x], [a, b]).tolist() == [[True, False, False, False]]


@pytest.mark.parametrize(
    ("operate", "wanted"),
    [
        (lambda x, y: x + y, [5.0, 7.0]),
        (lambda x, y: x - y, [1.0, -1.0]),
        (lambda x, y: x * y, [6.0, 12.0]),
        (lambda x, y: x / y, [1.5, 0.75]),
        (lambda x, y: -x, [-3.0, -3.0]),
        (lambda x, y: 2 * x + 1, [7.0, 7.0]),
        (lambda x, y: 1 - x, [-2.0, -2.0]),
        (lambda x, y: 6 / x, [2.0, 2.0]),
        (lambda x, y: x**2, [9.0, 9.0]),
        (lambda x, y: 2**x, [8.0, 8.0]),
        (lambda x, y: x + np.array([1.0, 2.0]), [4.0, 5.0]),
        (lambda x, y: np.array([1.0, 2.0]) * x, [3.0, 6.0]),
    ],
)
def test_arithmetic_on_symbolic_tensors(operate, wanted):
    x, y = Input((2,)), Input((2,))
    model = Model([x, y], operate(x, y))
    result = model([np.array([[3.0, 3.0]]), np.array([[2.0, 4.0]])])
    assert result.tolist() == [wanted]
    assert model.outputs[0].shape == (None, 2)


@pytest.mark.parametrize(
    ("dtype", "operate", "wanted"),
    [
        ("int32", lambda x: x + 1, "int32"),
        ("int32", lambda x: x * 1.5, "float32"),
        ("int32", lambda x: x / 2, "float32"),
        ("int32", lambda x: x + np.array([0.5, 1.5]), "float32"),
        ("float64", lambda x: x * 2, "float64"),
        ("float32", lambda x: 1 - x, "float32"),
    ],
)
def test_the_stated_type_of_arithmetic_is_the_real_one(dtype, operate, wanted):
    x = Input((2,), dtype=dtype)
    model = Model(x, operate(x))
    assert model.outputs[0].dtype == wanted
    assert str(model(np.ones((1, 2))).dtype) == f"torch.{wanted}"


def test_a_matrix_product_of_symbolic_tensors():
    x, y = Input((2, 3)), Input((3, 4))
    assert (x @ y).shape == (None, 2, 4)


def test_a_constant_moves_with_the_model_but_is_no_weight():
    x = Input((2,))
    model = Model(x, Dense(1)(x + np.array([1.0, 2.0])))
    assert model.to("meta")(torch.zeros(1, 2, device="meta")).device.type == "meta"
    assert list(model.state_dict()) == ["dense_1.kernel", "dense_1.bias"]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Input((2,)) + "a", "A symbolic tensor cannot be combined with str."),
        (lambda: Input((2, 3)) + Input((4, 3)), "Inputs have incompatible shapes."),
        (lambda: Input((2, 3)) @ Input((4, 3)), 'Exception encountered when calling layer "matmul_1"'),
    ],
)
def test_what_has_no_arithmetic(make, message):
    assert error(make).message.startswith(message)

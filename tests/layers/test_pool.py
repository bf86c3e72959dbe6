"""Pooling: numbers, gradients, shapes and masks equal Keras's."""

import itertools
from typing import Any

import numpy as np
import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.graph.tensor import KerasTensor
from pipekeras.layers import optimize
from pipekeras.layers.pool import AveragePooling1D, AveragePooling2D, MaxPooling2D
from pipekeras.layers.windows import output_length, padding_amounts

TOPIC = "pool"


def test_equals_keras(equals_keras):
    equals_keras()


def test_equals_keras_in_a_model(equals_keras_in_a_model):
    equals_keras_in_a_model()


def test_stated_shape_is_the_real_one(stated_is_real):
    stated_is_real()


def plainly(x: np.ndarray, size: int, stride: int, summary) -> np.ndarray:
    """ "same" pooling by its definition: the summary of what lies inside the image."""
    heights, widths = x.shape[1:3]
    before = [padding_amounts(n, size, stride, "same")[0] for n in (heights, widths)]
    rows, columns = (output_length(n, size, stride, "same") for n in (heights, widths))
    out = np.zeros((len(x), rows, columns, x.shape[-1]), "float32")
    for i, j in itertools.product(range(rows), range(columns)):
        top, left = i * stride - before[0], j * stride - before[1]
        part = x[:, max(0, top) : top + size, max(0, left) : left + size]
        out[:, i, j] = summary(part, axis=(1, 2))
    return out


# Keras 3.15 on torch counts repeated edges into the mean where the padding is uneven; its documentation and
# its other backends do not, and neither do we
@pytest.mark.parametrize("size", [2, 3, 4])
@pytest.mark.parametrize("stride", [1, 2, 3, 5])
def test_padding_does_not_count_into_the_mean(size, stride):
    x = np.random.RandomState(0).standard_normal((2, 5, 8, 3)).astype("float32")
    average = AveragePooling2D(size, stride, "same")(x)
    np.testing.assert_allclose(average, plainly(x, size, stride, np.mean), atol=1e-6)
    largest = MaxPooling2D(size, stride, "same")(x)
    np.testing.assert_allclose(largest, plainly(x, size, stride, np.max), atol=1e-6)
    line = AveragePooling1D(size, stride, "same")(x[:, 0])
    square = plainly(np.repeat(x[:, :1], size, 1), size, stride, np.mean)
    np.testing.assert_allclose(line, square[:, 0], atol=1e-6)


def test_channels_last_runs_without_copies():
    assert MaxPooling2D(2)(torch.randn(2, 8, 8, 3)).is_contiguous()


def test_window_larger_than_the_image():
    with pytest.raises(UserError) as error:
        MaxPooling2D(5, name="p")(KerasTensor((None, 4, 4, 1)))
    assert error.value.message.startswith("Computed output size would be zero or negative.")
    assert 'layer "p" is (5, 5), and its input has (4, 4)' in str(error.value.cause)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("size", "strides"), [(2, None), (3, 1), ((2, 3), (3, 1)), (1, 2), (3, 2)])
def test_shifted_images_have_the_same_largest_values(
    padding: str, size: Any, strides: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = MaxPooling2D(size, strides=strides, padding=padding)
    x = torch.randn(2, 9, 8, 3)
    x[0, 4, 4, 1] = torch.nan
    got = pool(x)
    monkeypatch.setattr(optimize, "enabled", False)
    torch.testing.assert_close(got, pool(x), rtol=0, atol=0, equal_nan=True)

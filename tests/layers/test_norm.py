"""Normalization: numbers, gradients, moving averages, shapes and masks equal Keras's."""

import numpy as np
import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.graph.tensor import KerasTensor
from pipekeras.layers.norm import BatchNormalization, LayerNormalization

TOPIC = "norm"


def test_equals_keras(equals_keras):
    equals_keras()


def test_equals_keras_in_a_model(equals_keras_in_a_model):
    equals_keras_in_a_model()


def test_stated_shape_is_the_real_one(stated_is_real):
    stated_is_real()


# Keras 3.15 on torch fails for these; the formula is its documentation's
@pytest.mark.parametrize("axes", [1, (1, 3), (2,), (1, 2)])
def test_layer_normalization_over_inner_axes(axes):
    x = np.random.RandomState(0).standard_normal((2, 3, 4, 5)).astype("float32")
    mean, variance = x.mean(axes, keepdims=True), x.var(axes, keepdims=True)
    got = LayerNormalization(axis=axes)(x).detach().numpy()
    np.testing.assert_allclose(got, (x - mean) / np.sqrt(variance + 1e-3), atol=1e-5)


def test_frozen_means_inference():
    layer = BatchNormalization(trainable=False)
    layer.train()
    x = torch.randn(4, 3)
    np.testing.assert_allclose(layer(x), x / np.sqrt(1.001), atol=1e-6)
    assert layer.moving_mean.tolist() == [0, 0, 0]


def test_weights_are_in_keras_order():
    layer = BatchNormalization(name="b")
    layer(KerasTensor((None, 3)))
    names = [name for name, _ in layer.named_weights()]
    assert names == ["b/gamma", "b/beta", "b/moving_mean", "b/moving_variance"]
    assert len(layer.trainable_weights) == 2


def test_axis_out_of_bounds():
    with pytest.raises(UserError, match=r"Axis 3 is out of bounds for input shape \(None, 4\)"):
        BatchNormalization(axis=3)(KerasTensor((None, 4)))
    with pytest.raises(UserError, match=r"Axis -3 is out of bounds"):
        LayerNormalization(axis=(-3,))(KerasTensor((None, 4)))


def test_mask_of_another_rank():
    layer = BatchNormalization()
    layer.train()
    with pytest.raises(UserError, match="one dimension less than the inputs"):
        layer(torch.randn(2, 3, 4, 5), mask=torch.ones(2, 3, dtype=torch.bool))

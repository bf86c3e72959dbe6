"""Training of real models: masks, penalties, constraints, frozen layers and kept means as in Keras."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import training_cases as cases

from pipekeras.layers import registry
from pipekeras.layers.core import Input
from pipekeras.layers.model import Model, Sequential
from pipekeras.train.compiling import compile
from pipekeras.train.fitting import evaluate, fit, predict

CLASSES = SimpleNamespace(**{cls.__name__: cls for cls in registry().values()}, Input=Input, Model=Model)


@pytest.mark.parametrize("name", cases.MODELS)
def test_three_epochs_of_a_real_model_equal_keras(name: str, golden: dict[str, Any]) -> None:
    expected = golden["models"][name]
    model = cases.MODELS[name](CLASSES)
    model.set_weights(cases.model_weights([w.shape for w in model.get_weights()]))
    compile(model, "adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    x, y = cases.model_data(name)
    history = fit(
        model, x, y, batch_size=8, epochs=3, shuffle=False, verbose=0, validation_data=(x[:20], y[:20])
    )
    for metric, values in expected["history"].items():
        np.testing.assert_allclose(history.metrics[metric], values, rtol=1e-5, atol=1e-6, err_msg=metric)
    for weight, value in zip(model.get_weights(), expected["weights"], strict=True):
        np.testing.assert_allclose(weight, value, rtol=1e-4, atol=1e-5)


def test_a_sequential_without_input_shape_is_built_by_its_first_data() -> None:
    x, y = cases.fit_data()["x"], cases.fit_data()["one_hot"]
    model = Sequential(
        [CLASSES.Dense(5, activation="relu"), CLASSES.Dense(cases.CLASSES, activation="softmax")]
    )
    compile(model, "sgd", "categorical_crossentropy")
    fit(model, x, y, epochs=1, verbose=0)
    assert predict(model, x, verbose=0).shape == (cases.FIT_ROWS, cases.CLASSES)
    assert model.inputs[0].shape == (None, 6)


def test_models_that_share_layers_train_the_same_weights() -> None:
    x, y = cases.fit_data()["x"], cases.fit_data()["one_hot"]
    inputs = Input(shape=(6,))
    hidden = CLASSES.Dense(5, activation="relu")(inputs)
    whole = Model(inputs, CLASSES.Dense(cases.CLASSES, activation="softmax")(hidden))
    part = Model(inputs, hidden)
    before = predict(part, x, verbose=0)
    compile(whole, "sgd", "categorical_crossentropy")
    fit(whole, x, y, epochs=1, verbose=0)
    after = predict(part, x, verbose=0)
    assert np.abs(before - after).max() > 1e-4
    compile(part, "sgd", "mse")
    assert evaluate(part, x, after, verbose=0)["loss"] == pytest.approx(0, abs=1e-12)

"""With equal weights, every model of the guide gives Keras's outputs and Keras's losses in training."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import guide_models as guide
import numpy as np
import pytest

from pipekeras.graph import naming
from pipekeras.layers import registry
from pipekeras.layers.core import Input
from pipekeras.layers.model import Model, Sequential
from pipekeras.train.compiling import compile
from pipekeras.train.fitting import predict, train_on_batch

GOLDEN = json.loads((Path(__file__).parent / "golden" / "guide_numbers.json").read_text())
CLASSES = SimpleNamespace(
    **{cls.__name__: cls for cls in registry().values()}, Input=Input, Model=Model, Sequential=Sequential
)


def _build(name: str) -> Any:
    naming.reset()
    model = guide.CASES[name].build(CLASSES)
    model.set_weights(guide.weights(model))
    return model


@pytest.mark.parametrize("name", guide.CASES)
def test_outputs_equal_keras(name: str) -> None:
    model, expected = _build(name), GOLDEN[name]
    assert model.count_params() == expected["parameters"]
    given = guide.inputs(model, guide.CASES[name])
    found = guide.outputs(model, given, lambda model, x: predict(model, x, verbose=0))
    for ours, theirs in zip(found, expected["outputs"], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("optimizer", guide.OPTIMIZERS)
@pytest.mark.parametrize("name", guide.CASES)
def test_losses_of_twenty_training_steps_equal_keras(name: str, optimizer: str) -> None:
    model, case = _build(name), guide.CASES[name]
    weights = None if case.loss_weights is None else list(case.loss_weights)
    compile(model, optimizer, case.loss, loss_weights=weights)
    losses = guide.losses(model, case, lambda model, x, y: train_on_batch(model, x, y)["loss"])
    np.testing.assert_allclose(losses, GOLDEN[name]["losses"][optimizer], rtol=1e-4, atol=1e-4)

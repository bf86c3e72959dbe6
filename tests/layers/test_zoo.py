"""Models beside Keras's own: names, order of layers, weights, summaries and outputs."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from pipekeras.graph.summary import summary_text
from pipekeras.layers import registry
from pipekeras.layers.core import Input
from pipekeras.layers.model import Model, Sequential

HERE = Path(__file__).parent


def _zoo() -> ModuleType:
    spec = importlib.util.spec_from_file_location("zoo", HERE / "zoo.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


zoo = _zoo()
FACTS = json.loads((HERE / "golden" / "zoo.json").read_text())
OURS = SimpleNamespace(
    **{cls.__name__: cls for cls in registry().values()}, Input=Input, Model=Model, Sequential=Sequential
)


OTHER_SUMMARY = {
    "masked": "Keras shows the operations that compute masks as rows",
    "middle": "Keras names the input where a graph is cut open after the tensor",
}


@pytest.fixture(params=list(zoo.MODELS))
def name(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def model(name: str, keras3_names: None) -> Any:
    return build(name)


def build(name: str) -> Any:
    model = zoo.MODELS[name](OURS)
    model.eval()
    weights = [zoo.weight(i, n, tuple(w.shape)) for i, (n, w) in enumerate(model.named_weights())]
    model.set_weights(weights)
    return model


def arrays(model: Any) -> list[np.ndarray]:
    return [zoo.array(i, tensor.shape, tensor.dtype) for i, tensor in enumerate(model.inputs)]


def outputs(result: Any) -> list[np.ndarray]:
    return [o.detach().numpy() for o in (result if isinstance(result, list) else [result])]


def recorded(name: str) -> list[np.ndarray]:
    with np.load(HERE / "golden" / "zoo.npz") as stored:
        return [stored[key] for key in stored if key.startswith(name + ".")]


def test_layers_have_keras_names_and_order(name: str, model: Any) -> None:
    # where a graph is cut open Keras names the input after the tensor
    theirs = [layer.replace("keras_tensor_1CLONE", "input_layer_1") for layer in FACTS[name]["layers"]]
    assert [layer.name for layer in model.layers] == theirs
    if FACTS[name]["output_names"]:
        assert model.output_names == FACTS[name]["output_names"]


def test_weights_have_keras_shapes_and_order(name: str, model: Any) -> None:
    shapes = [list(weight.shape) for weight in model.weights]
    assert shapes == [shape for _, shape in FACTS[name]["weights"]]
    assert len(model.trainable_weights) == FACTS[name]["trainable"]


@pytest.mark.parametrize("name", [name for name in zoo.MODELS if name not in OTHER_SUMMARY], indirect=True)
def test_summary_of_keras3_is_that_of_keras(name: str, model: Any) -> None:
    for width, lines in FACTS[name]["summary"].items():
        assert summary_text(model, int(width)).split("\n") == lines


def test_outputs_are_those_of_keras(name: str, model: Any) -> None:
    for ours, theirs in zip(outputs(model(arrays(model))), recorded(name), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-5)


def test_logits_with_their_activation_are_the_outputs(name: str, model: Any) -> None:
    tensors = [torch.as_tensor(array) for array in arrays(model)]
    activations = {"softmax": lambda x: x.softmax(-1), "sigmoid": torch.sigmoid, None: lambda x: x}
    results, masks = model.forward_training(*tensors)
    assert len(masks) == len(results) == len(model.logits_from)
    whole = [activations[name](result) for name, result in zip(model.logits_from, results, strict=True)]
    for ours, theirs in zip(outputs(whole), recorded(name), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-5)

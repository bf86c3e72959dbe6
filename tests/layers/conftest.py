"""Runs the cases of layer_cases.py through our layers, beside what was recorded from Keras."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch

from pipekeras.graph.structure import flatten
from pipekeras.graph.tensor import KerasTensor
from pipekeras.layers import registry
from pipekeras.layers.base import Layer
from pipekeras.layers.core import Input
from pipekeras.layers.model import Model


def _load_cases() -> ModuleType:
    spec = importlib.util.spec_from_file_location("layer_cases", Path(__file__).with_name("layer_cases.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


layer_cases = _load_cases()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test with the argument `case` runs once for each case of its module's TOPIC."""
    if "case" in metafunc.fixturenames:
        cases = layer_cases.cases(metafunc.module.TOPIC)
        metafunc.parametrize("case", cases, ids=[case["name"] for case in cases])


@pytest.fixture(scope="module")
def golden(request: pytest.FixtureRequest) -> dict[str, dict[str, list[np.ndarray]]]:
    return layer_cases.load_golden(request.module.TOPIC)


class CaseRun:
    """A case's layers, built and with the case's weights."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.case = case
        self.inputs = [
            torch.tensor(array, requires_grad=array.dtype.kind == "f")
            for array in layer_cases.input_values(case)
        ]
        self.layers = [make(spec) for spec in case["layers"]]
        self.model = self._connect()
        for layer in self.layers:
            layer.train(case.get("training", False))
        self.set_weights()
        self.compute(self._call)

    def set_weights(self) -> None:
        named = [pair for layer in self.layers for pair in layer.named_weights()]
        with torch.no_grad():
            for i, (name, weight) in enumerate(named):
                weight.copy_(torch.tensor(layer_cases.weight_value(i, name, tuple(weight.shape))))

    def compute(self, call: Callable[..., tuple[list[torch.Tensor], list[torch.Tensor | None]]]) -> None:
        """Set outputs and masks by calling on the inputs as often as the case says."""
        self.model.reset_states()
        for _ in range(self.case.get("calls", 1)):
            self.outputs, self.masks = call(*self.inputs)

    def _connect(self) -> Model:
        """The layers as a model, whose inputs have as many free axes as the layers allow."""
        fixed = any(getattr(layer, "stateful", False) for layer in self.layers)
        tensors = [
            Input(batch_shape=(x.shape[0] if fixed else None, *x.shape[1:]), dtype=str(x.dtype)[6:])
            for x in self.inputs
        ]
        value, named = self._arguments(tensors)
        for layer in self.layers:
            value = layer(value, **named)
            named = {}
        return Model(tensors, value)

    def _arguments(self, inputs: list[Any]) -> tuple[Any, dict[str, list[Any]]]:
        call = self.case.get("call", {})
        taken = {i for indices in call.values() for i in indices}
        first = [x for i, x in enumerate(inputs) if i not in taken]
        named = {name: [inputs[i] for i in indices] for name, indices in call.items()}
        return (first[0] if len(first) == 1 else first), named

    def _call(self, *inputs: torch.Tensor) -> tuple[list[torch.Tensor], list[torch.Tensor | None]]:
        """One layer after the other on arrays, masks handed on by hand."""
        value, named = self._arguments(list(inputs))
        mask: Any = None
        for layer in self.layers:
            masked = {"mask": mask} if layer.takes_mask and mask is not None else {}
            result = layer(value, **named, **masked)
            mask = layer.compute_mask(value, mask) if mask is not None or layer.makes_mask else None
            value, named = result, {}
        return flatten(value), flatten(mask)

    def gradients(self) -> tuple[list[np.ndarray], list[np.ndarray]]:
        """Of the weighted sum of the outputs: by the inputs, and by the trainable weights."""
        total = sum(
            (y * torch.tensor(layer_cases.cotangent(i, tuple(y.shape)))).sum()
            for i, y in enumerate(self.outputs)
        )
        floats = [x for x in self.inputs if x.requires_grad]
        weights = [w for layer in self.layers for w in layer.trainable_weights]
        assert isinstance(total, torch.Tensor)
        arrays = [g.numpy() for g in torch.autograd.grad(total, [*floats, *weights])]
        return arrays[: len(floats)], arrays[len(floats) :]


def make(spec: list[Any]) -> Layer:
    """The layer of a [class, config] pair."""
    name, config = spec
    classes = {cls.__name__: cls for cls in registry().values()}
    return classes[name](**{key: _config_value(value) for key, value in config.items()})


def _config_value(value: Any) -> Any:
    return make(value["layer"]) if isinstance(value, dict) and "layer" in value else value


@pytest.fixture
def run(case: dict[str, Any]) -> CaseRun:
    return CaseRun(case)


@pytest.fixture
def equals_keras_in_a_model(run: CaseRun, equals_keras: Any) -> Any:
    """A function that compares the same for the model made of the layers."""

    def compare() -> None:
        run.set_weights()
        run.compute(run.model.forward_masked)
        equals_keras()

    return compare


@pytest.fixture
def equals_keras(run: CaseRun, golden: dict[str, dict[str, list[np.ndarray]]]) -> Any:
    """A function that compares everything that was recorded for the case."""

    def compare() -> None:
        wanted = golden[run.case["name"]]
        close(wanted["outputs"], [y.detach().numpy() for y in run.outputs])
        close(wanted["masks"], [m.numpy() for m in run.masks if m is not None])
        states = [w for layer in run.layers for w in layer.non_trainable_weights]
        close(wanted["states"], [w.detach().numpy() for w in states])
        if run.case.get("gradients", True):
            inputs, weights = run.gradients()
            close(wanted["input_gradients"], inputs)
            close(wanted["weight_gradients"], weights)

    return compare


def close(wanted: list[np.ndarray], got: list[np.ndarray]) -> None:
    assert [a.shape for a in got] == [a.shape for a in wanted]
    for a, b in zip(got, wanted, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-5)


def fits(stated: KerasTensor, real: torch.Tensor) -> bool:
    """Whether a stated shape and type are those of a real tensor."""
    return (
        len(stated.shape) == real.ndim
        and all(s in (None, r) for s, r in zip(stated.shape, real.shape, strict=True))
        and stated.dtype == str(real.dtype).removeprefix("torch.")
    )


@pytest.fixture
def stated_is_real(run: CaseRun) -> Any:
    """A function that compares shapes and types: stated, found on the meta device, and computed."""

    def compare() -> None:
        assert len(run.model.outputs) == len(run.outputs)
        for stated, real in zip(run.model.outputs, run.outputs, strict=True):
            assert fits(stated, real), f"stated {stated}, computed {tuple(real.shape)} {real.dtype}"
            assert stated.shape[1:] == tuple(real.shape[1:])
        for layer in run.layers:
            node = layer.inbound_nodes[0]
            found = flatten(layer._infer(node.args, node.kwargs))
            assert [(t.shape, t.dtype) for t in found] == [(t.shape, t.dtype) for t in node.output_tensors]

    return compare

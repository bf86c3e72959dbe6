"""Record what Keras computes for the cases in tests/layers/cases into tests/layers/golden.

Needs Keras 3.15 on torch:  KERAS_BACKEND=torch python scripts/dev/record_layers.py [topic ...]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

os.environ["KERAS_BACKEND"] = "torch"
sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "layers"))

import keras
import layer_cases
import numpy as np
import torch


def make(spec: list[Any]) -> keras.Layer:
    name, config = spec
    return getattr(keras.layers, name)(**{k: _config_value(v) for k, v in config.items()})


def _config_value(value: Any) -> Any:
    return make(value["layer"]) if isinstance(value, dict) and "layer" in value else value


def run(case: dict[str, Any]) -> dict[str, list[np.ndarray]]:
    inputs = [torch.tensor(a, requires_grad=a.dtype.kind == "f") for a in layer_cases.input_values(case)]
    layers = [make(spec) for spec in case["layers"]]
    call(case, layers, inputs)
    set_weights(layers)
    for layer in layers:
        if getattr(layer, "stateful", False):
            layer.reset_state()
    for _ in range(case.get("calls", 1)):
        outputs = call(case, layers, inputs)
    results = {
        "outputs": [o.detach().numpy() for o in outputs],
        "masks": [m.detach().numpy() for m in map(mask_of, outputs) if m is not None],
        "states": [keras.ops.convert_to_numpy(w) for layer in layers for w in layer.non_trainable_weights],
    }
    if case.get("gradients", True):
        total = sum(
            (o * torch.tensor(layer_cases.cotangent(i, tuple(o.shape)))).sum() for i, o in enumerate(outputs)
        )
        trainable = [w.value for layer in layers for w in layer.trainable_weights]
        floats = [x for x in inputs if x.requires_grad]
        gradients = torch.autograd.grad(total, [*floats, *trainable])
        results["input_gradients"] = [g.numpy() for g in gradients[: len(floats)]]
        results["weight_gradients"] = [g.numpy() for g in gradients[len(floats) :]]
    return results


def call(case: dict[str, Any], layers: list[keras.Layer], inputs: list[torch.Tensor]) -> list[torch.Tensor]:
    named = {k: [inputs[i] for i in indices] for k, indices in case.get("call", {}).items()}
    taken = {i for indices in case.get("call", {}).values() for i in indices}
    first = [x for i, x in enumerate(inputs) if i not in taken]
    value: Any = first[0] if len(first) == 1 else first
    for layer in layers:
        arguments = dict(named)
        if layer._call_has_training_arg:
            arguments["training"] = case.get("training", False)
        value = layer(value, **arguments)
        named = {}
    return list(value) if isinstance(value, (list, tuple)) else [value]


def set_weights(layers: list[keras.Layer]) -> None:
    for i, weight in enumerate(w for layer in layers for w in layer.weights):
        weight.assign(layer_cases.weight_value(i, weight.path, tuple(weight.shape)))


def mask_of(tensor: torch.Tensor) -> torch.Tensor | None:
    return getattr(tensor, "_keras_mask", None)


if __name__ == "__main__":
    for topic in sys.argv[1:] or layer_cases.topics():
        layer_cases.save_golden(topic, {c["name"]: run(c) for c in layer_cases.cases(topic)})
        print(f"{topic}: {len(layer_cases.cases(topic))} cases")

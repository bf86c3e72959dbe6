"""Record what Keras computes for tests/guide/guide_models.py into tests/guide/golden.

Needs Keras 3.15 on torch:  KERAS_BACKEND=torch python scripts/dev/record_guide.py
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ["KERAS_BACKEND"] = "torch"
TESTS = Path(__file__).parents[2] / "tests" / "guide"
sys.path.insert(0, str(TESTS))

import guide_models as guide  # noqa: E402
import keras  # noqa: E402

CLASSES = SimpleNamespace(**vars(keras.layers), Model=keras.Model, Sequential=keras.Sequential)
CLASSES.Input = keras.Input


def unlist(arrays: list[Any]) -> Any:
    return arrays if len(arrays) > 1 else arrays[0]


def train(case: guide.Case, optimizer: str) -> list[float]:
    model = case.build(CLASSES)
    model.set_weights(guide.weights(model))
    count = len(model.outputs)
    weights = list(case.loss_weights) if case.loss_weights else None
    model.compile(optimizer, [case.loss] * count if count > 1 else case.loss, loss_weights=weights)

    def step(model: Any, x: list[Any], y: list[Any]) -> float:
        return float(model.train_on_batch(unlist(x), unlist(y), return_dict=True)["loss"])

    return guide.losses(model, case, step)


def record(case: guide.Case) -> dict[str, Any]:
    model = case.build(CLASSES)
    model.set_weights(guide.weights(model))
    found = guide.outputs(
        model, guide.inputs(model, case), lambda m, x: m.predict(unlist(x), verbose=0, batch_size=guide.BATCH)
    )
    return {
        "parameters": model.count_params(),
        "outputs": [[float(f"{v:.8g}") for v in each] for each in found],
        "losses": {name: [float(f"{v:.8g}") for v in train(case, name)] for name in guide.OPTIMIZERS},
    }


lines = [f'"made by": "scripts/dev/record_guide.py with Keras {keras.__version__}"']
lines += [f"{json.dumps(name)}: {json.dumps(record(case))}" for name, case in guide.CASES.items()]
(TESTS / "golden" / "guide_numbers.json").write_text("{" + ",\n".join(lines) + "}\n")

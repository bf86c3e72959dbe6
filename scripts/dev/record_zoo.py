"""Record what Keras makes of the models in tests/layers/zoo.py: summaries, weights, outputs.

Needs Keras 3.15 on torch:  KERAS_BACKEND=torch python scripts/dev/record_zoo.py
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ["KERAS_BACKEND"] = "torch"
TESTS = Path(__file__).parents[2] / "tests" / "layers"
sys.path.insert(0, str(TESTS))

import keras  # noqa: E402
import numpy as np  # noqa: E402
import zoo  # noqa: E402

NOTE = "recorded from Keras 3.15 (torch) by scripts/dev/record_zoo.py"
KERAS = SimpleNamespace(**vars(keras.layers), Model=keras.Model, Sequential=keras.Sequential)


def summary(model: Any, width: int) -> list[str]:
    lines: list[str] = []
    # R keras shows the column of frozen layers where some weight is not trained
    shows = bool(model.non_trainable_weights)
    model.summary(line_length=width, print_fn=lambda text, **_: lines.append(text), show_trainable=shows)
    return "\n".join(lines).rstrip("\n").split("\n")


def record(build: Any) -> tuple[dict[str, Any], list[np.ndarray]]:
    keras.utils.clear_session()
    model = build(KERAS)
    facts = {
        "summary": {str(width): summary(model, width) for width in zoo.widths(build.__name__)},
        "weights": [[w.path, list(w.shape)] for w in model.weights],
        "trainable": len(model.trainable_weights),
        "layers": [layer.name for layer in model.layers],
        "output_names": getattr(model, "output_names", None),
    }
    for i, weight in enumerate(model.weights):
        weight.assign(zoo.weight(i, weight.path, tuple(weight.shape)))
    inputs = [zoo.array(i, tuple(t.shape), t.dtype) for i, t in enumerate(model.inputs)]
    outputs = model(inputs if len(inputs) > 1 else inputs[0], training=False)
    flat = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    return facts, [o.detach().numpy() for o in flat]


if __name__ == "__main__":
    all_facts: dict[str, Any] = {"note": NOTE}
    arrays: dict[str, np.ndarray] = {"note": np.array(NOTE)}
    for name, build in zoo.MODELS.items():
        all_facts[name], outputs = record(build)
        arrays.update({f"{name}.{i}": output for i, output in enumerate(outputs)})
    (TESTS / "golden" / "zoo.json").write_text(json.dumps(all_facts, indent=1, ensure_ascii=False) + "\n")
    np.savez_compressed(TESTS / "golden" / "zoo.npz", **arrays)
    print(f"{len(zoo.MODELS)} models")

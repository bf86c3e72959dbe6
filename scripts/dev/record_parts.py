"""Record what Keras's regularizers and constraints make of a fixed matrix, and moments of its initializers.

Needs Keras 3.15 on torch:  KERAS_BACKEND=torch python scripts/dev/record_parts.py
"""

from __future__ import annotations

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np

CASES = {
    "regularizers": [
        ["L1", {"l1": 0.02}],
        ["L2", {"l2": 0.03}],
        ["L1L2", {"l1": 0.02, "l2": 0.03}],
        ["OrthogonalRegularizer", {"factor": 0.1, "mode": "rows"}],
        ["OrthogonalRegularizer", {"factor": 0.1, "mode": "columns"}],
    ],
    "constraints": [
        ["MaxNorm", {"max_value": 0.9, "axis": 0}],
        ["MaxNorm", {"max_value": 0.9, "axis": 1}],
        ["MaxNorm", {"max_value": 0.9, "axis": [0, 1]}],
        ["NonNeg", {}],
        ["UnitNorm", {"axis": 0}],
        ["MinMaxNorm", {"min_value": 0.5, "max_value": 1.0, "rate": 0.7, "axis": 0}],
    ],
    "initializers": [
        [name, {**config, "seed": 7}]
        for name, config in [
            ("GlorotUniform", {}),
            ("GlorotNormal", {}),
            ("HeUniform", {}),
            ("HeNormal", {}),
            ("LecunUniform", {}),
            ("LecunNormal", {}),
            ("RandomNormal", {}),
            ("RandomUniform", {}),
            ("TruncatedNormal", {"stddev": 0.2}),
            ("VarianceScaling", {"scale": 2.0, "mode": "fan_out", "distribution": "untruncated_normal"}),
            ("Orthogonal", {"gain": 2.0}),
        ]
    ],
}
SHAPE = [5, 4, 60, 80]
matrix = np.random.RandomState(0).standard_normal((4, 3)).astype("float32")
found: dict[str, object] = {"note": "recorded from Keras 3.15 (torch) by scripts/dev/record_parts.py"}
for kind in ("regularizers", "constraints"):
    module = getattr(keras, kind)
    found[kind] = [
        [name, config, np.asarray(getattr(module, name)(**config)(keras.ops.array(matrix)).cpu()).tolist()]
        for name, config in CASES[kind]
    ]
found["initializers"] = []
for name, config in CASES["initializers"]:
    values = np.asarray(getattr(keras.initializers, name)(**config)(SHAPE).cpu())
    moments = [float(values.mean()), float(values.std()), float(values.min()), float(values.max())]
    found["initializers"].append([name, config, moments])
path = Path(__file__).parents[2] / "tests" / "layers" / "golden" / "parts.json"
path.write_text(json.dumps(found, indent=1) + "\n")

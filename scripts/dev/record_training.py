"""Record what Keras computes for tests/train/training_cases.py into tests/train/golden/training.json.

Needs Keras 3.15 on torch:  KERAS_BACKEND=torch python scripts/dev/record_training.py
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ["KERAS_BACKEND"] = "torch"
TESTS = Path(__file__).parents[2] / "tests" / "train"
sys.path.insert(0, str(TESTS))

import keras  # noqa: E402
import numpy as np  # noqa: E402
import training_cases as cases  # noqa: E402


def numbers(value: Any) -> Any:
    return np.asarray(keras.ops.convert_to_numpy(value), dtype="float64").tolist()


def loss(name: str, kind: str, options: dict[str, Any]) -> dict[str, Any]:
    y_true, y_pred = cases.arrays(kind)
    function = getattr(keras.losses, name)
    made = _loss_class(name)(**options)
    return {
        "values": numbers(function(y_true, y_pred, **options)),
        "mean": numbers(made(y_true, y_pred)),
        "weighted": None if options.get("axis") == 0 else numbers(made(y_true, y_pred, cases.weights())),
        "sum": numbers(_loss_class(name)(**options, reduction="sum")(y_true, y_pred)),
    }


def _loss_class(name: str) -> Any:
    classes = {n.lower(): v for n, v in vars(keras.losses).items() if isinstance(v, type)}
    return classes[name.replace("_", "")]


def metric(name: str, kind: str, options: dict[str, Any]) -> dict[str, Any]:
    y_true, y_pred = cases.arrays(kind)
    weights = cases.weights()
    results = {}
    for label, given in (("plain", [None, None]), ("weighted", [weights[:5], weights[5:]])):
        made = getattr(keras.metrics, name)(**options)
        made.update_state(y_true[:5], y_pred[:5], given[0])
        made.update_state(y_true[5:], y_pred[5:], given[1])
        results[label] = numbers(made.result())
    return results


def schedule(name: str, options: dict[str, Any]) -> Any:
    return getattr(keras.optimizers.schedules, name)(**options)


def optimizer(name: str, options: dict[str, Any]) -> dict[str, Any]:
    options = dict(options)
    if isinstance(options.get("learning_rate"), dict):
        options["learning_rate"] = schedule(*next(iter(options["learning_rate"].items())))
    made = getattr(keras.optimizers, name)(**options)
    first, steps = cases.gradients()
    variables = [keras.Variable(w) for w in first]
    results = {}
    for number, gradients in enumerate(steps, 1):
        made.apply([keras.ops.convert_to_tensor(g) for g in gradients], variables)
        if number in (1, 2, len(steps)):
            results[str(number)] = [numbers(v) for v in variables]
    made.finalize_variable_values(variables)
    results["finished"] = [numbers(v) for v in variables]
    return results


def fit(case: dict[str, Any]) -> dict[str, Any]:
    data = cases.fit_data()
    x = inputs = keras.Input((cases.FIT_SIZES[0],))
    x = keras.layers.Dense(cases.FIT_SIZES[1], activation="relu")(x)
    model = keras.Model(inputs, keras.layers.Dense(cases.FIT_SIZES[2], activation=case["last"])(x))
    model.set_weights(cases.fit_weights())
    model.compile(
        "rmsprop", case["loss"], metrics=["accuracy"], weighted_metrics=case.get("weighted_metrics")
    )
    history = model.fit(
        data["x"],
        data[case["y"]],
        batch_size=8,
        epochs=3,
        shuffle=False,
        verbose=0,
        class_weight=case.get("class_weight"),
        sample_weight=data["sample_weight"] if case.get("sample_weight") else None,
        validation_split=case.get("split", 0.0),
    )
    return {"history": history.history, "weights": [w.tolist() for w in model.get_weights()]}


def train(name: str) -> dict[str, Any]:
    classes = SimpleNamespace(**{**vars(keras.layers), "Model": keras.Model, "Input": keras.Input})
    model = cases.MODELS[name](classes)
    model.set_weights(cases.model_weights([w.shape for w in model.get_weights()]))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    x, y = cases.model_data(name)
    history = model.fit(
        x, y, batch_size=8, epochs=3, shuffle=False, verbose=0, validation_data=(x[:20], y[:20])
    )
    return {"history": history.history, "weights": [w.tolist() for w in model.get_weights()]}


golden = {
    "made by": "scripts/dev/record_training.py with Keras " + keras.__version__,
    "losses": {cases.key(*c): loss(*c) for c in cases.LOSSES},
    "metrics": {cases.key(*c): metric(*c) for c in cases.METRICS},
    "optimizers": {cases.key(*c): optimizer(*c) for c in cases.OPTIMIZERS},
    "schedules": {
        cases.key(*c): [numbers(schedule(*c)(s)) for s in cases.SCHEDULE_STEPS] for c in cases.SCHEDULES
    },
    "fits": {name: fit(case) for name, case in cases.FITS.items()},
    "models": {name: train(name) for name in cases.MODELS},
}


def rounded(value: Any) -> Any:
    """Eight significant digits are more than float32 has."""
    if isinstance(value, float):
        return float(f"{value:.8g}")
    if isinstance(value, list):
        return [rounded(v) for v in value]
    return {k: rounded(v) for k, v in value.items()} if isinstance(value, dict) else value


lines = [f'"made by": {json.dumps(golden.pop("made by"))}']
for name, part in golden.items():
    rows = [f"  {json.dumps(k)}: {json.dumps(rounded(v))}" for k, v in part.items()]
    lines.append(f'"{name}": {{\n' + ",\n".join(rows) + "\n}")
(TESTS / "golden" / "training.json").write_text("{" + ",\n".join(lines) + "}\n")

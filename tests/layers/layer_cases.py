"""Cases that layers and Keras both run: declared in cases/*.json, Keras's results in golden/*.npz.

A case is an object with
  name      unique within its file
  inputs    list of shapes, batch first (normal values), or {"shape": [...], "below": n} (whole numbers)
  layers    [class, config] pairs in Keras's words, each called on the result of the one before;
            a config value {"layer": [class, config]} is a layer itself
  call      arguments by name of the first layer's call, as indices of inputs; inputs not named go in first
  training  true for a call in training mode (default false)
  calls     how often the layers are called in a row; the last result counts (default 1)
  gradients false where whole numbers go in and no weight is trainable
Values come from numpy's RandomState, whose stream is frozen, so only results are stored.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent


def topics() -> list[str]:
    return sorted(path.stem for path in (HERE / "cases").glob("*.json"))


def cases(topic: str) -> list[dict[str, Any]]:
    return json.loads((HERE / "cases" / f"{topic}.json").read_text())


def input_values(case: dict[str, Any]) -> list[np.ndarray]:
    """The arrays that go in."""
    return [_input(spec, i) for i, spec in enumerate(case["inputs"])]


def _input(spec: Any, seed: int) -> np.ndarray:
    if isinstance(spec, dict):
        return np.random.RandomState(seed).randint(0, spec["below"], spec["shape"]).astype("int32")
    return normal(seed, spec)


def weight_value(index: int, name: str, shape: tuple[int, ...]) -> np.ndarray:
    """What weight number `index` of the whole case is set to; variances are positive."""
    value = normal(100 + index, shape) * np.float32(0.5)
    return np.abs(value) + np.float32(0.2) if "variance" in name else value


def cotangent(index: int, shape: tuple[int, ...]) -> np.ndarray:
    """What output number `index` is weighted with in the scalar whose gradient is taken."""
    return normal(1000 + index, shape)


def normal(seed: int, shape: Any) -> np.ndarray:
    return np.random.RandomState(seed).standard_normal(tuple(shape)).astype("float32")


def save_golden(topic: str, results: dict[str, dict[str, list[np.ndarray]]]) -> None:
    """results: for each case its arrays by kind; stored flat, the shapes beside them."""
    flat = {
        name: np.concatenate([np.ravel(a).astype("float32") for arrays in kinds.values() for a in arrays])
        for name, kinds in results.items()
    }
    shapes = {
        name: {kind: [a.shape for a in arrays] for kind, arrays in kinds.items()}
        for name, kinds in results.items()
    }
    note = "recorded from Keras 3.15 (torch) by scripts/dev/record_layers.py"
    np.savez_compressed(
        HERE / "golden" / f"{topic}.npz", **flat, shapes=np.array(json.dumps(shapes)), note=np.array(note)
    )


def load_golden(topic: str) -> dict[str, dict[str, list[np.ndarray]]]:
    """The recorded arrays by case and kind: outputs, masks, input_gradients, weight_gradients, states."""
    with np.load(HERE / "golden" / f"{topic}.npz") as stored:
        shapes = json.loads(str(stored["shapes"]))
        return {name: _unflatten(stored[name], kinds) for name, kinds in shapes.items()}


def _unflatten(flat: np.ndarray, kinds: dict[str, list[list[int]]]) -> dict[str, list[np.ndarray]]:
    result: dict[str, list[np.ndarray]] = {}
    at = 0
    for kind, shapes in kinds.items():
        result[kind] = []
        for shape in shapes:
            size = int(np.prod(shape))
            result[kind].append(flat[at : at + size].reshape(shape))
            at += size
    return result

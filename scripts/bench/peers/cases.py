"""The six models' data and sizes, the same for every peer: numpy arrays from fixed seeds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Arrays = list[np.ndarray]


@dataclass(frozen=True)
class Case:
    """What a model is trained on.

    Args:
        data: makes inputs and targets
        batch: samples in a step
        epochs: how many are timed behind the first
        loss: Keras's name
        accuracy: whether the guide asks for it
    """

    data: Callable[[], tuple[Arrays, Arrays]]
    batch: int
    epochs: int
    loss: str
    accuracy: bool = False


def _draw() -> np.random.Generator:
    return np.random.default_rng(1)


def _classes(rows: int, classes: int) -> np.ndarray:
    return np.eye(classes, dtype="float32")[_draw().integers(0, classes, rows)]


def _answers(rows: int) -> np.ndarray:
    return _draw().integers(0, 2, (rows, 1)).astype("float32")


def dense() -> tuple[Arrays, Arrays]:
    return [_draw().random((60_000, 784), dtype="float32")], [_classes(60_000, 10)]


def headline() -> tuple[Arrays, Arrays]:
    words = _draw().integers(1, 10_000, (2048, 100)).astype("int32")
    return [words, _draw().random((2048, 5), dtype="float32")], [_answers(2048), _answers(2048)]


def tweets() -> tuple[Arrays, Arrays]:
    letters = _draw().integers(0, 2, (2, 512, 280, 256)).astype("float32")
    return [letters[0], letters[1]], [_answers(512)]


def inception() -> tuple[Arrays, Arrays]:
    return [_draw().random((16, 256, 256, 3), dtype="float32")], [_classes(16, 10)]


def digits() -> tuple[Arrays, Arrays]:
    images = _draw().random((2, 512, 27, 27, 1), dtype="float32")
    return [images[0], images[1]], [_answers(512)]


def vqa() -> tuple[Arrays, Arrays]:
    questions = _draw().integers(1, 10_000, (4, 100)).astype("int32")
    return [_draw().random((4, 224, 224, 3), dtype="float32"), questions], [_classes(4, 1000)]


CASES = {
    "dense": Case(dense, 128, 6, "categorical_crossentropy", accuracy=True),
    "headline": Case(headline, 32, 4, "binary_crossentropy"),
    "tweets": Case(tweets, 32, 4, "binary_crossentropy", accuracy=True),
    "inception": Case(inception, 4, 2, "categorical_crossentropy"),
    "digits": Case(digits, 64, 4, "binary_crossentropy"),
    "vqa": Case(vqa, 2, 3, "categorical_crossentropy"),
}

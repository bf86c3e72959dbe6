"""Data sets as R's Keras hands them out: `list(train = list(x, y), test = list(x, y))`."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..data import load_digits
from .verbs import verb


def _split(x: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    """Every fifth sample is for testing: each class keeps its share, and it is the same every time."""
    test = np.arange(len(x)) % 5 == 4
    return {"train": {"x": x[~test], "y": y[~test]}, "test": {"x": x[test], "y": y[test]}}


@verb()
def dataset_digits() -> dict[str, Any]:
    """1,797 handwritten digits: `x` [n, 8, 8] with ink from 0 to 16, `y` the digit from 0 to 9."""
    digits = load_digits()
    return _split(digits.images, digits.labels)

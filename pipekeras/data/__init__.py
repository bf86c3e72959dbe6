"""Small real data sets that travel inside the wheel, with their licences."""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

import numpy as np


class Digits(NamedTuple):
    """Handwritten digits: images uint8 [1797, 8, 8] with ink 0 to 16, labels uint8 [1797] from 0 to 9."""

    images: np.ndarray
    labels: np.ndarray


def load_digits() -> Digits:
    """The 1,797 handwritten digits that scikit-learn bundles, in its order.

    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI, 1998 (its test part).
    """
    with (
        (files(__name__) / "digits.npz").open("rb") as stream,
        np.load(stream, allow_pickle=False) as archive,
    ):
        return Digits(archive["images"], archive["labels"])

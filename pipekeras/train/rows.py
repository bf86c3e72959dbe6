"""The rows of a prediction, batch after batch."""

from __future__ import annotations

import numpy as np


class Rows:
    """One output of a model for all samples.

    Batches are written where they will lie, which needs no memory for a second copy. A model that joins or
    reshapes along the batch gives another number of rows than it takes: its batches are kept and joined.

    Args:
        samples: how many there will be
    """

    def __init__(self, samples: int) -> None:
        self.samples = samples
        self.whole: np.ndarray | None = None
        self.parts: list[np.ndarray] = []
        self.taken = 0

    def add(self, part: np.ndarray, samples: int) -> None:
        """Add what a batch of so many samples gave."""
        if len(part) != samples or self.parts:
            self._keep(part)
            return
        if self.whole is None:
            self.whole = np.empty((self.samples, *part.shape[1:]), part.dtype)
        self.whole[self.taken : self.taken + samples] = part
        self.taken += samples

    def _keep(self, part: np.ndarray) -> None:
        if self.whole is not None:
            self.parts.append(self.whole[: self.taken])
            self.whole = None
        self.parts.append(part)

    def array(self) -> np.ndarray:
        """All rows."""
        return np.concatenate(self.parts) if self.whole is None else self.whole

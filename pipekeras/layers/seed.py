"""Random numbers: one seed for all, and generators for layers that have seeds of their own."""

from __future__ import annotations

import random

import numpy as np
import torch


def set_random_seed(seed: int) -> None:
    """Make what follows repeatable: first weights, shuffling, dropout (R: `set_random_seed()`).

    Args:
        seed: a whole number from 0 to 2^32 - 1
    """
    random.seed(seed)
    np.random.seed(seed % 2**32)
    torch.manual_seed(seed)


def generator(seed: int | None) -> torch.Generator | None:
    """A stream of random numbers of its own for a layer with a seed, None for torch's common one."""
    return None if seed is None else torch.Generator().manual_seed(seed)

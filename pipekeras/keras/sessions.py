"""Verbs on the whole session: seeds, and forgetting all names."""

from __future__ import annotations

from typing import Any

from ..graph import naming
from ..lang import values as rv
from ..lang.generics import invoke
from ..layers.seed import set_random_seed as seed_layers
from .verbs import verb


@verb("use_session_with_seed", invisible=True)
def set_random_seed(seed: int, **kwargs: Any) -> None:
    """Seed R's generator, the weights' and the shuffling's: a script gives the same numbers each time."""
    invoke("set.seed", rv.integer(int(seed)))
    seed_layers(int(seed))


@verb("k_clear_session", invisible=True)
def clear_session(free_memory: bool = True) -> None:
    """Let automatic names start anew; models that exist stay as they are."""
    naming.reset()

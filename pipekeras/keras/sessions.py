"""What concerns the whole session: seeds, forgetting all names, the option that turns fast paths off."""

from __future__ import annotations

from typing import Any

from ..graph import naming
from ..lang import values as rv
from ..lang.generics import invoke
from ..lang.session import session
from ..lang.vectors.coerce import one_flag
from ..layers import optimize
from ..layers.seed import set_random_seed as seed_layers
from .verbs import verb


@verb("use_session_with_seed", invisible=True)
def set_random_seed(
    seed: int, disable_gpu: bool = True, disable_parallel_cpu: bool = True, quiet: bool = False
) -> None:
    """Seed R's generator, the weights' and the shuffling's: a script gives the same numbers each time.

    Args:
        seed: a whole number
        disable_gpu, disable_parallel_cpu, quiet: of no effect; numbers are repeatable on all cores
    """
    invoke("set.seed", rv.integer(seed))
    seed_layers(seed)


@verb("k_clear_session", invisible=True)
def clear_session(free_memory: bool = True) -> None:
    """Let automatic names start anew; models that exist stay as they are.

    `free_memory` is of no effect: the memory of a model is freed with its last variable.
    """
    naming.reset()


def _optimize(value: Any) -> None:
    optimize.enabled = value is None or one_flag(value, "pipekeras.optimize")


session.watch("pipekeras.optimize", _optimize)

"""Which names R's Keras has and what they stand for. torch is loaded when the first of them is looked up."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from . import editions

# What the names look like, so that a look-up of any other name does not load torch. A test compares it with the
# names that there really are.
_FAMILIES = re.compile(
    r"(layer|activation|initializer|regularizer|constraint|optimizer|learning_rate_schedule|loss|metric|callback"
    r"|dataset|k|op)_\w+"
    r"|\w+\.keras[._]\w[\w.]*"
    r"|get_(input|output)(_shape|_mask)?_at"
)
_VERBS = frozenset(
    """
    array_reshape bidirectional clear_session compile count_params evaluate fit freeze_weights get_config get_layer
    get_weights keras_model keras_model_sequential normalize pad_sequences pop_layer predict predict_on_batch
    reset_state reset_states set_random_seed set_weights summary test_on_batch time_distributed to_categorical
    train_on_batch unfreeze_weights use_session_with_seed
    """.split()
)


def knows(name: str) -> bool:
    """Whether a name may be one of Keras's; cheap."""
    return name in _VERBS or _FAMILIES.fullmatch(name) is not None


@cache
def table() -> dict[str, Any]:
    """All R functions of Keras by name."""
    from ..layers import registry
    from ..train import declare
    from . import arrays, bind, callbacks, datasets, history, models, nodes, objects, sessions  # noqa: F401
    from .verbs import VERBS

    names: dict[str, Any] = {name: bind.layer_function(name, cls) for name, cls in registry().items()}
    names.update({name: verb.builtin() for name, verb in VERBS.items()})
    names.update({name: bind.constructor(name, made) for name, made in declare.R_NAMES.items()})
    names.update(history.METHODS)
    return names


def lookup(name: str) -> Any:
    """The R function of a name in the edition in force, or None."""
    if not knows(name) or name in editions.current().removed:
        return None
    return table().get(name)

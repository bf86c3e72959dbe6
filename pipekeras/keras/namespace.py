"""Which names R's Keras has and what they stand for. torch is loaded when the first of them is looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from ..lang import packages
from ..lang.environment import Environment
from ..lang.registry import BASE
from ..lang.session import session
from . import editions

# What the names look like, so that looking for any other name does not load torch.
# A test compares this with the names that there really are.
_FAMILIES = re.compile(
    r"(layer|activation|initializer|regularizer|constraint|optimizer|learning_rate_schedule|loss|metric|callback"
    r"|dataset|k|op)_\w+"
    r"|[\w.]+\.keras[._]\w[\w.]*"
    r"|get_(input|output)(_shape|_mask)?_at"
)
_VERBS = frozenset(
    {
        "array_reshape",
        "bidirectional",
        "clear_session",
        "compile",
        "count_params",
        "custom_metric",
        "evaluate",
        "fit",
        "freeze_weights",
        "get_layer",
        "get_weights",
        "keras_model",
        "keras_model_sequential",
        "normalize",
        "pad_sequences",
        "pop_layer",
        "predict",
        "predict_classes",
        "predict_on_batch",
        "predict_proba",
        "reset_state",
        "reset_states",
        "set_random_seed",
        "set_weights",
        "summary",
        "test_on_batch",
        "time_distributed",
        "to_categorical",
        "train_on_batch",
        "unfreeze_weights",
        "use_session_with_seed",
    }
)


def knows(name: str) -> bool:
    """Whether a name may be one of Keras's; cheap."""
    return name in _VERBS or _FAMILIES.fullmatch(name) is not None


def layer_classes() -> dict[str, Any]:
    """The class of each layer by R name."""
    from .. import layers

    return layers.registry()


def declarations() -> dict[str, Any]:
    """Losses, metrics, optimizers, activations, initializers, ... by R name."""
    from ..layers import activations, constraints, initializers, regularizers
    from ..train import declare, fitting  # noqa: F401

    found: dict[str, Any] = dict(declare.R_NAMES)
    for module in (activations, initializers, regularizers, constraints):
        found.update({name: declared for declared in module.FAMILY for name in declared.r_names})
    return found


@cache
def table() -> dict[str, Any]:
    """All R functions of Keras by name."""
    from . import arrays, backend, bind, classes, datasets, history, models, nodes, objects, sessions  # noqa: F401  # noqa: F401
    from .verbs import VERBS

    names = {name: bind.layer_function(name, cls) for name, cls in layer_classes().items()}
    names.update({name: bind.constructor(name, declared) for name, declared in declarations().items()})
    names.update({name: verb.builtin(name) for name, verb in VERBS.items()})
    names.update(backend.FUNCTIONS)
    names.update(history.METHODS)
    return names


class KerasNames(dict[str, Any]):
    """The variables of package:keras: found when looked up, under the edition in force."""

    def get(self, name: str, default: Any = None) -> Any:
        if name in BASE or not knows(name) or name in editions.current().removed:
            return default  # summary() and predict() are R's generics, which find the methods for models
        return table().get(name, default)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.get(name) is not None

    def __getitem__(self, name: str) -> Any:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        """All names once torch is loaded, the verbs before: listing names, as errors do, must not load it."""
        return iter(table() if table.cache_info().currsize else _VERBS)

    def __len__(self) -> int:
        return len(list(iter(self)))


@cache
def install() -> None:
    """Make Keras's names visible behind those of base R, and let library() choose the edition."""
    names = KerasNames()
    session.base.parent = Environment(None, "package:keras", names)
    for edition in (editions.GUIDE, editions.KERAS3):
        packages.namespace(edition.package).values = names
        packages.on_attach(edition.package, lambda edition=edition: editions.use(edition))

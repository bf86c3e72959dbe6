"""The two conventions of R's Keras: the guide's and R keras 2's, and keras3's. `library()` chooses.

One object holds all in which they differ; whatever depends on the edition reads it from `current()`.
Source: what R keras 2.13 and keras3 1.5.1 were seen to do.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..graph import naming
from ..train import conventions

_NODE_ACCESSORS = frozenset(
    f"get_{end}{what}_at" for end in ("input", "output") for what in ("", "_shape", "_mask")
)


@dataclass(frozen=True)
class Edition:
    """What `library(keras)` and `library(keras3)` decide.

    Attributes:
        package: the R package's name
        naming: how layers are numbered
        axes_from_one: in merging layers the batch is axis 1, not axis 0
        epochs: default of `fit()`
        first_epoch: `initial_epoch` of the first epoch
        evaluate_as_list: `evaluate()` gives a named list in alphabetical order, not a named vector
        node_accessors: `layer$output` of several nodes is refused, `get_output_at()` and its relatives exist
        piped_layers_are_invisible: `inputs %>% layer_dense(3)` at top level prints nothing
        conventions: habits in compiling and training
    """

    package: str
    naming: naming.NamingStyle
    axes_from_one: bool
    epochs: int
    first_epoch: int
    evaluate_as_list: bool
    node_accessors: bool
    piped_layers_are_invisible: bool
    conventions: conventions.Conventions

    @property
    def removed(self) -> frozenset[str]:
        """Names that the package does not have."""
        return frozenset() if self.node_accessors else _NODE_ACCESSORS


GUIDE = Edition(
    package="keras",
    naming=naming.NamingStyle.GUIDE,
    axes_from_one=False,
    epochs=10,
    first_epoch=0,
    evaluate_as_list=False,
    node_accessors=True,
    piped_layers_are_invisible=True,
    conventions=conventions.GUIDE,
)
KERAS3 = Edition(
    package="keras3",
    naming=naming.NamingStyle.KERAS3,
    axes_from_one=True,
    epochs=1,
    first_epoch=1,
    evaluate_as_list=True,
    node_accessors=False,
    piped_layers_are_invisible=False,
    conventions=conventions.KERAS3,
)

_current = GUIDE


def current() -> Edition:
    """The edition in force."""
    return _current


def use(edition: Edition) -> None:
    """Follow the conventions of an edition from now on; names already given stay."""
    global _current
    _current = edition
    naming.set_style(edition.naming)

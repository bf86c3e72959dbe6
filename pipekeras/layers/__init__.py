"""Layers: each one declared once as a torch module whose annotated fields are its interface."""

import os

# Read when torch is loaded. By default its threads wait for each other without ever giving way: where another
# program has one of the cores, a step then takes ten times as long.
os.environ.setdefault("GOMP_SPINCOUNT", "20000")

from . import (
    activation,  # noqa: F401
    conv,  # noqa: F401
    core,  # noqa: F401
    embedding,  # noqa: F401
    merge,  # noqa: F401
    norm,  # noqa: F401
    pool,  # noqa: F401
    reshape,  # noqa: F401
    rnn,  # noqa: F401
    wrappers,  # noqa: F401
)
from .base import registry

__all__ = ["registry"]

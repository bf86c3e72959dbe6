"""The one switch of all fast paths; each gives what the plain path gives, apart from rounding."""

from __future__ import annotations

import torch

enabled = True
"""`options(pipekeras.optimize = FALSE)` sets this to False."""


def wanted() -> bool:
    """Whether a layer may take a hand-written path now: torch.compile and torch.export see the plain one."""
    return enabled and not torch.compiler.is_compiling()

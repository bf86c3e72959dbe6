"""The one switch of all fast paths; each gives what the plain path gives, apart from rounding."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

enabled = True
"""`options(pipekeras.optimize = FALSE)` sets this to False."""


def wanted() -> bool:
    """Whether a layer may take a hand-written path now: torch.compile, export and func see the plain one."""
    return (
        enabled and not torch.compiler.is_compiling() and not torch._C._are_functorch_transforms_active()  # pyright: ignore[reportAttributeAccessIssue]
    )


@contextmanager
def serial() -> Iterator[None]:
    """One thread within the block, for small operations: handing one over takes longer than doing it."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)

"""Models: functional ones and stacks."""

from .functional import Model
from .sequential import Sequential

__all__ = ["Model", "Sequential"]

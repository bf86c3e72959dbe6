"""Layers: each one declared once as a torch module whose annotated fields are its interface."""

from . import activation, conv, core, embedding, merge, norm, pool, reshape, rnn, wrappers  # noqa: F401
from .base import registry

__all__ = ["registry"]

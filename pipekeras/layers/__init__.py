"""Layers: each one declared once as a torch module whose annotated fields are its interface."""

from .base import registry

__all__ = ["registry"]

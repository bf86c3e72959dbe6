"""MASS: its data set Boston, houses in the suburbs of Boston."""

from __future__ import annotations

from ..datasets import dataset
from ..values import LazyBinding
from .library import Library

library = Library("MASS")
library.values["Boston"] = LazyBinding(lambda: dataset("Boston"))

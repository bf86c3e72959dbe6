"""withr: the state of the random numbers, which withr.R keeps and restores."""

from __future__ import annotations

from ..random_numbers.stream import stream
from ..values import NULL
from .library import Library

library = Library("withr")


@library.function(".random_state()")
def random_state():
    return stream.state()


@library.function(".restore_random(state)", invisible=True)
def restore_random(state):
    stream.restore(state)
    return NULL

"""here: paths below the project's folder, which is the working directory."""

from __future__ import annotations

import os

from ..values import character
from ..vectors.coerce import strings
from .library import Library

library = Library("here")


@library.function("here(...)")
def here(dots):
    parts = [t or "" for _, v in dots for t in strings(v, "...")]
    return character("/".join([os.getcwd(), *parts]))

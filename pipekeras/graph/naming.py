"""Automatic names of layers, models and tensors, counted per kind as R keras does."""

from __future__ import annotations

import re
from collections import defaultdict
from enum import Enum


class NamingStyle(Enum):
    """How automatic names count.

    GUIDE is that of R keras 2.x's guide: `dense_1`, `dense_2`, `input_1`, `model_1`.
    KERAS3 is that of keras3: `dense`, `dense_1`, `input_layer`, `functional`.
    """

    GUIDE = "guide"
    KERAS3 = "keras3"


# Keras 3 renamed these two classes; their old names are the stems of the guide's names
_GUIDE_STEMS = {"input_layer": "input", "functional": "model"}

_style = NamingStyle.GUIDE
_used: defaultdict[str, int] = defaultdict(int)


def style() -> NamingStyle:
    """The style in force."""
    return _style


def set_style(new: NamingStyle) -> None:
    """Choose how the names of what is built from now on count; what exists keeps its name."""
    global _style
    _style = new


def reset() -> None:
    """Start all counts again (R: `k_clear_session()`, `clear_session()`)."""
    _used.clear()


def auto_name(stem: str) -> str:
    """The next free name for a kind of thing.

    Args:
        stem: Keras 3's snake case of the class: `dense`, `conv2d`, `input_layer`, `functional`
    """
    guide = _style is NamingStyle.GUIDE
    if guide:
        stem = _GUIDE_STEMS.get(stem, stem)
    count = _used[stem]
    _used[stem] = count + 1
    if guide:
        return f"{stem}_{count + 1}"
    return f"{stem}_{count}" if count else stem


def snake_case(class_name: str) -> str:
    """Keras's stem of a class name: `MaxPooling2D` gives `max_pooling2d`, `LeakyReLU` gives `leaky_re_lu`."""
    words = re.sub(r"\W+", "", class_name)
    words = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", words)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", words).lower()

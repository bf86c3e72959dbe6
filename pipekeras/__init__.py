"""R's Keras pipes on torch: `from pipekeras import layer_input, layer_dense, keras_model, fit, r`."""

from __future__ import annotations

from typing import Any

from .errors import UserError

__version__ = "0.1.0"
__all__ = ["UserError", "r"]


def r(text: str, /, **data: Any) -> dict[str, Any]:
    """Run R text and return what it defined.

    Args:
        text: R statements
        data: variables that the text finds: numpy arrays, torch tensors, numbers, strings, lists, dicts

    Returns:
        every variable that the text set, by name: models and layers as they are, numbers as Python numbers,
        vectors and arrays as numpy arrays

    Raises:
        UserError: whatever is wrong in the text
    """
    from .keras.running import run_text

    return run_text(text, data)


def __getattr__(name: str) -> Any:
    # torch is loaded when the first layer, verb or optimizer is asked for
    if name.startswith("_"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .pipe import function  # `from . import pipe` would ask here for `pipe`, without an end

    try:
        return function(name)
    except UserError as error:
        raise AttributeError(str(error)) from None

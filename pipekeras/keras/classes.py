"""Verbs of R keras before 2.6 that turn a model's outputs into classes; old scripts use them."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..layers.model import Model
from .models import predict
from .verbs import verb


@verb(data=("x",))
def predict_proba(
    object: Model, x: Any, batch_size: int | None = None, verbose: Any = 0, steps: int | None = None
) -> Any:
    """The model's outputs, as `predict()` gives them."""
    return predict(object, x, batch_size=batch_size, verbose=verbose, steps=steps)


@verb(data=("x",))
def predict_classes(
    object: Model, x: Any, batch_size: int | None = None, verbose: Any = 0, steps: int | None = None
) -> np.ndarray:
    """Class numbers from 0: the place of the largest output, or whether a single output is above one half."""
    outputs = predict(object, x, batch_size=batch_size, verbose=verbose, steps=steps)
    if outputs.shape[-1] > 1:
        return outputs.argmax(-1).astype(np.int32)
    return (outputs > 0.5).astype(np.int32)

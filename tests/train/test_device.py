"""A training step stays on the model's device: nothing is read back, no tensor of the processor is made.

torch's meta device stands for an accelerator: what would have to wait for its numbers fails there.
"""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from pipekeras.layers import registry
from pipekeras.layers.core import Input
from pipekeras.layers.model import Model
from pipekeras.train.compiling import compile, compiled_of
from pipekeras.train.data import Data
from pipekeras.train.steps import Steps

LAYERS = registry()


class Elsewhere(TorchDispatchMode):
    """Lists the operations whose results are on another device."""

    def __init__(self) -> None:
        super().__init__()
        self.operations: list[str] = []
        self.calls = 0

    def __torch_dispatch__(self, operation: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.calls += 1
        result = operation(*args, **(kwargs or {}))
        results = result if isinstance(result, list | tuple) else [result]
        if any(isinstance(each, torch.Tensor) and each.device.type != "meta" for each in results):
            self.operations.append(str(operation))
        return result


def _layer(name: str, *args: Any, **named: Any) -> Any:
    return LAYERS[f"layer_{name}"](*args, **named)


def _model() -> Model:
    words, image = Input(shape=(6,), dtype="int32"), Input(shape=(8, 8, 3))
    read = _layer("lstm", 4, return_sequences=True)(_layer("embedding", 20, 5, mask_zero=True)(words))
    read = _layer("simple_rnn", 4)(_layer("gru", 4, return_sequences=True)(read))
    seen = _layer("conv_2d", 4, 3, activation="relu", padding="same")(image)
    seen = _layer("batch_normalization")(_layer("max_pooling_2d", 2)(seen))
    both = _layer("concatenate")([read, _layer("global_average_pooling_2d")(seen)])
    both = _layer("dropout", 0.3)(both)
    return Model([words, image], _layer("dense", 3, activation="softmax", kernel_regularizer="l2")(both))


@pytest.mark.parametrize("optimizer", ["sgd", "rmsprop", "adam", "adagrad", "adadelta", "adamax", "nadam"])
def test_training_steps_and_metrics_stay_on_the_device(optimizer: str) -> None:
    model = _model()
    model.to("meta")
    compile(model, optimizer, "categorical_crossentropy", metrics=["accuracy", "AUC", "Precision"])
    steps = Steps(model, compiled_of(model))
    steps.prepare_training()
    epoch = steps.epoch(3)
    model.train()
    words, images = torch.zeros(4, 6, dtype=torch.int64), torch.zeros(4, 8, 8, 3)
    batch = Data([words, images], [torch.zeros(4, 3)], [torch.ones(4)]).to(torch.device("meta"))
    with Elsewhere() as elsewhere:
        for _ in range(3):
            steps.train(batch, epoch)
        for measure in steps.measures.values():
            measure.measure()
    assert elsewhere.calls > 100
    assert elsewhere.operations == []

"""How the cost of building and training grows with layers, samples and epochs, beside torch by hand.

python scripts/bench/growth.py

Times are of the processor, so that what else the machine does counts little.
"""

from __future__ import annotations

import contextlib
import io
import operator
import resource
import time
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import nn

from pipekeras import callback_early_stopping, compile, fit, keras_model, layer_dense, layer_input

WIDTH, BATCH, STEPS = 16, 32, 100


def chain(layers: int) -> Any:
    x = first = layer_input(shape=WIDTH)
    for _ in range(layers):
        x = x | layer_dense(WIDTH, activation="relu")
    return keras_model(first, x)


def seconds(work: Any) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def by_hand(model: nn.Module, loss: Any, optimizer: torch.optim.Optimizer, steps: int, classes: int) -> None:
    x, y = (
        torch.rand(BATCH, next(model.parameters()).shape[1]),
        torch.eye(classes)[torch.arange(BATCH) % classes],
    )
    for _ in range(steps):
        optimizer.zero_grad()
        loss(model(x), y).backward()
        optimizer.step()


def layers() -> None:
    print(
        "| layers | building, ms a layer | step, us a layer | torch by hand, us a layer |\n|---|---|---|---|"
    )
    data = np.random.default_rng(1).random((BATCH * STEPS, WIDTH), dtype="float32")
    for count in (10, 100, 1000):
        built: list[Any] = []
        building = seconds(lambda count=count, built=built: built.append(chain(count)))
        model = built[0]
        model | compile("sgd", "mse")
        train = partial(operator.or_, model, fit(data, data, epochs=1, batch_size=BATCH, verbose=0))
        train()
        own = seconds(train)
        parts = [part for _ in range(count) for part in (nn.Linear(WIDTH, WIDTH), nn.ReLU())]
        plain = nn.Sequential(*parts)
        optimizer = torch.optim.SGD(plain.parameters(), 0.01)
        by_hand(plain, nn.MSELoss(), optimizer, 3, WIDTH)
        hand = seconds(partial(by_hand, plain, nn.MSELoss(), optimizer, STEPS, WIDTH))
        cells = (building / count * 1e3, own / STEPS / count * 1e6, hand / STEPS / count * 1e6)
        print(f"| {count} | " + " | ".join(f"{cell:.2f}" for cell in cells) + " |")


def large_graph() -> None:
    models: list[Any] = []
    building = seconds(lambda: models.append(chain(10_000)))
    with contextlib.redirect_stdout(io.StringIO()):
        summary = seconds(models[0].summary)
    print(f"\na graph of 10,000 layers: {building:.1f} s to build, {summary:.1f} s for its summary")


def small_data() -> None:
    draw = np.random.default_rng(1)
    x, y = draw.random((1000, 4), dtype="float32"), np.eye(3, dtype="float32")[draw.integers(0, 3, 1000)]
    first = layer_input(shape=4)
    model = keras_model(
        first, first | layer_dense(8, activation="relu") | layer_dense(3, activation="softmax")
    )
    patience = [callback_early_stopping(monitor="loss", patience=10_000)]
    print("\n| 100 epochs of 1,000 rows of 4 numbers | s |\n|---|---|")
    for label, metrics, callbacks in (
        ("alone", None, None),
        ("with accuracy and early stopping", ["accuracy"], patience),
    ):
        model | compile("adam", "categorical_crossentropy", metrics=metrics)
        model | fit(x, y, epochs=2, verbose=0)
        train = partial(operator.or_, model, fit(x, y, epochs=100, verbose=0, callbacks=callbacks))
        print(f"| {label} | {min(seconds(train) for _ in range(3)):.2f} |")
    plain = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 3))
    optimizer = torch.optim.Adam(plain.parameters())
    torch.set_num_threads(1)
    hand = min(seconds(lambda: by_hand(plain, nn.CrossEntropyLoss(), optimizer, 3200, 3)) for _ in range(3))
    print(f"| torch by hand, always the same batch | {hand:.2f} |")


def memory() -> None:
    model, data = chain(10), np.zeros((3200, WIDTH), "float32")
    model | compile("adam", "mse", metrics=["mae"])
    peaks = []
    for _ in range(4):
        model | fit(data, data, epochs=10, verbose=0)
        peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print("\npeak memory after 10, 20, 30, 40 epochs: " + ", ".join(f"{peak:.0f}" for peak in peaks) + " MB")


if __name__ == "__main__":
    layers()
    memory()
    small_data()
    large_graph()

"""How many samples are computed at once is nobody's business: predictions are those of the batches."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from pipekeras.layers import optimize, registry
from pipekeras.layers.core import Input
from pipekeras.layers.model import Model
from pipekeras.layers.sequential import Sequential
from pipekeras.train import chunks
from pipekeras.train.callback import Callback
from pipekeras.train.chunks import chunk_rows
from pipekeras.train.fitting import predict

K: Any = SimpleNamespace(**{cls.__name__: cls for cls in registry().values()})


def through(*layers: Any, shape: tuple[int | None, ...] = (6, 4), **options: Any) -> Model:
    x = tensor = Input(shape=shape, **options)
    for layer in layers:
        tensor = layer(tensor)
    return Model(x, tensor)


def nested() -> Model:
    inner = through(K.Dense(3, activation="relu"), K.BatchNormalization())
    a, b = Input(shape=(6, 4)), Input(shape=(6, 4))
    return Model([a, b], [K.Concatenate(axis=1)([inner(a), inner(b)]), K.LSTM(2)(a)])


def random() -> Model:
    x = Input(shape=(4,))
    return Model(x, K.Dropout(0.5)(x, training=True))


OURS: dict[str, Callable[[], Model]] = {
    "dense": lambda: through(K.Dense(3), K.Flatten(), K.Dense(2, activation="softmax")),
    "recurrent": lambda: through(K.GRU(3, return_sequences=True), K.LSTM(2)),
    "nested, two outputs": nested,
    "images": lambda: through(K.Conv2D(3, 2), K.MaxPooling2D(), K.GlobalMaxPooling2D(), shape=(9, 8, 2)),
}
THEIRS: dict[str, Callable[[], Model]] = {
    "a user's function": lambda: through(K.Lambda(lambda x: x - x.mean(0))),
    "a user's activation": lambda: through(K.Dense(3, activation=lambda x: x / x.sum())),
    "a user's penalty": lambda: through(K.Dense(3, activity_regularizer=lambda x: x.sum())),
    "a state": lambda: through(K.LSTM(3, stateful=True), batch_size=2),
    "a fixed batch": lambda: through(K.Dense(3), batch_size=2),
    "time first": lambda: through(K.LSTM(3, time_major=True)),
    "softmax over the batch": lambda: through(K.Softmax(axis=0)),
    "a free size": lambda: through(K.Dense(3), shape=(None, 4)),
    "random numbers": random,
}


@pytest.mark.parametrize("limits", [(2**22, 2**25), (2**22, 64), (1, 2**25)])
@pytest.mark.parametrize("name", OURS)
def test_predictions_are_those_of_batches(
    name: str, limits: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "CACHED", limits[0])
    monkeypatch.setattr(chunks, "LARGE", limits[1])
    model = OURS[name]()
    x = [np.random.default_rng(1).random((23, *[n or 1 for n in t.shape[1:]])) for t in model.inputs]
    for changes in ({}, {"steps": 3}, {"batch_size": 40}):
        settings: dict[str, Any] = {"batch_size": 5, **changes, "verbose": 0}
        got = predict(model, x, **settings)
        with monkeypatch.context() as plain:
            plain.setattr(optimize, "enabled", False)
            expected = predict(model, x, **settings)
        for a, b in zip(*[r if isinstance(r, list) else [r] for r in (expected, got)], strict=True):
            np.testing.assert_allclose(b, a, rtol=1e-5, atol=1e-6)


def test_small_samples_are_put_together_and_large_ones_apart() -> None:
    assert chunk_rows(OURS["dense"](), 32) == 32 * (2**22 // (32 * 4 * (18 + 18 + 2)))
    large = through(K.Conv2D(64, 1), K.GlobalAveragePooling2D(), shape=(256, 256, 3))
    assert [chunk_rows(large, batch) for batch in (1, 4)] == [1, 1]
    assert chunk_rows(through(K.Dense(2**20), K.GlobalMaxPooling1D(), shape=(6, 4)), 4) == 1


def test_sequences_that_are_looked_up_or_run_step_by_step_are_never_whole() -> None:
    words = Input(shape=(1000,), dtype="int32")
    model = Model(words, K.LSTM(2)(K.Embedding(9, 64)(words)))
    assert chunk_rows(model, 32) == 32 * (2**22 // (32 * 4 * (8 * 2 + 2)))
    nested = Model(other := Input(shape=(1000,), dtype="int32"), model(other))
    assert chunk_rows(nested, 32) == 32 * (2**22 // (32 * 4 * (8 * 2 + 2 + 2)))
    row = Sequential([K.Embedding(9, 64, input_length=1000), K.LSTM(2)])
    assert chunk_rows(row, 32) == 32 * (2**22 // (32 * 4 * (8 * 2 + 2)))
    model.to("meta")
    assert chunk_rows(model, 4) == 4 * (2**22 // (4 * 4000 * 72))
    heavy = Model(words, K.LSTM(1024)(K.Embedding(9, 64)(words)))
    assert chunk_rows(heavy, 32) == 32
    whole = [
        K.LSTM(2)(K.Embedding(9, 64, mask_zero=True)(words)),
        K.LSTM(2, activation="relu")(K.Embedding(9, 64)(words)),
        K.GRU(2, reset_after=False)(K.Embedding(9, 63)(words)),
    ]
    found = [chunk_rows(Model(words, y), 4) for y in whole]
    assert found == [4 * (2**22 // (4 * 4000 * n)) for n in (72, 72, 69)]


def test_a_model_that_computes_nothing_gets_batches() -> None:
    x = Input(shape=(3,))
    assert chunk_rows(Model(x, x), 2) == 2


def test_large_weights_are_not_read_for_each_sample() -> None:
    heavy = through(K.Conv2D(8, 1), K.Flatten(), K.Dense(8), shape=(512, 512, 1))
    activations = 4 * 512 * 512 * (8 + 8) + 32
    heavy.layers[-1].kernel = torch.nn.Parameter(torch.empty(6 * activations // 4, device="meta"))
    assert chunk_rows(heavy, 32) == 6


@pytest.mark.parametrize("name", THEIRS)
def test_who_could_tell_gets_batches(name: str) -> None:
    assert chunk_rows(THEIRS[name](), 2) == 2


def test_hooks_and_callbacks_see_batches() -> None:
    model, seen = OURS["dense"](), []

    class Watch(Callback):
        def on_predict_batch_end(self, batch: int, logs: Any) -> None:
            seen.append(batch)

    predict(model, np.zeros((7, 6, 4)), batch_size=3, verbose=0, callbacks=Watch())
    assert seen == [0, 1, 2]
    model.layers[1].register_forward_hook(lambda module, inputs, output: seen.append(len(output)))
    predict(model, np.zeros((7, 6, 4)), batch_size=3, verbose=0)
    assert seen[3:] == [3, 3, 1]


def test_batches_may_give_other_numbers_of_rows_than_they_take() -> None:
    x = Input(shape=(4,))
    model = Model(x, K.Concatenate(axis=0)([x, x]))
    rows = np.arange(4.0 * 23).reshape(23, 4)
    batches = [rows[i : i + 10] for i in (0, 10, 20)]
    found = predict(model, rows, batch_size=10, verbose=0)
    np.testing.assert_array_equal(found, np.concatenate([b for b in batches for _ in range(2)]))

"""Settings of the machine hold while a model trains, and not longer."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from pipekeras.layers import optimize, registry
from pipekeras.layers.core import Input
from pipekeras.layers.model import Model
from pipekeras.train.callback import Callback
from pipekeras.train.compiling import compile
from pipekeras.train.fitting import fit
from pipekeras.train.machine import keeps_denormals, tuned, work

K: Any = SimpleNamespace(**{cls.__name__: cls for cls in registry().values()})


@pytest.fixture(autouse=True)
def two_threads() -> Iterator[None]:
    threads, kept = torch.get_num_threads(), keeps_denormals()
    torch.set_num_threads(2)
    torch.set_flush_denormal(False)
    yield
    torch.set_num_threads(threads)
    torch.set_flush_denormal(not kept)


def small() -> Model:
    x = Input(shape=(3,))
    return Model(x, K.Dense(1)(x))


class Watch(Callback):
    def __init__(self, fails: bool = False) -> None:
        self.fails = fails

    def on_epoch_end(self, epoch: int, logs: Any) -> None:
        self.seen = torch.get_num_threads(), keeps_denormals()
        if self.fails:
            raise RuntimeError


@pytest.mark.parametrize("fails", [False, True])
def test_fit_gives_the_callers_settings_back(fails: bool) -> None:
    model, watch = small(), Watch(fails)
    compile(model, "sgd", "mse")
    try:
        fit(model, np.zeros((4, 3)), np.zeros((4, 1)), epochs=1, verbose=0, callbacks=watch)
    except RuntimeError:
        assert fails
    assert watch.seen == (1, False)
    assert (torch.get_num_threads(), keeps_denormals()) == (2, True)


def test_who_flushes_denormals_keeps_doing_so() -> None:
    torch.set_flush_denormal(True)
    with tuned(small(), 1, "training"):
        pass
    assert not keeps_denormals()


def test_switched_off_nothing_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimize, "enabled", False)
    with tuned(small(), 1, "training"):
        assert (torch.get_num_threads(), keeps_denormals()) == (2, True)


def test_large_steps_have_all_threads() -> None:
    with tuned(small(), 10**8, "training"):
        assert torch.get_num_threads() == 2


def test_work_counts_every_call_at_every_place() -> None:
    image, words = Input(shape=(8, 9, 2)), Input(shape=(5, 3))
    assert work(Model(image, K.Conv2D(4, 3, padding="same")(image)), 10) == 10 * 8 * 9 * (3 * 3 * 2 * 4)
    lstm = K.LSTM(4)
    twice = K.Add()([lstm(words), lstm(words)])
    assert work(Model(words, twice), 10) == 10 * 2 * 5 * (3 * 16 + 4 * 16)

"""jit_compile sends a model through torch.compile: the same numbers, and a word on the cost."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from pipekeras.errors import UserError
from pipekeras.layers import registry
from pipekeras.layers.core import Input
from pipekeras.layers.model import Model
from pipekeras.layers.seed import set_random_seed
from pipekeras.train import jit
from pipekeras.train.compiling import compile
from pipekeras.train.fitting import fit
from pipekeras.train.notices import TrainingNotice

LAYERS = registry()


def _losses(jit_compile: Any) -> list[float]:
    set_random_seed(7)
    text = Input(shape=(6,), dtype="int32")
    seen = LAYERS["layer_lstm"](4)(LAYERS["layer_embedding"](20, 5, mask_zero=True)(text))
    model = Model(text, LAYERS["layer_dense"](3, activation="softmax")(LAYERS["layer_dropout"](0.0)(seen)))
    compile(
        model, "rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=jit_compile
    )
    words = np.random.default_rng(1).integers(0, 20, (20, 6))
    return fit(model, words, words[:, 0] % 3, epochs=3, batch_size=8, shuffle=False, verbose=0).metrics[
        "loss"
    ]


def test_a_compiled_model_learns_the_same_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    # the graph is traced and differentiated as with inductor, but no C++ is compiled
    monkeypatch.setattr(jit, "BACKEND", "aot_eager")
    with pytest.warns(TrainingNotice, match=r"torch compiled the model in \d+\.\d s"):
        compiled = _losses(True)
    np.testing.assert_allclose(compiled, _losses(None), rtol=1e-5)


def test_where_the_compiler_fails_the_model_runs_uncompiled(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(graph: torch.fx.GraphModule, inputs: list[torch.Tensor]) -> Any:
        raise RuntimeError("no compiler found")

    monkeypatch.setattr(jit, "BACKEND", broken)
    with pytest.warns(TrainingNotice, match="torch.compile failed .*no compiler found.* runs uncompiled"):
        compiled = _losses(True)
    np.testing.assert_allclose(compiled, _losses("auto"), rtol=1e-6)


def test_jit_compile_is_a_flag() -> None:
    with pytest.raises(UserError, match="jit_compile"):
        _losses("yes")

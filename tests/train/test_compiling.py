"""`compile()` spreads losses, weights and metrics over the outputs, and finds mistakes at once."""

from __future__ import annotations

from typing import Any

import pytest
from mlp import MLP

from pipekeras.errors import Code, UserError
from pipekeras.train.compiling import compile, compiled_of
from pipekeras.train.conventions import GUIDE, KERAS3
from pipekeras.train.declare import R_NAMES
from pipekeras.train.metrics import get_metric


def _two() -> MLP:
    return MLP((6, 5, 1), "sigmoid", heads=("main_output", "aux_output"))


def _compiled(model: MLP | None = None, **arguments: Any) -> Any:
    model = model or _two()
    compile(model, **{"loss": "mse", **arguments})
    return model.compiled


def test_one_loss_goes_to_every_output_and_may_have_a_weight_for_each() -> None:
    heads = _compiled(loss="binary_crossentropy", loss_weights=[1.0, 0.2]).heads
    assert [(h.loss.name, h.weight) for h in heads] == [
        ("binary_crossentropy", 1),
        ("binary_crossentropy", 0.2),
    ]


@pytest.mark.parametrize(
    "loss",
    [
        ["mae", "mse"],
        {"main_output": "mae", "aux_output": "mse"},
        {"aux_output": "mse", "main_output": "mae"},
    ],
)
def test_losses_in_a_list_or_by_name(loss: Any) -> None:
    assert [h.loss.name for h in _compiled(loss=loss).heads] == ["mean_absolute_error", "mean_squared_error"]


def test_weights_by_name_are_1_where_they_are_left_out() -> None:
    assert [h.weight for h in _compiled(loss_weights={"aux_output": 0.5}).heads] == [1, 0.5]


@pytest.mark.parametrize(
    ("metrics", "names"),
    [
        ("mae", ["main_output_mae", "aux_output_mae"]),
        (["mae", "acc"], ["main_output_mae", "main_output_acc", "aux_output_mae", "aux_output_acc"]),
        ({"aux_output": ["mae", "mse"]}, ["aux_output_mae", "aux_output_mse"]),
        ([["mae"], None], ["main_output_mae"]),
        ([["mae"], ["mae", "mae"]], ["main_output_mae", "aux_output_mae", "aux_output_mae_1"]),
    ],
)
def test_metrics_go_to_outputs_under_their_names(metrics: Any, names: list[str]) -> None:
    assert list(_compiled(metrics=metrics).metrics()) == names


def test_metrics_of_a_single_output_have_no_prefix() -> None:
    compiled = _compiled(MLP(), metrics=["acc", R_NAMES["metric_auc"]], weighted_metrics="acc")
    assert list(compiled.metrics()) == ["acc", "auc", "weighted_acc"]
    assert compiled.loss_names() == []


def test_outputs_do_not_share_one_metric_object() -> None:
    heads = _compiled(metrics=[get_metric("auc")]).heads
    assert heads[0].metrics[0] is not heads[1].metrics[0]


@pytest.mark.parametrize(
    ("arguments", "message", "cure"),
    [
        ({"optimizer": "rmsprp"}, "Unknown optimizer: 'rmsprp'", "'rmsprop'"),
        ({"loss": "categorical_crosentropy"}, "Unknown loss function", "'categorical_crossentropy'"),
        ({"metrics": ["acuracy"]}, "Unknown metric: 'acuracy'", "'accuracy'"),
        ({"loss": {"main_outptu": "mse"}}, "do not correspond to any Model output", "`main_output`"),
        ({"loss": ["mse", "mse", "mse"]}, "got 3 values for 2 outputs", "main_output"),
        ({"loss_weights": [1, 2, 3]}, "`loss_weights` must match", "main_output"),
        ({"loss_weights": {"aux": 1}}, "unexpected loss_weights", "output"),
        ({"metrics": {"nosuch": "mae"}}, "unexpected metrics", "names of the output layers"),
        ({"metrics": [["mae"], ["mae"], None]}, "`metrics` must match", "main_output"),
    ],
)
def test_mistakes_are_found_when_compiling(arguments: dict[str, Any], message: str, cure: str) -> None:
    with pytest.raises(UserError, match=message) as caught:
        _compiled(**arguments)
    assert cure in (caught.value.cure or "")
    assert caught.value.code is Code.COMPILE


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"loss_weights": [1.0, 0.2]}, "got 1 losses and 2 weights"),
        ({"loss": {"main_output": "mse"}}, "Expected keys"),
        ({"metrics": ["mae"]}, "`metrics` must match"),
    ],
)
def test_keras3_forgives_less(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError, match=message):
        _compiled(conventions=KERAS3, **arguments)


def test_the_guides_edition_is_the_default() -> None:
    assert _compiled().conventions is GUIDE


def test_a_model_must_be_compiled() -> None:
    with pytest.raises(UserError, match="You must compile your model before training/testing"):
        compiled_of(MLP())

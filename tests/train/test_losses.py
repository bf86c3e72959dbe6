"""Losses have Keras's values, with weights and masks, and are found by all their names."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
import training_cases as cases

from pipekeras.errors import UserError
from pipekeras.train.declare import R_NAMES
from pipekeras.train.losses import LOSSES, get_loss


@pytest.mark.parametrize("case", cases.LOSSES, ids=lambda c: cases.key(*c))
def test_loss_equals_keras(case: Any, golden: dict[str, Any]) -> None:
    name, kind, options = case
    expected = golden["losses"][cases.key(*case)]
    y_true, y_pred = map(torch.from_numpy, cases.arrays(kind))
    loss = LOSSES.find(name)(**options)
    close = {"rtol": 2e-6, "atol": 1e-6}
    np.testing.assert_allclose(loss.function(y_true, y_pred, **options), expected["values"], **close)
    np.testing.assert_allclose(loss(y_true, y_pred), expected["mean"], **close)
    if expected["weighted"] is not None:
        weighted = loss(y_true, y_pred, torch.from_numpy(cases.weights()))
        np.testing.assert_allclose(weighted, expected["weighted"], **close)
    total = LOSSES.find(name)(**options, reduction="sum")(y_true, y_pred)
    np.testing.assert_allclose(total, expected["sum"], **close)


@pytest.mark.parametrize("name", ["categorical_crossentropy", "sparse_categorical_crossentropy"])
def test_softmax_crossentropy_from_logits_is_the_same_number(name: str) -> None:
    _, scores = cases.arrays("one_hot_logits")
    target = torch.from_numpy(cases.arrays("labels" if name.startswith("sparse") else "one_hot")[0])
    logits = torch.from_numpy(scores)
    loss = get_loss(name)
    assert loss.activation == "softmax"
    torch.testing.assert_close(loss.from_logits()(target, logits), loss(target, logits.softmax(-1)))


def test_crossentropy_from_logits_does_not_overflow() -> None:
    logits, target = torch.tensor([[200.0, -200.0]], requires_grad=True), torch.tensor([[0.0, 1.0]])
    loss = get_loss("categorical_crossentropy").from_logits()(target, logits)
    assert loss.item() == 400
    (gradient,) = torch.autograd.grad(loss, [logits])
    assert gradient.tolist() == [[1, -1]]


def test_masked_steps_count_neither_in_the_sum_nor_in_the_mean() -> None:
    y_true, y_pred = torch.zeros(2, 3, 1), torch.tensor([[[1.0], [2.0], [9.0]], [[3.0], [9.0], [9.0]]])
    mask = torch.tensor([[True, True, False], [True, False, False]])
    loss = get_loss("mse")
    assert loss(y_true, y_pred, None, mask).item() == pytest.approx((1 + 4 + 9) / 3)
    assert loss(y_true, y_pred, torch.tensor([1.0, 2.0]), mask).item() == pytest.approx((1 + 4 + 18) / 3)
    assert loss(y_true, y_pred, None, torch.zeros(2, 3, dtype=torch.bool)).item() == 0


@pytest.mark.parametrize("name", ["mse", "MSE", "mean_squared_error", "MeanSquaredError"])
def test_a_loss_is_found_by_every_spelling(name: str) -> None:
    assert get_loss(name).name == "mean_squared_error"


def test_r_calls_a_loss_for_its_values_or_for_an_object() -> None:
    huber = R_NAMES["loss_huber"]
    values = huber(y_true=np.array([[0.0]]), y_pred=np.array([[3.0]]), delta=2)
    assert values.tolist() == [4.0]
    assert get_loss(huber(delta=2)).options == {"delta": 2.0}
    assert get_loss(huber).options == {}


def test_a_function_is_a_loss_of_values_or_of_one_number() -> None:
    def largest(y_true: torch.Tensor, y_pred: torch.Tensor) -> torch.Tensor:
        return (y_true - y_pred).abs().max()

    loss = get_loss(largest)
    assert loss.name == "largest"
    assert loss(torch.zeros(3, 1), torch.tensor([[1.0], [5.0], [2.0]])).item() == 5


def test_unknown_losses_are_refused_with_the_nearest_name() -> None:
    with pytest.raises(UserError, match="Unknown loss function: 'categorical_crosentropy'") as caught:
        get_loss("categorical_crosentropy")
    assert caught.value.cure == "did you mean 'categorical_crossentropy'?"
    with pytest.raises(UserError, match="Could not interpret loss identifier: 3"):
        get_loss(3)

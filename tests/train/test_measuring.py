"""Batches that are measured together give the metrics that they give one by one."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from pipekeras.train import measuring
from pipekeras.train.compiling import Head
from pipekeras.train.measuring import Measuring
from pipekeras.train.metric import METRICS
from pipekeras.train.metrics import get_metric


def _batches(*inner: int) -> list[Any]:
    """Targets, predictions, a weight for each sample, a mask of all axes but the last."""
    torch.manual_seed(3)
    shapes = [(n, *inner, 4) for n in (5, 5, 5, 2)]
    return [
        ((torch.rand(s) > 0.5).float(), torch.rand(s), torch.rand(s[0]), torch.rand(s[:-1]) > 0.3)
        for s in shapes
    ]


def _measured(plain: list[Any], weighted: list[Any], masked: bool, batches: list[Any]) -> list[float]:
    head = Head("out", "", None, metrics=list(map(get_metric, plain)))
    head.weighted_metrics = list(map(get_metric, weighted))
    measure = Measuring(head, lambda output: output)
    for target, output, weight, mask in batches:
        measure.add(target, output, weight, mask if masked else None)
    measure.measure()
    return [metric.result() for metric in (*head.metrics, *head.weighted_metrics)]


@pytest.mark.parametrize(
    ("plain", "weighted", "masked"),
    [
        (["accuracy", "mse", "cosine_similarity", METRICS.find("AUC"), METRICS.find("Precision")], [], False),
        (["accuracy"], ["mae", "accuracy"], False),
        (["mse"], ["mae"], True),
    ],
    ids=["plain", "weighted", "masked"],
)
def test_joined_batches_give_the_same_metrics(
    plain: list[Any], weighted: list[Any], masked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches = _batches(3) if masked else _batches()
    joined = _measured(plain, weighted, masked, batches)
    monkeypatch.setattr(measuring, "TOGETHER", 1)
    assert joined == pytest.approx(_measured(plain, weighted, masked, batches), rel=1e-6)


def test_a_function_of_the_user_sees_batch_after_batch() -> None:
    seen: list[int] = []

    def largest(y_true: torch.Tensor, y_pred: torch.Tensor) -> torch.Tensor:
        seen.append(len(y_pred))
        return y_pred.max()

    _measured([largest], [], False, _batches())
    assert seen == [5, 5, 5, 2]


def test_no_more_waits_than_is_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "TOGETHER", 40)
    metric = get_metric("mse")
    measure = Measuring(Head("out", "", None, metrics=[metric]), lambda output: output)
    for target, output, _, _ in _batches()[:2]:
        measure.add(target, output, None, None)
    assert not measure.waiting
    assert metric.result() > 0

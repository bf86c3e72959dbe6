"""Metrics gather over batches to Keras's values and keep Keras's names."""

from __future__ import annotations

import re
from typing import Any

import pytest
import torch
import training_cases as cases

from pipekeras.errors import UserError
from pipekeras.train.declare import R_NAMES
from pipekeras.train.metric import Metric
from pipekeras.train.metrics import get_metric


def _make(name: str, options: dict[str, Any]) -> Metric:
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    snake = {"kldivergence": "kl_divergence", "top_kcategorical_accuracy": "top_k_categorical_accuracy"}.get(
        snake, snake.replace("top_kc", "top_k_c")
    )
    return R_NAMES[f"metric_{snake}"](**options)


@pytest.mark.parametrize("case", cases.METRICS, ids=lambda c: cases.key(*c))
def test_metric_equals_keras(case: Any, golden: dict[str, Any]) -> None:
    name, kind, options = case
    expected = golden["metrics"][cases.key(*case)]
    y_true, y_pred = map(torch.from_numpy, cases.arrays(kind))
    weights = torch.from_numpy(cases.weights())
    metric = _make(name, options)
    for label in ("plain", "weighted"):
        metric.reset()
        for rows in (slice(0, 5), slice(5, None)):
            metric.update(y_true[rows], y_pred[rows], weights[rows] if label == "weighted" else None)
        assert metric.result() == pytest.approx(expected[label], rel=2e-6, abs=1e-6)


@pytest.mark.parametrize(
    ("kind", "same_as"),
    [
        ("binary_column", "binary_accuracy"),
        ("one_hot", "categorical_accuracy"),
        ("labels", "sparse_categorical_accuracy"),
        ("label_column", "sparse_categorical_accuracy"),
    ],
)
def test_accuracy_is_chosen_by_the_shapes(kind: str, same_as: str) -> None:
    y_true, y_pred = map(torch.from_numpy, cases.arrays(kind))
    metrics = get_metric("accuracy"), get_metric(same_as)
    for metric in metrics:
        metric.update(y_true, y_pred)
    assert metrics[0].result() == metrics[1].result()


def test_a_metric_is_called_what_the_user_called_it() -> None:
    assert [get_metric(n).name for n in ("acc", "accuracy", "mse")] == ["acc", "accuracy", "mse"]
    assert get_metric(R_NAMES["metric_binary_accuracy"]).name == "binary_accuracy"
    assert get_metric(R_NAMES["metric_auc"](name="area")).name == "area"


def test_a_function_is_a_metric() -> None:
    def bias(y_true: torch.Tensor, y_pred: torch.Tensor) -> torch.Tensor:
        return y_pred - y_true

    metric = get_metric(bias)
    metric.update(torch.zeros(2, 1), torch.tensor([[1.0], [3.0]]))
    metric.update(torch.zeros(1, 1), torch.tensor([[5.0]]))
    assert (metric.name, metric.result()) == ("bias", 3.0)


def test_nothing_gathered_is_zero() -> None:
    assert [get_metric(n).result() for n in ("accuracy", "auc", "precision")] == [0, 0, 0]


def test_unknown_metrics_are_refused_with_the_nearest_name() -> None:
    with pytest.raises(UserError, match="Unknown metric: 'acuracy'") as caught:
        get_metric("acuracy")
    assert caught.value.cure == "did you mean 'accuracy'?"

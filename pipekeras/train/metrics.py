"""Metrics with Keras 3's formulas; their state stays on the device until somebody reads `result()`."""

from __future__ import annotations

from typing import Any

from torch import Tensor

from ..errors import Code, UserError
from ..layers.arguments import Axis, Count, Number
from ..layers.infer import of_tensors
from . import confusion  # noqa: F401  (declares its metrics)
from .declare import Declared
from .losses import LOSSES, Loss, cosines, get_loss
from .metric import METRICS, Mean, MeanOfBatches, Metric, RootMean, equal_rank, metric


def get_metric(identifier: Any) -> Metric:
    """The metric of a name, a declaration (R's `metric_auc` without a call), a metric, a loss or a function.

    Raises:
        UserError: an unknown name, or something that is no metric
    """
    if isinstance(identifier, str):
        return METRICS.find(identifier)(name=identifier)
    if isinstance(identifier, Metric):
        return identifier
    if isinstance(identifier, Declared):
        identifier = identifier()
    if isinstance(identifier, Loss):
        return Mean(identifier.function, identifier.name, up=False, **identifier.options)
    if isinstance(identifier, Metric):
        return identifier
    if callable(identifier):
        name = getattr(identifier, "__name__", type(identifier).__name__)
        return MeanOfBatches(of_tensors(identifier, f"metric function `{name}`"), name)
    raise UserError(
        f"Could not interpret metric identifier: {identifier!r}",
        code=Code.COMPILE,
        cause="a metric is a name, a `metric_*()` object or a function of y_true and y_pred",
        cure="for example metrics = 'accuracy'",
    )


@metric("accuracy", "acc", r=())
def accuracy(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """How often the prediction is right; what right means follows from the shapes, as in Keras.

    One output column: y_pred > 0.5 agrees with y_true. Class numbers as targets: the largest column is the
    class. Otherwise: the largest columns agree.
    """
    if y_pred.shape[-1] == 1:
        return binary_accuracy(y_true, y_pred)
    if y_true.ndim < y_pred.ndim or y_true.shape[-1] == 1:
        return sparse_categorical_accuracy(y_true, y_pred)
    return categorical_accuracy(y_true, y_pred)


def _largest(x: Tensor) -> Tensor:
    """Where the largest number of each row is; torch is slow if rows do not lie in one piece."""
    return x.contiguous().argmax(-1)


@metric(r="metric_accuracy", log_name="accuracy")
def equality(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """How often y_pred equals y_true."""
    y_true, y_pred = equal_rank(y_true, y_pred)
    return y_true == y_pred


@metric("binary_accuracy", r="metric_binary_accuracy")
def binary_accuracy(y_true: Tensor, y_pred: Tensor, threshold: Number = 0.5) -> Tensor:
    """How often y_pred > threshold agrees with y_true in {0, 1}.

    Args:
        threshold: y_pred above it counts as 1
    """
    y_true, y_pred = equal_rank(y_true, y_pred)
    return y_true == (y_pred > threshold)


@metric("categorical_accuracy", r="metric_categorical_accuracy")
def categorical_accuracy(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """How often the largest y_pred is at the 1 of the one-hot y_true."""
    return _largest(y_true) == _largest(y_pred)


@metric("sparse_categorical_accuracy", r="metric_sparse_categorical_accuracy")
def sparse_categorical_accuracy(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """How often the largest y_pred is at the 0-based class y_true."""
    return _class_numbers(y_true, y_pred) == _largest(y_pred)


@metric("top_k_categorical_accuracy", r="metric_top_k_categorical_accuracy")
def top_k_categorical_accuracy(y_true: Tensor, y_pred: Tensor, k: Count = 5) -> Tensor:
    """How often the 1 of the one-hot y_true is among the k largest y_pred.

    Args:
        k: how many of the largest count
    """
    return _in_top(_largest(y_true), y_pred, k)


@metric("sparse_top_k_categorical_accuracy", r="metric_sparse_top_k_categorical_accuracy")
def sparse_top_k_categorical_accuracy(y_true: Tensor, y_pred: Tensor, k: Count = 5) -> Tensor:
    """How often the 0-based class y_true is among the k largest y_pred.

    Args:
        k: how many of the largest count
    """
    return _in_top(_class_numbers(y_true, y_pred).long(), y_pred, k)


def _class_numbers(y_true: Tensor, y_pred: Tensor) -> Tensor:
    same = y_true.ndim == y_pred.ndim and y_true.shape[-1] == 1
    return y_true.squeeze(-1) if same else y_true


def _in_top(classes: Tensor, y_pred: Tensor, k: int) -> Tensor:
    # ties with the k-th count as in, as in Keras's in_top_k
    own = y_pred.gather(-1, classes.unsqueeze(-1))
    return (y_pred > own).sum(-1) < k


@metric("root_mean_squared_error", "rmse", r="metric_root_mean_squared_error", up=False, kind=RootMean)
def squared_error(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """The root of the mean squared error."""
    y_true, y_pred = equal_rank(y_true, y_pred)
    return (y_pred - y_true).square()


@metric("cosine_similarity", "cosine_proximity", r=("metric_cosine_similarity", "metric_cosine_proximity"))
def cosine_similarity(y_true: Tensor, y_pred: Tensor, axis: Axis = -1) -> Tensor:
    """Cosine of the angle between y_true and y_pred: 1 is equal direction.

    Args:
        axis: the axis of the vectors
    """
    y_true, y_pred = equal_rank(y_true, y_pred)
    return cosines(y_true, y_pred, axis)


def _losses_as_metrics() -> None:
    """Every loss is a metric of the same name, as in Keras."""
    r_names = {
        "kl_divergence": ("metric_kullback_leibler_divergence", "metric_kl_divergence"),
        "log_cosh": ("metric_logcosh_error", "metric_log_cosh_error", "metric_log_cosh"),
        "huber_loss": ("metric_huber",),
    }
    for declared in dict.fromkeys(LOSSES.values()):
        if declared.name == "cosine_similarity":  # Keras's metric of this name has the opposite sign
            continue
        names = tuple(name for name in LOSSES.names if LOSSES.find(name) is declared)
        r = r_names.get(declared.name, (f"metric_{declared.name}",))
        metric(*names, r=r, up=False)(get_loss(declared).function)


_losses_as_metrics()

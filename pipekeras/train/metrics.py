"""Metrics with Keras 3's formulas; their state stays on the device until somebody reads `result()`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from ..errors import Code, UserError
from ..layers.arguments import Axis, Count, Flag, Number, choice
from ..signature import DOTS, Param, Signature
from .declare import Declared, Registry, kind_of, parameters, register
from .losses import LOSSES, Loss, cosines, get_loss, refuse_dtype, same_rank

METRICS = Registry("metric", "metrics")


class Metric:
    """Something that is gathered over the batches of an epoch.

    Args:
        name: what the logs call it; Keras takes the identifier as the user wrote it (`acc` stays `acc`)
        up: whether larger is better, for callbacks with mode "auto"
    """

    def __init__(self, name: str, up: bool = True) -> None:
        self.name = name
        self.up = up
        self.reset()

    def reset(self) -> None:
        """Forget everything that was gathered."""
        raise NotImplementedError

    def update(self, y_true: Tensor, y_pred: Tensor, weight: Tensor | None = None) -> None:
        """Gather one batch; no value leaves the device."""
        raise NotImplementedError

    def result(self) -> float:
        """The value over all that was gathered (this waits for the device)."""
        raise NotImplementedError


class Mean(Metric):
    """The mean over samples of a function that gives one value a sample (Keras's MeanMetricWrapper)."""

    def __init__(self, function: Callable[..., Tensor], name: str, up: bool = True, **options: Any) -> None:
        self.function = function
        self.options = options
        super().__init__(name, up)

    def reset(self) -> None:
        self.total: Tensor | float = 0.0
        self.count: Tensor | float = 0.0

    def update(self, y_true: Tensor, y_pred: Tensor, weight: Tensor | None = None) -> None:
        values = self.function(y_true, y_pred, **self.options)
        samples = values.shape[0] if values.ndim else 1
        if weight is None:
            # inner axes are averaged, so that each sample counts once
            scale = samples / values.numel()
            total = values.sum(dtype=torch.float32)
            self.total = self.total + (total if scale == 1 else total * scale)
            self.count += samples
        else:
            self._update_weighted(values.float(), weight)

    def _update_weighted(self, values: Tensor, weight: Tensor) -> None:
        if values.ndim > weight.ndim:
            values = values.mean(tuple(range(weight.ndim, values.ndim)))
        values = values * same_rank(weight, values)
        inner = weight[0].numel()
        self.total = self.total + values.sum() / max(values[0].numel() if values.ndim else 1, 1)
        self.count = self.count + weight.sum() / inner

    def result(self) -> float:
        count = float(self.count)
        return self._finish(float(self.total) / count) if count else 0.0

    def _finish(self, mean: float) -> float:
        return mean


class RootMean(Mean):
    """The square root of a mean (root mean squared error)."""

    def _finish(self, mean: float) -> float:
        return mean**0.5


class Confusion(Metric):
    """Counts of true and false positives and negatives at thresholds.

    Args:
        combine: from the four counts (tensors, one value a threshold) to the metric
        thresholds: y_pred above it is a positive
        top_k: only the k largest y_pred of a sample can be positives
        class_id: look at this column only
    """

    def __init__(
        self,
        combine: Callable[[Tensor, Tensor, Tensor, Tensor], Tensor],
        name: str,
        up: bool = True,
        thresholds: float | list[float] | None = None,
        top_k: int | None = None,
        class_id: int | None = None,
    ) -> None:
        default = 0.5 if top_k is None else -1e10
        given = default if thresholds is None else thresholds
        self.thresholds = [float(t) for t in given] if isinstance(given, list | tuple) else [float(given)]
        bad = [t for t in self.thresholds if thresholds is not None and not 0 <= t <= 1]
        if bad:
            raise UserError(
                f"Threshold values must be in [0, 1]. Received: {bad}",
                code=Code.VALUE,
                cause="`thresholds` are probabilities",
                cure="for example thresholds = 0.5",
            )
        self.combine = combine
        self.top_k = top_k
        self.class_id = class_id
        super().__init__(name, up)

    def reset(self) -> None:
        self.counts: Tensor | None = None

    def update(self, y_true: Tensor, y_pred: Tensor, weight: Tensor | None = None) -> None:
        y_true, y_pred = equal_rank(y_true.float(), y_pred.float())
        if weight is not None:
            weight = same_rank(weight.float(), y_pred).expand_as(y_pred)
        if self.top_k is not None:
            y_pred = _only_top(y_pred, self.top_k)
        if self.class_id is not None:
            y_true, y_pred = y_true[..., self.class_id], y_pred[..., self.class_id]
            weight = None if weight is None else weight[..., self.class_id]
        truth = y_true.reshape(-1) != 0
        limits = torch.tensor(self.thresholds, device=y_pred.device).unsqueeze(1)
        positive = y_pred.reshape(-1) > limits
        share = torch.ones_like(truth, dtype=torch.float32) if weight is None else weight.reshape(-1)
        cells = (positive & truth, positive & ~truth, ~positive & truth, ~positive & ~truth)
        batch = torch.stack([(cell * share).sum(1) for cell in cells])
        self.counts = batch if self.counts is None else self.counts + batch

    def result(self) -> float:
        if self.counts is None:
            return 0.0
        values = self.combine(*self.counts.double())
        if values.numel() != 1:
            raise UserError(
                f"metric '{self.name}' has {values.numel()} values",
                code=Code.VALUE,
                cause="it was given several thresholds, and a log holds one number",
                cure="make one metric for each threshold",
            )
        return float(values)


class AreaUnderCurve(Metric):
    """Area under the ROC or the precision-recall curve, from counts in evenly spaced bins as Keras does.

    Args:
        num_thresholds: how many points the curve has
        curve: "roc" or "pr"
        summation_method: "interpolation", "minoring" or "majoring"
        from_logits: y_pred has no sigmoid yet
    """

    def __init__(
        self, name: str, num_thresholds: int, curve: str, summation_method: str, from_logits: bool
    ) -> None:
        if num_thresholds < 2:
            raise UserError(
                "Argument `num_thresholds` must be an integer > 1. Received: "
                f"num_thresholds={num_thresholds}",
                code=Code.VALUE,
                cause="a curve has at least two points",
                cure="leave `num_thresholds` at 200",
            )
        self.points = num_thresholds
        self.curve = curve
        self.summation_method = summation_method
        self.from_logits = from_logits
        super().__init__(name)

    def reset(self) -> None:
        self.bins: Tensor | None = None

    def update(self, y_true: Tensor, y_pred: Tensor, weight: Tensor | None = None) -> None:
        y_true, y_pred = equal_rank(y_true.float(), y_pred.float())
        if self.from_logits:
            y_pred = y_pred.sigmoid()
        if weight is not None:
            weight = same_rank(weight.float(), y_pred).expand_as(y_pred).reshape(-1)
        score, truth = y_pred.reshape(-1).clamp(0, 1), y_true.reshape(-1) != 0
        # bin i holds what is above threshold i but not above threshold i + 1
        place = ((score * (self.points - 1)).ceil() - 1).clamp(min=0).long()
        share = torch.ones_like(score) if weight is None else weight
        batch = torch.zeros(2, self.points, device=y_pred.device)
        batch[0].index_add_(0, place, share * truth)
        batch[1].index_add_(0, place, share * ~truth)
        self.bins = batch if self.bins is None else self.bins + batch

    def result(self) -> float:
        if self.bins is None:
            return 0.0
        above = self.bins.double().flip(1).cumsum(1).flip(1)
        tp, fp = above
        fn, tn = above[0, 0] - tp, above[1, 0] - fp
        if self.curve == "pr" and self.summation_method == "interpolation":
            return float(_interpolated_precision_recall(tp, fp, fn))
        recall = _ratio(tp, tp + fn)
        x, y = (recall, _ratio(tp, tp + fp)) if self.curve == "pr" else (_ratio(fp, fp + tn), recall)
        left, right = y[:-1], y[1:]
        if self.summation_method == "interpolation":
            height = (left + right) / 2
        elif self.summation_method == "minoring":
            height = torch.minimum(left, right)
        else:
            height = torch.maximum(left, right)
        return float(((x[:-1] - x[1:]) * height).sum())


def _ratio(top: Tensor, bottom: Tensor) -> Tensor:
    return torch.where(bottom == 0, torch.zeros_like(top), top / bottom.clamp(min=1e-300))


def _interpolated_precision_recall(tp: Tensor, fp: Tensor, fn: Tensor) -> Tensor:
    """Davis and Goadrich (2006): between two points precision is interpolated through the counts."""
    predicted = tp + fp
    gained = tp[:-1] - tp[1:]
    slope = _ratio(gained, (predicted[:-1] - predicted[1:]).clamp(min=0))
    intercept = tp[1:] - slope * predicted[1:]
    both = (predicted[:-1] > 0) & (predicted[1:] > 0)
    growth = torch.where(both, _ratio(predicted[:-1], predicted[1:]), torch.ones_like(slope))
    return _ratio(slope * (gained + intercept * growth.log()), (tp[1:] + fn[1:]).clamp(min=0)).sum()


def _only_top(y_pred: Tensor, k: int) -> Tensor:
    top = torch.zeros_like(y_pred).scatter_(-1, y_pred.topk(k, -1).indices, 1.0)
    return torch.where(top > 0, y_pred, -1e10)


def equal_rank(y_true: Tensor, y_pred: Tensor) -> tuple[Tensor, Tensor]:
    """Drop or add a last axis of 1 so that both have the same rank, as Keras does."""
    if y_true.ndim == y_pred.ndim + 1 and y_true.shape[-1] == 1:
        y_true = y_true.squeeze(-1)
    elif y_pred.ndim == y_true.ndim + 1 and y_pred.shape[-1] == 1:
        if y_true.ndim == 1:
            y_true = y_true.unsqueeze(-1)
        else:
            y_pred = y_pred.squeeze(-1)
    return y_true, y_pred


def metric(
    *names: str,
    r: str | tuple[str, ...],
    log_name: str | None = None,
    up: bool = True,
    kind: type[Mean] = Mean,
) -> Callable[[Callable[..., Tensor]], Callable[..., Tensor]]:
    """Declare a metric that is the mean of a function of y_true and y_pred; further arguments are options.

    R calls `metric_binary_accuracy(threshold = 0.6)` for the object and `metric_binary_accuracy(y_true,
    y_pred)` for the values.
    """
    called = log_name or names[0]

    def declare(function: Callable[..., Tensor]) -> Callable[..., Tensor]:
        def make(
            y_true: Any = None,
            y_pred: Any = None,
            name: str = called,
            dtype: str | None = None,
            **options: Any,
        ) -> Metric | Tensor:
            if y_true is not None and y_pred is not None:
                return function(torch.as_tensor(y_true), torch.as_tensor(y_pred), **options).float()
            refuse_dtype(dtype)
            return kind(function, name, up, **options)

        arguments = [Param("y_true", None), Param("y_pred", None)]
        arguments += [*parameters(function, "y_true", "y_pred"), Param(DOTS)]
        _enter(called, names, r, make, arguments, function.__doc__)
        return function

    return declare


def _enter(
    called: str,
    names: tuple[str, ...],
    r: str | tuple[str, ...],
    make: Callable[..., Any],
    arguments: list[Param],
    doc: str | None,
) -> None:
    signature = Signature([*arguments, Param("name", called), Param("dtype", None)])
    r_names = (r,) if isinstance(r, str) else r
    METRICS.add(names, register(Declared(called, r_names, signature, make, doc or "")))


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
        function: Any = identifier
        return Mean(function, getattr(function, "__name__", type(function).__name__))
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
    return y_true.argmax(-1) == y_pred.argmax(-1)


@metric("sparse_categorical_accuracy", r="metric_sparse_categorical_accuracy")
def sparse_categorical_accuracy(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """How often the largest y_pred is at the 0-based class y_true."""
    return _class_numbers(y_true, y_pred) == y_pred.argmax(-1)


@metric("top_k_categorical_accuracy", r="metric_top_k_categorical_accuracy")
def top_k_categorical_accuracy(y_true: Tensor, y_pred: Tensor, k: Count = 5) -> Tensor:
    """How often the 1 of the one-hot y_true is among the k largest y_pred.

    Args:
        k: how many of the largest count
    """
    return _in_top(y_true.argmax(-1), y_pred, k)


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


def _confusion(
    name: str, combine: Callable[..., Tensor], doc: str, up: bool = True, selective: bool = False
) -> None:
    """Declare a metric of the confusion counts; selective ones can look at some columns only."""

    def make(name: str = name, dtype: str | None = None, **options: Any) -> Metric:
        refuse_dtype(dtype)
        return Confusion(combine, name, up, **options)

    arguments = [Param(DOTS), Param("thresholds", None, doc="y_pred above it is a positive, 0.5 by default")]
    if selective:
        whole = kind_of(Count)
        arguments.append(
            Param("top_k", None, whole, "only the k largest y_pred of a sample can be positives")
        )
        arguments.append(Param("class_id", None, kind_of(Axis), "look at this column only, from 0"))
    _enter(name, (name,), f"metric_{name}", make, arguments, doc)


def _precision(tp: Tensor, fp: Tensor, fn: Tensor, tn: Tensor) -> Tensor:
    return _ratio(tp, tp + fp)


def _recall(tp: Tensor, fp: Tensor, fn: Tensor, tn: Tensor) -> Tensor:
    return _ratio(tp, tp + fn)


_confusion("precision", _precision, "Share of the positives that are true.", selective=True)
_confusion("recall", _recall, "Share of the true that are found.", selective=True)
_confusion("true_positives", lambda tp, fp, fn, tn: tp, "How many positives are true.")
_confusion("false_positives", lambda tp, fp, fn, tn: fp, "How many positives are false.", up=False)
_confusion("true_negatives", lambda tp, fp, fn, tn: tn, "How many negatives are true.")
_confusion("false_negatives", lambda tp, fp, fn, tn: fn, "How many negatives are false.", up=False)


def _auc(
    num_thresholds: int = 200,
    curve: str = "roc",
    summation_method: str = "interpolation",
    name: str = "auc",
    dtype: str | None = None,
    from_logits: bool = False,
) -> Metric:
    refuse_dtype(dtype)
    return AreaUnderCurve(name, num_thresholds, curve, summation_method, from_logits)


_enter(
    "auc",
    ("auc",),
    "metric_auc",
    _auc,
    [
        Param(DOTS),
        Param("num_thresholds", 200, kind_of(Count), "how many points the curve has"),
        Param("curve", "ROC", choice("roc", "pr"), "ROC, or PR for precision and recall"),
        Param(
            "summation_method",
            "interpolation",
            choice("interpolation", "minoring", "majoring"),
            "height between two points",
        ),
        Param("from_logits", False, kind_of(Flag), "y_pred has no sigmoid yet"),
    ],
    "Area under the ROC or the precision-recall curve.",
)

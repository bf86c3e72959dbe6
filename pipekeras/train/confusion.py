"""Metrics of true and false positives and negatives: precision, recall, area under the curve."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from ..errors import Code, UserError
from ..layers.arguments import Axis, Count, Flag, choice
from ..signature import DOTS, Param
from .declare import kind_of
from .losses import refuse_dtype, same_rank
from .metric import Metric, enter, equal_rank


class Confusion(Metric):
    """Counts of true and false positives and negatives at thresholds.

    Args:
        combine: from the four counts (tensors, one value a threshold) to the metric
        thresholds: y_pred above it is a positive
        top_k: only the k largest y_pred of a sample can be positives
        class_id: look at this column only
    """

    adds_up = True

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

    adds_up = True

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
    enter(name, (name,), f"metric_{name}", make, arguments, doc)


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


enter(
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

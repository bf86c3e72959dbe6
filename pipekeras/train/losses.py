"""Loss functions with Keras 3's formulas; each is declared once and gives one value a sample."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from ..errors import Code, UserError
from ..layers.activations import log_softmax
from ..layers.arguments import Axis, Flag, Number, Whole, choice
from ..layers.infer import of_tensors
from ..signature import DOTS, Param, Signature
from .declare import Declared, Registry, parameters, register

EPSILON = 1e-7
"""Keras's fuzz factor (`backend.epsilon()`)."""

LOSSES = Registry("loss function", "loss")

REDUCTION = choice("auto", "sum_over_batch_size", "sum", "none")


@dataclass(slots=True)
class Loss:
    """A loss function with its options: `Loss(y_true, y_pred)` is one number.

    Args:
        function: `f(y_true, y_pred)` gives one value a sample, or one number
        name: what Keras calls it
        options: further arguments of the function
        reduction: "sum_over_batch_size" (Keras's mean over all values), "sum" or "none"
        elementwise: y_true and y_pred must have the same shape
        sparse: y_true holds 0-based class numbers
        activation: the activation that this loss can take off the output ("softmax", "sigmoid"), to be
            computed from logits
    """

    function: Callable[..., Tensor]
    name: str
    options: dict[str, Any] = field(default_factory=dict)
    reduction: str = "sum_over_batch_size"
    elementwise: bool = False
    sparse: bool = False
    activation: str | None = None

    def __call__(
        self, y_true: Tensor, y_pred: Tensor, weight: Tensor | None = None, mask: Tensor | None = None
    ) -> Tensor:
        values = self.function(y_true, y_pred, **self.options)
        if self.ignored_class is not None:
            valid = y_true.reshape(values.shape) != self.ignored_class
            mask = valid if mask is None else mask & valid
        if weight is None and mask is None and self.reduction == "sum_over_batch_size":
            return values.mean()
        return self._reduce(values, weight, mask)

    def _reduce(self, values: Tensor, weight: Tensor | None, mask: Tensor | None) -> Tensor:
        if mask is not None:
            # masked values count neither in the sum nor in the mean, as Keras weights them
            share = mask.to(values.dtype)
            if self.reduction == "sum_over_batch_size":
                share = share * (mask.numel() / share.sum().clamp(min=1))
            values = values * same_rank(share, values)
        if weight is not None:
            values = values * same_rank(weight, values)
        if self.reduction == "none":
            return values
        return values.sum() if self.reduction == "sum" else values.mean()

    @property
    def ignored_class(self) -> int | None:
        """The class number whose samples do not count."""
        return self.options.get("ignore_class")

    def from_logits(self) -> Loss:
        """The same loss for an output whose softmax or sigmoid was left off."""
        return Loss(
            self.function,
            self.name,
            {**self.options, "from_logits": True},
            self.reduction,
            self.elementwise,
            self.sparse,
        )

    def get_config(self) -> dict[str, Any]:
        return {"name": self.name, "reduction": self.reduction, **self.options}


def _numbers(values: Any, argument: str) -> Tensor:
    try:
        return torch.as_tensor(values)
    except (TypeError, ValueError):
        raise UserError(
            f"`{argument}` must hold numbers. Received: {values!r}",
            code=Code.TYPE,
            cause="a loss is computed from numbers",
            cure="give an array or a tensor",
        ) from None


def same_rank(weight: Tensor, values: Tensor) -> Tensor:
    """Give weights, one a sample or one a step, the rank of the values, so that they multiply."""
    if weight.ndim == values.ndim + 1 and weight.shape[-1] == 1:
        weight = weight.squeeze(-1)
    return weight.reshape(weight.shape + (1,) * (values.ndim - weight.ndim))


def loss(
    *names: str,
    r: str | tuple[str, ...],
    elementwise: bool = True,
    sparse: bool = False,
    activation: str | None = None,
) -> Callable[[Callable[..., Tensor]], Callable[..., Tensor]]:
    """Declare a loss: Keras's name and aliases, R's name; its options are the function's further arguments.

    R calls `loss_huber(delta = 2)` for the object and `loss_huber(y_true, y_pred)` for the values.
    """

    def declare(function: Callable[..., Tensor]) -> Callable[..., Tensor]:
        def make(
            y_true: Any = None,
            y_pred: Any = None,
            reduction: str = "auto",
            name: str = names[0],
            dtype: str | None = None,
            **options: Any,
        ) -> Loss | Tensor:
            if y_true is not None and y_pred is not None:
                y_pred = _numbers(y_pred, "y_pred")
                y_true = _numbers(y_true, "y_true")
                return function(y_true if sparse else y_true.to(y_pred.dtype), y_pred, **options)
            refuse_dtype(dtype)
            reduction = "sum_over_batch_size" if reduction == "auto" else reduction
            plain = not options.get("from_logits") and options.get("axis", -1) == -1
            removable = activation if plain else None
            return Loss(function, name, options, reduction, elementwise, sparse, removable)

        options = parameters(function, "y_true", "y_pred")
        signature = Signature(
            [
                Param("y_true", None),
                Param("y_pred", None),
                *options,
                Param(DOTS),
                Param("reduction", "auto", REDUCTION),
                Param("name", names[0]),
                Param("dtype", None),
            ]
        )
        r_names = (r,) if isinstance(r, str) else r
        declared = register(Declared(names[0], r_names, signature, make, function.__doc__ or ""))
        LOSSES.add(names, declared)
        return function

    return declare


def refuse_dtype(dtype: str | None) -> None:
    if dtype not in (None, "float32"):
        raise UserError(
            f"dtype = '{dtype}' is not supported here",
            code=Code.UNSUPPORTED,
            cause="losses and metrics are computed in float32",
            cure="leave `dtype` out",
        )


def get_loss(identifier: Any) -> Loss:
    """The loss of a name, a declaration (R's `loss_huber` without a call), a `Loss` or a function.

    Raises:
        UserError: an unknown name, or something that is no loss
    """
    if isinstance(identifier, Loss):
        return identifier
    if isinstance(identifier, str):
        identifier = LOSSES.find(identifier)
    if isinstance(identifier, Declared):
        return identifier()
    if callable(identifier):
        name = getattr(identifier, "__name__", type(identifier).__name__)
        return Loss(of_tensors(identifier, f"loss function `{name}`"), name)
    raise UserError(
        f"Could not interpret loss identifier: {identifier!r}",
        code=Code.COMPILE,
        cause="a loss is a name, a `loss_*()` object or a function of y_true and y_pred",
        cure="for example loss = 'mse'",
    )


@loss("mean_squared_error", "mse", r="loss_mean_squared_error")
def mean_squared_error(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """mean((y_true - y_pred)^2) over the last axis."""
    return (y_pred - y_true).square().mean(-1)


@loss("mean_absolute_error", "mae", r="loss_mean_absolute_error")
def mean_absolute_error(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """mean(|y_true - y_pred|) over the last axis."""
    return (y_pred - y_true).abs().mean(-1)


@loss("mean_absolute_percentage_error", "mape", r="loss_mean_absolute_percentage_error")
def mean_absolute_percentage_error(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """100 mean(|(y_true - y_pred) / y_true|) over the last axis, |y_true| at least 1e-7."""
    return 100.0 * ((y_true - y_pred) / y_true.abs().clamp(min=EPSILON)).abs().mean(-1)


@loss("mean_squared_logarithmic_error", "msle", r="loss_mean_squared_logarithmic_error")
def mean_squared_logarithmic_error(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """mean((log(1 + y_true) - log(1 + y_pred))^2) over the last axis, values at least 1e-7."""
    return (y_pred.clamp(min=EPSILON).log1p() - y_true.clamp(min=EPSILON).log1p()).square().mean(-1)


@loss("categorical_crossentropy", r="loss_categorical_crossentropy", activation="softmax")
def categorical_crossentropy(
    y_true: Tensor, y_pred: Tensor, from_logits: Flag = False, label_smoothing: Number = 0.0, axis: Axis = -1
) -> Tensor:
    """-sum(y_true log(p)) for one-hot targets, p = y_pred / sum(y_pred) clipped to [1e-7, 1 - 1e-7].

    Args:
        from_logits: y_pred has no softmax yet
        label_smoothing: share of the target that is spread evenly over the classes
        axis: where the classes are
    """
    if label_smoothing:
        y_true = y_true * (1.0 - label_smoothing) + label_smoothing / y_true.shape[-1]
    return -(y_true * _log_probabilities(y_pred, from_logits, axis)).sum(axis)


@loss(
    "sparse_categorical_crossentropy",
    r="loss_sparse_categorical_crossentropy",
    elementwise=False,
    sparse=True,
    activation="softmax",
)
def sparse_categorical_crossentropy(
    y_true: Tensor,
    y_pred: Tensor,
    from_logits: Flag = False,
    axis: Axis = -1,
    ignore_class: Whole | None = None,
) -> Tensor:
    """-log(p[y_true]) for 0-based class numbers, p as in `loss_categorical_crossentropy()`.

    Args:
        from_logits: y_pred has no softmax yet
        axis: where the classes are
        ignore_class: samples of this class lose nothing
    """
    if y_true.ndim == y_pred.ndim and y_true.shape[axis] == 1:
        y_true = y_true.squeeze(axis)
    log_p = _log_probabilities(y_pred, from_logits, axis)
    if axis not in (1, 1 - log_p.ndim):
        log_p = log_p.movedim(axis, 1)
    ignored = -100 if ignore_class is None else ignore_class
    return F.nll_loss(log_p, y_true.long(), reduction="none", ignore_index=ignored)


def _log_probabilities(y_pred: Tensor, from_logits: bool, axis: int) -> Tensor:
    if from_logits:
        return log_softmax(y_pred, axis)
    p = y_pred / y_pred.sum(axis, keepdim=True)
    return p.clamp(EPSILON, 1.0 - EPSILON).log()


@loss("binary_crossentropy", "bce", r="loss_binary_crossentropy", activation="sigmoid")
def binary_crossentropy(
    y_true: Tensor, y_pred: Tensor, from_logits: Flag = False, label_smoothing: Number = 0.0, axis: Axis = -1
) -> Tensor:
    """-mean(y_true log(p) + (1 - y_true) log(1 - p)), p = y_pred clipped to [1e-7, 1 - 1e-7].

    Args:
        from_logits: y_pred has no sigmoid yet
        label_smoothing: how far targets are drawn towards 0.5
        axis: the axis that is averaged
    """
    if label_smoothing:
        y_true = y_true * (1.0 - label_smoothing) + 0.5 * label_smoothing
    return _binary_crossentropies(y_true, y_pred, from_logits).mean(axis)


def _binary_crossentropies(y_true: Tensor, y_pred: Tensor, from_logits: bool) -> Tensor:
    y_true = y_true.to(y_pred.dtype)
    if from_logits:
        return F.binary_cross_entropy_with_logits(y_pred, y_true, reduction="none")
    return F.binary_cross_entropy(y_pred.clamp(EPSILON, 1.0 - EPSILON), y_true, reduction="none")


@loss("binary_focal_crossentropy", r="loss_binary_focal_crossentropy")
def binary_focal_crossentropy(
    y_true: Tensor,
    y_pred: Tensor,
    apply_class_balancing: Flag = False,
    alpha: Number = 0.25,
    gamma: Number = 2.0,
    from_logits: Flag = False,
    label_smoothing: Number = 0.0,
    axis: Axis = -1,
) -> Tensor:
    """Binary cross-entropy times (1 - p of the true class)^gamma (Lin et al. 2018).

    Args:
        apply_class_balancing: weigh class 1 by alpha and class 0 by 1 - alpha
        alpha: weight of class 1
        gamma: how much easy samples are played down
        from_logits: y_pred has no sigmoid yet
        label_smoothing: how far targets are drawn towards 0.5
        axis: the axis that is averaged
    """
    if label_smoothing:
        y_true = y_true * (1.0 - label_smoothing) + 0.5 * label_smoothing
    p = y_pred.sigmoid() if from_logits else y_pred
    p_true = y_true * p + (1 - y_true) * (1 - p)
    values = (1.0 - p_true).pow(gamma) * _binary_crossentropies(y_true, p, from_logits=False)
    if apply_class_balancing:
        values = values * (y_true * alpha + (1 - y_true) * (1 - alpha))
    return values.mean(axis)


@loss("hinge", r="loss_hinge")
def hinge(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """mean(max(1 - y_true y_pred, 0)) over the last axis; targets 0 and 1 are taken as -1 and 1."""
    return (1.0 - _signs(y_true) * y_pred).clamp(min=0).mean(-1)


@loss("squared_hinge", r="loss_squared_hinge")
def squared_hinge(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """mean(max(1 - y_true y_pred, 0)^2) over the last axis; targets 0 and 1 are taken as -1 and 1."""
    return (1.0 - _signs(y_true) * y_pred).clamp(min=0).square().mean(-1)


def _signs(y_true: Tensor) -> Tensor:
    # Keras converts 0/1 labels only if the whole batch is 0/1; decided on the device, without a sync
    binary = ((y_true == 0) | (y_true == 1)).all()
    return torch.where(binary, 2.0 * y_true - 1.0, y_true)


@loss("categorical_hinge", r="loss_categorical_hinge")
def categorical_hinge(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """max(0, 1 + max((1 - y_true) y_pred) - sum(y_true y_pred)) for one-hot targets."""
    true = (y_true * y_pred).sum(-1)
    other = ((1.0 - y_true) * y_pred).amax(-1)
    return (other - true + 1.0).clamp(min=0)


@loss("poisson", r="loss_poisson")
def poisson(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """mean(y_pred - y_true log(y_pred + 1e-7)) over the last axis."""
    return (y_pred - y_true * (y_pred + EPSILON).log()).mean(-1)


@loss(
    "kl_divergence",
    "kullback_leibler_divergence",
    "kld",
    r=("loss_kullback_leibler_divergence", "loss_kl_divergence"),
)
def kl_divergence(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """sum(y_true log(y_true / y_pred)) over the last axis, both clipped to [1e-7, 1]."""
    y_true, y_pred = y_true.clamp(EPSILON, 1), y_pred.clamp(EPSILON, 1)
    return (y_true * (y_true / y_pred).log()).sum(-1)


@loss("log_cosh", r=("loss_logcosh", "loss_log_cosh"))
def log_cosh(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """mean(log(cosh(y_pred - y_true))) over the last axis, written so that it does not overflow."""
    error = y_pred - y_true
    return (error + F.softplus(-2.0 * error) - math.log(2.0)).mean(-1)


@loss("huber_loss", "huber", r="loss_huber")
def huber(y_true: Tensor, y_pred: Tensor, delta: Number = 1.0) -> Tensor:
    """Half the squared error up to `delta`, beyond it delta |error| - delta^2 / 2; mean over the last axis.

    Args:
        delta: where the parabola becomes a line
    """
    return F.huber_loss(y_pred, y_true, reduction="none", delta=delta).mean(-1)


@loss("cosine_similarity", "cosine_proximity", r=("loss_cosine_similarity", "loss_cosine_proximity"))
def cosine_similarity(y_true: Tensor, y_pred: Tensor, axis: Axis = -1) -> Tensor:
    """-sum(y_true y_pred) of the two after scaling to length 1: -1 is equal, 1 is opposite.

    Args:
        axis: the axis of the vectors
    """
    return -cosines(y_true, y_pred, axis)


def cosines(y_true: Tensor, y_pred: Tensor, axis: int) -> Tensor:
    """Cosine of the angle between the vectors along an axis."""
    return (F.normalize(y_true, dim=axis, eps=EPSILON) * F.normalize(y_pred, dim=axis, eps=EPSILON)).sum(axis)

"""`compile()`: settles the loss, weight and metrics of each output, and finds mistakes before training."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import Code, UserError, did_you_mean
from ..layers.scalars import flag, number
from .conventions import GUIDE, Conventions
from .declare import Declared
from .jit import Jitted
from .losses import Loss, get_loss
from .metric import Metric
from .metrics import get_metric
from .notices import notice
from .optimizer import Optimizer
from .optimizers import get_optimizer


@dataclass(slots=True)
class Head:
    """What is asked of one output.

    Args:
        name: the output's name
        prefix: what its logs start with: `main_output_`, or nothing in a model of one output
        loss: None if the output is not trained
        weight: factor of the loss in the model's loss
        metrics: without sample weights
        weighted_metrics: with sample weights
    """

    name: str
    prefix: str
    loss: Loss | None
    weight: float = 1.0
    metrics: list[Metric] = field(default_factory=list)
    weighted_metrics: list[Metric] = field(default_factory=list)

    @property
    def is_asked(self) -> bool:
        """Whether the output needs targets."""
        return bool(self.loss or self.metrics or self.weighted_metrics)


@dataclass(slots=True)
class Compiled:
    """How a model learns; kept as `model.compiled`."""

    optimizer: Optimizer
    heads: list[Head]
    conventions: Conventions
    jitted: Jitted | None = None

    def metrics(self) -> dict[str, Metric]:
        """All metrics by their names in the logs; a second `mse` is `mse_1`, as in Keras."""
        found: dict[str, Metric] = {}
        for head in self.heads:
            for metric in head.metrics:
                name = head.prefix + metric.name
                found[_unique(name, found)] = metric
        for head in self.heads:
            for metric in head.weighted_metrics:
                name = head.prefix + metric.name
                if name in found:
                    name = _unique(f"{head.prefix}weighted_{metric.name}", found)
                found[name] = metric
        return found

    def loss_names(self) -> list[str]:
        """Names of the losses of the single outputs, in a model of several."""
        return [f"{head.name}_loss" for head in self.heads if head.loss] if len(self.heads) > 1 else []


def _unique(name: str, taken: Mapping[str, Any]) -> str:
    number, candidate = 0, name
    while candidate in taken:
        number += 1
        candidate = f"{name}_{number}"
    return candidate


def compile(
    model: Any,
    optimizer: Any = "rmsprop",
    loss: Any = None,
    metrics: Any = None,
    loss_weights: Any = None,
    weighted_metrics: Any = None,
    jit_compile: Any = None,
    conventions: Conventions = GUIDE,
) -> None:
    """Say how a model learns; sets `model.compiled`.

    Args:
        model: a model whose outputs are known
        optimizer: a name or an optimizer
        loss: a loss (name, object or function), a list with one for each output, or a dict by output name
        metrics: metrics (names, objects or functions) for every output, a list of lists, or a dict by output
        loss_weights: a number for each output, in a list or in a dict by output name
        weighted_metrics: as `metrics`; these use the sample weights
        jit_compile: True sends the model through torch.compile; None and "auto" do not
        conventions: the edition's habits

    Raises:
        UserError: unknown optimizers, losses, metrics or output names, wrong counts
    """
    names = _output_names(model)
    losses = _losses(loss, names, conventions)
    weights = _loss_weights(loss_weights, loss, names, conventions)
    several = len(names) > 1
    plain = _for_outputs(metrics, names, "metrics", conventions)
    weighted = _for_outputs(weighted_metrics, names, "weighted_metrics", conventions)
    heads = [
        Head(name, f"{name}_" if several else "", losses[i], weights[i], plain[i], weighted[i])
        for i, name in enumerate(names)
    ]
    jit = jit_compile not in (None, "auto") and flag(jit_compile, "jit_compile")
    jitted = Jitted(model) if jit else None
    model.compiled = Compiled(get_optimizer(optimizer), heads, conventions, jitted)


def _output_names(model: Any) -> list[str]:
    """The names of the outputs; a Sequential has one, even before it knows its input's shape."""
    if model.built or not model.layers:
        return list(model.output_names)
    return [model.layers[-1].name]


def _check_names(given: Mapping[str, Any], names: list[str], argument: str) -> None:
    unknown = [name for name in given if name not in names]
    if unknown:
        near = did_you_mean(str(unknown[0]), names)
        raise UserError(
            f"Found unexpected {argument} that do not correspond to any Model output: {unknown}. "
            f"Valid model output names: {names}.",
            code=Code.COMPILE,
            cause=f"the model has no output called `{unknown[0]}`",
            cure=f"did you mean `{near}`?" if near else "use the names of the output layers",
        )


def _check_count(given: Sequence[Any], names: list[str], argument: str) -> None:
    if len(given) != len(names):
        raise UserError(
            f"`{argument}` must match the outputs, got {len(given)} values for {len(names)} outputs.",
            code=Code.COMPILE,
            cause="the model's outputs are " + ", ".join(f"`{n}`" for n in names),
            cure=f"give one for each: {argument} = list(" + ", ".join(f"{n} = ..." for n in names) + ")",
        )


def _losses(loss: Any, names: list[str], conventions: Conventions) -> list[Loss | None]:
    if isinstance(loss, Mapping):
        _check_names(loss, names, "losses")
        left = [name for name in names if loss.get(name) is None]
        if left and not conventions.forgiving:
            raise UserError(
                f"Expected keys {names} in loss dict, but found loss.keys()={list(loss)}",
                code=Code.COMPILE,
                cause=f"`{left[0]}` has no loss",
                cure=f"add `{left[0]} = ...` to the losses",
            )
        if left:
            notice(f"Output {', '.join(left)} has no loss: it is not trained and needs no targets.")
        return [None if loss.get(name) is None else get_loss(loss[name]) for name in names]
    if isinstance(loss, list | tuple):
        given = list(loss) * len(names) if len(loss) == 1 and conventions.forgiving else list(loss)
        _check_count(given, names, "loss")
        return [None if each is None else get_loss(each) for each in given]
    return [None if loss is None else get_loss(loss) for _ in names]


def _loss_weights(weights: Any, loss: Any, names: list[str], conventions: Conventions) -> list[float]:
    if weights is None:
        return [1.0] * len(names)
    if isinstance(weights, Mapping):
        _check_names(weights, names, "loss_weights")
        return [number(weights.get(name, 1.0), "loss_weights") for name in names]
    given = list(weights) if isinstance(weights, list | tuple) else [weights]
    single = not isinstance(loss, list | tuple | Mapping)
    if len(given) > 1 and single and len(names) > 1 and not conventions.forgiving:
        raise UserError(
            f"`loss_weights` must match the number of losses, got 1 losses and {len(given)} weights.",
            code=Code.COMPILE,
            cause="under keras3 a single loss has a single weight",
            cure="give one loss for each output, in a list",
        )
    _check_count(given, names, "loss_weights")
    return [number(weight, "loss_weights") for weight in given]


def _for_outputs(
    metrics: Any, names: list[str], argument: str, conventions: Conventions
) -> list[list[Metric]]:
    """The metrics of each output."""
    if metrics is None:
        return [[] for _ in names]
    if isinstance(metrics, Mapping):
        _check_names(metrics, names, argument)
        return [_metrics(metrics.get(name)) for name in names]
    given = _as_list(metrics)
    if len(names) == 1:
        return [_metrics(given[0] if len(given) == 1 else given)]
    nested = any(isinstance(each, list | tuple) or each is None for each in given)
    if nested or not conventions.forgiving:
        _check_count(given, names, argument)
        return [_metrics(each) for each in given]
    return [_metrics(given, _own_copy) for _ in names]


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _metrics(given: Any, change: Callable[[Any], Any] = lambda identifier: identifier) -> list[Metric]:
    return [get_metric(change(each)) for each in _as_list(given) if each is not None]


def _own_copy(identifier: Any) -> Any:
    """Outputs that share a list of metrics do not share what is counted."""
    if isinstance(identifier, Metric) and not isinstance(identifier, Declared):
        identifier = copy.copy(identifier)
        identifier.reset()
    return identifier


def compiled_of(model: Any) -> Compiled:
    """What `compile()` settled.

    Raises:
        UserError: the model has not been compiled
    """
    compiled = getattr(model, "compiled", None)
    if compiled is None:
        raise UserError(
            "You must compile your model before training/testing. Use `model.compile(optimizer, loss)`.",
            code=Code.COMPILE,
            cause="the model has no optimizer and no loss yet",
            cure="model %>% compile(optimizer = 'rmsprop', loss = 'mse') first",
        )
    return compiled

"""Targets, sample weights and class weights: matched to the outputs, checked against their losses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor

from ..errors import Code, UserError
from .data import Port, by_name, fit_rank, holds_one_array, to_tensor

if TYPE_CHECKING:
    from .compiling import Compiled, Head


def adapt_targets(y: Any, ports: Sequence[Port], compiled: Compiled) -> list[Tensor | None]:
    """The targets as tensors in the order of the outputs; None for an output that nothing is asked of.

    Args:
        y: an array, a list of arrays in the order of the outputs, or a dict of arrays by output name
        ports: the model's outputs
        compiled: what `compile()` asked of them

    Raises:
        UserError: too few or too many arrays, unknown names, shapes or labels that do not fit the loss
    """
    wanted = [i for i, head in enumerate(compiled.heads) if head.is_asked]
    if y is None:
        raise _no_targets(compiled)
    arrays = _arrange(y, [ports[i] for i in wanted], ports, compiled)
    found: list[Tensor | None] = [None] * len(ports)
    for i, array in zip(wanted, arrays, strict=True):
        found[i] = _adapt(array, ports[i], compiled.heads[i], len(ports) > 1)
    return found


def _no_targets(compiled: Compiled) -> UserError:
    losses = ", ".join(head.loss.name for head in compiled.heads if head.loss)
    return UserError(
        f"Target data is missing. Your model was compiled with loss={losses}, and therefore expects target "
        "data to be provided in `fit()`.",
        code=Code.DATA,
        cause="`y` was not given",
        cure="give the targets: fit(x, y, ...)",
    )


def _arrange(y: Any, asked: list[Port], ports: Sequence[Port], compiled: Compiled) -> list[Any]:
    """One array for each output that is asked something."""
    if isinstance(y, Mapping):
        return by_name(y, [p.name for p in asked], "output")
    if len(ports) == 1:
        return [y[0] if holds_one_array(y) else y]
    if not isinstance(y, list | tuple):
        if not compiled.conventions.forgiving:
            raise UserError(
                f"y_true and y_pred have different structures.\ny_true: *\ny_pred: {['*'] * len(ports)}",
                code=Code.DATA,
                cause=f"the model has {len(ports)} outputs and `y` is one array",
                cure="give one target for each output: y = list(" + _names(ports) + ")",
            )
        return [y] * len(asked)
    if len(y) == len(asked):
        return list(y)
    if len(y) == len(ports):
        return [array for array, port in zip(y, ports, strict=True) if port in asked]
    raise UserError(
        "y_true and y_pred have different structures.\n"
        f"y_true: {['*'] * len(y)}\ny_pred: {['*'] * len(ports)}",
        code=Code.DATA,
        cause=f"the model has {len(ports)} outputs and `y` has {len(y)} arrays",
        cure="give one target for each output: y = list(" + _names(ports) + ")",
    )


def _names(ports: Sequence[Port]) -> str:
    return ", ".join(f"{p.name} = ..." for p in ports)


def _adapt(array: Any, port: Port, head: Head, several: bool) -> Tensor:
    what = f"y for `{port.name}`" if several else "y"
    sparse = head.loss is not None and head.loss.sparse
    target = to_tensor(array, "int64" if sparse else "float32", what)
    if head.loss is None:
        return fit_rank(target, port.shape)
    if sparse:
        return _check_labels(target, port, head.loss.ignored_class, what)
    target = fit_rank(target, port.shape)
    if head.loss.elementwise:
        _check_shape(target, port, head, what)
    return target


def _check_shape(target: Tensor, port: Port, head: Head, what: str) -> None:
    shape = (len(target), *port.shape[1:])
    free = any(n is None for n in shape)
    if free or tuple(target.shape) == shape:
        return
    assert head.loss is not None
    classes = port.shape[-1]
    labels = head.loss.name == "categorical_crossentropy" and target.numel() == len(target)
    width = target.shape[-1] if target.ndim > 1 else 1
    raise UserError(
        f"Shapes {tuple(target.shape)} and {shape} are incompatible",
        code=Code.DATA,
        cause=f"{what} has {width} column(s) and the output `{port.name}` has {classes}"
        if len(shape) == 2
        else f"{what} has not the shape of the output `{port.name}`",
        cure="these look like class numbers: use loss = 'sparse_categorical_crossentropy', or "
        f"to_categorical(y, {classes})"
        if labels
        else f"make the last layer {width} units wide, or give {classes} target columns",
    )


def _check_labels(target: Tensor, port: Port, ignored: int | None, what: str) -> Tensor:
    """Class numbers without a last axis of 1, checked against the number of classes."""
    if target.ndim == len(port.shape) and target.shape[-1] == 1:
        target = target.squeeze(-1)
    classes = port.shape[-1]
    if target.ndim != len(port.shape) - 1:
        raise UserError(
            f"Shapes {tuple(target.shape)} and {(len(target), *port.shape[1:])} are incompatible",
            code=Code.DATA,
            cause=f"sparse_categorical_crossentropy wants one class number a sample, {what} has "
            f"{target.shape[-1]} columns",
            cure="for one-hot targets use loss = 'categorical_crossentropy'",
        )
    labels = target if ignored is None else target[target != ignored]
    if classes is None or not labels.numel():
        return target
    low, high = int(labels.min()), int(labels.max())
    bad = low if low < 0 else high if high >= classes else None
    if bad is None:
        return target
    from_one = low >= 1 and high == classes
    raise UserError(
        f"Received a label value of {bad} which is outside the valid range of [0, {classes}).",
        code=Code.DATA,
        cause=f"the labels in {what} run from {low} to {high}, and class numbers count from 0"
        if from_one
        else f"the output `{port.name}` has {classes} classes, numbered from 0 to {classes - 1}",
        cure="subtract 1 from the labels: y - 1" if from_one else f"give the last layer {high + 1} units",
    )


def adapt_weights(
    sample_weight: Any, targets: Sequence[Tensor | None], ports: Sequence[Port]
) -> list[Tensor | None]:
    """How much each sample counts, for each output; None where all count the same.

    Args:
        sample_weight: one weight a sample (or a step) for all outputs, or a list or dict by output
        targets: as made by `adapt_targets`
        ports: the model's outputs

    Raises:
        UserError: wrong lengths or unknown names
    """
    if sample_weight is None:
        return [None] * len(ports)
    if isinstance(sample_weight, Mapping):
        names = [p.name for p in ports]
        given = by_name({**dict.fromkeys(names), **sample_weight}, names, "output")
    elif len(ports) > 1 and isinstance(sample_weight, list | tuple) and np.ndim(sample_weight[0]):
        given = list(sample_weight)
        if len(given) != len(ports):
            raise UserError(
                "You should provide one `sample_weight` array per output in `y`.",
                code=Code.DATA,
                cause=f"there are {len(given)} arrays for {len(ports)} outputs",
                cure="give one array for all outputs, or a list with one for each",
            )
    else:
        given = [sample_weight] * len(ports)
    return [None if w is None else _adapt_weight(w, t) for w, t in zip(given, targets, strict=True)]


def _adapt_weight(weight: Any, target: Tensor | None) -> Tensor:
    tensor = to_tensor(weight, "float32", "sample_weight")
    if tensor.ndim == 2 and tensor.shape[1] == 1:
        tensor = tensor.squeeze(1)
    if target is not None and len(tensor) != len(target):
        raise UserError(
            f"sample_weight has {len(tensor):,} values for {len(target):,} samples",
            code=Code.DATA,
            cause="each sample has one weight",
            cure="give as many weights as samples",
        )
    return tensor


def class_weights(
    class_weight: Any, targets: Sequence[Tensor | None], weights: Sequence[Tensor | None]
) -> list[Tensor | None]:
    """Sample weights from weights by class number (from 0); classes that are not named weigh 1.

    Args:
        class_weight: a dict by class number, or a list
        targets: as made by `adapt_targets`
        weights: sample weights, which are multiplied

    Raises:
        UserError: a model of several outputs, or names that are no class numbers
    """
    target = targets[0]
    if len(targets) > 1 or target is None:
        raise UserError(
            "`class_weight` is only supported for Models with a single output.",
            code=Code.ARGUMENT,
            cause=f"this model has {len(targets)} outputs",
            cure="use `sample_weight` instead",
        )
    given = class_weight if isinstance(class_weight, Mapping) else dict(enumerate(class_weight))
    try:
        by_class = {int(number): float(weight) for number, weight in given.items()}
    except (TypeError, ValueError) as error:
        raise UserError(
            f"class_weight has the names {list(given)}",
            code=Code.ARGUMENT,
            cause="class weights are named by class number, from 0",
            cure='for example class_weight = list("0" = 1, "1" = 2)',
        ) from error
    classes = _classes(target)
    table = torch.ones(max([*by_class, int(classes.max())]) + 1)
    for number, weight in by_class.items():
        table[number] = weight
    found = table[classes]
    return [found if weights[0] is None else weights[0] * found]


def _classes(target: Tensor) -> Tensor:
    """The class of each sample: the place of the 1, or the rounded number."""
    if target.ndim > 1:
        target = target.argmax(-1) if target.shape[-1] > 1 else target.squeeze(-1)
    return target.round().long() if target.is_floating_point() else target

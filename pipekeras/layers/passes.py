"""Rewrites of a graph before its code is written: several calls become one that gives the same numbers.

Each pass finds groups of nodes; the code that is written for a group calls a function of this file. Layers on
which somebody has put torch's hooks are called one by one, so that the hooks see the calls of the model.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from ..graph.node import Node
from ..graph.tensor import KerasTensor, Shape
from . import activations
from .base import Layer
from .conv import Conv2D, convolve
from .rnn import Recurrent
from .windows import CHANNELS_FIRST


@dataclass(frozen=True)
class Group:
    """Calls that are made as one, in place of the last of them.

    Args:
        kind: the function that makes them
        nodes: in order
    """

    kind: Callable[..., object]
    nodes: tuple[Node, ...]


def groups(nodes: Sequence[Node], outputs: Iterable[KerasTensor]) -> list[Group]:
    """What all passes find, no node twice.

    Args:
        nodes: in the order of computation
        outputs: the graph's results, which must not be rewritten away
    """
    users = _users(nodes)
    taken: set[Node] = set()
    found = []
    for group in (*_folded(nodes, users, set(outputs)), *_together(nodes, users)):
        if taken.isdisjoint(group.nodes):
            taken.update(group.nodes)
            found.append(group)
    return found


def _users(nodes: Sequence[Node]) -> dict[KerasTensor, list[Node]]:
    users: dict[KerasTensor, list[Node]] = {}
    for node in nodes:
        for tensor in node.input_tensors:
            users.setdefault(tensor, []).append(node)
    return users


def _is_plain(node: Node) -> bool:
    """A call on one tensor alone, without masks and penalties, that gives one tensor."""
    layer = node.operation
    return (
        isinstance(layer, Layer)
        and len(node.args) == 1
        and isinstance(node.args[0], KerasTensor)
        and not node.kwargs
        and isinstance(node.outputs, KerasTensor)
        and node.args[0].mask is None
        and layer.activity_regularizer is None
        and layer.call_dtypes(node.input_tensors) == [node.args[0].dtype]
    )


def _hooked(layer: Layer) -> bool:
    return bool(layer._forward_hooks or layer._forward_pre_hooks or layer._backward_hooks)


# Convolutions without an activation between them


def _folded(
    nodes: Sequence[Node], users: dict[KerasTensor, list[Node]], outputs: set[KerasTensor]
) -> Iterator[Group]:
    for node in nodes:
        first = node.operation
        if not isinstance(first, Conv2D) or not _is_plain(node) or first.activation is not activations.linear:
            continue
        (result,) = node.output_tensors
        following = users.get(result, [])
        if len(following) != 1 or result in outputs or not _is_plain(following[0]):
            continue
        second = following[0].operation
        if isinstance(second, Conv2D) and _folds(first, second):
            yield Group(folded, (node, following[0]))


def _folds(first: Conv2D, second: Conv2D) -> bool:
    """Whether one window does what both do, with at most half the multiplications."""
    for conv in (first, second):
        if conv.padding != "valid" or conv.groups > 1 or conv.dilation_rate != (1, 1):
            return False
    if first.strides != (1, 1) or CHANNELS_FIRST in (first.data_format, second.data_format):
        return False
    channels = first.kernel.shape[2]
    reach = [a + b - 1 for a, b in zip(first.kernel_size, second.kernel_size, strict=True)]
    apart = first.kernel.numel() + second.kernel.numel()
    return 2 * math.prod(reach) * channels * second.filters <= apart


def folded(first: Conv2D, second: Conv2D, x: Tensor) -> Tensor:
    """second(first(x)) as one convolution: windows of windows are windows, as nothing bends between them.

    With * for convolution over space, (x * k1 + b1) * k2 + b2 = x * (k1 * k2) + (b1 k2 + b2), where b1 k2 is
    summed over the window.
    """
    if _hooked(first) or _hooked(second):
        return second.run(first.run(x))
    kernel = F.conv_transpose2d(first.kernel.permute(2, 3, 0, 1), second.kernel.permute(2, 3, 0, 1))
    bias = second.bias if second.use_bias else None
    if first.use_bias:
        carried = first.bias @ second.kernel.sum((0, 1))
        bias = carried if bias is None else carried + bias
    y = convolve(
        x,
        kernel.permute(2, 3, 0, 1),
        bias,
        strides=second.strides,
        padding="valid",
        data_format=None,
        dilation=(1, 1),
        groups=1,
    )
    return second.activation(y)


# One recurrent layer on several inputs


def _together(nodes: Sequence[Node], users: dict[KerasTensor, list[Node]]) -> Iterator[Group]:
    calls: dict[tuple[Layer, Shape], list[Node]] = {}
    for node in nodes:
        layer = node.operation
        if isinstance(layer, Recurrent) and _is_plain(node) and _treats_samples_alone(layer):
            calls.setdefault((layer, node.input_tensors[0].shape), []).append(node)
    place = {node: i for i, node in enumerate(nodes)}
    for (_, shape), same in calls.items():
        used = [place[user] for node in same[:-1] for user in users.get(node.outputs, [])]
        if len(same) > 1 and None not in shape[1:] and min(used, default=len(nodes)) > place[same[-1]]:
            yield Group(together, tuple(same))


def _treats_samples_alone(layer: Recurrent) -> bool:
    random = layer.dropout or layer.recurrent_dropout
    return not (layer.stateful or layer.time_major or random)


def together(layer: Layer, *inputs: Tensor) -> Sequence[Tensor]:
    """The layer on several inputs as on one batch; without gradients, joining the inputs does not pay."""
    if _hooked(layer) or not torch.is_grad_enabled():
        return [layer.run(x) for x in inputs]
    return layer.run(torch.cat(inputs)).split([len(x) for x in inputs])

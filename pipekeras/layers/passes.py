"""Rewrites of a graph before its code is written: several calls become one that gives the same numbers.

Each pass finds groups of nodes; the code that is written for a group calls a function of this file. Layers on
which somebody has put torch's hooks are called one by one, so that the hooks see the calls of the model.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor

from ..graph.node import Node
from ..graph.tensor import KerasTensor, Shape
from . import activations, optimize
from .base import Layer
from .conv import Conv, Conv1D, Conv2D, convolve
from .embedding import Embedding
from .merge import Concatenate
from .pool import GlobalAveragePooling, GlobalPooling, MaxPooling
from .rectified import total
from .recurrent import Recurrent
from .windows import CHANNELS_FIRST


@dataclass(frozen=True)
class Group:
    """Calls that are made as one, in place of the last of them.

    Args:
        kind: the function that makes them: kind(*operations, *inputs) gives the results
        nodes: in order
        operations: the layers it needs; tuples of layers, and None for what is not there, among them
        inputs: the tensors it needs
        results: nodes whose results it gives
    """

    kind: Callable[..., object]
    nodes: tuple[Node, ...]
    operations: tuple[Any, ...]
    inputs: tuple[KerasTensor, ...]
    results: tuple[Node, ...]


class Graph:
    """Nodes in the order of computation, and who uses what.

    Args:
        nodes: in the order of computation
        outputs: the graph's results, which must not be rewritten away
    """

    def __init__(self, nodes: Sequence[Node], outputs: Iterable[KerasTensor]) -> None:
        self.nodes = nodes
        self.outputs = set(outputs)
        self.users: dict[KerasTensor, list[Node]] = {}
        for node in nodes:
            for tensor in node.input_tensors:
                self.users.setdefault(tensor, []).append(node)
        self.makers = {tensor: node for node in nodes for tensor in node.output_tensors}

    def only_user(self, node: Node) -> Node | None:
        """Who alone takes the node's one result, if it is none of the graph's."""
        users = self.users.get(node.outputs, [])
        return users[0] if len(users) == 1 and node.outputs not in self.outputs else None


def groups(nodes: Sequence[Node], outputs: Iterable[KerasTensor]) -> list[Group]:
    """What all passes find, no node twice.

    Args:
        nodes: in the order of computation
        outputs: the graph's results, which must not be rewritten away
    """
    graph = Graph(nodes, outputs)
    taken: set[Node] = set()
    found = []
    for group in (*_folded(graph), *_together(graph), *_looked_up(graph), *_pooled_first(graph)):
        if taken.isdisjoint(group.nodes):
            taken.update(group.nodes)
            found.append(group)
    return [*found, *_masking(graph, taken)]


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


def hooked(*layers: Layer) -> bool:
    """Whether somebody has put hooks on one of the layers."""
    return any(
        layer._forward_hooks or layer._forward_pre_hooks or layer._backward_hooks or layer._backward_pre_hooks
        for layer in layers
    )


# Convolutions without an activation between them


def _folded(graph: Graph) -> Iterator[Group]:
    for node in graph.nodes:
        first = node.operation
        if not isinstance(first, Conv2D) or not _is_plain(node) or first.activation is not activations.linear:
            continue
        following = graph.only_user(node)
        if following is None or not _is_plain(following):
            continue
        second = following.operation
        if isinstance(second, Conv2D) and _folds(first, second):
            yield Group(
                folded, (node, following), (first, second), (node.input_tensors[0],), results=(following,)
            )


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
    if hooked(first, second):
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


def _together(graph: Graph) -> Iterator[Group]:
    calls: dict[tuple[Layer, Shape], list[Node]] = {}
    for node in graph.nodes:
        layer = node.operation
        if isinstance(layer, Recurrent) and _is_plain(node) and _may_be_joined(layer):
            calls.setdefault((layer, node.input_tensors[0].shape), []).append(node)
    place = {node: i for i, node in enumerate(graph.nodes)}
    for (layer, shape), same in calls.items():
        used = [place[user] for node in same[:-1] for user in graph.users.get(node.outputs, [])]
        if len(same) > 1 and None not in shape[1:] and min(used, default=len(place)) > place[same[-1]]:
            inputs = tuple(node.input_tensors[0] for node in same)
            yield Group(together, tuple(same), (layer,), inputs, results=tuple(same))


def _may_be_joined(layer: Recurrent) -> bool:
    random = layer.dropout or layer.recurrent_dropout
    return not (layer.stateful or layer.time_major or random)


def together(layer: Layer, *inputs: Tensor) -> Sequence[Tensor]:
    """The layer on several inputs as on one batch; without gradients, joining the inputs does not pay."""
    if hooked(layer) or not torch.is_grad_enabled():
        return [layer.run(x) for x in inputs]
    return layer.run(torch.cat(inputs)).split([len(x) for x in inputs])


# A recurrence over vectors that are looked up


def _looked_up(graph: Graph) -> Iterator[Group]:
    for node in graph.nodes:
        embedding = node.operation
        following = graph.only_user(node) if isinstance(embedding, Embedding) and _is_plain(node) else None
        if following is None or not _is_plain(following) or len(node.outputs.shape) != 3:
            continue
        layer = following.operation
        if isinstance(layer, Recurrent) and layer.streams and not (layer.stateful or layer.time_major):
            layers = embedding, layer
            yield Group(looked_up, (node, following), layers, (node.input_tensors[0],), results=(following,))


def looked_up(embedding: Embedding, layer: Recurrent, x: Tensor) -> Tensor:
    """layer(embedding(x)); in predictions on many sequences the vectors are looked up step by step.

    A word that comes often is multiplied with the input's weights once.
    """
    if hooked(embedding, layer) or not layer.predicts_looked_up(embedding.embeddings, x):
        return layer.run(embedding.run(x))
    return embedding.looking_up(partial(layer.run_looked_up, embedding.embeddings), x)


# relu behind the largest value of windows


def _pooled_first(graph: Graph) -> Iterator[Group]:
    for node in graph.nodes:
        following = graph.only_user(node) if _is_rectified(node) else None
        if following is None or not isinstance(following.operation, MaxPooling) or not _is_plain(following):
            continue
        layers = node.operation, following.operation
        yield Group(pooled_first, (node, following), layers, (node.input_tensors[0],), results=(following,))


def pooled_first(conv: Conv, pool: MaxPooling, x: Tensor) -> Tensor:
    """pool(conv(x)) with relu behind the pool, where fewer numbers are left: it keeps their order."""
    if hooked(conv, pool):
        return pool.run(conv.run(x))
    return pool.forward(conv.before_activation(x)).relu_()


# Masks of relu that the next layer takes over


def _masking(graph: Graph, taken: set[Node]) -> Iterator[Group]:
    """Convolutions and pools of whole images that stand behind a relu, or in front of one's mask."""
    pools = {group.nodes[0]: group for group in _pooled(graph) if taken.isdisjoint(group.nodes)}
    masked: dict[Node, tuple[Any, ...]] = {}
    """Who takes over the mask of a convolution."""
    for node in graph.nodes:
        following = graph.only_user(node) if _is_rectified(node) and node not in taken else None
        if following in pools:
            masked[node] = tuple(layer for layer in pools[following].operations[:2] if layer is not None)
        elif following is not None and _is_convolution(following) and following not in taken:
            masked[node] = (following.operation,)
    before = {node.outputs: node.operation for node in masked}
    for group in pools.values():
        yield replace(group, operations=(*group.operations, tuple(before.get(t) for t in group.inputs)))
    for node in graph.nodes:
        if node in masked or (_is_convolution(node) and node.input_tensors[0] in before):
            source = node.input_tensors[0]
            layers = node.operation, before.get(source), masked.get(node, ())
            yield Group(convolved, (node,), layers, (source,), results=(node,))


def _is_convolution(node: Node) -> bool:
    return type(node.operation) in (Conv1D, Conv2D) and _is_plain(node)


def _is_rectified(node: Node) -> bool:
    conv = node.operation
    return isinstance(conv, Conv) and _is_convolution(node) and conv.activation is activations.relu


def convolved(conv: Conv, before: Layer | None, after: tuple[Layer, ...], x: Tensor) -> Tensor:
    """conv(x), whose gradient meets the masks of relu where it lies.

    Args:
        conv: the layer
        before: a convolution whose relu made x, if it leaves its mask to this layer
        after: layers that take over the mask of this layer's relu, if there are any
        x: the input
    """
    if hooked(conv) or not (optimize.wanted() and torch.is_grad_enabled()):
        return conv.run(x)
    return conv.masked(x, before=before is not None, after=bool(after) and not hooked(*after))


# Pools of whole images, and concatenations in front of them


def _pooled(graph: Graph) -> Iterator[Group]:
    for node in graph.nodes:
        pool = node.operation
        if not isinstance(pool, GlobalPooling) or not _is_plain(node):
            continue
        joint = graph.makers.get(node.args[0])
        if joint is not None and graph.only_user(joint) is node and _distributes(pool, joint):
            yield Group(pooled, (joint, node), (pool, joint.operation), tuple(joint.input_tensors), (node,))
        elif isinstance(pool, GlobalAveragePooling):
            yield Group(pooled, (node,), (pool, None), (node.args[0],), (node,))


def _distributes(pool: GlobalPooling, joint: Node) -> bool:
    """Whether parts can be pooled and joined then; which of equal values is the largest must stay."""
    layer = joint.operation
    return (
        isinstance(layer, Concatenate)
        and not joint.kwargs
        and layer.activity_regularizer is None
        and all(tensor.mask is None for tensor in joint.input_tensors)
        and layer.call_dtypes(joint.input_tensors) == [pool.dtype] * len(joint.input_tensors)
        and [tensor.dtype for tensor in joint.input_tensors] == [pool.dtype] * len(joint.input_tensors)
        and (isinstance(pool, GlobalAveragePooling) or _axis(layer, joint.outputs.shape) not in pool.axes)
    )


def _axis(joint: Concatenate, shape: Sequence[int | None]) -> int:
    return joint.axis % len(shape)


def pooled(
    pool: GlobalPooling, joint: Concatenate | None, before: tuple[Conv | None, ...], *parts: Tensor
) -> Tensor:
    """pool(joint(parts)) without joining the parts first.

    Args:
        pool: of a whole image or sequence
        joint: along any axis; None if there is one part
        before: the convolutions whose relus made the parts, where they leave their masks to the pool
        parts: in order
    """
    if hooked(pool) or (joint is not None and hooked(joint)):
        return pool.run(parts[0] if joint is None else joint.run(list(parts)))
    axis = 0 if joint is None else _axis(joint, parts[0].shape)
    if not isinstance(pool, GlobalAveragePooling):
        return torch.cat([pool.forward(part) for part in parts], axis if pool.keepdims else min(axis, 1))
    fast = optimize.wanted() and torch.is_grad_enabled()
    sums = [
        total(x, pool.axes, pool.keepdims)
        if fast and conv is not None and not hooked(conv)
        else x.sum(pool.axes, pool.keepdims)
        for conv, x in zip(before, parts, strict=True)
    ]
    whole = list(parts[0].shape)
    if axis in pool.axes:
        whole[axis] = sum(part.shape[axis] for part in parts)
        return pool.mean(reduce(torch.add, sums), whole)
    return pool.mean(torch.cat(sums, axis if pool.keepdims else min(axis, 1)), whole)


KINDS = (folded, together, looked_up, pooled_first, convolved, pooled)
"""What the code of a model may call."""

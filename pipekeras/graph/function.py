"""The part of a graph between some inputs and some outputs, in the order in which it is computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from ..errors import Code, UserError
from .node import Node
from .operation import Operation
from .structure import flatten
from .tensor import KerasHistory, KerasTensor


class Function:
    """What is computed between tensors of a graph.

    Nodes and operations are ordered as Keras orders layers: by depth, which is the longest way to an
    output, deepest first; operations of one depth in the order in which a walk from the outputs meets them.

    Args:
        inputs: a structure of tensors, of input layers or from the middle of a graph
        outputs: a structure of tensors
        enter: makes the input tensor that stands where the graph is cut open, for an input that comes
            from the middle of a graph
    """

    def __init__(
        self, inputs: Any, outputs: Any, enter: Callable[[KerasTensor], KerasTensor] | None = None
    ) -> None:
        self.input_structure = inputs
        self.output_structure = outputs
        self.inputs = _tensors(inputs, "inputs")
        self.outputs = _tensors(outputs, "outputs")
        self._stand_ins: dict[KerasTensor, KerasTensor] = {}
        if enter is not None:
            cut = [t for t in self.inputs if not _is_input(t)]
            self._stand_ins = {tensor: enter(tensor) for tensor in cut}
        walked, rank = self._walk()
        self.depths = self._node_depths(walked)
        self.operations = self._order_operations(rank)
        # sorted() keeps the order of nodes of one depth
        self.nodes = sorted(self.depths, key=lambda node: -self.depths[node])
        self._check_connected()
        self._check_names()

    def history(self, tensor: KerasTensor) -> KerasHistory:
        """Where a tensor comes from inside this function: the cut's input layer for a cut tensor."""
        history = self._stand_ins.get(tensor, tensor).history
        if history is None:
            raise UserError(
                f"{tensor} does not come from a layer.",
                code=Code.GRAPH,
                cure="start from layer_input() and pipe it through layers",
            )
        return history

    @property
    def entries(self) -> list[KerasTensor]:
        """The input layers' tensors, one for each input."""
        return [self._stand_ins.get(tensor, tensor) for tensor in self.inputs]

    def _walk(self) -> tuple[list[Node], dict[Operation, int]]:
        """Depth first from the outputs, without recursion: nodes with parents first, operations as met."""
        done: set[Node] = set()
        order: list[Node] = []
        rank: dict[Operation, int] = {}
        for output in self.outputs:
            stack: list[tuple[Node, Iterator[KerasTensor]]] = []
            self._enter_node(output, stack, done, rank)
            while stack:
                node, tensors = stack[-1]
                tensor = next(tensors, None)
                if tensor is not None:
                    self._enter_node(tensor, stack, done, rank)
                else:
                    stack.pop()
                    order.append(node)
        return order, rank

    def _enter_node(
        self,
        tensor: KerasTensor,
        stack: list[tuple[Node, Iterator[KerasTensor]]],
        done: set[Node],
        rank: dict[Operation, int],
    ) -> None:
        node = self.history(tensor).node
        if node not in done:
            # a graph has no cycles, so a node under way need not be told from a finished one
            done.add(node)
            rank.setdefault(node.operation, len(rank))
            stack.append((node, iter(node.input_tensors)))

    def _node_depths(self, walked: list[Node]) -> dict[Node, int]:
        depths: dict[Node, int] = {}
        self._operation_depths: dict[Operation, int] = {}
        for node in reversed(walked):
            # a shared operation stands where its deepest call so far stands
            depth = max(depths.get(node, 0), self._operation_depths.get(node.operation, 0))
            depths[node] = self._operation_depths[node.operation] = depth
            for tensor in node.input_tensors:
                parent = self.history(tensor).node
                depths[parent] = max(depth + 1, depths.get(parent, 0))
        for entry in self.entries:
            node = self.history(entry).node
            if node.operation not in self._operation_depths:
                depths[node] = self._operation_depths[node.operation] = 0
        return depths

    def _order_operations(self, rank: dict[Operation, int]) -> list[Operation]:
        depths = self._operation_depths
        return sorted(depths, key=lambda operation: (-depths[operation], rank.get(operation, -1)))

    def _check_connected(self) -> None:
        known = set(self.inputs) | set(self.entries)
        passed: list[str] = []
        for node in self.nodes:
            if node.is_input:
                continue
            for tensor in node.input_tensors:
                if tensor not in known:
                    raise _disconnected(tensor, f'at layer "{node.operation.name}"', passed)
            passed.append(node.operation.name)
            known.update(node.output_tensors)
        for tensor in self.outputs:
            if tensor not in known:
                raise _disconnected(tensor, "at the output", passed)

    def _check_names(self) -> None:
        for name, times in Counter(operation.name for operation in self.operations).items():
            if times > 1:
                raise UserError(
                    f'The name "{name}" is used {times} times in the model. '
                    "All layer names should be unique.",
                    code=Code.GRAPH,
                    cause=f'{times} different layers have the name "{name}"',
                    cure="give each layer its own `name`, or one layer several times to share weights",
                )


def _is_input(tensor: KerasTensor) -> bool:
    return tensor.history is not None and tensor.history.node.is_input


def _tensors(structure: Any, what: str) -> list[KerasTensor]:
    leaves = flatten(structure)
    wrong = [leaf for leaf in leaves if not isinstance(leaf, KerasTensor)]
    if wrong or not leaves:
        shown = "None" if not leaves or wrong[0] is None else f"{type(wrong[0]).__name__}"
        raise UserError(
            f"All `{what}` values must be KerasTensors. Received: {what}={shown}",
            code=Code.GRAPH,
            cause=f"a model is made of the tensors that layers return, and `{what}` has something else",
            cure="start from layer_input() and pipe it through layers",
        )
    return leaves


def _disconnected(tensor: KerasTensor, where: str, passed: list[str]) -> UserError:
    history = tensor.history
    source = f'layer "{history.operation.name}"' if history else "nowhere"
    return UserError(
        f"Graph disconnected: cannot obtain value for tensor {tensor} {where}. "
        f"The following previous layers were accessed without issue: {passed}",
        code=Code.GRAPH,
        cause=f"the outputs need a tensor that comes from {source}, which is not among the model's inputs",
        cure="add it to `inputs`, or build the outputs from the given inputs only",
    )

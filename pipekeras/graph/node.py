"""One call of an operation on symbolic tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .structure import flatten
from .tensor import KerasHistory, KerasTensor

if TYPE_CHECKING:
    from .operation import Operation


class Node:
    """Joins the tensors that went into a call with those that came out.

    Making a node adds it to `operation.inbound_nodes` and gives the outputs their history.

    Args:
        operation: what was called
        args, kwargs: the call's arguments, nested structures of tensors and constants
        outputs: the call's result, a nested structure of fresh tensors
    """

    __slots__ = ("args", "input_tensors", "kwargs", "operation", "output_tensors", "outputs")

    def __init__(
        self, operation: Operation, args: tuple[Any, ...], kwargs: dict[str, Any], outputs: Any
    ) -> None:
        self.operation = operation
        self.args = args
        self.kwargs = kwargs
        self.outputs = outputs
        self.input_tensors = tensors_in((args, kwargs))
        self.output_tensors: list[KerasTensor] = flatten(outputs)
        index = len(operation.inbound_nodes)
        operation.inbound_nodes.append(self)
        for i, tensor in enumerate(self.output_tensors):
            tensor.history = KerasHistory(operation, index, i)
            _ = tensor.name

    @property
    def parent_nodes(self) -> list[Node]:
        """The nodes that this one needs directly, one for each input tensor."""
        return [t.history.node for t in self.input_tensors if t.history is not None]

    @property
    def is_input(self) -> bool:
        """Whether a graph starts here."""
        return not self.input_tensors

    def __repr__(self) -> str:
        return f"<Node of {self.operation.name}: {self.input_tensors} -> {self.output_tensors}>"


def tensors_in(structure: Any) -> list[KerasTensor]:
    """The symbolic tensors among the leaves, in order."""
    return [leaf for leaf in flatten(structure) if isinstance(leaf, KerasTensor)]

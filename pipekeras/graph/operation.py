"""What can be called on symbolic tensors, and the memory of its calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..errors import Code, UserError
from .naming import auto_name, snake_case
from .node import Node, tensors_in
from .structure import map_structure
from .tensor import KerasTensor, Shape


class Operation:
    """A function with a name that remembers each call on symbolic tensors as a Node.

    Called on symbolic tensors it computes what its outputs will look like (`compute_output_spec`) and
    grows the graph; called on arrays it computes (`compute`).
    """

    name: str
    inbound_nodes: list[Node]

    def __init__(self, name: str | None = None) -> None:
        self.name = name or auto_name(self.name_stem())
        self.inbound_nodes = []

    @classmethod
    def name_stem(cls) -> str:
        """What automatic names start with."""
        return snake_case(cls.__name__)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if tensors_in((args, kwargs)):
            return self.call_symbolically(args, kwargs)
        return self.compute(*args, **kwargs)

    def call_symbolically(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Add a call to the graph; the result is a structure of fresh symbolic tensors."""
        outputs = self.compute_output_spec(*args, **kwargs)
        Node(self, args, kwargs, outputs)
        return outputs

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        """Fresh symbolic tensors, shaped as the results for such arguments."""
        raise NotImplementedError

    def compute(self, *args: Any, **kwargs: Any) -> Any:
        """The results for real arrays."""
        raise NotImplementedError

    # Attributes of the first call, and an error where several calls make them ambiguous: Keras 2.1.5

    @property
    def input(self) -> Any:
        return self._of_only_node("input", _node_input)

    @property
    def output(self) -> Any:
        return self._of_only_node("output", _node_output)

    @property
    def input_shape(self) -> Any:
        return self._shape_of_all_nodes("input", _node_input)

    @property
    def output_shape(self) -> Any:
        return self._shape_of_all_nodes("output", _node_output)

    def get_input_at(self, node_index: int) -> Any:
        """The input tensor(s) of call `node_index`, from 0; -1 is the last."""
        return _node_input(self._node_at(node_index, "input"))

    def get_output_at(self, node_index: int) -> Any:
        """The output tensor(s) of call `node_index`, from 0; -1 is the last."""
        return _node_output(self._node_at(node_index, "output"))

    def get_input_shape_at(self, node_index: int) -> Any:
        """The shape(s) of the input of call `node_index`, from 0."""
        return _shapes(_node_input(self._node_at(node_index, "input shape")))

    def get_output_shape_at(self, node_index: int) -> Any:
        """The shape(s) of the output of call `node_index`, from 0."""
        return _shapes(_node_output(self._node_at(node_index, "output shape")))

    def get_input_mask_at(self, node_index: int) -> Any:
        """The mask(s) that came with the input of call `node_index`, from 0; None without one."""
        return _masks(_node_input(self._node_at(node_index, "input mask")))

    def get_output_mask_at(self, node_index: int) -> Any:
        """The mask(s) that left with the output of call `node_index`, from 0; None without one."""
        return _masks(_node_output(self._node_at(node_index, "output mask")))

    def _of_only_node(self, what: str, of: Callable[[Node], Any]) -> Any:
        if not self.inbound_nodes:
            raise UserError(
                f"AttributeError: Layer {self.name} has no inbound nodes.",
                code=Code.GRAPH,
                cause="it has not been called on a tensor yet, so it is in no graph",
                cure=f"pipe a tensor into it first, then ask for its {what}",
            )
        if len(self.inbound_nodes) > 1:
            raise UserError(
                f"AttributeError: Layer {self.name} has multiple inbound nodes, "
                f'hence the notion of "layer {what}" is ill-defined. '
                f"Use `get_{what}_at(node_index)` instead.",
                code=Code.GRAPH,
                cause=f"it was called {len(self.inbound_nodes)} times, each with an {what} of its own",
                cure=f"use get_{what}_at() with the number of the call",
            )
        return of(self.inbound_nodes[0])

    def _shape_of_all_nodes(self, what: str, of: Callable[[Node], Any]) -> Any:
        if not self.inbound_nodes:
            raise UserError(
                f'AttributeError: The layer "{self.name}" has never been called '
                f"and thus has no defined {what} shape.",
                code=Code.GRAPH,
                cause="shapes are known once the layer has been called on a tensor",
                cure="pipe a tensor into it first",
            )
        shapes = [_shapes(of(node)) for node in self.inbound_nodes]
        if any(shape != shapes[0] for shape in shapes):
            raise UserError(
                f'AttributeError: The layer "{self.name}" has multiple inbound nodes, with different {what} '
                f'shapes. Hence the notion of "{what} shape" is ill-defined for the layer. '
                f"Use `get_{what}_shape_at(node_index)` instead.",
                code=Code.GRAPH,
                cause=f"its calls have the {what} shapes " + " and ".join(map(str, shapes)),
                cure=f"use get_{what}_shape_at() with the number of the call",
            )
        return shapes[0]

    def _node_at(self, node_index: int, what: str) -> Node:
        calls = len(self.inbound_nodes)
        if not -calls <= node_index < calls:
            raise UserError(
                f"Asked to get {what} at node {node_index}, but the layer has only {calls} inbound nodes.",
                code=Code.GRAPH,
                cause=f'layer "{self.name}" was called {calls} times',
                cure="the first call has index 0 in Python, 1 in R" if calls else "call the layer first",
            )
        return self.inbound_nodes[node_index]


def _node_input(node: Node) -> Any:
    # an input layer's input is its output, as in Keras
    tensors = node.input_tensors or node.output_tensors
    return tensors[0] if len(tensors) == 1 else list(tensors)


def _node_output(node: Node) -> Any:
    tensors = node.output_tensors
    return tensors[0] if len(tensors) == 1 else list(tensors)


def _masks(tensors: KerasTensor | list[KerasTensor]) -> Any:
    return map_structure(lambda tensor: tensor.mask, tensors)


def _shapes(tensors: KerasTensor | list[KerasTensor]) -> Shape | list[Shape]:
    return map_structure(lambda tensor: tensor.shape, tensors)

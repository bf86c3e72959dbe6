"""The sequential model: a stack of layers that grows in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..errors import Code, UserError
from ..graph import plan as plans
from ..graph.function import Function
from ..graph.naming import NamingStyle, auto_name, style
from ..graph.operation import Operation
from ..graph.structure import flatten
from ..graph.tensor import KerasTensor
from .base import Layer
from .core import Input, InputLayer
from .flat import Program, Variant
from .functional import Model


class Sequential(Model):
    """A stack of layers, each called on the output of the one before; `add` changes it in place.

    It has weights once the input's shape is known: from an InputLayer, from the first layer's
    `input_shape`, or from the first data.

    Args:
        layers: the layers
        name: `sequential_1` or `sequential` by default
    """

    is_sequential = True

    def __init__(self, layers: Sequence[Any] = (), name: str | None = None, trainable: bool = True) -> None:
        self._start({"name": name, "trainable": trainable} if name else {"trainable": trainable})
        self._attributes: dict[Operation, str] = {}
        self._programs: dict[Variant, Program] = {}
        self._entry: KerasTensor | None = None
        self._end: KerasTensor | None = None
        self._function: Function | None = None
        for layer in layers:
            self.add(layer)
        if self.built:
            self._program()

    @classmethod
    def name_stem(cls) -> str:
        return "sequential"

    @property
    def class_name(self) -> str:
        return "Sequential"

    @property
    def layers(self) -> list[Layer]:
        """The layers in order, without the input layer."""
        return [op for op in self._attributes if isinstance(op, Layer)]

    @property
    def function(self) -> Function:  # type: ignore[override]
        if self._end is None or not self._attributes:
            raise UserError(
                f"This model has not yet been built. Sequential model '{self.name}' does not know "
                "the shape of its input.",
                code=Code.GRAPH,
                cause="its layers have no weights until the input's shape is known",
                cure="give the first layer an input_shape, or fit the model on data",
            )
        if self._function is None:
            self._function = Function(self._entry, self._end)
        return self._function

    def add(self, addition: Any) -> Sequential:
        """Put a layer on top.

        Raises:
            UserError: no layer, a name that is in use, a shape that does not fit (the model stays as it was)
        """
        layer = _as_layer(addition)
        self._check_addition(layer)
        if isinstance(layer, InputLayer):
            self._entry = self._end = layer.output
            return self
        if self._entry is None and not self._attributes:
            self._entry = self._end = _first_input(layer)
        if self._end is not None:
            self._end = self._grow(layer, self._end)
        self._register(layer)
        self.built = self._end is not None
        return self

    def __or__(self, layer: Any) -> Any:
        """The pipe: `model | layer` puts the layer on top and gives the model."""
        return self.add(layer) if isinstance(layer, Layer) else NotImplemented

    def pop(self) -> Layer:
        """Take the last layer off and return it."""
        if not self._attributes:
            raise UserError(
                "There are no layers in the model.", code=Code.GRAPH, cure="add layers before taking one off"
            )
        layer = self.layers[-1]
        del self._modules[self._attributes.pop(layer)]
        if self._end is not None and self._end.history is not None:
            node = self._end.history.node
            self._end = node.input_tensors[0]
            layer.inbound_nodes.remove(node)
        self._changed()
        return layer

    def build(self, shape: Any) -> None:
        """Make the weights for an input shape, the batch first."""
        self._entry = self._end = Input(batch_shape=(None, *shape[1:]))
        for layer in self.layers:
            self._end = self._grow(layer, self._end)
        self.built = True

    def arrange(self, inputs: Any) -> list[Any]:
        if not self.built and not isinstance(inputs, dict):
            first = flatten(inputs)[0]
            self.prepare(first.shape if isinstance(first, KerasTensor) else tuple(np.shape(first)))
        return super().arrange(inputs)

    def _grow(self, layer: Layer, end: KerasTensor) -> KerasTensor:
        output = layer(end)
        if not isinstance(output, KerasTensor):
            layer.inbound_nodes.pop()
            raise UserError(
                "All layers in a Sequential model should have a single output tensor. "
                "For multi-output layers, use the functional API.",
                code=Code.GRAPH,
                cause=f'layer "{layer.name}" gives {len(flatten(output))} tensors',
                cure="use layer_input() and keras_model()",
            )
        self._changed()
        return output

    def _changed(self) -> None:
        self._function = None
        self._programs.clear()
        if style() is NamingStyle.KERAS3:
            # Keras 3 makes a new functional model inside at each change, which takes a number
            auto_name("functional")

    def _check_addition(self, layer: Layer) -> None:
        if isinstance(layer, InputLayer) and (self._entry is not None or self._attributes):
            raise UserError(
                f"Sequential model '{self.name}' has already been configured to use an input shape. "
                "You cannot add a different Input layer to it.",
                code=Code.GRAPH,
                cure="give the input's shape once, before the first layer",
            )
        if any(known.name == layer.name for known in self.layers):
            raise UserError(
                "All layers added to a Sequential model should have unique names. "
                f"Name '{layer.name}' is already the name of a layer in this model.",
                code=Code.GRAPH,
                cause="weights are found by the names of layers",
                cure="give the layer another `name`",
            )

    @classmethod
    def _assemble(
        cls, name: str, ports: list[dict[str, Any]], operations: list[Any], plan: plans.Plan | None
    ) -> Sequential:
        return cls([*(InputLayer(**port) for port in ports), *operations], name=name)

    def _description(self) -> tuple[Any, ...]:
        if self.built:
            return super()._description()
        state = {"trainable": self._trainable, "training": self.training}
        return type(self), self.name, [], self._operations, None, state


def _as_layer(addition: Any) -> Layer:
    """A layer, or the layer of an input tensor."""
    if isinstance(addition, KerasTensor) and addition.history is not None:
        addition = addition.history.operation
    if isinstance(addition, Layer):
        return addition
    raise UserError(
        "Only instances of `keras.Layer` can be added to a Sequential model. "
        f"Received: {addition!r} (of type {type(addition).__name__})",
        code=Code.TYPE,
        cure="add layers made by layer_*() functions",
    )


def _first_input(layer: Layer) -> KerasTensor | None:
    """The input of a stack whose first layer knows its shape, None if it does not."""
    shape, dtype = layer.batch_input_shape, layer.dtype
    if isinstance(layer, Model) and layer.built:
        shape, dtype = layer.inputs[0].shape, layer.inputs[0].dtype
    if shape is None:
        return None
    guide = style() is NamingStyle.GUIDE
    return Input(batch_shape=shape, dtype=dtype, name=f"{layer.name}_input" if guide else None)

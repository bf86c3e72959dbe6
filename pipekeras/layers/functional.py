"""The functional model: a part of a graph as a layer and as a torch module that runs flat code."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from ..errors import Code, UserError
from ..graph import plan as plans
from ..graph.function import Function
from ..graph.naming import NamingStyle, style
from ..graph.operation import Operation
from ..graph.spec import compatible
from ..graph.structure import flatten, map_structure
from ..graph.summary import summary_text
from ..graph.tensor import KerasTensor, Shape
from .base import Layer, in_mode
from .core import Input, InputLayer
from .flat import Program, Variant, Writer, identifier
from .infer import torch_dtype


class Model(Layer):
    """All that lies between some tensors of a graph, as one layer; Keras's functional model.

    Args:
        inputs: a symbolic tensor, or a list or dict of them, from input layers or the middle of a graph
        outputs: a symbolic tensor, or a list or dict of them
        name: `model_1` or `functional` by default

    Raises:
        UserError: outputs that need other inputs, or two layers of one name
    """

    is_model = True
    keeps_integers = True

    def __init__(self, inputs: Any, outputs: Any = None, name: str | None = None, trainable: bool = True):
        function = Function(inputs, outputs, enter=_input_like)
        self._start({"name": name} if name else {})
        self._attributes: dict[Operation, str] = {}
        self._programs: dict[Variant, Program] = {}
        self.function: Function = function
        for operation in function.operations:
            if not isinstance(operation, InputLayer):
                self._register(operation)
        self.built = True
        if not trainable:
            self.trainable = False
        self._program()

    @classmethod
    def name_stem(cls) -> str:
        return "functional"

    @property
    def class_name(self) -> str:
        return "Functional" if style() is NamingStyle.KERAS3 else "Model"

    def _register(self, operation: Operation) -> None:
        # straight into torch's table, whose own checks refuse names such as `add`
        attribute = identifier(operation.name, self._is_taken)
        self._attributes[operation] = attribute
        assert isinstance(operation, Layer)
        self._modules[attribute] = operation

    def _is_taken(self, word: str) -> bool:
        # the class is asked, as asking the model would compute its properties
        return word in self._modules or word in self.__dict__ or hasattr(type(self), word)

    # What is inside

    @property
    def layers(self) -> list[Layer]:
        """The layers, input layers among them, in Keras's order: by depth, deepest first."""
        return [op for op in self.function.operations if isinstance(op, Layer)]

    @property
    def inputs(self) -> list[KerasTensor]:
        """The input tensors in order."""
        return self.function.inputs

    @property
    def outputs(self) -> list[KerasTensor]:
        """The output tensors in order."""
        return self.function.outputs

    @property
    def input_names(self) -> list[str]:
        """Names of the input layers, in the order of the inputs."""
        return [self.function.history(t).operation.name for t in self.function.entries]

    @property
    def output_names(self) -> list[str]:
        """Names of the layers that give the outputs; a second output of one layer has a number behind it."""
        names: list[str] = []
        for tensor in self.outputs:
            name = self.function.history(tensor).operation.name
            again = sum(known == name or known.startswith(name + "_") for known in names)
            names.append(f"{name}_{again}" if name in names else name)
        return names

    @property
    def input(self) -> Any:
        return self.function.input_structure

    @property
    def output(self) -> Any:
        return self.function.output_structure

    @property
    def input_shape(self) -> Any:
        return map_structure(lambda tensor: tensor.shape, self.input)

    @property
    def output_shape(self) -> Any:
        return map_structure(lambda tensor: tensor.shape, self.output)

    def get_layer(self, name: str | None = None, index: int | None = None) -> Layer:
        """A layer by its name or its number, from 0.

        Raises:
            UserError: there is none
        """
        if index is not None:
            if not -len(self.layers) <= index < len(self.layers):
                raise UserError(
                    f"Was asked to retrieve layer at index {index} but model only has "
                    f"{len(self.layers)} layers.",
                    code=Code.SUBSCRIPT,
                    cause="layers are counted from 0 in Python, from 1 in R",
                    cure="see model$layers",
                )
            return self.layers[index]
        if name is None:
            raise UserError(
                "Provide either a layer name or layer index at `get_layer`.",
                code=Code.ARGUMENT,
                cure="give `name` or `index`",
            )
        for layer in self.layers:
            if layer.name == name:
                return layer
        names = [layer.name for layer in self.layers]
        raise UserError(
            f"No such layer: {name}. Existing layers are: {names}.",
            code=Code.NAME,
            cause=f'no layer of model "{self.name}" is called "{name}"',
            cure="use one of the existing names",
        )

    def summary(self, line_length: int | None = None) -> None:
        """Print the table of layers."""
        print(summary_text(self, line_length))

    # Calling

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        # several inputs may come as one list, as a dict, or as several arguments
        return super().__call__(args[0] if len(args) == 1 else list(args), **kwargs)

    def call_symbolically(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        return super().call_symbolically((self.arrange(args[0]),), kwargs)

    def compute(self, *args: Any, **kwargs: Any) -> Any:
        values = map(self.array_of, self.arrange(args[0]))
        tensors = [_to_input(value, port) for value, port in zip(values, self.inputs, strict=True)]
        self._check_shapes([tuple(tensor.shape) for tensor in tensors])
        return self.run(*tensors, **kwargs)

    def arrange(self, inputs: Any) -> list[Any]:
        """The inputs in the model's order, from a list, or from a dict by name.

        Raises:
            UserError: another number of inputs, or a missing name
        """
        structure = self.function.input_structure
        if isinstance(inputs, dict):
            names = list(structure) if isinstance(structure, dict) else self.input_names
            missing = [name for name in names if name not in inputs]
            if missing:
                raise UserError(
                    f'Missing data for input "{missing[0]}". You passed a data dictionary with keys '
                    f"{list(inputs)}. Expected the following keys: {names}",
                    code=Code.DATA,
                    cause=f'model "{self.name}" has the inputs {", ".join(names)}',
                    cure="name the parts after the input layers",
                )
            return [inputs[name] for name in names]
        values = flatten(inputs)
        if len(values) != len(self.inputs):
            raise UserError(
                f'Layer "{self.name}" expects {len(self.inputs)} input(s), '
                f"but it received {len(values)} input tensors.",
                code=Code.SHAPE,
                cause=f"its inputs are {', '.join(self.input_names)}",
                cure="give a list with one tensor for each input",
            )
        return values

    def _check_shapes(self, shapes: Sequence[Shape]) -> None:
        for i, (shape, port) in enumerate(zip(shapes, self.inputs, strict=True)):
            if not compatible(shape, port.shape):
                raise UserError(
                    f'Input {i} of layer "{self.name}" is incompatible with the layer: '
                    f"expected shape={port.shape}, found shape={shape}",
                    code=Code.SHAPE,
                    cause=f'the model was made for the shape of "{self.input_names[i]}"',
                    cure="reshape the input, or give the inputs in the order of the model's inputs",
                )

    def compute_output_spec(self, *args: Any, **kwargs: Any) -> Any:
        inputs = args[0]
        self._check_shapes([tensor.shape for tensor in inputs])
        if all(x.shape == port.shape for x, port in zip(inputs, self.inputs, strict=True)):
            return map_structure(lambda t: KerasTensor(t.shape, t.dtype), self.function.output_structure)
        _, outputs = plans.follow(
            self._plan(),
            [KerasTensor(x.shape, port.dtype) for x, port in zip(inputs, self.inputs, strict=True)],
            lambda i, args, kwargs: self._operations[i].compute_output_spec(*args, **kwargs),
        )
        return map_structure(lambda t: KerasTensor(t.shape, t.dtype), outputs)

    def call_dtypes(self, inputs: Sequence[KerasTensor]) -> list[str]:
        return [port.dtype for port in self.inputs]

    def mask_spec(self, x: Any, mask: Any) -> list[KerasTensor | None]:
        return self._program(tuple(m is not None for m in mask), with_masks=True).output_masks

    # Running

    @property
    def code(self) -> str:
        """The source of the function that computes the outputs."""
        return self._program().code

    @property
    def logits_from(self) -> list[str | None]:
        """For each output the activation that `forward_training` leaves off: "softmax", "sigmoid" or None."""
        return self._program(with_masks=True, logits=True).logits_from

    def forward(self, *inputs: Tensor, mask: Sequence[Tensor | None] | None = None) -> Any:
        """The outputs, structured as the model's `outputs`.

        Args:
            inputs: one tensor for each input, in order
            mask: the inputs' masks
        """
        masks, masked = _masks(inputs, mask)
        return self._program(masked).run(self, *inputs, *masks)

    def forward_masked(
        self,
        *inputs: Tensor,
        mask: Sequence[Tensor | None] | None = None,
        training: bool | None = None,
    ) -> tuple[list[Tensor], list[Tensor | None]]:
        """The outputs, and their masks (None where there is none), both as lists."""
        if training is not None and training is not self.training:
            with in_mode(self, training):
                return self.forward_masked(*inputs, mask=mask)
        masks, masked = _masks(inputs, mask)
        return self._program(masked, with_masks=True).run(self, *inputs, *masks)

    def forward_training(self, *inputs: Tensor) -> tuple[list[Tensor], list[Tensor | None]]:
        """As `forward_masked`, but logits where `logits_from` names an activation, for stable losses."""
        return self._program(with_masks=True, logits=True).run(self, *inputs)

    def _program(
        self, masked: tuple[bool, ...] | None = None, with_masks: bool = False, logits: bool = False
    ) -> Program:
        variant = Variant(masked or (False,) * len(self.inputs), with_masks, logits)
        program = self._programs.get(variant)
        return _write_program(self, variant) if program is None else program

    @property
    def output_losses(self) -> list[Tensor]:
        # the flat code has gathered them call by call
        return self.activity_losses

    # Copies and descriptions

    @property
    def _operations(self) -> list[Operation]:
        return list(self._attributes)

    def _plan(self) -> plans.Plan:
        return plans.plan_of(self.function, self._operations)

    def __deepcopy__(self, memo: dict[int, Any]) -> Model:
        made = _rebuild(*copy.deepcopy(self._description(), memo))
        memo[id(self)] = made
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, self._description()

    def _description(self) -> tuple[Any, ...]:
        ports = [
            {"batch_shape": tensor.shape, "dtype": tensor.dtype, "name": name}
            for tensor, name in zip(self.inputs, self.input_names, strict=True)
        ]
        state = {"trainable": self._trainable, "training": self.training}
        return type(self), self.name, ports, self._operations, self._plan(), state

    @classmethod
    def _assemble(
        cls, name: str, ports: list[dict[str, Any]], operations: list[Any], plan: plans.Plan | None
    ) -> Model:
        """A model like a described one, of the given unconnected layers."""
        assert plan is not None
        entries = [Input(**port) for port in ports]
        inputs, outputs = plans.follow(plan, entries, lambda i, args, kwargs: operations[i](*args, **kwargs))
        return cls(inputs, outputs, name=name)

    def get_config(self) -> dict[str, Any]:
        """The model as plain data: inputs, layers, and the calls between them."""
        _, name, ports, operations, plan, _ = self._description()
        return {
            "name": name,
            "trainable": self.trainable,
            "inputs": ports,
            "layers": [{"class_name": type(op).__name__, "config": op.get_config()} for op in operations],
            "calls": [[step.operation, step.args, step.kwargs] for step in plan.steps],
            "input_structure": plan.input_structure,
            "output_structure": plan.output_structure,
        }


def _rebuild(cls: type[Model], *parts: Any) -> Model:
    """A model from its description."""
    *assembly, state = parts
    made = cls._assemble(*assembly)
    made._trainable = state["trainable"]
    made.train(state["training"])
    return made


def _write_program(model: Model, variant: Variant) -> Program:
    program = Writer(model.function, model._attributes, variant).write(model.name)
    model._programs[variant] = program
    return program


# torch.compile must not look into the writing of the code that it is to compile. This is the mark that
# torch.compiler.disable() sets; calling that would import torch._dynamo and sympy, which takes seconds.
_write_program._torchdynamo_disable = True  # pyright: ignore[reportFunctionMemberAccess]


def _input_like(tensor: KerasTensor) -> KerasTensor:
    return Input(batch_shape=tensor.shape, dtype=tensor.dtype)


def _to_input(value: Any, port: KerasTensor) -> Tensor:
    tensor = value if isinstance(value, Tensor) else torch.as_tensor(np.asarray(value))
    dtype = torch_dtype(port.dtype)
    return tensor if tensor.dtype == dtype else tensor.to(dtype)


def _masks(
    inputs: Sequence[Tensor], mask: Sequence[Tensor | None] | None
) -> tuple[Iterator[Tensor], tuple[bool, ...]]:
    """The masks that are there, and for which inputs."""
    masks = mask if mask is not None else [None] * len(inputs)
    return (m for m in masks if m is not None), tuple(m is not None for m in masks)

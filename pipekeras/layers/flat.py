"""A graph as a flat Python function: one line a node, which torch runs, compiles and exports as it stands."""

from __future__ import annotations

import builtins
import keyword
import linecache
import re
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import torch

from ..graph.function import Function
from ..graph.node import Node, tensors_in
from ..graph.operation import Operation
from ..graph.structure import flatten, map_structure
from ..graph.tensor import KerasTensor
from . import optimize, passes
from .base import Layer


@dataclass(frozen=True)
class Variant:
    """Which function is wanted.

    Args:
        masked: which inputs come with a mask
        with_masks: return the outputs' masks beside the outputs, both as lists
        logits: leave off last activations that a loss can take over
        rewritten: let the passes make several calls one
    """

    masked: tuple[bool, ...]
    with_masks: bool = False
    logits: bool = False
    rewritten: bool = field(default_factory=lambda: optimize.enabled)


@dataclass
class Line:
    """One statement: the variables that it sets and uses."""

    text: str
    sets: list[str]
    uses: set[str]
    optional: bool = False


@dataclass
class Program:
    """A generated function and its source."""

    code: str
    run: Callable[..., Any]
    logits_from: list[str | None]
    output_masks: list[KerasTensor | None]


def identifier(name: str, taken: Callable[[str], bool]) -> str:
    """A name as a Python identifier that is not taken, with underscores behind it if need be."""
    word = re.sub(r"\W", "_", name)
    if not word or word[0].isdigit() or keyword.iskeyword(word) or word.startswith("__"):
        word = "x_" + word
    while taken(word):
        word += "_"
    return word


class Writer:
    """Writes the function of a graph.

    Args:
        function: the graph
        attributes: the model's attribute for each operation
        variant: which function is wanted
    """

    def __init__(self, function: Function, attributes: dict[Operation, str], variant: Variant) -> None:
        self.function = function
        self.attributes = attributes
        self.variant = variant
        self.lines: list[Line] = []
        functions = (flatten, *passes.KINDS)
        self.constants: dict[str, Any] = {"torch": torch, **{f.__name__: f for f in functions}}
        self.taken = {"self", "penalties", *self.constants, *dir(builtins)}
        self.variables: dict[KerasTensor, str] = {}
        self.mask_variables: dict[KerasTensor, str] = {}
        self.mask_specs: dict[KerasTensor, KerasTensor | None] = {}
        self.used: set[str] = set()
        self.without_activation = self._last_activations() if variant.logits else {}
        self.penalizes = any(op.penalizes_outputs for op in self._layers())

    def write(self, name: str) -> Program:
        """The function, compiled under a file name of its own so that tracebacks show its lines."""
        parameters = self._parameters()
        if self.penalizes:
            self._add("penalties = []", [])
        last, inside = self._groups()
        for node in self.function.nodes:
            if node in last:
                self._call_group(last[node])
            elif not node.is_input and node not in inside:
                self._call(node)
        if self.penalizes:
            self._add("self.activity_losses = penalties", [])
        self._add(f"return {self._result()}", [])
        body = _freeing(_needed(self.lines), set(parameters))
        code = f"def forward({', '.join(['self', *parameters])}):\n" + "".join(f"    {s}\n" for s in body)
        filename = f"<forward of {name} at {id(self):x}>"
        linecache.cache[filename] = (len(code), None, code.splitlines(True), filename)
        exec(compile(code, filename, "exec"), self.constants)
        weakref.finalize(self.constants["forward"], linecache.cache.pop, filename, None)
        outputs = self.function.outputs
        logits_from = [self.without_activation.get(tensor) for tensor in outputs]
        return Program(
            code, self.constants["forward"], logits_from, [self.mask_specs.get(tensor) for tensor in outputs]
        )

    def _layers(self) -> Iterator[Layer]:
        return (op for op in self.function.operations if isinstance(op, Layer))

    def _parameters(self) -> list[str]:
        parameters, masks = [], []
        for tensor, entry, masked in zip(
            self.function.inputs, self.function.entries, self.variant.masked, strict=True
        ):
            name = self._variable(self.function.history(entry).operation.name)
            parameters.append(name)
            self.variables[tensor] = self.variables[entry] = name
            spec = KerasTensor(tensor.shape[:2], "bool") if masked else tensor.mask
            self.mask_specs[tensor] = self.mask_specs[entry] = spec if masked else None
            if masked:
                masks.append(self._variable(name + "_mask"))
                self.mask_variables[tensor] = self.mask_variables[entry] = masks[-1]
        return parameters + masks

    def _variable(self, name: str) -> str:
        name = identifier(name, self.taken.__contains__)
        self.taken.add(name)
        return name

    # One node

    def _call(self, node: Node) -> None:
        operation = node.operation
        assert isinstance(operation, Layer)
        names = [self._variable(self._stem(operation, i)) for i in range(len(node.output_tensors))]
        self.variables.update(zip(node.output_tensors, names, strict=True))
        masks = self._output_masks(node, operation)
        attribute = f"self.{self.attributes[operation]}"
        if node.output_tensors[0] in self.without_activation:
            self._call_without_activation(node, operation, attribute)
        else:
            self._call_whole(node, operation, attribute, names, masks)
        if self.penalizes and operation.penalizes_outputs:
            self._add(f"penalties += {attribute}.output_losses", [])

    def _groups(self) -> tuple[dict[Node, passes.Group], set[Node]]:
        """Groups of calls that are made as one, by their last node, and all nodes in them."""
        if not self.variant.rewritten or any(self.variant.masked):
            return {}, set()
        last = {}
        for group in passes.groups(self.function.nodes, self.function.outputs):
            if not any(tensor in self.without_activation for n in group.nodes for tensor in n.output_tensors):
                last[group.nodes[-1]] = group
        return last, {node for group in last.values() for node in group.nodes}

    def _call_group(self, group: passes.Group) -> None:
        layers = [self._attribute(part) for part in group.operations]
        inputs = [self._variable_of(tensor) for tensor in group.inputs]
        names = [self._variable(node.operation.name) for node in group.results]
        self.variables.update({node.outputs: name for node, name in zip(group.results, names, strict=True)})
        self._add(f"{', '.join(names)} = {group.kind.__name__}({', '.join([*layers, *inputs])})", names)

    def _attribute(self, part: Operation | tuple[Any, ...] | None) -> str:
        """A layer, or a tuple of layers, as Python text."""
        if isinstance(part, tuple):
            return "(" + "".join(f"{self._attribute(each)}, " for each in part) + ")"
        return "None" if part is None else f"self.{self.attributes[part]}"

    def _variable_of(self, tensor: KerasTensor) -> str:
        return self._use(self.variables[tensor])

    def _stem(self, operation: Operation, index: int) -> str:
        return operation.name if index == 0 else f"{operation.name}_{index}"

    def _call_whole(
        self,
        node: Node,
        operation: Layer,
        attribute: str,
        names: list[str],
        masks: list[KerasTensor | None],
    ) -> None:
        arguments = self._arguments(node, operation)
        if operation.is_model and any(masks):
            pairs = zip(node.output_tensors, masks, strict=True)
            mask_names = [self._mask_variable(tensor, mask) for tensor, mask in pairs]
            targets = f"[{', '.join(names)}], [{', '.join(mask_names)}]"
            self._add(f"{targets} = {attribute}.forward_masked({arguments})", [*names, *mask_names])
            return
        call = f"{attribute}.run({arguments})"
        if isinstance(node.outputs, KerasTensor):
            self._add(f"{names[0]} = {call}", names)
        elif all(isinstance(part, KerasTensor) for part in node.outputs):
            self._add(f"[{', '.join(names)}] = {call}", names)
        else:
            self._add(f"[{', '.join(names)}] = flatten({call})", names)
        if any(masks):
            self._mask_lines(node, operation, attribute, masks)

    def _arguments(self, node: Node, operation: Layer) -> str:
        arguments = [*node.args, {k: v for k, v in node.kwargs.items() if k != "mask"}]
        tensors = tensors_in(arguments)
        dtypes = dict(zip(tensors, operation.call_dtypes(tensors), strict=True))
        # a model's forward takes its inputs one by one, a layer's forward a list as one argument
        args = flatten(node.args[0]) if operation.is_model else node.args
        parts = [self._render(value, dtypes) for value in args]
        parts += [f"{key}={self._render(value, dtypes)}" for key, value in node.kwargs.items()]
        if operation.takes_mask and "mask" not in node.kwargs:
            mask = self._mask_of(node.args[0])
            parts += [f"mask={mask}"] if mask is not None else []
        return ", ".join(parts)

    def _render(self, value: Any, dtypes: dict[KerasTensor, str]) -> str:
        """A call's argument as Python text, tensors converted to the types of numbers that are wanted."""
        if isinstance(value, KerasTensor):
            name, dtype = self._use(self.variables[value]), dtypes.get(value, value.dtype)
            return name if value.dtype == dtype else f"{name}.to(torch.{dtype})"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{k!r}: {self._render(v, dtypes)}" for k, v in value.items()) + "}"
        if isinstance(value, (list, tuple)):
            return "[" + ", ".join(self._render(part, dtypes) for part in value) + "]"
        if value is None or isinstance(value, (bool, int, str)):
            return repr(value)
        name = self._variable("constant")
        self.constants[name] = value
        return name

    def _use(self, name: str) -> str:
        self.used.add(name)
        return name

    def _add(self, text: str, sets: list[str], optional: bool = False) -> None:
        self.lines.append(Line(text, sets, self.used, optional))
        self.used = set()

    # Masks

    def _mask_of(self, inputs: Any) -> str | None:
        """The masks of a call's first argument as Python text, None if there are none."""
        leaves = flatten(inputs)
        if not any(leaf in self.mask_variables for leaf in leaves):
            return None

        def render(leaf: Any) -> str:
            name = self.mask_variables.get(leaf)
            return "None" if name is None else self._use(name)

        texts = [render(leaf) for leaf in leaves]
        return texts[0] if isinstance(inputs, KerasTensor) else f"[{', '.join(texts)}]"

    def _output_masks(self, node: Node, operation: Layer) -> list[KerasTensor | None]:
        inputs = node.args[0]
        known = map_structure(self.mask_specs.get, inputs)
        if all((self.mask_specs.get(t) is None) == (t.mask is None) for t in flatten(inputs)):
            masks = [tensor.mask for tensor in node.output_tensors]
        else:
            masks = operation.mask_spec(inputs, known)
        masks += [None] * (len(node.output_tensors) - len(masks))
        self.mask_specs.update(zip(node.output_tensors, masks, strict=False))
        return masks[: len(node.output_tensors)]

    def _mask_variable(self, tensor: KerasTensor, mask: KerasTensor | None) -> str:
        name = self._variable(self.variables[tensor] + "_mask")
        if mask is not None:
            self.mask_variables[tensor] = name
        return name

    def _mask_lines(
        self, node: Node, operation: Layer, attribute: str, masks: list[KerasTensor | None]
    ) -> None:
        if not operation.makes_mask:
            first = flatten(node.args[0])[0]
            self.mask_variables[node.output_tensors[0]] = self.mask_variables[first]
            return
        inputs, given = self._render(node.args[0], {}), self._mask_of(node.args[0])
        names = [self._mask_variable(t, m) for t, m in zip(node.output_tensors, masks, strict=True)]
        targets = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
        self._add(f"{targets} = {attribute}.compute_mask({inputs}, {given})", names, optional=True)

    # The end

    def _last_activations(self) -> dict[KerasTensor, str]:
        """Outputs whose last step is softmax or sigmoid and which nothing else uses."""
        consumed = {t for node in self.function.nodes for t in node.input_tensors}
        found: dict[KerasTensor, str] = {}
        for tensor in self.function.outputs:
            history = self.function.history(tensor)
            layer, node = history.operation, history.node
            if node.is_input or node.kwargs or tensor in consumed or not isinstance(layer, Layer):
                continue
            activation = layer.last_activation(tensor.ndim)
            if activation is not None:
                found[tensor] = activation
        return found

    def _call_without_activation(self, node: Node, operation: Layer, attribute: str) -> None:
        tensor = node.output_tensors[0]
        name = self.variables[tensor]
        self._add(f"{name} = {attribute}.before_activation({self._arguments(node, operation)})", [name])
        if operation.activity_regularizer is not None:
            self._add(f"{attribute}.penalize({attribute}.activation({self._use(name)}))", [])
        first = flatten(node.args[0])[0]
        if self.mask_specs.get(tensor) is not None and first in self.mask_variables:
            self.mask_variables[tensor] = self.mask_variables[first]

    def _result(self) -> str:
        outputs = [self._use(self.variables[t]) for t in self.function.outputs]
        if self.variant.with_masks or self.variant.logits:
            masks = [self.mask_variables.get(t) for t in self.function.outputs]
            shown = ["None" if m is None else self._use(m) for m in masks]
            return f"[{', '.join(outputs)}], [{', '.join(shown)}]"
        return self._structure(self.function.output_structure)

    def _structure(self, structure: Any) -> str:
        if isinstance(structure, dict):
            return "{" + ", ".join(f"{k!r}: {self._structure(v)}" for k, v in structure.items()) + "}"
        if isinstance(structure, (list, tuple)):
            return "[" + ", ".join(self._structure(part) for part in structure) + "]"
        return self.variables[structure]


def _needed(lines: list[Line]) -> list[Line]:
    """Without the optional lines whose results nothing uses."""
    used: set[str] = set()
    kept = []
    for line in reversed(lines):
        if not line.optional or used.intersection(line.sets):
            kept.append(line)
            used |= line.uses
    return kept[::-1]


def _freeing(lines: list[Line], parameters: set[str]) -> list[str]:
    """The texts, each with a `del` of the variables that nothing uses after it, so that memory is freed."""
    last = {}
    for i, line in enumerate(lines):
        for name in (*line.sets, *line.uses):
            last[name] = i
    dying: dict[int, list[str]] = {}
    for name, i in last.items():
        if name not in parameters and i < len(lines) - 1:
            dying.setdefault(i, []).append(name)
    return [
        line.text + (f"; del {', '.join(dying[i])}" if i in dying else "") for i, line in enumerate(lines)
    ]

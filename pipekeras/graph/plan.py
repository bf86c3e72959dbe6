"""The wiring of a function as plain data, from which it can be built again out of other operations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .function import Function
from .operation import Operation
from .structure import flatten, map_structure
from .tensor import KerasTensor


class Ref(NamedTuple):
    """Result number `tensor` of step number `step`; inputs are the results of step -1."""

    step: int
    tensor: int


@dataclass(frozen=True)
class Step:
    """One call: which operation, and its arguments with Refs for tensors."""

    operation: int
    args: list[Any]
    kwargs: dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """The calls between the inputs and outputs of a function, in order.

    Args:
        input_structure, output_structure: with Refs for tensors
    """

    steps: list[Step]
    input_structure: Any
    output_structure: Any


def plan_of(function: Function, operations: Sequence[Operation]) -> Plan:
    """The wiring of a function.

    Args:
        operations: those that the steps count by, all but the input layers
    """
    number = {operation: i for i, operation in enumerate(operations)}
    refs: dict[KerasTensor, Ref] = {}
    for i, (tensor, entry) in enumerate(zip(function.inputs, function.entries, strict=True)):
        refs[tensor] = refs[entry] = Ref(-1, i)

    def put(leaf: Any) -> Any:
        return refs[leaf] if isinstance(leaf, KerasTensor) else leaf

    steps: list[Step] = []
    for node in function.nodes:
        if node.is_input:
            continue
        refs.update({tensor: Ref(len(steps), i) for i, tensor in enumerate(node.output_tensors)})
        args, kwargs = map_structure(put, list(node.args)), map_structure(put, node.kwargs)
        steps.append(Step(number[node.operation], args, kwargs))
    inputs = map_structure(put, function.input_structure)
    return Plan(steps, inputs, map_structure(put, function.output_structure))


def follow(
    plan: Plan, inputs: Sequence[KerasTensor], call: Callable[[int, list[Any], dict[str, Any]], Any]
) -> tuple[Any, Any]:
    """Carry a plan out from other inputs.

    Args:
        call: (operation's number, args, kwargs) -> outputs

    Returns:
        the structures of inputs and outputs
    """
    results: list[list[KerasTensor]] = [list(inputs)]

    def get(leaf: Any) -> Any:
        return results[leaf.step + 1][leaf.tensor] if isinstance(leaf, Ref) else leaf

    for step in plan.steps:
        outputs = call(step.operation, map_structure(get, step.args), map_structure(get, step.kwargs))
        results.append(flatten(outputs))
    return map_structure(get, plan.input_structure), map_structure(get, plan.output_structure)

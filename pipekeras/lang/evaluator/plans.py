"""How a call's arguments reach a function's formals: matched once, kept as a plan for later calls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...errors import UserError
from ...signature import DOTS, REQUIRED
from ...syntax.tree import EMPTY, Call, Const, Function, Name, Node
from ..arity import COUNTED, argument_refusal
from ..conditions import call_text, function_text, settle
from ..ignored import unread_arguments
from ..language import constant_value
from ..values import MISSING, Builtin, Closure, Promise
from .compile import FunctionCode


class ClosurePlan:
    """Which argument of a call goes to which formal of a closure."""

    __slots__ = ("constants", "dots", "lazy", "supplied")

    def __init__(
        self,
        supplied: list[tuple[str, int]],
        dots: list[tuple[str | None, int]] | None,
        constants: dict[str, Any],
        lazy: list[tuple[str, Node]],
    ) -> None:
        self.supplied = supplied
        self.dots = dots
        self.constants = constants
        self.lazy = lazy


def closure_plan(
    code: FunctionCode,
    names: list[str | None],
    args: list[tuple[Node | None, Any]],
    call: Call,
    function: Closure,
) -> ClosurePlan:
    matched = match_arguments(code.signature, [(n, i) for i, n in enumerate(names)], call, function)
    return _planned(code, matched, {i for i, arg in enumerate(args) if arg == (None, MISSING)})


def applied_plan(code: FunctionCode, names: tuple[str | None, ...]) -> ClosurePlan | None:
    """As `closure_plan`, for values by names, none of them missing; None where they do not match."""
    if names not in code.plans:
        try:
            matched = code.signature.match([(n, i) for i, n in enumerate(names)])
        except UserError:
            matched = None
        known = matched is not None and not matched.unused
        code.plans[names] = _planned(code, matched, set()) if known else None
    return code.plans[names]


def _planned(code: FunctionCode, matched: Any, missing: set[int]) -> ClosurePlan:
    supplied = [(formal, i) for formal, i in matched.values.items() if i not in missing]
    given = {formal for formal, _ in supplied}
    constants: dict[str, Any] = {}
    lazy: list[tuple[str, Node]] = []
    for param in code.signature.params:
        if param.name in given or param.name == DOTS:
            continue
        if param.name in code.lazy:
            lazy.append((param.name, code.lazy[param.name]))
        else:
            constants[param.name] = code.constants.get(param.name, MISSING)
    dots = matched.dots if code.signature.has_dots else None
    return ClosurePlan(supplied, dots, constants, lazy)


def match_arguments(signature: Any, pairs: Sequence[tuple[str | None, Any]], call: Any, function: Any) -> Any:
    """Match by R's rules; what fits nowhere is R's "unused argument" error, with the call."""
    try:
        if type(function) is Builtin and function.name in COUNTED:
            refused = argument_refusal(function.name, signature.names, [name for name, _ in pairs])
            if refused is not None:
                raise refused
        matched = signature.match(pairs)
        if matched.unused:
            raise _unused(signature, pairs, matched.unused, call)
    except UserError as error:
        if not error.settled:
            settle(error, call)
        raise
    return matched


def _unused(
    signature: Any, pairs: Sequence[tuple[str | None, Any]], unused: list[int], call: Any
) -> UserError:
    shown = []
    for i in unused:
        name, value = pairs[i]
        if isinstance(value, int) and isinstance(call, Call):
            value = call.args[value].value
        shown.append((f"{name} = " if name else "") + argument_text(value))
    return signature.refuse_unused(shown, [pairs[i][0] for i in unused], function_text(call))


def argument_text(value: Any) -> str:
    """An argument as the user wrote it."""
    if isinstance(value, Promise):
        value = value.node
    return "" if value is EMPTY or value is MISSING else call_text(value)


ON_STACK = {"stop", "warning", "message", "signalCondition"}
"""Builtins whose calls show on the stack while their arguments are evaluated: conditions are made there,
and look up who made them by sys.call(-1)."""


class BuiltinPlan:
    """How the positional arguments of a builtin's Python function are made from a call's."""

    __slots__ = ("dispatch", "dots", "lazy", "on_stack", "required", "supplied", "template", "unread")

    def __init__(self) -> None:
        self.template: list[Any] = []
        self.supplied: list[tuple[int, int]] = []
        self.dots: tuple[int, list[tuple[str | None, int]]] | None = None
        self.lazy: list[tuple[int, Node]] = []
        self.required: list[int] = []
        self.dispatch: int | None = None
        self.on_stack = False
        self.unread: list[str] = []


def builtin_plan(function: Builtin, names: Sequence[str | None], call: Any) -> BuiltinPlan:
    signature = function.signature
    matched = match_arguments(signature, [(n, i) for i, n in enumerate(names)], call, function)
    plan = BuiltinPlan()
    plan.on_stack = function.name in ON_STACK
    plan.unread = unread_arguments(function, matched.values, call)
    for position, param in enumerate(signature.params):
        plan.template.append(None)
        if param.name == DOTS:
            plan.dots = (position, matched.dots)
        elif param.name in matched.values:
            plan.supplied.append((position, matched.values[param.name]))
        else:
            plan_default(function, position, plan)
    if function.generic and signature.params:
        if signature.params[0].name == DOTS:
            plan.dispatch = matched.dots[0][1] if matched.dots else None
        else:
            plan.dispatch = matched.values.get(signature.params[0].name)
    return plan


def plan_default(function: Builtin, position: int, plan: BuiltinPlan) -> None:
    """What a formal gets that no argument went to."""
    param = function.signature.params[position]
    if function.fallbacks and position in function.fallbacks:
        plan.template[position] = function.fallbacks[position]
    elif param.default is REQUIRED:
        plan.required.append(position)
    elif isinstance(param.default, Const):
        plan.template[position] = constant_value(param.default)
    elif isinstance(param.default, (Name, Call, Function)):
        plan.lazy.append((position, param.default))
    else:
        plan.template[position] = param.default

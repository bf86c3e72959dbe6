"""Whole units: a function's body, or a loop outside of functions, written, compiled and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ...errors import UserError
from ...syntax.tree import Call
from .. import lookup
from ..environment import Environment
from ..evaluator import calls
from ..evaluator.compile import evaluate, note_assignment
from ..evaluator.signals import BreakSignal, NextSignal
from ..session import Frame, session
from ..values import FALSE, MISSING, NULL, TRUE, Closure, Promise, RVector, Scalar
from . import boxes, runtime, scalars, vectors
from .purity import assigned_names, locks_bindings
from .statements import Statements
from .writer import NOTHING, NotNative, State

Native = Callable[[Environment], Any]
"""Generated code: runs in an environment, and returns a value that may be unboxed."""

_SUPPORT: dict[str, Any] = {
    "BreakSignal": BreakSignal,
    "Closure": Closure,
    "Environment": Environment,
    "FALSE": FALSE,
    "Frame": Frame,
    "NULL": NULL,
    "NextSignal": NextSignal,
    "Promise": Promise,
    "RVector": RVector,
    "Scalar": Scalar,
    "Surprise": runtime.Surprise,
    "TRUE": TRUE,
    "UserError": UserError,
    "enter": calls.enter,
    "evaluate": evaluate,
    "force": lookup.force,
    "logical_operand": scalars.logical_operand,
    "run_builtin": calls.run_builtin,
    "MISSING": MISSING,
    "session": session,
    "settle_in_arguments": calls.settle_in_arguments,
    **{
        function.__name__: function
        for function in (
            scalars.binary,
            boxes.box,
            runtime.cell,
            runtime.count,
            runtime.count_along,
            runtime.count_to,
            runtime.dollar,
            runtime.element,
            runtime.evaluated,
            runtime.flag,
            runtime.items,
            runtime.look,
            runtime.peek,
            runtime.put,
            runtime.one_cell,
            runtime.put_cell,
            runtime.put_cells,
            runtime.put_element,
            runtime.put_one_cell,
            runtime.several,
            runtime.subset_one,
            scalars.unary,
            boxes.unbox,
            vectors.named,
            runtime.waiting,
        )
    },
}
"""What generated code may name."""

_INTERRUPTS = (KeyboardInterrupt, MemoryError, RecursionError)


def function_body(body: Any, formals: frozenset[str], env: Environment) -> Native | None:
    """The body of a function, which `env` is the environment of a call of; None if it is left to closures."""
    assigned = _assigned(body)
    if locks_bindings(body):
        return None
    writer = Statements(env, assigned, [n for n in assigned if n in formals], formals)
    try:
        writer.tail(body)
    except NotNative:
        return None
    return _compiled(writer, writer.text("body", writer.lines), "function")


def loop(node: Call, env: Environment) -> Native | None:
    """A loop as a unit of its own; it returns nothing."""
    assigned = _assigned(node)
    if locks_bindings(node):
        return None
    writer = Statements(env, assigned, [] if env is session.global_env else assigned, None)
    writer.level = 2
    try:
        writer.value(node)
    except NotNative:
        return None
    if writer.state is not None:
        writer.flush()
        writer.leave(NOTHING, False)
    lines = [(1, "try:"), *writer.lines, (1, "except INTERRUPTS:")]
    # wherever the loop was left, what is held in locals is as new as the environment
    writer.lines, writer.level = [], 2
    writer.state = State(held=set(writer.assigned), dirty=set(writer.assigned))
    writer.flush()
    writer.line("raise")
    return _compiled(writer, writer.text("body", [*lines, *writer.lines]), "loop")


def _assigned(node: Any) -> list[str]:
    names = assigned_names(node)
    for name in names:
        note_assignment(name)
    return names


def _compiled(writer: Statements, text: str, kind: str) -> Native:
    space = {**_SUPPORT, **writer.constants, "INTERRUPTS": _INTERRUPTS}
    exec(compile(text, f"<generated {kind}>", "exec"), space)
    return space["body"]
